package io.engraft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules of core: the order of packages, clean public signatures, no shared state, no windows, no console. */
class ArchitectureTest {

    private static final String ROOT = "io.engraft";
    private static final String INTERNAL = ROOT + ".internal";

    /** A package may use those before it, the root and internal. */
    private static final List<String> ORDER = List.of(
            "data",
            "data.io",
            "data.rows",
            "history",
            "curve",
            "law",
            "estimate.internal",
            "estimate",
            "estimate.states",
            "estimate.interval",
            "estimate.hazard",
            "estimate.resample",
            "inference",
            "regression.internal",
            "regression.internal.risk",
            "regression",
            "regression.adjusted",
            "validation",
            "multistate",
            "multistate.solve",
            "multistate.mixture",
            "multistate.fit",
            "evidence",
            "pathway",
            "calibrate",
            "calibrate.rates",
            "calibrate.timing",
            "simulate",
            "trial");

    private static final List<String> NEVER_IN_SIGNATURES =
            List.of("org.apache.commons.math3", "com.fasterxml", "org.knowm");

    /** Past this a package needs rooms. */
    private static final int MOST_FILES = 40;

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** The place of a class in the order; -1 for the root and internal. */
    private static int place(JavaClass type) {
        String name = type.getPackageName();
        return !name.startsWith(ROOT + ".") ? -1 : ORDER.indexOf(name.substring(ROOT.length() + 1));
    }

    private static boolean isWithin(JavaClass type, String parent) {
        return type.getPackageName().equals(parent) || type.getPackageName().startsWith(parent + ".");
    }

    /** Whether a class is machinery: of io.engraft.internal, or of a room named internal. */
    private static boolean isInternal(JavaClass type) {
        return (type.getPackageName() + ".").contains(".internal.");
    }

    private static DescribedPredicate<JavaClass> later(int than) {
        return DescribedPredicate.describe("reside in a later package", type -> place(type) > than);
    }

    private static DescribedPredicate<JavaClass> in(int position) {
        return DescribedPredicate.describe("reside in " + ORDER.get(position), type -> place(type) == position);
    }

    static Stream<Integer> positions() {
        return Stream.iterate(0, i -> i < ORDER.size(), i -> i + 1);
    }

    @Test
    void classesWereFound() {
        assertThat(CORE.size()).isGreaterThan(40);
        assertThat(CORE.stream().map(JavaClass::getPackageName)).contains(ROOT, ROOT + ".data", ROOT + ".estimate");
    }

    @Test
    void everyPackageHasAPlace() {
        List<String> homeless = CORE.stream()
                .filter(type -> place(type) < 0 && !isWithin(type, INTERNAL))
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .distinct()
                .toList();
        assertThat(homeless).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("positions")
    void packagesUseOnlyThoseBeforeThem(int position) {
        noClasses()
                .that(in(position))
                .should()
                .dependOnClassesThat(later(position))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void internalUsesOnlyTheRoot() {
        noClasses()
                .that()
                .resideInAPackage(INTERNAL + "..")
                .should()
                .dependOnClassesThat(later(-1))
                .check(CORE);
    }

    @Test
    void theRootUsesNothing() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "reside in a package below the root",
                        type -> isWithin(type, ROOT) && !type.getPackageName().equals(ROOT)))
                .check(CORE);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CORE);
    }

    private static Map<String, List<JavaClass>> topLevel(Function<JavaClass, String> key) {
        return CORE.stream()
                .filter(type -> type.getEnclosingClass().isEmpty()
                        && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(key));
    }

    @Test
    void packagesHaveRooms() {
        topLevel(JavaClass::getPackageName)
                .forEach((name, types) -> assertThat(types).as(name).hasSizeLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void noTwoTypesShareASimpleName() {
        List<String> twice = new ArrayList<>();
        topLevel(JavaClass::getSimpleName).forEach((name, types) -> {
            long nested = CORE.stream()
                    .filter(type -> type.getEnclosingClass().isPresent() && isPublished(type))
                    .filter(type -> type.getSimpleName().equals(name))
                    .count();
            if (types.size() + nested > 1) {
                twice.add(name);
            }
        });
        assertThat(twice).isEmpty();
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** Public all the way out, so that a user can name it. */
    private static boolean isPublished(JavaClass type) {
        return isVisible(type.getModifiers())
                && !isInternal(type)
                && type.getEnclosingClass().map(ArchitectureTest::isPublished).orElse(true);
    }

    private static Stream<JavaClass> named(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType);
    }

    /** Every class that a user meets in a type's supertypes, fields, methods and constructors, with where. */
    private static List<String> leaks(JavaClass type, List<String> forbidden) {
        List<String> found = new ArrayList<>();
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(ArchitectureTest::named)
                .forEach(t -> note(found, "supertype of " + type.getName(), t, forbidden));
        type.getTypeParameters()
                .forEach(p -> p.getUpperBounds().stream()
                        .flatMap(ArchitectureTest::named)
                        .forEach(t -> note(found, "type parameter of " + type.getName(), t, forbidden)));
        for (JavaField field : type.getFields()) {
            if (isVisible(field.getModifiers())) {
                named(field.getType()).forEach(t -> note(found, field.getFullName(), t, forbidden));
            }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isVisible(unit.getModifiers()) && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                Stream.of(
                                named(unit.getReturnType()),
                                unit.getParameterTypes().stream().flatMap(ArchitectureTest::named),
                                unit.getExceptionTypes().stream(),
                                unit.getTypeParameters().stream()
                                        .flatMap(p -> p.getUpperBounds().stream())
                                        .flatMap(ArchitectureTest::named))
                        .flatMap(s -> s)
                        .forEach(t -> note(found, unit.getFullName(), t, forbidden));
            }
        }
        return found;
    }

    private static void note(List<String> found, String where, JavaClass named, List<String> forbidden) {
        boolean ours = isWithin(named, ROOT) && isInternal(named);
        if (ours || forbidden.stream().anyMatch(name -> isWithin(named, name))) {
            found.add(where + " names " + named.getName());
        }
    }

    @Test
    void publicSignaturesNameNoMachinery() {
        List<String> found = CORE.stream()
                .filter(ArchitectureTest::isPublished)
                .flatMap(type -> leaks(type, NEVER_IN_SIGNATURES).stream())
                .toList();
        assertThat(found).isEmpty();
    }

    @Test
    void theCheckOfSignaturesCanFail() {
        // The same walk over a list that it must find something of.
        List<String> found = CORE.stream()
                .filter(ArchitectureTest::isPublished)
                .flatMap(type -> leaks(type, List.of("java.util")).stream())
                .toList();
        assertThat(found).anyMatch(s -> s.contains("EventTable.byGroup") && s.endsWith("java.util.Map"));
        assertThat(found).anyMatch(s -> s.contains("SurvivalEstimate.at") && s.endsWith("java.util.List"));
    }

    @Test
    void coreKnowsNoTablesaw() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tech.tablesaw..")
                .check(CORE);
        assertThat(getClass().getClassLoader().getResource("tech/tablesaw/api/Table.class"))
                .as("Tablesaw on core's class path")
                .isNull();
    }

    @Test
    void noStaticStateChanges() {
        fields().that().areStatic().should().beFinal().check(CORE);
        fields().that()
                .areStatic()
                .and()
                .arePublic()
                .should(notBeAnArray())
                .allowEmptyShould(true)
                .check(CORE);
    }

    private static ArchCondition<JavaField> notBeAnArray() {
        return new ArchCondition<>("not be an array") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean array = field.getRawType().isArray();
                events.add(new SimpleConditionEvent(
                        field, !array, field.getFullName() + " can be changed through its elements"));
            }
        };
    }

    @Test
    void publicClassesAreClosed() {
        List<String> open = CORE.stream()
                .filter(ArchitectureTest::isPublished)
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                .filter(type -> !type.reflect().isSealed())
                .map(JavaClass::getName)
                .toList();
        assertThat(open).isEmpty();
    }

    /** Whether a dropped result is minded: what {@code with} gives back is all that it does. */
    private static boolean isMinded(JavaMethod with) {
        return with.isAnnotatedWith(CheckReturnValue.class) || with.getOwner().isAnnotatedWith(CheckReturnValue.class);
    }

    @Test
    void theResultOfWithMustBeUsed() {
        List<JavaMethod> withs = CORE.stream()
                .filter(ArchitectureTest::isPublished)
                .flatMap(type -> type.getMethods().stream())
                .filter(m -> m.getName().matches("with[A-Z].*") && isVisible(m.getModifiers()))
                .filter(m -> !m.getModifiers().contains(JavaModifier.STATIC))
                .filter(m -> !m.getModifiers().contains(JavaModifier.SYNTHETIC))
                .toList();
        assertThat(withs).hasSizeGreaterThan(150);
        assertThat(withs.stream().filter(m -> !isMinded(m)).map(JavaMethod::getFullName))
                .isEmpty();
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CORE);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CORE);
    }

    @Test
    void noWindowsNoCharts() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.swing..", "org.knowm..")
                .check(CORE);
    }

    @Test
    void exceptionsAreOfOneFamily() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .arePublic()
                .should()
                .beAssignableTo(EngraftException.class)
                .check(CORE);
    }

    @Test
    void everyPackageIsDescribed() {
        Set<String> described = CORE.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(CORE.stream().map(JavaClass::getPackageName).distinct()).allMatch(described::contains);
    }
}

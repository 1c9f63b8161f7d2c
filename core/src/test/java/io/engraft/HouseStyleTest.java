package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One way each: what every published type of core has in common. */
class HouseStyleTest {

    /** Past this a result is a class, so that it can grow. */
    private static final int MOST_COMPONENTS = 6;

    /** Parts taken out of a value, which are no change of it. */
    private static final Set<String> PARTS = Set.of("EvidenceTable.usableForCalibration", "CovariateProfile.only");

    private static final Set<String> DOING =
            Set.of("fit", "test", "calibrate", "simulate", "solve", "on", "compare", "draw", "sample");

    private static final Set<String> OF_A_CAUSE = Set.of(
            "incidence",
            "incidenceDifference",
            "oneMinusKaplanMeier",
            "withCause",
            "forCause",
            "causeSpecific",
            "causeSpecificHazard",
            "shareBefore",
            "timeBy",
            "timeLost",
            "remainingRisk");

    /** They name a cause before there are data or a model; or are of one cause, and count its points. */
    private static final Set<String> WITHOUT_CODES = Set.of("ModelQuantity", "DigitisedCurve", "CauseIncidence");

    private static final List<Class<?>> PUBLISHED = published();

    private static List<Class<?>> published() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.engraft").stream()
                        .filter(type -> !(type.getPackageName() + ".").contains(".internal."))
                        .map(JavaClass::reflect)
                        .filter(HouseStyleTest::isPublic)
                        .<Class<?>>map(type -> type)
                        .toList();
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic());
    }

    private static String name(Method m) {
        return m.getDeclaringClass().getSimpleName() + "." + m.getName();
    }

    private static boolean isResult(Class<?> type) {
        boolean hasInstances = methods(type).anyMatch(m -> !Modifier.isStatic(m.getModifiers()));
        return hasInstances
                && !type.isInterface()
                && !type.isEnum()
                && !type.isRecord()
                && !Modifier.isAbstract(type.getModifiers())
                && !Throwable.class.isAssignableFrom(type);
    }

    private static boolean saysNothing(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyResultSaysWhatItHolds() {
        assertThat(PUBLISHED.stream()
                        .filter(HouseStyleTest::isResult)
                        .filter(type -> !type.getSimpleName().endsWith("Builder"))
                        .filter(HouseStyleTest::saysNothing)
                        .map(Class::getName))
                .isEmpty();
    }

    @Test
    void theCheckOfTextsCanFail() {
        assertThat(PUBLISHED.stream().filter(HouseStyleTest::isResult)).hasSizeGreaterThan(100);
        // Builders say nothing, and the same walk finds them.
        assertThat(PUBLISHED.stream()
                        .filter(HouseStyleTest::isResult)
                        .filter(HouseStyleTest::saysNothing)
                        .map(Class::getSimpleName))
                .contains("EventTableBuilder");
    }

    @Test
    void largeResultsCanGrow() {
        assertThat(PUBLISHED.stream()
                        .filter(Class::isRecord)
                        .filter(type -> type.getRecordComponents().length > MOST_COMPONENTS)
                        .map(Class::getSimpleName))
                .isEmpty();
    }

    /** What is changed by {@code with} is changed by nothing else; data are also cut, merged and read another way. */
    @Test
    void whatIsImmutableIsChangedByWith() {
        assertThat(PUBLISHED.stream()
                        .filter(type -> !type.getPackageName().equals("io.engraft.data"))
                        .filter(type -> changes(type).anyMatch(m -> m.getName().matches("with[A-Z].*")))
                        .flatMap(HouseStyleTest::changes)
                        .filter(m -> !m.getName().matches("with([A-Z].*)?"))
                        .map(HouseStyleTest::name)
                        .filter(name -> !PARTS.contains(name)))
                .isEmpty();
    }

    private static Stream<Method> changes(Class<?> type) {
        return methods(type).filter(m -> !Modifier.isStatic(m.getModifiers()) && m.getReturnType() == type);
    }

    @Test
    void proceduresBeginWithOfForOrDefaults() {
        assertThat(PUBLISHED.stream()
                        .filter(HouseStyleTest::isProcedure)
                        .flatMap(HouseStyleTest::methods)
                        .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getReturnType() == m.getDeclaringClass())
                        .filter(m -> !m.getName().matches("(of|for)([A-Z].*)?|withDefaults"))
                        .map(HouseStyleTest::name))
                .isEmpty();
        assertThat(PUBLISHED.stream().filter(HouseStyleTest::isProcedure)).hasSizeGreaterThan(15);
    }

    private static boolean isProcedure(Class<?> type) {
        boolean changed = changes(type).anyMatch(m -> m.getName().matches("with[A-Z].*"));
        return changed && methods(type).anyMatch(m -> DOING.contains(m.getName()));
    }

    @Test
    void aCauseIsNamedByCodeAndByLabel() {
        List<Method> all = PUBLISHED.stream()
                .filter(type -> !WITHOUT_CODES.contains(type.getSimpleName()))
                .flatMap(HouseStyleTest::methods)
                .filter(m -> OF_A_CAUSE.contains(m.getName()) && place(m) >= 0)
                .toList();
        assertThat(all).hasSizeGreaterThan(30);
        assertThat(all.stream()
                        .filter(m -> all.stream().noneMatch(other -> isOther(m, other)))
                        .map(HouseStyleTest::name))
                .isEmpty();
    }

    /** The place of the cause among the parameters. */
    private static int place(Method m) {
        List<Class<?>> types = List.of(m.getParameterTypes());
        return Math.max(types.indexOf(int.class), types.indexOf(String.class));
    }

    private static boolean isOther(Method m, Method other) {
        Class<?>[] wanted = m.getParameterTypes();
        wanted[place(m)] = wanted[place(m)] == int.class ? String.class : int.class;
        return m.getDeclaringClass() == other.getDeclaringClass()
                && m.getName().equals(other.getName())
                && Arrays.equals(wanted, other.getParameterTypes());
    }
}

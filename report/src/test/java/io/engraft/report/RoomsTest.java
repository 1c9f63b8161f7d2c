package io.engraft.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the module: no circle, none overfull, clean public signatures, one library of JSON. */
class RoomsTest {

    private static final int MOST_FILES = 40;

    private static final JavaClasses REPORT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.engraft.report");

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isPublished(JavaClass type) {
        return isVisible(type.getModifiers())
                && !type.getPackageName().contains(".internal")
                && type.getEnclosingClass().map(RoomsTest::isPublished).orElse(true);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.engraft.(**)").should().beFreeOfCycles().check(REPORT);
    }

    @Test
    void noRoomIsOverfull() {
        assertThat(REPORT.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
                .hasSizeGreaterThan(8)
                .allSatisfy((room, files) -> assertThat(files).as(room).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void publicSignaturesNameNoMachinery() {
        List<String> found = REPORT.stream()
                .filter(RoomsTest::isPublished)
                .flatMap(type -> Stream.concat(
                        type.getCodeUnits().stream()
                                .filter(unit -> isVisible(unit.getModifiers()))
                                .flatMap(unit -> Stream.concat(
                                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                                        unit.getParameterTypes().stream()
                                                .flatMap(p -> p.getAllInvolvedRawTypes().stream()))),
                        type.getFields().stream()
                                .filter(field -> isVisible(field.getModifiers()))
                                .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())))
                .map(JavaClass::getName)
                .filter(name ->
                        name.startsWith("com.fasterxml") || name.contains(".internal.") || name.startsWith("org.knowm"))
                .distinct()
                .toList();
        assertThat(found).isEmpty();
    }

    @Test
    void publicTypesAreClosed() {
        List<String> open = REPORT.stream()
                .filter(RoomsTest::isPublished)
                .filter(type -> !type.isInterface() && !type.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaClass::getName)
                .toList();
        assertThat(open).isEmpty();
    }

    @Test
    void jsonIsStreamed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(REPORT);
    }
}

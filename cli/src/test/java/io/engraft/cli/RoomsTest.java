package io.engraft.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rooms of the command line: no circle, none overfull, and no command that is a library of another. */
class RoomsTest {

    private static final String ROOT = "io.engraft.cli";
    private static final int MOST_FILES = 40;

    private static final JavaClasses CLI = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static boolean isCommand(JavaClass type) {
        return type.isAnnotatedWith("picocli.CommandLine$Command");
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.engraft.(**)").should().beFreeOfCycles().check(CLI);
    }

    @Test
    void noRoomIsOverfull() {
        Map<String, Long> files = CLI.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertThat(files).hasSizeGreaterThan(8);
        assertThat(files.values()).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void onlyTheStartKnowsCommands() {
        assertThat(CLI.stream().filter(RoomsTest::isCommand)).hasSizeGreaterThan(10);
        List<String> users = CLI.stream()
                .filter(type -> !type.getName().equals(ROOT + ".Main"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(d -> isCommand(d.getTargetClass()))
                .filter(d -> !d.getTargetClass().equals(d.getOriginClass()))
                .filter(d -> !d.getOriginClass()
                        .getName()
                        .startsWith(d.getTargetClass().getName() + "$"))
                .map(d -> d.getDescription())
                .toList();
        assertThat(users).isEmpty();
    }
}

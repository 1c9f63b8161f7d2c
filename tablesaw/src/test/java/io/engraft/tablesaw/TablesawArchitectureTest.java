package io.engraft.tablesaw;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TablesawArchitectureTest {

    @Test
    void onlyCoresPublishedTypesAreUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.engraft..internal..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.engraft.tablesaw"));
    }
}

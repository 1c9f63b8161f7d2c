package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's Java example, line by line: it compiles, and it gives what R gives. */
class ReadmeExampleTest {

    private static final Path SOURCE = Path.of("src/test/java/io/engraft/ReadmeExampleTest.java");
    private static final Path README = Path.of("../README.md");

    @Test
    void theExampleGivesWhatRGives() {
        ColumnRoles roles = ColumnRoles.of("months", "status").withGroup("disease");
        SurvivalData patients = CsvData.read(Path.of("src/main/resources/io/engraft/data/bmtcrr.csv"), roles);

        Grouped<SurvivalEstimate> survival = KaplanMeier.withDefaults().fit(patients);
        PointEstimate oneYear = survival.get("AML").survivalAt(12);

        IncidenceEstimate all = AalenJohansen.withDefaults().fit(EventTable.of(patients));
        TestResult logRank = LogRankTest.withDefaults().test(patients);
        TestResult relapse = GrayTest.forCause(1).test(patients);

        assertThat(oneYear.estimate()).isCloseTo(0.34508547008547, within(1e-12));
        assertThat(all.incidence("1").incidenceAt(12).estimate()).isCloseTo(0.27137476459510373, within(1e-12));
        assertThat(logRank.pValue()).isCloseTo(0.2361502330418417, within(1e-12));
        assertThat(relapse.pValue()).isCloseTo(0.0906759249898529, within(1e-12));
    }

    @Test
    void theExampleStandsInTheReadme() throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf("```java\n") + 8;
        List<String> lines = readme.substring(from, readme.indexOf("```", from))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("System.out"))
                .map(line -> line.replace("Path.of(\"patients.csv\")", ""))
                .toList();
        String source =
                Files.readString(SOURCE).replace("Path.of(\"src/main/resources/io/engraft/data/bmtcrr.csv\")", "");
        assertThat(lines)
                .hasSizeGreaterThan(4)
                .allSatisfy(line -> assertThat(source).contains(line));
    }
}

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
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's Java example gives what R gives; that the README prints just that is checked where examples run. */
class ReadmeExampleTest {

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
}

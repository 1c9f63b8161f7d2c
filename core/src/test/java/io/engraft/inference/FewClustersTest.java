package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.KaplanMeier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small samples are counted in patients or clusters where rows belong together, and few of them are warned of. */
class FewClustersTest {

    /** 16 patients a group, each of two rows: 32 rows are more than 30, 16 patients are not. */
    private static SurvivalData split() {
        double[] time = new double[64];
        double[] entry = new double[64];
        int[] status = new int[64];
        List<String> id = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (int patient = 0; patient < 32; patient++) {
            time[2 * patient] = 2;
            entry[2 * patient + 1] = 2;
            time[2 * patient + 1] = 3 + patient % 11;
            status[2 * patient + 1] = patient % 3 == 0 ? 0 : 1;
            for (int row = 0; row < 2; row++) {
                id.add("p" + patient);
                group.add(patient % 2 == 0 ? "A" : "B");
            }
        }
        return SurvivalData.builder(time, status)
                .entry(entry)
                .id(Categories.of(id))
                .group(Categories.of(group))
                .build();
    }

    @Test
    void restrictedMeansCountPatients() {
        List<String> warnings = RestrictedMeanTest.forHorizon(8).test(split()).warnings();
        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0))
                .startsWith("group A: robust standard errors from 16 clusters by id: with fewer than");
        assertThat(warnings.get(1))
                .startsWith("group B: robust standard errors from 16 clusters by id: with fewer than");
        assertThat(warnings.get(2))
                .startsWith("fewer than 30 patients in A (16), B (16): p-values of restricted means");
    }

    @Test
    void comparisonsAtATimeWarnOfFewClusters() {
        assertThat(FixedTimeTest.forTime(8).test(split()).warnings())
                .hasSize(2)
                .allMatch(w -> w.contains("robust standard errors from 16 clusters by id"));
    }

    @Test
    void curvesSayOnWhatTheyRest() {
        var curve = KaplanMeier.withDefaults().fit(split()).get("A");
        assertThat(curve.independentUnits()).isEqualTo(16);
        assertThat(curve.independentUnit().noun()).isEqualTo("patient");
        assertThat(curve.rows()).isEqualTo(32);
        assertThat(curve.clusterWarning()).isPresent();
        var weighted = KaplanMeier.withDefaults()
                .fit(SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .weights(new double[] {20, 15}, WeightType.FREQUENCY)
                        .build())
                .get("all");
        assertThat(weighted.independentUnits()).isEqualTo(35);
        assertThat(weighted.independentUnit().noun()).isEqualTo("row");
        assertThat(weighted.clusterWarning()).isEmpty();
    }
}

package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Clusters.Unit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClustersTest {

    private static SurvivalData.Builder rows() {
        return SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0})
                .weights(new double[] {2, 2, 3, 0}, WeightType.FREQUENCY);
    }

    @Test
    void uniqueIdsAreNoClusters() {
        Clusters clusters = Clusters.of(
                rows().id(Categories.of(List.of("a", "b", "c", "d"))).build());
        assertThat(clusters.unit()).isEqualTo(Unit.ROW);
        assertThat(clusters.areRows()).isTrue();
        assertThat(clusters.column()).isEmpty();
        assertThat(clusters.count()).isEqualTo(4);
        assertThat(clusters.of(2)).isEqualTo(2);
        assertThat(clusters.replication(2)).isEqualTo(3);
        assertThat(clusters.weight(2)).isEqualTo(1);
        assertThat(clusters.weight(3)).isZero();
        assertThat(clusters).hasToString("4 rows, each on its own");
    }

    @Test
    void patientsAlikeAreReplicated() {
        Clusters clusters = Clusters.of(rows().id(Categories.of(List.of("a", "a", "c", "d")))
                .recurrent()
                .build());
        assertThat(clusters.unit()).isEqualTo(Unit.ID);
        assertThat(clusters.replication(0)).isEqualTo(2);
        assertThat(clusters.weight(1)).isEqualTo(1);
        assertThat(clusters.replication(2)).isEqualTo(3);
        assertThat(clusters.weight(3)).isZero();
        assertThat(clusters.occurring()).isEqualTo(3);
        assertThat(clusters).hasToString("4 rows in 3 clusters by id");
    }

    @Test
    void rowsOfOnePatientWithDifferentFrequenciesAreRowsOfThatPatient() {
        Clusters clusters = Clusters.of(rows().id(Categories.of(List.of("a", "b", "a", "b")))
                .recurrent()
                .build());
        assertThat(clusters.replication(0)).isEqualTo(1);
        assertThat(clusters.weight(0)).isEqualTo(2);
        assertThat(clusters.weight(2)).isEqualTo(3);
        // Of patient b one row is not there.
        assertThat(clusters.replication(1)).isEqualTo(2);
        assertThat(clusters.weight(1)).isEqualTo(1);
        assertThat(clusters.weight(3)).isZero();
    }

    @Test
    void aDeclaredColumnComesBeforeIds() {
        Clusters clusters = Clusters.of(rows().id(Categories.of(List.of("a", "a", "c", "d")))
                .recurrent()
                .cluster(Categories.of(List.of("x", "y", "x", "y")))
                .build());
        assertThat(clusters.unit()).isEqualTo(Unit.CLUSTER);
        assertThat(clusters.of(2)).isEqualTo(clusters.of(0));
        assertThat(clusters.replication(0)).isEqualTo(1);
        assertThat(clusters.weight(0)).isEqualTo(2);
        assertThatThrownBy(() -> clusters.requireSeveral("g", 3, 1))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("group 'g'");
        assertThatThrownBy(() -> clusters.requireRows("a life table"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the data have clusters or several rows a patient, for which a life table has no variance;"
                        + " allowed: one row a patient");
    }

    @Test
    void samplingWeightsCountInTheInfluence() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 1})
                .weights(new double[] {0.5, 4}, WeightType.SAMPLING)
                .build();
        Clusters clusters = Clusters.of(data);
        assertThat(clusters.weight(1)).isEqualTo(4);
        assertThat(clusters.replication(1)).isEqualTo(1);
        assertThat(Clusters.askForRobust(data)).isTrue();
        assertThat(Clusters.askForRobust(rows().build())).isFalse();
    }

    @Test
    void partsAreNumberedAsTheyCome() {
        Clusters clusters = Clusters.of(
                rows().cluster(Categories.of(List.of("x", "y", "z", "y"))).build());
        Clusters.Numbering numbering = clusters.numbering();
        for (int again = 0; again < 2; again++) {
            Clusters.Part part = numbering.of(new int[] {3, 2, 1});
            assertThat(part.count()).isEqualTo(2);
            assertThat(IntStream.range(0, 3).map(part::cluster).toArray()).containsExactly(0, 1, 0);
            assertThat(part.firstRow(0)).isEqualTo(3);
            assertThat(part.firstRow(1)).isEqualTo(2);
        }
    }

    @Test
    void timesOfAChainHaveOnePlace() {
        JoinedTimes times = JoinedTimes.of(new TieRule(1e-3), new double[] {5, 1, 1.0005, 1.0015}, new double[] {0, 5});
        // 1.0015 joins no chain: it is more than 0.001 of itself beyond the first time of the chain, 1.
        assertThat(times.size()).isEqualTo(4);
        assertThat(IntStream.range(0, 4).mapToDouble(times::time).toArray()).containsExactly(0, 1, 1.0015, 5);
        assertThat(times.placeOf(1.0005)).isEqualTo(1);
        assertThat(times.placeOf(-0.0)).isZero();
        assertThat(times.placeOf(-1)).isEqualTo(-1);
        assertThat(times.placeOf(9)).isEqualTo(3);
    }
}

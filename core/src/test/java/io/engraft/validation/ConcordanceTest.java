package io.engraft.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.curve.Interval;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Small cases worked by hand, rows of named-cases.md, and bad input. */
class ConcordanceTest {

    private static final Concordance HARRELL = Concordance.withDefaults();

    private static double c(Concordance procedure, SurvivalData data, double... score) {
        return procedure.fit(data, score).concordance().estimate();
    }

    /**
     * Events at 1, 2, 3, one censored at 2, scores 4, 2, 3, 1. At 1: 4 is above 2, 3 and 1, three concordant. At 2: 2 is
     * below 3 and above the 1 of the censored. At 3 nobody is left. So 4 of 5, and the influences, with C = 4/5, are
     * (concordant - C all) / 5: (3 - 12/5, 2 - 12/5, 1 - 8/5, 2 - 8/5) / 5 = (3, -2, -3, 2) / 25.
     */
    @Test
    void fourPatients() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3, 2}, new int[] {1, 1, 1, 0});
        ConcordanceResult result = HARRELL.fit(data, new double[] {4, 2, 3, 1});
        assertThat(result.concordant()).isEqualTo(4);
        assertThat(result.discordant()).isEqualTo(1);
        assertThat(result.tiedScore()).isZero();
        assertThat(result.concordance().estimate()).isEqualTo(0.8);
        double[] expected = {3 / 25.0, -2 / 25.0, -3 / 25.0, 2 / 25.0};
        assertThat(result.influence()).containsExactly(expected, within(1e-16));
        assertThat(result.concordance().standardError().orElseThrow())
                .isCloseTo(Math.sqrt(9 + 4 + 9 + 4) / 25, within(1e-16));
        assertThat(result.n()).isEqualTo(4);
        assertThat(result.events()).isEqualTo(3);
        // log(4) less and plus 1.959964 * 0.2039608 / 0.16 = 2.498476 are -1.112181 and 3.884770.
        Interval interval = result.concordance().interval();
        assertThat(interval.lower().orElseThrow()).isCloseTo(1 / (1 + Math.exp(1.112181)), within(1e-6));
        assertThat(interval.upper().orElseThrow()).isCloseTo(1 / (1 + Math.exp(-3.884770)), within(1e-6));
        assertThat(result).hasToString("concordance 0.8 (0.2475 to 0.9799), 4 rows, 3 events");
        assertThat(HARRELL.withDirection(ScoreDirection.HIGH_IS_LATE)
                        .fit(data, new double[] {4, 2, 3, 1})
                        .concordance()
                        .estimate())
                .isCloseTo(0.2, within(1e-16));
    }

    /**
     * Rows (0, 2], (0, 4], (3, 6] with events and (1, 5] without, scores 3, 1, 4, 2. At 2 three are at risk, and 3 is above
     * 1 and 2. At 4 three are at risk, and 1 is below 2 and 4. S is 1 and 2/3 before them, N = 4. survival 3.5-3 has no
     * right answer for "S", and none at all for "S/G".
     */
    @Test
    void delayedEntryByEveryWeighting() {
        SurvivalData data = SurvivalData.builder(new double[] {2, 4, 5, 6}, new int[] {1, 1, 0, 1})
                .entry(new double[] {0, 0, 1, 3})
                .build();
        double[] score = {3, 1, 2, 4};
        assertThat(c(HARRELL, data, score)).isEqualTo(0.5);
        // Pairs count 4/3 and 4 * (2/3) / 3 = 8/9.
        ConcordanceResult peto = HARRELL.withWeighting(PairWeighting.PETO).fit(data, score);
        assertThat(peto.concordant()).isCloseTo(8 / 3.0, within(1e-15));
        assertThat(peto.discordant()).isCloseTo(16 / 9.0, within(1e-15));
        assertThat(peto.concordance().estimate()).isCloseTo(3 / 5.0, within(1e-15));
        // Their squares, 144/81 and 64/81.
        assertThat(c(HARRELL.withWeighting(PairWeighting.UNO), data, score)).isCloseTo(9 / 13.0, within(1e-15));
        assertThat(c(HARRELL.withWeighting(PairWeighting.SCHEMPER), data, score))
                .isCloseTo(9 / 13.0, within(1e-15));
        assertThat(c(HARRELL.withWeighting(PairWeighting.LOG_RANK), data, score))
                .isEqualTo(0.5);
    }

    /**
     * One event among two rows of a stratum: their pair counts 1/2 with "I". survival takes it by 1: see
     * golden_concordance.R. With the three pairs of a stratum in which 1, 2, 3 have events and all is concordant, by 1/3 two
     * of them and by 1/2 one: (2/3 + 1/2) / (2/3 + 1/2 + 1/2) = 7/10.
     */
    @Test
    void stratumWithOneEvent() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3, 1, 2}, new int[] {1, 1, 1, 1, 0})
                .strata(Categories.of(List.of("a", "a", "a", "b", "b")))
                .build();
        assertThat(c(HARRELL.withWeighting(PairWeighting.LOG_RANK), data, 3, 2, 1, 1, 2))
                .isCloseTo(0.7, within(1e-15));
    }

    /** named-cases.md: an event and a censoring at one time are a pair, whose scores count as they are. */
    @Test
    void cindex_tiedEventCensored() {
        SurvivalData data = SurvivalData.of(new double[] {5, 5}, new int[] {1, 0});
        assertThat(c(HARRELL, data, 1, 2)).isZero();
        assertThat(c(HARRELL, data, 2, 1)).isEqualTo(1);
        assertThat(c(HARRELL, data, 1, 1)).isEqualTo(0.5);
        // By rounding apart, and one all the same.
        assertThat(c(HARRELL, SurvivalData.of(new double[] {5 * (1 + 1e-12), 5}, new int[] {1, 0}), 1, 2))
                .isZero();
        ConcordanceResult events =
                HARRELL.fit(SurvivalData.of(new double[] {5, 5, 5}, new int[] {1, 1, 1}), new double[] {1, 2, 2});
        assertThat(events.tiedTime()).isEqualTo(2);
        assertThat(events.tiedBoth()).isEqualTo(1);
        assertThat(events.concordance().isEstimable()).isFalse();
    }

    /** named-cases.md: a score that is not a number is refused by name. */
    @Test
    void cindex_NaN() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 1, 0});
        assertThatThrownBy(() -> HARRELL.fit(data, new double[] {1, Double.NaN, 2}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 2, column 'score', value 'NaN': allowed: a finite number");
        assertThatThrownBy(() ->
                        HARRELL.compare(data, new double[] {1, 2, 3}, new double[] {1, Double.POSITIVE_INFINITY, 2}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 2, column 'second score', value 'Infinity': allowed: a finite number");
    }

    /** named-cases.md: 200,000 rows give the same bits again, in any order and as often as asked. */
    @Test
    void cindex_uninitialisedMemory() {
        int n = 200_000;
        SplittableRandom random = new SplittableRandom(1);
        double[] time = new double[n];
        int[] status = new int[n];
        double[] score = new double[n];
        double[] weight = new double[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            score[i] = random.nextGaussian();
            time[i] = Math.ceil(1000 * -Math.log1p(-random.nextDouble()) * Math.exp(-score[i]));
            status[i] = random.nextInt(2);
            weight[i] = 0.1 + random.nextDouble();
            order[i] = i;
        }
        SurvivalData data = SurvivalData.builder(time, status)
                .weights(weight, WeightType.SAMPLING)
                .covariate("score", score)
                .build();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        for (PairWeighting weighting : List.of(PairWeighting.HARRELL, PairWeighting.UNO)) {
            Concordance procedure = HARRELL.withWeighting(weighting);
            ConcordanceResult once = procedure.fit(data, "score");
            ConcordanceResult other = procedure.fit(data.inOrder(order), "score");
            assertThat(procedure.fit(data, "score").concordance()).isEqualTo(once.concordance());
            assertThat(other.concordance()).isEqualTo(once.concordance());
            assertThat(other.concordant()).isEqualTo(once.concordant());
            double[] influence = once.influence();
            double[] moved = other.influence();
            for (int k = 0; k < n; k++) {
                if (moved[k] != influence[order[k]]) {
                    assertThat(moved[k]).as("row " + k).isEqualTo(influence[order[k]]);
                }
            }
        }
    }

    @Test
    void noEvents() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3}, new int[] {0, 0, 0});
        ConcordanceResult result = HARRELL.fit(data, new double[] {1, 2, 3});
        assertThat(result.concordance().isEstimable()).isFalse();
        assertThat(result.concordance().reason())
                .isEqualTo("there are no events among 3 rows, so it is not known of any pair who comes first");
        assertThat(result.influence()).containsExactly(Double.NaN, Double.NaN, Double.NaN);
        assertThat(result.concordance().interval().level()).isEqualTo(0.95);
        assertThat(HARRELL.withTau(1.5)
                        .fit(SurvivalData.of(new double[] {1, 2}, new int[] {0, 1}), new double[] {1, 2})
                        .concordance()
                        .reason())
                .isEqualTo(
                        "there are no events up to 1.5 among 2 rows, so it is not known of any pair who comes first");
    }

    @Test
    void noPairs() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3}, new int[] {0, 0, 1});
        assertThat(HARRELL.fit(data, new double[] {1, 2, 3}).concordance().reason())
                .isEqualTo("no pair counts: at no time of an event is anybody else at risk without one");
        assertThat(HARRELL.compare(data, new double[] {1, 2, 3}, new double[] {1, 2, 4})
                        .difference()
                        .isEstimable())
                .isFalse();
    }

    @Test
    void scoresThatShowNoVariance() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 1, 0});
        ConcordanceResult tied = HARRELL.fit(data, new double[] {7, 7, 7});
        assertThat(tied.concordance().estimate()).isEqualTo(0.5);
        assertThat(tied.tiedScore()).isEqualTo(3);
        assertThat(tied.concordance().standardError()).isEmpty();
        assertThat(tied.concordance().interval().reason())
                .isEqualTo("the scores of all pairs that count are tied, which shows no variance");
        ConcordanceResult perfect = HARRELL.fit(data, new double[] {3, 2, 1});
        assertThat(perfect.concordance().estimate()).isEqualTo(1);
        assertThat(perfect.concordance().standardError()).isEmpty();
        assertThat(perfect.concordance().interval().reason())
                .isEqualTo("every pair is concordant, which shows no variance");
        SurvivalData one =
                data.toBuilder().cluster(Categories.of(List.of("a", "a", "a"))).build();
        assertThat(HARRELL.fit(one, new double[] {3, 1, 2})
                        .concordance()
                        .interval()
                        .reason())
                .isEqualTo("all rows are of one cluster, which shows no variance between them");
    }

    @Test
    void badArguments() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 1, 0})
                .covariate("age", new double[] {1, 2, 3})
                .covariate("phase", Categories.of(List.of("a", "b", "a")))
                .build();
        assertThatThrownBy(() -> HARRELL.fit(data, new double[] {1, 2}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("score has 2 rows and time has 3; allowed: equal lengths");
        assertThatThrownBy(() -> HARRELL.compare(data, new double[] {1, 2, 3}, new double[4]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("second score has 4 rows and time has 3; allowed: equal lengths");
        for (String name : List.of("weight", "phase")) {
            assertThatThrownBy(() -> HARRELL.fit(data, name))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("numeric covariate is " + name + "; allowed: one of [age]");
        }
        for (double tau : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> HARRELL.withTau(tau))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("tau is " + tau + "; allowed: 0 < tau < infinity");
        }
        assertThatThrownBy(() -> HARRELL.withLevel(1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("level is 1.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> HARRELL.withCause(9).fit(data, "age"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("cause is 9; allowed: 1");
        assertThatThrownBy(() -> HARRELL.withCause("x").fit(data, "age"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("cause is x; allowed: 1");
    }

    @Test
    void saysHowItWasDone() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 2, 1, 0})
                .causes(List.of("relapse", "death"))
                .covariate("age", new double[] {4, 1, 2, 3})
                .strata(Categories.of(Collections.nCopies(4, "a")))
                .weights(new double[] {1, 2, 1, 1}, WeightType.SAMPLING)
                .build();
        ConcordanceResult result = HARRELL.withCause("relapse")
                .withWeighting(PairWeighting.UNO)
                .withTau(3)
                .fit(data, "age");
        assertThat(result.conventions())
                .containsEntry("score", "age, a high score means an early event")
                .containsEntry("pairs", "weighted by n/G2, events up to 3")
                .containsEntry("strata", "pairs within each")
                .containsEntry("event", "cause-specific: relapse")
                .containsEntry("weights", "sampling")
                .containsEntry("variance", "infinitesimal jackknife, by row")
                .containsEntry("interval", "logit");
        assertThat(HARRELL.withCause(1).fit(data, "age").concordance().estimate())
                .isEqualTo(
                        HARRELL.fit(data.causeSpecific(1), "age").concordance().estimate());
        assertThat(HARRELL.withCause(1).withTau(12))
                .hasToString("concordance, weighted by n, events up to 12, a high score means an early event,"
                        + " cause-specific: 1");
        assertThat(result.tidy().numbers("concordance"))
                .containsExactly(result.concordance().estimate());
    }

    /** Both orders are the same, and one is better: at 1 the first is right about both others, the second about one. */
    @Test
    void twoScores() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3, 2}, new int[] {1, 1, 1, 0});
        double[] first = {4, 2, 3, 1};
        ConcordanceComparison same = HARRELL.compare(data, first, new double[] {40, 20, 30, 10});
        assertThat(same.difference().estimate()).isZero();
        assertThat(same.difference().standardError()).isEmpty();
        assertThat(same.pValue()).isEmpty();
        // 4, 3, 2, 1 is right about all five pairs, and shows no variance of its own: the difference has the first's.
        ConcordanceComparison other = HARRELL.compare(data, first, new double[] {4, 3, 2, 1});
        assertThat(other.difference().estimate()).isCloseTo(-0.2, within(1e-15));
        assertThat(other.difference().standardError().orElseThrow()).isCloseTo(Math.sqrt(26) / 25, within(1e-15));
        assertThat(other.z().orElseThrow()).isCloseTo(-5 / Math.sqrt(26), within(1e-14));
        assertThat(other.covariance()).isEmpty();
        assertThat(other.tidy().rowCount()).isEqualTo(3);
    }

    @Test
    void extremeWeightsAndScores() {
        SurvivalData plain = SurvivalData.of(new double[] {1, 2, 3, 2}, new int[] {1, 1, 1, 0});
        double[] score = {4, 2, 3, 1};
        for (double w : new double[] {1e-300, 1e-9, 1e300}) {
            SurvivalData data = plain.toBuilder()
                    .weights(new double[] {w, w, w, w}, WeightType.SAMPLING)
                    .build();
            for (PairWeighting weighting : PairWeighting.values()) {
                ConcordanceResult expected = HARRELL.withWeighting(weighting).fit(plain, score);
                ConcordanceResult result = HARRELL.withWeighting(weighting).fit(data, score);
                assertThat(result.concordance().estimate())
                        .isCloseTo(expected.concordance().estimate(), within(1e-15));
                assertThat(result.concordance().standardError().orElseThrow())
                        .isCloseTo(expected.concordance().standardError().orElseThrow(), within(1e-15));
            }
        }
        assertThat(c(HARRELL, plain, 1e308, -0.0, 0.0, -1e308)).isEqualTo(0.9);
    }
}

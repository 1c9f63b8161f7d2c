package io.engraft.estimate.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.HazardEstimate;
import io.engraft.estimate.NelsonAalen;
import io.engraft.testing.RandomFollowUp;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmoothedHazardTest {

    private static final EventTable TABLE = EventTable.of(new double[] {1, 2, 3, 4, 5}, new int[] {1, 1, 0, 1, 1});

    /** At 2.5 with b = 2: x = 3/4, 1/4 for times 1, 2, -3/4 for 4; K = 21/64, 45/64, 21/64; steps 1/5, 1/4, 1/2. */
    @Test
    void fiveRowsByHand() {
        PointEstimate h = SmoothedHazard.forBandwidth(2).fit(TABLE).hazardAt(2.5);
        double k = 21.0 / 64;
        double m = 45.0 / 64;
        assertThat(h.estimate()).isCloseTo((k / 5 + m / 4 + k / 2) / 2, within(1e-15));
        double variance = (k * k / 25 + m * m / 16 + k * k / 4) / 4;
        assertThat(h.standardError().orElseThrow()).isCloseTo(Math.sqrt(variance), within(1e-15));
    }

    /** At 0 with b = 2 the Epanechnikov kernel becomes K(x) (128/19 + 240/19 x): 64 x 2 / 19 and 240 / 19. */
    @Test
    void atTheStartTheKernelLooksForward() {
        PointEstimate h = SmoothedHazard.forBandwidth(2).fit(TABLE).hazardAt(0);
        double x = -0.5;
        double w = 0.75 * (1 - x * x) * (128.0 / 19 + 240.0 / 19 * x);
        assertThat(h.estimate()).isCloseTo(w / 5 / 2, within(1e-15));
    }

    @Test
    void kernelsIntegrateToOneWithMeanZero() {
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            for (double[] range : new double[][] {{-1, 1}, {-1, 0}, {-1, 0.4}, {-0.3, 1}, {-0.6, 0.7}, {-3, 9}}) {
                double[] c = kernel.corrected(range[0], range[1]);
                double from = Math.max(-1, range[0]);
                double to = Math.min(1, range[1]);
                double one = 0;
                double mean = 0;
                int steps = 20_000;
                for (int i = 0; i < steps; i++) {
                    double x = from + (i + 0.5) * (to - from) / steps;
                    double w = kernel.at(x) * (c[0] + c[1] * x) * (to - from) / steps;
                    one += w;
                    mean += w * x;
                }
                assertThat(one).as(kernel + "").isCloseTo(1, within(1e-6));
                assertThat(mean).as(kernel + "").isCloseTo(0, within(1e-6));
            }
            assertThat(kernel.at(1.1)).isZero();
            assertThat(kernel.at(Double.NaN)).isZero();
        }
    }

    /** Exponential times with hazard 0.1, 4000 rows: within 4 standard errors at five times (false alarm 3 in 10,000). */
    @Test
    void aKnownHazardIsFound() {
        SplittableRandom random = new SplittableRandom(11);
        double[] time = new double[4000];
        int[] status = new int[4000];
        for (int i = 0; i < time.length; i++) {
            double t = -Math.log(1 - random.nextDouble()) * 10;
            time[i] = Math.min(t, 20);
            status[i] = t <= 20 ? 1 : 0;
        }
        SmoothedHazardEstimate found = SmoothedHazard.forBandwidths(1, 2, 4).fit(EventTable.of(time, status));
        assertThat(found.bandwidth()).isIn(1.0, 2.0, 4.0);
        for (double t : new double[] {0, 3, 8, 15, 19.9}) {
            PointEstimate h = found.hazardAt(t);
            assertThat(h.estimate()).isCloseTo(0.1, within(4 * h.standardError().orElseThrow()));
            assertThat(h.standardError().orElseThrow()).isLessThan(0.03);
        }
        // A constant hazard is smoothed best with the widest kernel.
        assertThat(SmoothedHazard.forBandwidths(0.05, 4)
                        .fit(EventTable.of(time, status))
                        .bandwidth())
                .isEqualTo(4);
    }

    /** A change of unit divides the hazard; the area under the curve is near the Nelson-Aalen estimate. */
    @Test
    void unitsAndNonNegative() {
        int used = 0;
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            HazardEstimate steps = NelsonAalen.withDefaults().fit(all.data()).get("all");
            double[] jumps = steps.jumpTimes();
            if (jumps.length == 0 || jumps[jumps.length - 1] == 0) {
                continue;
            }
            used++;
            double end = jumps[jumps.length - 1];
            SmoothedHazardEstimate a =
                    SmoothedHazard.forBandwidth(end / 3).fit(all.data()).get("all");
            SmoothedHazardEstimate b =
                    SmoothedHazard.forBandwidth(4 * end / 3).fit(scaled(all)).get("all");
            for (double share : new double[] {0, 0.2, 0.5, 1}) {
                double h = a.hazardAt(share * end).estimate();
                assertThat(h).as("seed " + seed).isGreaterThanOrEqualTo(0);
                assertThat(b.hazardAt(4 * share * end).estimate())
                        .as("seed " + seed)
                        .isCloseTo(h / 4, within(1e-12 * (1 + h)));
            }
        }
        assertThat(used).isGreaterThan(900);
    }

    private static SurvivalData scaled(RandomFollowUp all) {
        double[] time = java.util.Arrays.stream(all.time).map(t -> 4 * t).toArray();
        SurvivalData.Builder data = SurvivalData.builder(time, all.status);
        if (all.hasEntry) {
            data.entry(java.util.Arrays.stream(all.entry).map(t -> 4 * t).toArray());
        }
        if (all.hasWeights) {
            data.weights(all.weight, io.engraft.data.WeightType.FREQUENCY);
        }
        return data.build();
    }

    @Test
    void whatItSaysOfItself() {
        SmoothedHazardEstimate found = SmoothedHazard.forBandwidth(1.5)
                .withKernel(SmoothingKernel.BIWEIGHT)
                .withLevel(0.9)
                .withTieRule(TieRule.EXACT)
                .fit(TABLE);
        assertThat(found.kernel()).isEqualTo(SmoothingKernel.BIWEIGHT);
        assertThat(found.bandwidth()).isEqualTo(1.5);
        assertThat(found.level()).isEqualTo(0.9);
        assertThat(found.horizon()).isEqualTo(5);
        assertThat(found.tidy().rowCount()).isEqualTo(101);
        assertThat(found.hazardAt(5.1).reason()).isEqualTo("the last event is at 5");
        // Between the events at 2 and 4 a narrow kernel sees nothing.
        PointEstimate none = SmoothedHazard.forBandwidth(0.5).fit(TABLE).hazardAt(3);
        assertThat(none.estimate()).isZero();
        assertThat(none.interval().isEstimable()).isFalse();
    }

    /** Of the integral of h^2 less twice the sum of each step times the h that the others give at its time. */
    @Test
    void crossValidationTakesTheLeastScore() {
        double[] bandwidths = {1, 2, 4, 8};
        int[] chosen = new int[bandwidths.length];
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean crowded = seed % 2 == 0;
            double[] time =
                    random.doubles(30).map(u -> crowded ? 10 + 3 * u : 14 * u).toArray();
            EventTable table = EventTable.of(
                    time, random.ints(30, 0, 3).map(x -> x > 0 ? 1 : 0).toArray());
            HazardEstimate hazard = NelsonAalen.withDefaults().fit(table);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int b = 0; b < bandwidths.length; b++) {
                SmoothedHazardEstimate tried =
                        SmoothedHazard.forBandwidth(bandwidths[b]).fit(table);
                double score = 0;
                int pieces = 4000;
                for (int i = 0; i < pieces; i++) {
                    double h = tried.raw(tried.horizon() * (i + 0.5) / pieces);
                    score += h * h * tried.horizon() / pieces;
                }
                double[] events = hazard.jumpTimes();
                double before = 0;
                for (int j = 0; j < events.length; j++) {
                    double now = hazard.cumulativeHazardAt(events[j]).estimate();
                    score -= 2 * (now - before) * (tried.raw(events[j]) - tried.ownShare(j));
                    before = now;
                }
                best = score < least ? b : best;
                least = Math.min(least, score);
            }
            chosen[best]++;
            assertThat(SmoothedHazard.forBandwidths(bandwidths).fit(table).bandwidth())
                    .as("seed " + seed)
                    .isEqualTo(bandwidths[best]);
        }
        assertThat(chosen[0] + chosen[1]).isPositive();
        assertThat(chosen[2] + chosen[3]).isPositive();
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(Double.NaN)).hasMessageContaining("bandwidth is NaN");
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(0)).hasMessageContaining("bandwidth is 0.0");
        assertThatThrownBy(() -> SmoothedHazard.forBandwidths()).hasMessageContaining("number of bandwidths is 0");
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(1).withLevel(1)).hasMessageContaining("level is 1.0");
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(6).fit(TABLE))
                .hasMessage("bandwidth is 6.0; allowed: at most the last event time, which is 5.0");
        SurvivalData twins = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 1})
                .cluster(Categories.of(List.of("p", "p")))
                .build();
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(1).fit(twins))
                .hasMessage(
                        "the data have clusters or several rows a patient, for which a smoothed hazard has no variance;"
                                + " allowed: one row a patient");
        SurvivalData none = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                .group(Categories.of(List.of("a", "b")))
                .build();
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(1).fit(none))
                .hasMessage("not estimable: group 'b' has no events after time 0, and no hazard to smooth");
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(1).fit(TABLE).hazardAt(-1))
                .hasMessageContaining("time is -1.0");
    }
}

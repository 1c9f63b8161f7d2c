package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.NotEstimableException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.internal.BridgeSupremum;
import io.engraft.testing.RandomFollowUp;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfidenceBandTest {

    private static final SurvivalEstimate CURVE =
            KaplanMeier.withDefaults().fit(new double[] {1, 2, 3, 4, 5}, new int[] {1, 1, 0, 1, 0});

    /** P(sup |B| &lt;= k) over all of [0, 1] is Kolmogorov's 1 - 2 sum (-1)^(j-1) exp(-2 j^2 k^2). */
    @Test
    void theWholeBridgeIsKolmogorovs() {
        for (double k : new double[] {0.6, 0.9, 1.358099, 2}) {
            double sum = 1;
            for (int j = 1; j < 20; j++) {
                sum += (j % 2 == 0 ? 2 : -2) * Math.exp(-2.0 * j * j * k * k);
            }
            assertThat(BridgeSupremum.plain(k, 0, 1 - 1e-12)).isCloseTo(sum, within(1e-9));
        }
    }

    /** Ranges of one point are normal quantiles, and probabilities join where the method changes. */
    @Test
    void limitsOfTheRange() {
        assertThat(BandQuantiles.equalPrecision(0.95, 0.3, 0.3)).isCloseTo(1.959963984540054, within(1e-12));
        assertThat(BandQuantiles.hallWellner(0.95, 0.2, 0.2)).isCloseTo(1.959963984540054 * 0.4, within(1e-12));
        assertThat(BandQuantiles.hallWellner(0.95, 0.3, 0.3 + 1e-9))
                .isCloseTo(1.959963984540054 * Math.sqrt(0.21), within(1e-4));
        for (double c : new double[] {1, 2, 3}) {
            assertThat(BridgeSupremum.standardised(c, 0.0019999))
                    .as("c " + c)
                    .isCloseTo(BridgeSupremum.standardised(c, 0.0020001), within(3e-5));
        }
    }

    /**
     * 10,000 paths of the bridge on a grid, with the chance that it leaves the limits between grid points: a bridge
     * between two points passes a line with probability exp(-2 (distance)(distance) / time). Tolerance: four standard
     * errors, 4 sqrt(p (1 - p) / 10,000).
     */
    @Test
    void simulationOfTheBridgeAgrees() {
        double a = 0.1;
        double b = 0.7;
        double c = 2.7;
        double k = 1.2;
        int steps = 150;
        SplittableRandom random = new SplittableRandom(42);
        double plain = 0;
        double standardised = 0;
        int paths = 10_000;
        for (int i = 0; i < paths; i++) {
            double x = Math.sqrt(a * (1 - a)) * random.nextGaussian();
            double u = a;
            double in = Math.abs(x) <= k ? 1 : 0;
            double within = Math.abs(x) <= c * Math.sqrt(u * (1 - u)) ? 1 : 0;
            for (int s = 1; s <= steps && in + within > 0; s++) {
                double v = a + (b - a) * s / steps;
                double y = x * (1 - v) / (1 - u) + Math.sqrt((v - u) * (1 - v) / (1 - u)) * random.nextGaussian();
                in *= stays(k - x, k - y, v - u) * stays(k + x, k + y, v - u);
                double before = c * Math.sqrt(u * (1 - u));
                double after = c * Math.sqrt(v * (1 - v));
                within *= stays(before - x, after - y, v - u) * stays(before + x, after + y, v - u);
                x = y;
                u = v;
            }
            plain += in / paths;
            standardised += within / paths;
        }
        double duration = 0.5 * Math.log(b * (1 - a) / (a * (1 - b)));
        assertThat(BridgeSupremum.plain(k, a, b)).isCloseTo(plain, within(4 * Math.sqrt(plain * (1 - plain) / paths)));
        assertThat(BridgeSupremum.standardised(c, duration))
                .isCloseTo(standardised, within(4 * Math.sqrt(standardised * (1 - standardised) / paths)));
    }

    private static double stays(double from, double to, double time) {
        return from > 0 && to > 0 ? 1 - Math.exp(-2 * from * to / time) : 0;
    }

    /** S = 4/5, 3/5, 3/10 and n v = 5 (1/20) = 1/4, 5 (1/20 + 1/12) = 2/3, 2/3 + 5/2: a = 1/5, 2/5, 19/25. */
    @Test
    void fiveRowsByHand() {
        BandEstimate band = ConfidenceBand.ofHallWellner()
                .withConfidenceType(ConfidenceType.PLAIN)
                .on(CURVE);
        assertThat(band.from()).isEqualTo(1);
        assertThat(band.to()).isEqualTo(4);
        assertThat(band.firstShare()).isCloseTo(0.2, within(1e-14));
        assertThat(band.lastShare()).isCloseTo(0.76, within(1e-14));
        double k = band.criticalValue();
        Interval at = band.at(2.5);
        double half = k / Math.sqrt(5) * (1 + 2.0 / 3) * 0.6;
        assertThat(at.lower().orElseThrow()).isCloseTo(Math.max(0, 0.6 - half), within(1e-12));
        assertThat(at.upper().orElseThrow()).isCloseTo(Math.min(1, 0.6 + half), within(1e-12));
        assertThat(band.level()).isEqualTo(0.95);
        assertThat(band.kind()).isEqualTo(ConfidenceBand.Kind.HALL_WELLNER);
        assertThat(band.tidy().rowCount()).isEqualTo(4);
        assertThat(band.tidy().value(1, "lower")).isEqualTo(at.lower().orElseThrow());
    }

    @Test
    void bandsContainThePointwiseIntervals() {
        int compared = 0;
        for (long seed = 0; compared < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            SurvivalEstimate curve = KaplanMeier.withDefaults().fit(all.data()).get("all");
            // The slow critical values on some sets only, for time.
            ConfidenceBand kind = seed % 200 == 1
                    ? ConfidenceBand.ofHallWellner()
                    : seed % 20 == 0
                            ? ConfidenceBand.ofEqualPrecision()
                            : ConfidenceBand.ofEqualPrecision().withNairApproximation();
            compared++;
            BandEstimate band;
            try {
                band = kind.on(curve);
            } catch (NotEstimableException none) {
                continue;
            }
            for (int p = 0; p < curve.size(); p++) {
                double s = curve.survival(p);
                if (curve.time(p) >= band.from() && curve.time(p) <= band.to() && s > 0 && s < 1) {
                    Interval wide = band.at(curve.time(p));
                    Interval narrow = curve.survivalAt(curve.time(p)).interval();
                    String where = "seed " + seed + ", point " + p;
                    assertThat(wide.lower().orElseThrow())
                            .as(where)
                            .isLessThanOrEqualTo(narrow.lower().orElseThrow() + 1e-9);
                    assertThat(wide.upper().orElseThrow())
                            .as(where)
                            .isGreaterThanOrEqualTo(narrow.upper().orElseThrow() - 1e-9);
                }
            }
        }
    }

    /**
     * A robust curve's increments need not be independent, and the sum of its weights is no number of subjects: with all
     * weights 100 in place of 1, or every row split in two, a Hall-Wellner band would be another one.
     */
    @Test
    void robustCurvesAreRefused() {
        double[] time = {1, 2, 3, 4, 5};
        int[] status = {1, 1, 0, 1, 0};
        String refusal =
                "not estimable: a band takes the increments of the curve as independent, which sampling weights,"
                        + " clusters and several rows an id do not grant; allowed: a curve without a robust variance";
        SurvivalData weighted = SurvivalData.builder(time, status)
                .weights(new double[] {100, 100, 100, 100, 100}, WeightType.SAMPLING)
                .build();
        SurvivalData clustered = SurvivalData.builder(time, status)
                .cluster(Categories.of(List.of("a", "a", "b", "b", "c")))
                .build();
        SurvivalData split = SurvivalData.builder(new double[] {1, 2, 3, 2, 4, 5}, new int[] {1, 1, 0, 0, 1, 0})
                .entry(new double[] {0, 0, 0, 0, 2, 0})
                .id(Categories.of(List.of("p1", "p2", "p3", "p4", "p4", "p5")))
                .build();
        for (SurvivalData data : List.of(weighted, clustered, split)) {
            SurvivalEstimate curve = KaplanMeier.withDefaults().fit(data).get("all");
            assertThatThrownBy(() -> ConfidenceBand.ofHallWellner().on(curve))
                    .isInstanceOf(NotEstimableException.class)
                    .hasMessage(refusal);
            assertThatThrownBy(() -> ConfidenceBand.ofEqualPrecision().on(curve, 1, 4))
                    .isInstanceOf(NotEstimableException.class)
                    .hasMessage(refusal);
        }
        SurvivalEstimate asked = KaplanMeier.withDefaults().withRobustVariance().fit(time, status);
        assertThatThrownBy(() -> ConfidenceBand.ofEqualPrecision().on(asked)).hasMessage(refusal);
    }

    @Test
    void badInputIsNamed() {
        ConfidenceBand equal = ConfidenceBand.ofEqualPrecision();
        assertThatThrownBy(() -> equal.withLevel(Double.NaN)).hasMessageContaining("level is NaN");
        assertThatThrownBy(() -> equal.withLevel(0.99999)).hasMessage("level is 0.99999; allowed: 0 < level <= 0.9999");
        assertThatThrownBy(() -> ConfidenceBand.ofHallWellner().withNairApproximation())
                .hasMessageContaining("kind of band is HALL_WELLNER");
        assertThatThrownBy(() -> equal.on(CURVE, Double.NaN, 3)).hasMessageContaining("from is NaN");
        assertThatThrownBy(() -> equal.on(CURVE, 1, -3)).hasMessageContaining("to is -3.0");
        assertThatThrownBy(() -> equal.on(CURVE, 3, 2)).hasMessage("from is 3.0 and to is 2.0; allowed: from <= to");
        assertThatThrownBy(() -> equal.on(CURVE, 0.5, 3)).hasMessage("not estimable: nobody had an event by 0.5");
        assertThatThrownBy(() -> equal.on(CURVE, 1, 6)).hasMessage("not estimable: follow-up ends at 5");
        SurvivalEstimate toZero = KaplanMeier.withDefaults().fit(new double[] {1, 2}, new int[] {1, 1});
        assertThatThrownBy(() -> equal.on(toZero, 1, 2))
                .hasMessage("not estimable: S is 0 at 2.0, so its standard error says nothing there");
        SurvivalEstimate censored = KaplanMeier.withDefaults().fit(new double[] {1, 2}, new int[] {0, 0});
        assertThatThrownBy(() -> equal.on(censored)).hasMessage("not estimable: S is nowhere strictly between 0 and 1");
        assertThatThrownBy(() -> ConfidenceBand.ofHallWellner().on(censored, 0, 1))
                .hasMessage("not estimable: nobody had an event by 1.0");
        BandEstimate early = ConfidenceBand.ofHallWellner().on(CURVE, 0, 4);
        assertThat(early.firstShare()).isZero();
        assertThat(early.at(0.5).reason()).isEqualTo("nobody had an event by then");
        assertThat(early.at(4.5).reason()).isEqualTo("the band runs from 0.0 to 4.0");
        assertThatThrownBy(() -> early.at(Double.NaN)).hasMessageContaining("time is NaN");
    }
}

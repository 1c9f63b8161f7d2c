package io.engraft.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Point estimates, intervals and the five scales, at the edges above all. */
class IntervalsTest {

    private static final double Z = 1.959963984540054;

    @Test
    void theNormalQuantile() {
        assertThat(ConfidenceType.normalQuantile(0.95)).isCloseTo(Z, within(1e-14));
        assertThat(ConfidenceType.normalQuantile(0.5)).isCloseTo(0.6744897501960817, within(1e-14));
        assertThat(ConfidenceType.normalQuantile(1 - 1e-12)).isCloseTo(7.1305, within(1e-3));
    }

    /** Limits for p = 0.7, se = 0.1 at 95 %: the formulas in mpmath with 30 digits, and again in R. */
    @ParameterizedTest
    @CsvSource({
        "PLAIN, 0.504003601545994576, 0.895996398454005424",
        "LOG, 0.529051341015917057, 0.926186103335588829",
        "LOG_LOG, 0.457495771340600382, 0.849859550751249566",
        "LOGIT, 0.478508669152707549, 0.855772671281853372",
        "ARCSIN, 0.491909173344562049, 0.872059817432792944",
    })
    void limitsWorkedOutside(ConfidenceType type, double lower, double upper) {
        Interval interval = type.interval(0.7, 0.1, 0.95, Profile.ENGRAFT);
        assertThat(interval.lower().orElseThrow()).isCloseTo(lower, within(1e-15));
        assertThat(interval.upper().orElseThrow()).isCloseTo(upper, within(1e-15));
        assertThat(interval.level()).isEqualTo(0.95);
    }

    @ParameterizedTest
    @EnumSource(ConfidenceType.class)
    void intervalsHoldTheEstimateAndStayWithinTheUnitInterval(ConfidenceType type) {
        SplittableRandom random = new SplittableRandom(7);
        for (int k = 0; k < 20_000; k++) {
            double p = k % 3 == 0 ? Math.pow(10, -300 * random.nextDouble()) : random.nextDouble();
            p = k % 7 == 0 ? Math.nextDown(1.0) : p;
            if (!(p > 0)) {
                continue;
            }
            double se = random.nextDouble() * Math.sqrt(p * (1 - p)) * (k % 5 == 0 ? 100 : 1);
            Interval interval = type.interval(p, se, 0.99, Profile.ENGRAFT);
            assertThat(interval.isEstimable()).isTrue();
            assertThat(interval.lower().orElseThrow()).isBetween(0.0, p * (1 + 1e-12));
            assertThat(interval.upper().orElseThrow()).isBetween(p * (1 - 1e-12), 1.0);
        }
    }

    @ParameterizedTest
    @EnumSource(ConfidenceType.class)
    void thereIsNoIntervalAtZeroAndOneExceptInR(ConfidenceType type) {
        for (double p : new double[] {0, 1}) {
            Interval own = type.interval(p, 0, 0.9, Profile.ENGRAFT);
            assertThat(own.isEstimable()).isFalse();
            assertThat(own.reason()).isEqualTo("the estimate is " + (int) p + ", so its standard error says nothing");
            Interval r = type.interval(p, 0, 0.9, Profile.R);
            boolean stays = type == ConfidenceType.PLAIN || (type == ConfidenceType.LOG && p == 1);
            assertThat(r.isEstimable()).isEqualTo(stays);
            if (stays) {
                assertThat(r).isEqualTo(Interval.of(p, p, 0.9));
            }
        }
        Interval unknown = type.interval(0.5, Double.NaN, 0.9, Profile.R);
        assertThat(unknown.isEstimable()).isFalse();
        assertThat(unknown.reason()).isEqualTo("the standard error is not estimable");
        assertThat(type.interval(0, Double.NaN, 0.9, Profile.R).isEstimable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ConfidenceType.class)
    void bulkLimitsAreTheIntervals(ConfidenceType type) {
        SplittableRandom random = new SplittableRandom(8);
        int n = 70_000;
        double[] p = new double[n];
        double[] se = new double[n];
        for (int i = 0; i < n; i++) {
            boolean repeats = i > 0 && i % 3 == 0;
            p[i] = repeats ? p[i - 1] : i % 100 == 0 ? 0 : i % 101 == 0 ? 1 : random.nextDouble();
            se[i] = repeats ? se[i - 1] : i % 103 == 0 ? Double.NaN : p[i] * (1 - p[i]) * random.nextDouble();
        }
        for (Profile profile : Profile.values()) {
            Limits limits = Limits.of(type, p, se, 0.8, profile);
            assertThat(limits.size()).isEqualTo(n);
            for (int i = 0; i < n; i++) {
                Interval one = type.interval(p[i], se[i], 0.8, profile);
                double lower = one.lower().orElse(Double.NaN);
                double upper = one.upper().orElse(Double.NaN);
                if (!near(limits.lower(i), lower) || !near(limits.upper(i), upper)) {
                    assertThat(new double[] {limits.lower(i), limits.upper(i)})
                            .as("point " + i + ", p " + p[i] + ", se " + se[i])
                            .containsExactly(lower, upper);
                }
            }
        }
    }

    private static boolean near(double a, double b) {
        return Double.isNaN(a) ? Double.isNaN(b) : Math.abs(a - b) <= 1e-13 * Math.abs(b);
    }

    @Test
    void limitsNeedOneErrorAProbability() {
        assertThatThrownBy(() -> Limits.of(
                        ConfidenceType.LOG, new double[] {0.5, 0.4}, new double[] {0.1}, 0.95, Profile.ENGRAFT))
                .hasMessage("standard errors has 1 rows and probabilities has 2; allowed: equal lengths");
    }

    @Test
    void intervalsAreChecked() {
        assertThatThrownBy(() -> Interval.of(2, 1, 0.95))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("interval limits are 2.0 and 1.0; allowed: lower <= upper");
        assertThatThrownBy(() -> Interval.of(Double.NaN, 1, 0.95)).hasMessageContaining("interval limits are NaN");
        assertThatThrownBy(() -> Interval.of(0, 1, 1)).hasMessage("level is 1.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> Interval.notEstimable(0, "x")).hasMessage("level is 0.0; allowed: 0 < level < 1");
        Interval open = Interval.partial(1, Double.NaN, 0.9, "not reached");
        assertThat(open.lower()).hasValue(1);
        assertThat(open.upper()).isEmpty();
        assertThat(open.reason()).isEqualTo("not reached");
        assertThat(open).hasToString("not estimable: not reached");
        assertThat(open).isEqualTo(Interval.partial(1, Double.NaN, 0.9, "not reached"));
        assertThat(open).hasSameHashCodeAs(Interval.partial(1, Double.NaN, 0.9, "not reached"));
        assertThat(open).isNotEqualTo(Interval.partial(1, 2, 0.9, "not reached"));
        assertThat(Interval.partial(1, 2, 0.9, "unused").reason()).isEmpty();
        assertThat(Interval.of(0.25, 0.5, 0.9)).hasToString("0.25 to 0.5");
        assertThat(Interval.of(0.25, 0.5, 0.9).complement()).isEqualTo(Interval.of(0.5, 0.75, 0.9));
        assertThat(Interval.partial(0.25, Double.NaN, 0.9, "r").complement())
                .isEqualTo(Interval.partial(Double.NaN, 0.75, 0.9, "r"));
    }

    @Test
    void estimatesAreNumbersOrReasons() {
        PointEstimate some = PointEstimate.of(0.25, 0.1, Interval.of(0.125, 0.5, 0.9));
        assertThat(some.estimate()).isEqualTo(0.25);
        assertThat(some.hasInterval()).isTrue();
        assertThat(some).hasToString("0.25 (0.125 to 0.5)");
        assertThat(some.complement()).isEqualTo(PointEstimate.of(0.75, 0.1, Interval.of(0.5, 0.875, 0.9)));
        assertThat(some.complement().complement()).isEqualTo(some).hasSameHashCodeAs(some);
        PointEstimate exact = PointEstimate.exact(3);
        assertThat(exact.standardError()).isEmpty();
        assertThat(exact.hasInterval()).isFalse();
        assertThat(exact.interval().reason()).isEqualTo("known without sampling error");
        assertThat(exact).hasToString("3.0").isNotEqualTo(some);
        PointEstimate none = PointEstimate.notEstimable("too short");
        assertThat(none.optional()).isEmpty();
        assertThat(none.complement().isEstimable()).isFalse();
        assertThat(none.interval().reason()).isEqualTo("too short");
        assertThat(none).hasToString("not estimable: too short");
        assertThatThrownBy(none::estimate)
                .isInstanceOf(NotEstimableException.class)
                .hasMessage("not estimable: too short");
        assertThat(PointEstimate.notEstimable("late", Interval.partial(2, Double.NaN, 0.9, "late"))
                        .interval()
                        .lower())
                .hasValue(2);
        assertThatThrownBy(() -> PointEstimate.exact(Double.NaN))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("estimate is NaN; allowed: a finite number");
        assertThatThrownBy(() -> PointEstimate.of(Double.NaN, 1, Interval.of(0, 1, 0.5)))
                .hasMessage("estimate is NaN; allowed: a finite number");
        assertThat(PointEstimate.exact(Double.POSITIVE_INFINITY).isEstimable()).isTrue();
    }

    @Test
    void labelsAndProfiles() {
        assertThat(ConfidenceType.LOG_LOG.label()).isEqualTo("log-log");
        assertThat(Profile.R.label()).isEqualTo("r");
        assertThat(Profile.R.confidenceType()).isEqualTo(ConfidenceType.LOG);
        assertThat(Profile.R.quantileTolerance()).isEqualTo(Math.sqrt(Math.ulp(1.0)));
        assertThat(Profile.ENGRAFT.confidenceType()).isEqualTo(ConfidenceType.LOG_LOG);
        assertThat(Profile.ENGRAFT.quantileTolerance()).isEqualTo(1e-8);
    }
}

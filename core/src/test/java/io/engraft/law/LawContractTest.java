package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.internal.PatientStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every law of time must keep; one subclass an implementation. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LawContractTest {

    private static final double[] SHARES = {1e-12, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-6};
    private static final double[] TAILS = {1e-300, 1e-200, 1e-100, 1e-30, 1e-9, 0.01};

    /** Members of the family with small, middling and large shapes. */
    abstract List<LawOfTime> laws();

    /** A member with parameters from wide ranges. */
    abstract LawOfTime random(SplittableRandom random);

    static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    static double logBetween(SplittableRandom random, double low, double high) {
        return Math.exp(between(random, Math.log(low), Math.log(high)));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void quantileInvertsTheDistributionFunction(LawOfTime law) {
        for (double p : shares(law)) {
            double t = law.timeAt(p);
            assertThat(law.cumulativeProbability(t)).isCloseTo(p, relative(1e-12));
            assertThat(law.sample(p)).isEqualTo(t);
            assertThat(law.quantile(p).estimate()).isEqualTo(t);
        }
        assertThat(law.median().estimate()).isEqualTo(law.timeAt(0.5));
        double cured = law.curedShare();
        if (cured > 0) {
            assertThat(law.timeAt(1 - cured / 2)).isInfinite().isPositive();
            assertThat(law.timeAtSurvival(cured / 2)).isInfinite().isPositive();
            assertThat(law.mean()).isInfinite().isPositive();
        }
        assertThat(law.timeAt(0)).isZero();
        assertThat(law.timeAt(1)).isInfinite().isPositive();
        assertThat(law.timeAtSurvival(1)).isZero();
        assertThat(law.timeAtSurvival(0)).isInfinite().isPositive();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void upperTailIsNativeTo1e300(LawOfTime law) {
        for (double s : TAILS) {
            double t = law.timeAtSurvival(s);
            if (Double.isInfinite(t)) {
                continue; // a median times (1/s)^(1/shape) beyond the largest double, or a cured share
            }
            assertThat(law.logSurvival(t)).isCloseTo(Math.log(s), relative(1e-12));
            assertThat(law.survival(t)).isCloseTo(s, relative(1e-10));
            assertThat(law.hazard(t)).isCloseTo(Math.exp(law.logDensity(t) - law.logSurvival(t)), relative(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void lowerTailIsNativeTo1e300(LawOfTime law) {
        for (double p : TAILS) {
            double t = law.timeAt(p);
            if (t < 1e-300) {
                continue; // underflows or loses digits as a denormal number
            }
            assertThat(law.cumulativeProbability(t)).isCloseTo(p, relative(1e-10));
            assertThat(law.cumulativeHazard(t)).isCloseTo(-Math.log1p(-p), relative(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void theFiveFunctionsAgree(LawOfTime law) {
        for (double p : shares(law)) {
            double t = law.timeAt(p);
            assertThat(law.survival(t) + law.cumulativeProbability(t)).isCloseTo(1, within(1e-14));
            assertThat(law.hazard(t)).isCloseTo(law.density(t) / law.survival(t), relative(1e-11));
            assertThat(Math.exp(law.logDensity(t))).isCloseTo(law.density(t), relative(1e-11));
            assertThat(law.cumulativeHazard(t)).isEqualTo(0 - law.logSurvival(t));
            assertThat(Math.exp(law.logSurvival(t))).isCloseTo(law.survival(t), relative(1e-13));
            double step = t * 1e-4;
            double slope = (law.cumulativeProbability(t + step) - law.cumulativeProbability(t - step)) / (2 * step);
            boolean smooth = Arrays.stream(AbstractLaw.kinksOf(law)).noneMatch(k -> Math.abs(k - t) <= step);
            if (p >= 0.01 && p <= 0.99 && smooth) {
                assertThat(slope).isCloseTo(law.density(t), relative(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void survivalNeverRises(LawOfTime law) {
        double last = 1;
        double lastLog = 0;
        double most = law.timeAt(0.999999 * (1 - law.curedShare())) * 10;
        for (int j = 0; j <= 400; j++) {
            double t = most * Math.pow(j / 400.0, 4);
            assertThat(law.survival(t)).isBetween(0.0, last * (1 + 1e-14)); // rounding
            assertThat(law.logSurvival(t)).isLessThanOrEqualTo(lastLog + 1e-14 * -lastLog);
            last = law.survival(t);
            lastLog = law.logSurvival(t);
        }
        double proper = 1 - law.curedShare();
        for (double u = 0.05; u < 0.9; u += 0.05) {
            assertThat(law.sample(proper * (u + 0.05))).isGreaterThan(law.sample(proper * u));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void restrictedMeanIsTheAreaUnderSurvival(LawOfTime law) {
        for (double p : new double[] {1e-6, 0.1, 0.5, 0.9, 0.9999}) {
            double proper = 1 - law.curedShare();
            double tau = law.timeAt(p * proper);
            double[] cuts = DoubleStream.concat(
                            DoubleStream.of(law.timeAt(0.4 * proper), tau), DoubleStream.of(AbstractLaw.kinksOf(law)))
                    .filter(cut -> cut <= tau)
                    .sorted()
                    .toArray();
            double area = 0;
            double from = 0;
            for (double to : cuts) {
                area += AdaptiveQuadrature.integrate(law::survival, from, to, 0, 1e-12)
                        .value();
                from = to;
            }
            assertThat(law.meanUpTo(tau)).isCloseTo(area, relative(1e-10));
            assertThat(law.restrictedMean(tau).estimate()).isEqualTo(law.meanUpTo(tau));
        }
        assertThat(law.meanUpTo(Double.POSITIVE_INFINITY)).isEqualTo(law.mean());
        if (Double.isFinite(law.mean())) {
            assertThat(law.meanUpTo(law.timeAt(0.999))).isLessThan(law.mean());
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void edges(LawOfTime law) {
        assertThat(law.survival(0)).isEqualTo(1);
        assertThat(law.cumulativeProbability(0)).isZero();
        assertThat(law.cumulativeHazard(0)).isZero();
        assertThat(law.density(0)).isEqualTo(law.hazard(0));
        same(law.logDensity(0), Math.log(law.density(0)), 1e-14);
        double end = Double.POSITIVE_INFINITY;
        double cured = law.curedShare();
        assertThat(law.survival(end)).isEqualTo(cured).isBetween(0.0, 1.0);
        assertThat(law.cumulativeProbability(end)).isCloseTo(1 - cured, within(1e-15));
        if (cured > 0) {
            assertThat(law.cumulativeHazard(end)).isCloseTo(-Math.log(cured), within(1e-14));
        } else {
            assertThat(law.cumulativeHazard(end)).isGreaterThan(745);
        }
        assertThat(law.density(end)).isZero();
        assertThat(law.logDensity(end)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(law.hazard(end)).isNotNaN();
        assertThat(law.horizon()).isEqualTo(end);
        assertThat(law.jumpTimes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void curvesAreExact(LawOfTime law) {
        double t = law.timeAt(0.3);
        assertThat(law.survivalAt(t).estimate()).isEqualTo(law.survival(t));
        assertThat(law.survivalAt(t).hasInterval()).isFalse();
        assertThat(law.cumulativeHazardAt(t).estimate()).isEqualTo(law.cumulativeHazard(t));
        assertThat(law.survivalValues(new double[] {t, 0})).containsExactly(law.survival(t), 1);
        assertThat(law.cumulativeHazardValues(new double[] {t, 0})).containsExactly(law.cumulativeHazard(t), 0);
        assertThat(law.survivalCovariance(new double[] {t, 1})).isDeepEqualTo(new double[2][2]);
    }

    @ParameterizedTest
    @MethodSource("laws")
    void theRemainingTimeIsTheLawBeyondS(LawOfTime law) {
        double proper = 1 - law.curedShare();
        for (double p : new double[] {0.02, 0.4, 0.9}) {
            double s = law.timeAt(p * proper);
            LawOfTime rest = law.conditionalOn(s);
            double left = law.survival(s);
            double properRest = 1 - law.curedShare() / left;
            for (double q : new double[] {0.3, 0.7, 0.99}) {
                double end = law.timeAt(proper * (p + q * (1 - p)));
                double r = end - s;
                assertThat(rest.survival(r)).isCloseTo(law.survival(s + r) / left, relative(1e-11));
                assertThat(rest.hazard(r)).isCloseTo(law.hazard(s + r), relative(1e-10));
                assertThat(rest.density(r)).isCloseTo(law.density(s + r) / left, relative(1e-10));
                assertThat(rest.cumulativeProbability(rest.timeAt(properRest * q)))
                        .isCloseTo(properRest * q, relative(1e-12));
                assertThat(law.meanUpTo(s) + left * rest.meanUpTo(r)).isCloseTo(law.meanUpTo(s + r), relative(1e-11));
                assertThat(rest.conditionalOn(r / 2).survival(r / 2))
                        .isCloseTo(law.survival(s + r) / law.survival(s + r / 2), relative(1e-11));
            }
            assertThat(rest.curedShare()).isCloseTo(law.curedShare() / left, within(1e-14));
            if (law.hazard(s) > 0) {
                double little = 1e-9 * s;
                assertThat(rest.cumulativeProbability(little)).isCloseTo(law.hazard(s) * little, relative(1e-6));
                assertThat(rest.timeAt(rest.cumulativeProbability(little))).isCloseTo(little, relative(1e-12));
            }
            if (Double.isFinite(law.mean())) {
                assertThat(law.meanUpTo(s) + left * rest.mean()).isCloseTo(law.mean(), relative(1e-10));
            }
        }
        assertThat(law.conditionalOn(0)).isEqualTo(law);
    }

    @ParameterizedTest
    @MethodSource("laws")
    void aChangeOfUnitChangesTimesOnly(LawOfTime law) {
        LawOfTime days = Rescaled.times(law, 365.25);
        for (double p : shares(law)) {
            double t = law.timeAt(p);
            if (t < 1e-290 || t > 1e290) {
                continue;
            }
            assertThat(days.timeAt(p)).isCloseTo(365.25 * t, relative(1e-11));
            assertThat(days.survival(365.25 * t)).isCloseTo(law.survival(t), relative(1e-11));
            assertThat(days.hazard(365.25 * t)).isCloseTo(law.hazard(t) / 365.25, relative(1e-9));
            assertThat(days.meanUpTo(365.25 * t)).isCloseTo(365.25 * law.meanUpTo(t), relative(1e-11));
        }
    }

    /** Kolmogorov-Smirnov at 2.7 / sqrt(n): a false alarm in 2 exp(-2 2.7^2) = 9e-7 of seeds, a law. */
    @ParameterizedTest
    @MethodSource("laws")
    void samplesFollowTheLaw(LawOfTime law) {
        int n = 4000;
        double[] times = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] =
                    law.sample(PatientStream.of(71, PatientStream.PATIENTS, i).next());
        }
        Arrays.sort(times);
        double distance = 0;
        int cured = 0;
        for (int i = 0; i < n; i++) {
            if (Double.isInfinite(times[i])) {
                cured++;
                continue;
            }
            double f = law.cumulativeProbability(times[i]);
            distance = Math.max(distance, Math.max(f - (double) i / n, (i + 1.0) / n - f));
        }
        assertThat(distance).isBetween(0.001, 2.7 / Math.sqrt(n));
        double share = law.curedShare();
        assertThat(cured / (double) n).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / n)));
    }

    @Test
    void cheapIdentitiesHoldForAThousandRandomLaws() {
        for (int seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LawOfTime law = random(random);
            String who = "seed " + seed + " " + law;
            double proper = 1 - law.curedShare();
            double p = proper * (random.nextDouble() < 0.5 ? random.nextDouble() : Math.exp(-27 * random.nextDouble()));
            double t = law.timeAt(p);
            if (!(t > 1e-290 && t < 1e290)) {
                continue;
            }
            double upper = law.survival(t);
            double h = law.hazard(t);
            assertThat(law.cumulativeProbability(t)).as(who).isCloseTo(p, relative(2e-12));
            assertThat(upper).as(who).isCloseTo(1 - p, relative(1e-11));
            assertThat(law.cumulativeHazard(t)).as(who).isCloseTo(-Math.log1p(-p), relative(1e-11));
            assertThat(law.density(t)).as(who).isCloseTo(h * upper, relative(1e-10));
            assertThat(Math.exp(law.logDensity(t))).as(who).isCloseTo(law.density(t), relative(1e-10));
            assertThat(law.survival(1.1 * t)).as(who).isBetween(0.0, upper);
            assertThat(law.sample(p * 0.9)).as(who).isLessThanOrEqualTo(t);
            assertThat(Rescaled.times(law, 12).survival(12 * t)).as(who).isCloseTo(upper, relative(1e-10));
            double r = t * random.nextDouble();
            assertThat(law.conditionalOn(t).survival(r)).as(who).isCloseTo(law.survival(t + r) / upper, relative(1e-9));
            if (seed % 10 == 0) {
                assertThat(law.meanUpTo(t)).as(who).isBetween(t * upper, t);
                double later = 1.01 * t;
                assertThat(law.meanUpTo(later) - law.meanUpTo(t))
                        .as(who)
                        .isBetween(0.01 * t * law.survival(later) * 0.999999, 0.01 * t * upper * 1.000001);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void badArgumentsAreNamed(LawOfTime law) {
        for (double t : new double[] {-1, Double.NaN}) {
            String said = "time is " + t + "; allowed: 0 <= time";
            for (Runnable call : List.<Runnable>of(
                    () -> law.density(t),
                    () -> law.logDensity(t),
                    () -> law.survival(t),
                    () -> law.logSurvival(t),
                    () -> law.cumulativeProbability(t),
                    () -> law.hazard(t),
                    () -> law.cumulativeHazard(t),
                    () -> law.survivalAt(t),
                    () -> law.survivalValues(new double[] {t}),
                    () -> law.survivalCovariance(new double[] {t}))) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(InvalidArgumentException.class)
                        .hasMessage(said);
            }
        }
        assertThatThrownBy(() -> law.timeAt(1.5)).hasMessage("p is 1.5; allowed: 0 <= p <= 1");
        assertThatThrownBy(() -> law.timeAtSurvival(Double.NaN)).hasMessage("s is NaN; allowed: 0 <= s <= 1");
        assertThatThrownBy(() -> law.quantile(1)).hasMessage("p is 1.0; allowed: 0 < p < 1");
        assertThatThrownBy(() -> law.meanUpTo(0)).hasMessage("tau is 0.0; allowed: tau > 0");
        for (double s : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> law.conditionalOn(s))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("s is " + s + "; allowed: 0 <= s < infinity");
        }
        assertThatThrownBy(() -> law.restrictedMean(Double.NaN)).hasMessage("tau is NaN; allowed: tau > 0");
    }

    private static double[] shares(LawOfTime law) {
        return Arrays.stream(SHARES).map(p -> p * (1 - law.curedShare())).toArray();
    }

    private static void same(double actual, double expected, double tolerance) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
        }
    }

    static Percentage relative(double tolerance) {
        return Percentage.withPercentage(100 * tolerance);
    }
}

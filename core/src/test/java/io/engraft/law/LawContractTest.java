package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import java.util.List;
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

    @ParameterizedTest
    @MethodSource("laws")
    void quantileInvertsTheDistributionFunction(LawOfTime law) {
        for (double p : SHARES) {
            double t = law.timeAt(p);
            assertThat(law.cumulativeProbability(t)).isCloseTo(p, relative(1e-12));
            assertThat(law.sample(p)).isEqualTo(t);
            assertThat(law.quantile(p).estimate()).isEqualTo(t);
        }
        assertThat(law.median().estimate()).isEqualTo(law.timeAt(0.5));
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
                continue; // a median times (1/s)^(1/shape) beyond the largest double
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
        for (double p : SHARES) {
            double t = law.timeAt(p);
            assertThat(law.survival(t) + law.cumulativeProbability(t)).isCloseTo(1, within(1e-14));
            assertThat(law.hazard(t)).isCloseTo(law.density(t) / law.survival(t), relative(1e-11));
            assertThat(Math.exp(law.logDensity(t))).isCloseTo(law.density(t), relative(1e-11));
            assertThat(law.cumulativeHazard(t)).isEqualTo(-law.logSurvival(t));
            assertThat(Math.exp(law.logSurvival(t))).isCloseTo(law.survival(t), relative(1e-13));
            double step = t * 1e-4;
            double slope = (law.cumulativeProbability(t + step) - law.cumulativeProbability(t - step)) / (2 * step);
            if (p >= 0.01 && p <= 0.99) {
                assertThat(slope).isCloseTo(law.density(t), relative(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void survivalNeverRises(LawOfTime law) {
        double last = 1;
        double lastLog = 0;
        double most = law.timeAt(0.999999) * 10;
        for (int j = 0; j <= 400; j++) {
            double t = most * Math.pow(j / 400.0, 4);
            assertThat(law.survival(t)).isBetween(0.0, last * (1 + 1e-14)); // rounding
            assertThat(law.logSurvival(t)).isLessThanOrEqualTo(lastLog + 1e-14 * -lastLog);
            last = law.survival(t);
            lastLog = law.logSurvival(t);
        }
        for (double u = 0.05; u < 0.95; u += 0.05) {
            assertThat(law.sample(u + 0.05)).isGreaterThan(law.sample(u));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void restrictedMeanIsTheAreaUnderSurvival(LawOfTime law) {
        for (double p : new double[] {1e-6, 0.1, 0.5, 0.9, 0.9999}) {
            double tau = law.timeAt(p);
            double cut = Math.min(tau, law.timeAt(0.4));
            double area = AdaptiveQuadrature.integrate(law::survival, 0, cut, 0, 1e-12)
                            .value()
                    + AdaptiveQuadrature.integrate(law::survival, cut, tau, 0, 1e-12)
                            .value();
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
        assertThat(law.logDensity(0)).isEqualTo(Math.log(law.density(0)));
        double end = Double.POSITIVE_INFINITY;
        assertThat(law.survival(end)).isZero();
        assertThat(law.cumulativeProbability(end)).isEqualTo(1);
        assertThat(law.cumulativeHazard(end)).isEqualTo(end);
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
    void valuesAndEquality(LawOfTime law) {
        LawFamily family = LawFamily.parse(law.name());
        assertThat(law.parameters().keySet()).containsExactlyElementsOf(family.parameterNames());
        LawOfTime again = family.of(law.parameters());
        assertThat(again).isEqualTo(law).hasSameHashCodeAs(law).isNotSameAs(law);
        assertThat(again).isNotEqualTo(Exponential.of(99)).isNotEqualTo("law");
        assertThat(law.toString()).startsWith(law.name());
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
        assertThatThrownBy(() -> law.restrictedMean(Double.NaN)).hasMessage("tau is NaN; allowed: tau > 0");
    }

    @Test
    void badParametersAreNamed() {
        LawFamily family = LawFamily.parse(laws().get(0).name());
        for (String name : family.parameterNames()) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                java.util.Map<String, Double> map = new java.util.HashMap<>();
                family.parameterNames().forEach(n -> map.put(n, 1.0));
                map.put(name, bad);
                assertThatThrownBy(() -> family.of(map))
                        .isInstanceOf(InvalidArgumentException.class)
                        .hasMessageStartingWith(name + " is " + bad + "; allowed: ");
            }
        }
    }

    static Percentage relative(double tolerance) {
        return Percentage.withPercentage(100 * tolerance);
    }
}

package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeneralizedGammaTest extends FamilyLawContractTest {

    private static final double[] PROBABILITIES = {1e-300, 1e-100, 1e-12, 0.01, 0.3, 0.5};

    @Override
    List<LawOfTime> laws() {
        return List.of(
                GeneralizedGamma.of(1, 0.5, 0),
                GeneralizedGamma.of(1, 0.5, 1e-9),
                GeneralizedGamma.of(1, 0.5, -1e-9),
                GeneralizedGamma.of(3, 1.2, 0.003),
                GeneralizedGamma.of(0, 0.7, -0.1),
                GeneralizedGamma.of(0, 0.7, 0.2236),
                GeneralizedGamma.of(0, 0.7, 0.2237),
                GeneralizedGamma.of(2, 1, 1),
                GeneralizedGamma.of(2, 0.9, -1.5),
                GeneralizedGamma.of(-1, 0.4, 4),
                GeneralizedGamma.of(2, 2, 0.5),
                GeneralizedGamma.of(1, 0.3, -5));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        double sign = random.nextBoolean() ? 1 : -1;
        double q = random.nextBoolean() ? between(random, 0, 5) : logBetween(random, 1e-12, 1);
        return GeneralizedGamma.of(between(random, -2, 5), logBetween(random, 0.05, 2), sign * q);
    }

    /** flexsurv's NEWS and DARTH-git/darthtools 1: Q = 0 and its neighbours must be one curve, tails included. */
    @Test
    void par_gengammaQ0() {
        LogNormal limit = LogNormal.of(1.3, 0.8);
        GeneralizedGamma zero = GeneralizedGamma.of(1.3, 0.8, 0);
        for (double p : PROBABILITIES) {
            double early = limit.timeAt(p);
            double late = limit.timeAtSurvival(p);
            assertThat(zero.timeAt(p)).isCloseTo(early, relative(1e-13));
            assertThat(zero.timeAtSurvival(p)).isCloseTo(late, relative(1e-13));
            for (double q : new double[] {0, -0.0, 1e-300, -1e-300, 1e-170, 1e-17, -1e-17}) {
                GeneralizedGamma law = GeneralizedGamma.of(1.3, 0.8, q);
                assertThat(law.cumulativeProbability(early))
                        .isCloseTo(limit.cumulativeProbability(early), relative(1e-11));
                assertThat(law.survival(late)).isCloseTo(limit.survival(late), relative(1e-11));
                assertThat(law.hazard(late)).isCloseTo(limit.hazard(late), relative(1e-12));
                assertThat(law.density(early)).isCloseTo(limit.density(early), relative(1e-11));
                assertThat(law.mean()).isCloseTo(limit.mean(), relative(1e-13));
            }
        }
        // The slope in Q at 0 exists: opposite steps differ from the limit by opposite amounts.
        double t = 9;
        double up = GeneralizedGamma.of(1.3, 0.8, 1e-5).survival(t) - zero.survival(t);
        double down = GeneralizedGamma.of(1.3, 0.8, -1e-5).survival(t) - zero.survival(t);
        assertThat(up + down).isCloseTo(0, within(1e-4 * Math.abs(up)));
        assertThat(Math.abs(up)).isGreaterThan(1e-8);
    }

    /** The two ways of computing meet at Q = sqrt(0.05); each was compared with 50 digits on its side. */
    @Test
    void nothingJumpsWhereTheMethodChanges() {
        double edge = Math.sqrt(0.05);
        for (double sign : new double[] {1, -1}) {
            GeneralizedGamma below = GeneralizedGamma.of(1, 0.6, sign * edge * (1 - 1e-14));
            GeneralizedGamma above = GeneralizedGamma.of(1, 0.6, sign * edge * (1 + 1e-14));
            for (double t = 0.05; t < 60; t *= 1.07) {
                assertThat(below.survival(t)).isCloseTo(above.survival(t), relative(5e-12));
                assertThat(below.cumulativeProbability(t)).isCloseTo(above.cumulativeProbability(t), relative(5e-12));
            }
        }
    }

    @Test
    void qOneIsWeibull() {
        for (double sigma : new double[] {0.3, 1, 2.5}) {
            Weibull weibull = Weibull.ofLocationScale(1.7, sigma);
            agree(GeneralizedGamma.of(1.7, sigma, 1), weibull);
        }
    }

    @Test
    void qSigmaIsGamma() {
        for (double sigma : new double[] {0.2, 0.5, 1, 3}) {
            double shape = 1 / (sigma * sigma);
            agree(GeneralizedGamma.of(1.7, sigma, sigma), Gamma.of(shape, Math.exp(1.7) / shape));
        }
    }

    @Test
    void qMinusOneIsTheReciprocalOfWeibull() {
        GeneralizedGamma law = GeneralizedGamma.of(0.4, 0.7, -1);
        Weibull reciprocal = Weibull.ofLocationScale(-0.4, 0.7);
        for (double t : new double[] {0.1, 0.7, 2, 15}) {
            assertThat(law.survival(t)).isCloseTo(reciprocal.cumulativeProbability(1 / t), relative(1e-13));
        }
    }

    private static void agree(LawOfTime law, LawOfTime other) {
        for (double p : PROBABILITIES) {
            for (double t : new double[] {other.timeAt(p), other.timeAtSurvival(p)}) {
                if (!(t > 1e-290 && t < 1e290)) {
                    continue;
                }
                assertThat(law.survival(t)).isCloseTo(other.survival(t), relative(1e-11));
                assertThat(law.cumulativeProbability(t)).isCloseTo(other.cumulativeProbability(t), relative(1e-11));
                assertThat(law.logDensity(t)).isCloseTo(other.logDensity(t), within(1e-11));
                assertThat(law.hazard(t)).isCloseTo(other.hazard(t), relative(1e-11));
            }
        }
        assertThat(law.mean()).isCloseTo(other.mean(), relative(1e-12));
        assertThat(law.density(0)).isCloseTo(other.density(0), relative(1e-13));
        assertThat(law.hazard(Double.POSITIVE_INFINITY))
                .isCloseTo(other.hazard(Double.POSITIVE_INFINITY), relative(1e-13));
    }

    @Test
    void stacysForm() {
        // T = 3 G^(1/2), G gamma with shape 4: P(T > 6) = P(G > 4) = exp(-4) (1 + 4 + 8 + 32/3).
        GeneralizedGamma law = GeneralizedGamma.ofStacy(2, 3, 4);
        assertThat(law.q()).isEqualTo(0.5);
        assertThat(law.sigma()).isEqualTo(0.25);
        assertThat(law.mu()).isCloseTo(Math.log(6), within(1e-15));
        assertThat(law.survival(6)).isCloseTo(Math.exp(-4) * (1 + 4 + 8 + 32 / 3.0), relative(1e-14));
    }

    @Test
    void meansAreInfiniteWhereTheTailIsHeavy() {
        assertThat(GeneralizedGamma.of(0, 1, -1).mean()).isInfinite();
        assertThat(GeneralizedGamma.of(0, 0.5, -2).mean()).isInfinite();
        // The reciprocal of a Weibull time of shape 2: Gamma(1 - 1/2) = sqrt(pi).
        assertThat(GeneralizedGamma.of(0, 0.5, -1).mean()).isCloseTo(Math.sqrt(Math.PI), relative(1e-14));
    }

    @Test
    void badParameters() {
        assertThatThrownBy(() -> GeneralizedGamma.of(0, 0, 1))
                .hasMessage("sigma is 0.0; allowed: 0 < sigma < infinity");
        assertThatThrownBy(() -> GeneralizedGamma.of(0, 1, 101))
                .hasMessage("q is 101.0; allowed: -100.0 <= q <= 100.0");
        assertThatThrownBy(() -> GeneralizedGamma.ofStacy(-1, 1, 1))
                .hasMessage("shape is -1.0; allowed: 0 < shape < infinity");
        assertThatThrownBy(() -> GeneralizedGamma.ofStacy(1, 0, 1))
                .hasMessage("scale is 0.0; allowed: 0 < scale < infinity");
        assertThatThrownBy(() -> GeneralizedGamma.ofStacy(1, 1, Double.NaN))
                .hasMessage("k is NaN; allowed: 0 < k < infinity");
    }
}

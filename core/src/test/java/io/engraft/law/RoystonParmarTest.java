package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.law.RoystonParmar.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoystonParmarTest extends LawContractTest {

    /** One inner knot, at 1. */
    private static final double[] KNOTS = {0, 1, 3};

    @Override
    List<LawOfTime> laws() {
        return List.of(
                LawText.parse("spline hazard 2 -4.0 1.3 0.0 3.0"),
                LawText.parse("spline hazard 4 -3.5 1.6 0.02 -0.015 -1.0 1.0 2.0 4.0"),
                LawText.parse("spline hazard 5 -2.0 0.7 0.05 -0.08 0.03 -0.5 0.8 1.7 2.6 3.9"),
                LawText.parse("spline hazard 2 -1.0 1.0 0.0 1.0"),
                RoystonParmar.of(Scale.HAZARD, new double[] {-1, 1.2, -0.2}, KNOTS),
                LawText.parse("spline odds 3 -3.0 1.4 0.03 0.0 1.5 3.5"),
                LawText.parse("spline odds 2 1.0 0.8 -2.0 2.0"),
                RoystonParmar.of(Scale.ODDS, new double[] {-1, 1.2, -0.2}, KNOTS),
                LawText.parse("spline normal 3 -2.0 0.9 0.02 0.5 2.0 4.0"),
                LawText.parse("spline normal 4 -1.0 0.6 0.04 -0.03 -1.0 0.5 1.2 2.5"),
                RoystonParmar.of(Scale.NORMAL, new double[] {-1, 1.2, -0.2}, KNOTS));
    }

    /** Random coefficients until one is monotone; most small ones are. */
    @Override
    LawOfTime random(SplittableRandom random) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int n = 2 + random.nextInt(4);
            double[] knots = new double[n];
            double[] gamma = new double[n];
            double at = between(random, -2, 1);
            Scale scale = switch (random.nextInt(3)) {
                case 0 -> Scale.HAZARD;
                case 1 -> Scale.ODDS;
                default -> Scale.NORMAL;
            };
            for (int j = 0; j < n; j++) {
                knots[j] = at;
                at += between(random, 0.3, 2);
                gamma[j] =
                        j == 0 ? between(random, -4, 2) : j == 1 ? between(random, 0.3, 3) : between(random, -0.1, 0.1);
            }
            try {
                return RoystonParmar.of(scale, gamma, knots);
            } catch (InvalidArgumentException e) {
                assertThat(e).hasMessageContaining("spline is not monotone");
            }
        }
        throw new AssertionError("no monotone spline in 1000");
    }

    @Test
    void withoutInnerKnotsTheyAreTheThreeLocationScaleLaws() {
        double[] gamma = {-2, 1.6};
        double[] knots = {0.3, 2};
        // log H = -2 + 1.6 log t: shape 1.6, scale exp(2 / 1.6); likewise for odds; probit: sd 1/1.6, mean 2/1.6.
        agree(RoystonParmar.of(Scale.HAZARD, gamma, knots), Weibull.of(1.6, Math.exp(1.25)));
        agree(RoystonParmar.of(Scale.ODDS, gamma, knots), LogLogistic.of(1.6, Math.exp(1.25)));
        agree(RoystonParmar.of(Scale.NORMAL, gamma, knots), LogNormal.of(1.25, 0.625));
    }

    private static void agree(LawOfTime law, LawOfTime other) {
        for (double p : new double[] {1e-300, 1e-40, 1e-5, 0.2, 0.5}) {
            for (double t : new double[] {other.timeAt(p), other.timeAtSurvival(p)}) {
                assertThat(law.survival(t)).isCloseTo(other.survival(t), relative(1e-11));
                assertThat(law.cumulativeProbability(t)).isCloseTo(other.cumulativeProbability(t), relative(1e-11));
                assertThat(law.hazard(t)).isCloseTo(other.hazard(t), relative(1e-12));
                assertThat(law.logDensity(t)).isCloseTo(other.logDensity(t), relative(1e-12));
            }
            assertThat(law.timeAt(p)).isCloseTo(other.timeAt(p), relative(1e-12));
            assertThat(law.timeAtSurvival(p)).isCloseTo(other.timeAtSurvival(p), relative(1e-12));
        }
        assertThat(law.mean()).isCloseTo(other.mean(), relative(1e-12));
    }

    /** With knots 0, 1, 3: l_1 = 2/3, v_1(2) = 1 - 16/3 = -13/3, v_1(4) = 27 - 128/3 - 1/3 = -16. */
    @ParameterizedTest
    @EnumSource
    void byHand(Scale scale) {
        RoystonParmar law = RoystonParmar.of(scale, new double[] {-1, 1, 0.01}, KNOTS);
        double[][] points = {{-1, -2}, {2, 1 - 0.13 / 3}, {4, 3 - 0.16}};
        for (double[] point : points) {
            double s = point[1];
            double survival = switch (scale) {
                case HAZARD -> Math.exp(-Math.exp(s));
                case ODDS -> 1 / (1 + Math.exp(s));
                case NORMAL -> LogNormal.of(0, 1).survival(Math.exp(s));
            };
            assertThat(law.survival(Math.exp(point[0]))).isCloseTo(survival, relative(1e-13));
            assertThat(law.timeAtSurvival(survival)).isCloseTo(Math.exp(point[0]), relative(1e-12));
        }
        assertThat(law.scale()).isEqualTo(scale);
        assertThat(law.gamma()).containsExactly(-1.0, 1.0, 0.01);
        assertThat(law.knots()).containsExactly(KNOTS);
        assertThat(law.name()).isEqualTo("royston-parmar-" + scale.label());
        assertThat(law.parameters())
                .containsEntry("gamma2", 0.01)
                .containsEntry("knot2", 3.0)
                .hasSize(6);
    }

    /** v_1' beyond the last knot is 3 (x-1)^2 - 2 x^2 - (x-3)^2 = -6: gamma_1 = 1.2 and gamma_2 = 0.2 level off. */
    @ParameterizedTest
    @EnumSource
    void aLevelEndIsACuredShare(Scale scale) {
        RoystonParmar law = RoystonParmar.of(scale, new double[] {-1, 1.2, 0.2}, KNOTS);
        // v_1(3) = 8 - 18 = -10
        double s = -1 + 3.6 - 2;
        double cured = switch (scale) {
            case HAZARD -> Math.exp(-Math.exp(s));
            case ODDS -> 1 / (1 + Math.exp(s));
            case NORMAL -> LogNormal.of(0, 1).survival(Math.exp(s));
        };
        assertThat(law.curedShare()).isCloseTo(cured, within(1e-14));
        assertThat(law.survival(1e9)).isEqualTo(law.curedShare());
        assertThat(law.hazard(1e9)).isZero();
        assertThat(law.timeAtSurvival(cured * 0.999)).isInfinite();
        assertThat(law.timeAt((1 - cured) * 0.999)).isLessThan(Math.exp(3));
        assertThat(law.mean()).isInfinite();
        assertThat(law.conditionalOn(30).curedShare()).isEqualTo(1);
    }

    @Test
    void theMeanIsInfiniteForASlopeOfAtMostOneInLogOdds() {
        assertThat(RoystonParmar.of(Scale.ODDS, new double[] {0, 1}, new double[] {0, 1})
                        .mean())
                .isInfinite();
        assertThat(RoystonParmar.of(Scale.ODDS, new double[] {0, 1.05}, new double[] {0, 1})
                        .mean())
                .isCloseTo(LogLogistic.of(1.05, 1).mean(), relative(1e-11));
    }

    @Test
    void arraysAreCopied() {
        double[] knots = KNOTS.clone();
        double[] gamma = {-1, 1, 0.01};
        RoystonParmar law = RoystonParmar.of(Scale.ODDS, gamma, knots);
        double before = law.survival(5);
        Arrays.fill(knots, 7);
        Arrays.fill(gamma, 7);
        law.knots()[0] = 7;
        assertThat(law.survival(5)).isEqualTo(before);
    }

    @Test
    void badInput() {
        bad(
                new double[] {1, 2},
                new double[] {0},
                "2 coefficients and 1 knots were given; allowed: at least 2 knots,"
                        + " the outer ones included, and as many coefficients");
        bad(
                new double[] {1, 2, 3},
                new double[] {0, 1},
                "3 coefficients and 2 knots were given; allowed: at least 2"
                        + " knots, the outer ones included, and as many coefficients");
        bad(new double[] {1, Double.NaN}, new double[] {0, 1}, "gamma1 is NaN; allowed: a finite number");
        bad(new double[] {1, 2}, new double[] {0, Double.NaN}, "knot 1 is NaN; allowed: a finite number");
        bad(new double[] {1, 2}, new double[] {1, 1}, "knot 1 is 1.0; allowed: more than the knot before, 1.0");
        bad(
                new double[] {1, -2},
                new double[] {0, 1},
                "gamma1 is -2.0, the slope before the first knot; allowed: gamma1"
                        + " > 0, as survival starts at 1 and falls");
        bad(
                new double[] {1, 0},
                new double[] {0, 1},
                "gamma1 is 0.0, the slope before the first knot; allowed: gamma1"
                        + " > 0, as survival starts at 1 and falls");
        // the slope at the last knot is 1 - 6 * 0.25 = -0.5
        bad(
                new double[] {0, 1, 0.25},
                KNOTS,
                "spline is not monotone: its slope at log time 3.0 (time"
                        + " 20.085536923187668) is -0.5, so survival would rise; allowed: slopes of 0 or more");
        // between: v_1' = -2 x^2 to 1, then 3 (x - 1)^2 - 2 x^2 = x^2 - 6 x + 3; gamma_2 < 0 raises it all.
        assertThat(RoystonParmar.of(Scale.HAZARD, new double[] {0, 1, -5}, KNOTS)
                        .hazard(1))
                .isPositive();
    }

    /** Between knots 1 and 2 the slope is 0.5 + 3 (x - 1)^2 - 0.47 x^2: 0.03 and 1.62 at the ends, below 0 at 6 / 5.06. */
    @Test
    void aDipBetweenKnotsIsFound() {
        double[] knots = {0, 1, 2, 3};
        assertThatThrownBy(() -> RoystonParmar.of(Scale.HAZARD, new double[] {0, 0.5, 1, -1.53}, knots))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("spline is not monotone: its slope at log time 1.1857");
    }

    private static void bad(double[] gamma, double[] knots, String message) {
        assertThatThrownBy(() -> RoystonParmar.of(Scale.HAZARD, gamma, knots))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }
}

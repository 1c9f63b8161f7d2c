package io.engraft.multistate.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.law.Gamma;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fates at nearly fixed times, and in days on a horizon of twenty years. */
class SteepFatesTest {

    private static final double DAY = 12 / 365.25;
    private static final double HORIZON = 240;

    private static LawOfTime logNormal(double median, double sd) {
        return LogNormal.of(Math.log(median), sd);
    }

    static List<Arguments> laws() {
        return List.of(
                Arguments.of(Weibull.of(20, 100), Weibull.of(20, 30)),
                Arguments.of(Weibull.of(20, 2 * DAY), Weibull.of(20, 100)),
                Arguments.of(Weibull.of(20, 100), Weibull.of(20, DAY)),
                Arguments.of(logNormal(50, 0.05), logNormal(5 * DAY, 0.05)),
                Arguments.of(logNormal(3 * DAY, 0.05), logNormal(3 * DAY, 0.05)),
                Arguments.of(logNormal(2 * DAY, 0.05), Weibull.of(0.6, 30)),
                Arguments.of(Weibull.of(0.6, 3 * DAY), logNormal(60, 0.05)),
                Arguments.of(Weibull.of(0.5, 30), Weibull.of(20, 4 * DAY)),
                Arguments.of(Weibull.of(20, 1.5), Weibull.of(0.65, 80 * DAY)),
                Arguments.of(Gamma.of(0.4, 5 * DAY), Exponential.of(1 / DAY)));
    }

    private static FateModel chain(LawOfTime first, LawOfTime second, LawOfTime death) {
        return FateModel.of(
                "a",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "a",
                                true,
                                Fate.stays("ever", 0.1),
                                Fate.leaves("on", "b", 0.7, first),
                                Fate.leaves("death", "d", 0.2, death)),
                        FateState.of("b", true, Fate.stays("ever", 0.2), Fate.leaves("death", "d", 0.8, second)),
                        FateState.absorbing("d", false)));
    }

    @Test
    void theQuadratureOfTheseTestsAddsGammaTimes() {
        Gamma narrow = Gamma.of(2500, 0.004);
        Gamma singular = Gamma.of(0.3, 2);
        for (double t : new double[] {19, 19.9, 20, 20.3, 21, 200}) {
            assertThat(Convolution.by(narrow, narrow, t))
                    .isCloseTo(Gamma.of(5000, 0.004).cumulativeProbability(t), within(1e-12));
        }
        for (double t : new double[] {1e-6, 0.01, 1, 10, 100}) {
            assertThat(Convolution.by(singular, Gamma.of(0.5, 2), t))
                    .isCloseTo(Gamma.of(0.8, 2).cumulativeProbability(t), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void twoSteps(LawOfTime first, LawOfTime second) {
        LawOfTime death = logNormal(10 * DAY, 0.05);
        FateModel model = chain(first, second, death);
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(model, HORIZON);
        SolvedOccupancy general = OccupancySolver.withDefaults().solve(MultiStateModel.of(model), HORIZON);
        assertThat(curves.errorEstimate()).isLessThan(1e-9);
        double middle = first.timeAt(0.5) + second.timeAt(0.5);
        for (double scale : new double[] {1e-3, 0.1, 0.7, 0.9, 0.96, 1, 1.02, 1.1, 1.5, 10, 1e4}) {
            double t = Math.min(HORIZON, scale * middle);
            double on = 0.7 * first.cumulativeProbability(t);
            double early = 0.2 * death.cumulativeProbability(t);
            double later = 0.7 * 0.8 * Convolution.by(first, second, t);
            String what = first + " then " + second + " at " + t;
            assertThat(curves.probability("a", t)).as(what).isCloseTo(1 - on - early, within(1e-14));
            assertThat(curves.incidence("on").incidenceAt(t).estimate())
                    .as(what)
                    .isCloseTo(on, within(1e-14));
            assertThat(curves.probability("b", t)).as(what).isCloseTo(on - later, within(1e-9));
            assertThat(curves.probability("d", t)).as(what).isCloseTo(early + later, within(1e-9));
            assertThat(curves.incidence("death").incidenceAt(t).estimate())
                    .as(what)
                    .isCloseTo(early + later, within(1e-9));
            for (String state : model.stateNames()) {
                assertThat(general.probability(state, t)).isCloseTo(curves.probability(state, t), within(1e-10));
            }
        }
    }

    /** Three nearly fixed delays, of gamma laws with one scale, add up to one of the same scale. */
    @Test
    void threeNarrowSteps() {
        FateModel model = FateModel.of(
                "a",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of("a", true, Fate.of("b", 1, Gamma.of(400, 0.01))),
                        FateState.of("b", true, Fate.of("c", 1, Gamma.of(3000, 0.01))),
                        FateState.of("c", true, Fate.of("d", 1, Gamma.of(600, 0.01))),
                        FateState.absorbing("d", false)));
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(model, HORIZON);
        assertThat(curves.errorEstimate()).isLessThan(1e-9);
        Gamma one = Gamma.of(400, 0.01);
        Gamma two = Gamma.of(3400, 0.01);
        Gamma three = Gamma.of(4000, 0.01);
        for (double t : new double[] {0.1, 3.8, 4, 4.3, 20, 33, 34, 34.5, 36, 38, 39.5, 40, 41, 44, 240}) {
            assertThat(curves.probability("a", t)).isCloseTo(one.survival(t), within(1e-14));
            assertThat(curves.probability("b", t))
                    .isCloseTo(one.cumulativeProbability(t) - two.cumulativeProbability(t), within(1e-9));
            assertThat(curves.probability("c", t))
                    .isCloseTo(two.cumulativeProbability(t) - three.cumulativeProbability(t), within(1e-9));
            assertThat(curves.probability("d", t)).isCloseTo(three.cumulativeProbability(t), within(1e-9));
            assertThat(curves.firstEntry("c").incidenceAt(t).estimate())
                    .isCloseTo(two.cumulativeProbability(t), within(1e-9));
        }
        assertThat(curves.meanTime("b")).isCloseTo(30, within(1e-9));
    }
}

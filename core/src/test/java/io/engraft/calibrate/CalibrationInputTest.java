package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.pathway.PathwayModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationInputTest {

    private static final OpenModel OPEN =
            OpenModel.of(RateCalibrationTest.start()).withOpenFates("remission");

    private static RateCalibration with(ModelQuantity quantity, double value) {
        return RateCalibration.of(OPEN).withTarget(quantity, value);
    }

    @Test
    void targetsOutsideTheirDomainAreRefused() {
        assertThatThrownBy(() -> RateTarget.of(ModelQuantity.ever("relapse"), 1.2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("target P(relapse ever) is 1.2; allowed: 0 to 1");
        assertThatThrownBy(() -> RateTarget.of(ModelQuantity.limit("remission"), Double.NaN))
                .hasMessage("target P(in remission in the long run) is NaN; allowed: 0 to 1");
        assertThatThrownBy(() -> RateTarget.of(ModelQuantity.median("relapse"), -3))
                .hasMessageStartingWith("time of 0.5 of all relapse is -3.0; allowed: 0 <");
        assertThatThrownBy(() -> RateTarget.between(ModelQuantity.ever("relapse"), 0.4, 0.3))
                .hasMessage("the range of P(relapse ever) is 0.4 to 0.3; allowed: lower end < upper end");
        assertThatThrownBy(() -> RateTarget.between(ModelQuantity.ever("relapse"), 0.4, 40))
                .hasMessage("target P(relapse ever) is 40.0; allowed: 0 to 1");
        RateTarget target = RateTarget.of(ModelQuantity.ever("relapse"), 0.35);
        assertThatThrownBy(() -> target.withStandardError(0))
                .hasMessageStartingWith("standard error of P(relapse ever) is 0");
        assertThatThrownBy(() -> target.withSampleSize(0)).hasMessageStartingWith("n of P(relapse ever) is 0");
        assertThatThrownBy(() -> target.withWeight(Double.NaN))
                .hasMessageStartingWith("weight of P(relapse ever) is NaN");
        assertThatThrownBy(() -> target.withInterval(0.4, 0.5, 0.95))
                .hasMessage(
                        "the interval of P(relapse ever) is 0.4 to 0.5; allowed: limits apart that hold the value 0.35");
        assertThatThrownBy(() -> target.withInterval(0.3, 0.4, 1)).hasMessage("level is 1.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> ModelQuantity.occupancy("remission", -1))
                .hasMessage("time is -1.0; allowed: 0 <= time");
        assertThatThrownBy(() -> ModelQuantity.occupancy(Set.of(), 1))
                .hasMessageStartingWith("a target names no state");
        assertThatThrownBy(() -> new ModelQuantity.EventQuantile("relapse", 1))
                .hasMessage("share is 1.0; allowed: 0 < share < 1");
        assertThatThrownBy(() -> new RangeOfTimes("relapse", 2, 2, 1, 3)).hasMessage("n is 2; allowed: n >= 3");
        assertThatThrownBy(() -> new RangeOfTimes("relapse", 9, 4, 1, 3))
                .hasMessage(
                        "the median of relapse is 4.0 and the range 1.0 to 3.0; allowed: smallest < median < largest");
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> with(ModelQuantity.ever("gvhd"), 0.3).calibrate())
                .hasMessage("event of a target is gvhd; allowed: one of [relapse, nrm]");
        assertThatThrownBy(() -> with(ModelQuantity.limit("cured"), 0.3).calibrate())
                .hasMessage("state is cured; allowed: one of [remission, relapse, nrm]");
        assertThatThrownBy(() ->
                        with(new ModelQuantity.FirstEntry("cured", 3), 0.3).calibrate())
                .hasMessage("state is cured; allowed: one of [remission, relapse, nrm]");
        assertThatThrownBy(
                        () -> with(ModelQuantity.medianSurvival("relapse"), 3).calibrate())
                .hasMessageEndingWith("allowed: states that hold all starts {remission=1.0}");
        assertThatThrownBy(() -> RateCalibration.of(OPEN)
                        .withRangeOfTimes(new RangeOfTimes("gvhd", 9, 2, 1, 3))
                        .calibrate())
                .hasMessage("event of a target is gvhd; allowed: one of [relapse, nrm]");
        assertThatThrownBy(() ->
                        with(ModelQuantity.ever("relapse"), 0.3).calibrate().model(LawFamily.GAMMA))
                .hasMessage("families is [gamma]; allowed: one of [as given]");
    }

    @Test
    void whatIsNotOpenOrAskedForIsTold() {
        assertThatThrownBy(() -> RateCalibration.of(OPEN).calibrate())
                .hasMessage("the calibration has no target; allowed: at least one");
        assertThatThrownBy(() -> RateCalibration.of(OpenModel.of(RateCalibrationTest.start()))
                        .withTarget(ModelQuantity.ever("relapse"), 0.3)
                        .calibrate())
                .hasMessage(
                        "the model has no open number; allowed: at least one open law, open fates or open assumptions");
        CalibratedModel open =
                with(ModelQuantity.ever("relapse"), 0.3).calibrate().models().get(0);
        assertThat(open.status()).isEqualTo(FitStatus.NOT_IDENTIFIED);
        assertThat(open.identifiability().isIdentified()).isFalse();
        assertThat(open.parameters().get("remission/relapse/probability")).isCloseTo(0.3, within(1e-9));
        assertThat(open.message())
                .startsWith("The targets leave open [log (remission/cure/probability : remission/nrm/probability), ");
    }

    @Test
    void contradictoryTargetsAreTold() {
        assertThatThrownBy(() -> with(ModelQuantity.incidence("relapse", 12), 0.4)
                        .withTarget(ModelQuantity.incidence("relapse", 60), 0.3)
                        .calibrate())
                .hasMessage(
                        "targets contradict each other: P(relapse by 12) = 0.4 and P(relapse by 60) = 0.3; allowed: no"
                                + " decrease with time");
        assertThatThrownBy(() -> with(ModelQuantity.median("relapse"), 24)
                        .withTarget(ModelQuantity.shareBefore("relapse", 12), 0.8)
                        .calibrate())
                .hasMessageStartingWith(
                        "targets contradict each other: share of all relapse by 12 = 0.8 and time of 0.5");
        assertThatThrownBy(() -> with(ModelQuantity.limit("remission"), 0.6)
                        .withTarget(ModelQuantity.limit("relapse"), 0.5)
                        .calibrate())
                .hasMessageContaining(
                        "sum to more than 1; allowed: at most 1, because nobody is in two states at once");
        assertThatThrownBy(() -> with(ModelQuantity.ever("relapse"), 0.3)
                        .withTarget(RateTarget.of(new ModelQuantity.IncidenceQuantile("relapse", 0.5), 10)
                                .withSampleSize(2000))
                        .calibrate())
                .hasMessageStartingWith("targets contradict each other: time when P(relapse) is 0.5");
        // Within their precision the same shares may stand together.
        assertThat(with(ModelQuantity.limit("nrm"), 0.16)
                        .withTarget(RateTarget.of(ModelQuantity.limit("remission"), 0.6)
                                .withSampleSize(20))
                        .withTarget(RateTarget.of(ModelQuantity.limit("relapse"), 0.4)
                                .withSampleSize(20))
                        .calibrate()
                        .models()
                        .get(0)
                        .status())
                .isEqualTo(FitStatus.CONVERGED);
        // Contradictory only in this model, whose laws are as given: told by the status.
        CalibratedModel m =
                with(ModelQuantity.median("relapse"), 2).calibrate().models().get(0);
        assertThat(m.status()).isEqualTo(FitStatus.CONTRADICTORY);
        assertThat(m.message())
                .isEqualTo("No values of the open numbers meet all targets; missed: [time of 0.5 of all relapse = 2].");
    }

    @Test
    void whatNobodyHasOrReachesIsTold() {
        FateModel none = FateModel.of(
                "remission",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "remission",
                                true,
                                Fate.stays("cure", 0.5),
                                Fate.of("relapse", 0.5, Exponential.of(1)),
                                Fate.of("nrm", 0, Exponential.of(1))),
                        FateState.absorbing("relapse", true),
                        FateState.absorbing("nrm", false)));
        OpenModel open = OpenModel.of(none).withOpenFates("remission", "cure", "relapse");
        assertThatThrownBy(() -> RateCalibration.of(open)
                        .withTarget(ModelQuantity.median("nrm"), 3)
                        .calibrate())
                .hasMessage(
                        "a timing target is about the event 'nrm', which nobody has in the model; allowed: an event with"
                                + " a positive probability");
        assertThatThrownBy(() -> OpenModel.of(none).withOpenFates("remission"))
                .hasMessage("probability of the open fate 'nrm' is 0.0; allowed: above 0 to start with");
        ModelReading reading = new ModelReading(MultiStateModel.of(none), 10);
        assertThatThrownBy(() -> reading.value(new ModelQuantity.IncidenceQuantile("relapse", 0.6)))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("the time when P(relapse) is 0.6 is not reached by the model before time ");
        assertThat(reading.value(new ModelQuantity.IncidenceQuantile("relapse", 0.25)))
                .isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void whatMayNotBeOpenedIsTold() {
        OpenModel model = OpenModel.of(RateCalibrationTest.start());
        assertThatThrownBy(() -> model.withOpenLaw("remission", "gvhd", OpenLaw.ofAnyFamily()))
                .hasMessage(
                        "event of the open law out of 'remission' is gvhd; allowed: one of [relapse, nrm] that occurs once");
        assertThatThrownBy(() -> model.withOpenLaw("start", "relapse", OpenLaw.ofAnyFamily()))
                .hasMessageStartingWith("state is start; allowed: one of");
        assertThatThrownBy(() -> model.withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.GOMPERTZ)))
                .hasMessageStartingWith(
                        "family of the law of remission/relapse is gompertz; allowed: a family by which");
        assertThatThrownBy(() -> OpenLaw.of(LawFamily.GAMMA, LawFamily.GAMMA))
                .hasMessage("family gamma is given twice; allowed: each family once");
        assertThatThrownBy(() -> OpenLaw.of(LawFamily.GAMMA).withFixed("rate", 1))
                .hasMessage("fixed parameter of gamma is rate; allowed: one of [shape, scale]");
        assertThatThrownBy(() -> OpenLaw.ofAnyFamily().withFixed("shape", Double.NaN))
                .hasMessageStartingWith("shape is NaN");
        assertThatThrownBy(() -> model.withOpenLaw(
                        "remission", "relapse", OpenLaw.of(LawFamily.WEIBULL).withFixed("shape", -1)))
                .hasMessageContaining("shape");
        assertThatThrownBy(() -> model.withOpenFates("remission", "relapse"))
                .hasMessage(
                        "number of open fates of state 'remission' is 1; allowed: at least 2, which keep their sum");
        assertThatThrownBy(() -> model.withOpenFates("remission", "relapse", "gvhd"))
                .hasMessage("open fate of state 'remission' is gvhd; allowed: one of [cure, relapse, nrm]");
        assertThatThrownBy(() -> model.withOpenFates("remission", "relapse", "relapse"))
                .hasMessage("open fates of state 'remission' is [relapse, relapse]; allowed: each once");
        OpenModel jmml = OpenModel.of(PathwayModel.jmml(), "F1");
        assertThatThrownBy(() -> jmml.withOpenFates("remission"))
                .hasMessageStartingWith(
                        "laws and fates are opened in a model of named assumptions; allowed: its assumptions");
        assertThatThrownBy(() -> OpenModel.of(PathwayModel.jmml(), "F1", "F1"))
                .hasMessage("assumption F1 is opened twice; allowed: each once");
        assertThatThrownBy(() -> OpenModel.of(PathwayModel.jmml(), "Z9"))
                .hasMessageStartingWith("assumption is Z9; allowed");
        assertThatThrownBy(() -> OpenModel.of(PathwayModel.jmml()).tidy())
                .hasMessageStartingWith("the model has no open number");
        OpenModel many = model.withOpenLaw("remission", "relapse", OpenLaw.ofAnyFamily())
                .withOpenLaw("remission", "nrm", OpenLaw.ofAnyFamily());
        assertThat(many.tidy().rowCount()).isEqualTo(6 * (1 + 4 * 2 + 3) * 2);
        assertThatThrownBy(() -> OpenModel.of(RateCalibrationTest.illness(0.1, 0.1, Exponential.of(1)))
                        .withOpenLaw("h", "i", OpenLaw.ofAnyFamily())
                        .withOpenLaw("h", "d", OpenLaw.ofAnyFamily())
                        .withOpenLaw("i", "d", OpenLaw.ofAnyFamily()))
                .hasMessage("number of combinations of families is more than 64; allowed: fewer families, or"
                        + " withOneFamilyForAll");
        assertThatThrownBy(() -> OpenModel.of(RateCalibrationTest.illness(0.1, 0.1, Exponential.of(1)))
                        .withOneFamilyForAll()
                        .withOpenLaw("h", "i", OpenLaw.of(LawFamily.GAMMA, LawFamily.WEIBULL))
                        .withOpenLaw("h", "d", OpenLaw.of(LawFamily.GOMPERTZ, LawFamily.EXPONENTIAL)))
                .hasMessageStartingWith("the open laws have no family in common");
    }

    @Test
    void limitsThatHaveNoAnswerAreRefused() {
        MultiStateModel cycle = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("a")
                .state("a")
                .state("b")
                .transition("a", "b", Exponential.of(1), Clock.RESET)
                .transition("b", "a", Exponential.of(1), Clock.RESET)
                .build();
        assertThatThrownBy(() -> new ModelReading(cycle, 1).value(ModelQuantity.limit("a")))
                .hasMessageStartingWith("the limit of a model is asked for that is never left for good");
        MultiStateModel forward = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("a")
                .state("a")
                .state("b")
                .absorbing("d", false)
                .transition("a", "b", Weibull.of(2, 3), Clock.FORWARD)
                .transition("b", "d", Weibull.of(2, 3), Clock.FORWARD)
                .build();
        assertThatThrownBy(() -> new ModelReading(forward, 1).value(ModelQuantity.limit("d")))
                .hasMessage(
                        "the limit of a model is asked for whose hazard from 'b' to 'd' runs on the forward clock; allowed:"
                                + " a target at a finite time");
    }

    @Test
    void limitsAreWhatCurvesTendTo() {
        MultiStateModel model = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("a", 0.7)
                .start("b", 0.3)
                .state("a")
                .state("b")
                .absorbing("d", false)
                .absorbing("c", true)
                .transition("a", "b", Weibull.of(1.3, 3), Clock.RESET)
                .transition("a", "d", Weibull.of(0.8, 5), Clock.RESET)
                .transition("b", "a", Exponential.of(0.3), Clock.RESET)
                .transition("b", "c", Exponential.of(0.2), Clock.FORWARD)
                .build();
        ModelReading reading = new ModelReading(model, 400);
        for (String state : model.stateNames()) {
            assertThat(reading.value(ModelQuantity.limit(state)))
                    .as(state)
                    .isCloseTo(reading.value(ModelQuantity.occupancy(state, 400)), within(1e-9));
        }
        for (String event : model.events()) {
            assertThat(reading.value(ModelQuantity.ever(event)))
                    .as(event)
                    .isCloseTo(reading.value(ModelQuantity.incidence(event, 400)), within(1e-9));
        }
        double median = reading.value(new ModelQuantity.OccupancyQuantile(Set.of("a", "b", "c"), 0.25));
        assertThat(reading.value(ModelQuantity.occupancy("d", median))).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void closedFormsAgreeWithTheSolver() {
        FateModel fates = RateCalibrationTest.mixture(0.5, 0.35, Weibull.of(0.7, 5), Weibull.of(1.2, 4));
        MultiStateModel model = MultiStateModel.of(fates);
        ModelReading reading = new ModelReading(model, 60);
        var solved = OccupancySolver.withDefaults().solve(model, 60);
        for (double t : new double[] {0.5, 6, 24, 60}) {
            for (String state : model.stateNames()) {
                assertThat(reading.value(ModelQuantity.occupancy(state, t)))
                        .isCloseTo(solved.probability(state, t), within(1e-10));
            }
            assertThat(reading.value(ModelQuantity.occupancy(Set.of("remission", "relapse"), t)))
                    .isCloseTo(1 - solved.probability("nrm", t), within(1e-10));
            assertThat(reading.value(ModelQuantity.incidence("relapse", t)))
                    .isCloseTo(solved.incidence("relapse").incidenceAt(t).estimate(), within(1e-10));
        }
        MultiStateModel jmml = MultiStateModel.of(PathwayModel.jmml().model());
        ModelReading tree = new ModelReading(jmml, 60);
        var full = OccupancySolver.withDefaults().solve(jmml, 60);
        for (String event : jmml.events()) {
            assertThat(tree.value(ModelQuantity.incidence(event, 40)))
                    .as(event)
                    .isCloseTo(full.incidence(event).incidenceAt(40).estimate(), within(1e-9));
        }
        for (String state : jmml.stateNames()) {
            assertThat(tree.value(ModelQuantity.occupancy(state, 40)))
                    .as(state)
                    .isCloseTo(full.probability(state, 40), within(1e-9));
        }
    }

    @Test
    void tableOfOpenNumbersNamesScales() {
        OpenModel model = OpenModel.of(RateCalibrationTest.start())
                .withOpenFates("remission")
                .withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.LOG_NORMAL));
        var table = model.tidy();
        assertThat(table.rowCount()).isEqualTo(5);
        assertThat(table.value(0, "scale")).isEqualTo("log-ratio");
        assertThat(table.value(3, "parameter")).isEqualTo("remission/relapse/meanLog");
        assertThat(table.value(3, "scale")).isEqualTo("linear");
        assertThat(table.value(4, "scale")).isEqualTo("log");
        assertThat(table.numbers("start")[0]).isCloseTo(0.4, within(1e-12));
        OpenModel hazards = OpenModel.of(RateCalibrationTest.illness(0.1, 0.1, Exponential.of(1)))
                .withOpenLaw("i", "d", OpenLaw.of(LawFamily.GOMPERTZ));
        assertThat(hazards.tidy().value(0, "scale")).isEqualTo("linear");
        assertThat(hazards.tidy().numbers("start")[0]).isCloseTo(0, within(1e-9));
    }
}

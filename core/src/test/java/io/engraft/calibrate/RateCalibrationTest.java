package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.calibrate.rates.CompetingRatesModel;
import io.engraft.calibrate.rates.CompetingRatesResult;
import io.engraft.calibrate.timing.RangeFit;
import io.engraft.calibrate.timing.RangeMethod;
import io.engraft.calibrate.timing.RangeTiming;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.pathway.PathwayModel;
import io.engraft.testing.GoldenFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RateCalibrationTest {

    static FateModel mixture(double cure, double relapse, LawOfTime relapseLaw, LawOfTime nrmLaw) {
        return FateModel.of(
                "remission",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "remission",
                                true,
                                Fate.stays("cure", cure),
                                Fate.of("relapse", relapse, relapseLaw),
                                Fate.of("nrm", 1 - cure - relapse, nrmLaw)),
                        FateState.absorbing("relapse", true),
                        FateState.absorbing("nrm", false)));
    }

    static FateModel start() {
        return mixture(0.4, 0.3, Exponential.of(0.1), Exponential.of(0.1));
    }

    static MultiStateModel illness(double a, double b, LawOfTime after) {
        return MultiStateModel.builder(DurationUnit.YEARS)
                .start("h")
                .state("h")
                .state("i")
                .absorbing("d", false)
                .transition("h", "i", Exponential.of(a), Clock.RESET)
                .transition("h", "d", Exponential.of(b), Clock.FORWARD)
                .transition("i", "d", after, Clock.RESET)
                .build();
    }

    static OpenModel openIllness(MultiStateModel model) {
        return OpenModel.of(model)
                .withOpenLaw("h", "i", OpenLaw.of(LawFamily.EXPONENTIAL))
                .withOpenLaw("h", "d", OpenLaw.of(LawFamily.EXPONENTIAL))
                .withOpenLaw("i", "d", OpenLaw.of(LawFamily.EXPONENTIAL));
    }

    /** The values of one case of the R script, by name. */
    private static ToDoubleFunction<String> golden(String name) {
        GoldenFile file = GoldenFile.read("/golden/calibrate/rates.csv");
        Map<String, Double> values = new HashMap<>();
        for (int row = 0; row < file.size(); row++) {
            if (file.text(row, "case").equals(name)) {
                values.put(file.text(row, "name"), file.number(row, "value"));
            }
        }
        return key -> values.getOrDefault(key, Double.NaN);
    }

    @Test
    void mixturesMeetEightSharesAsInR() {
        double[] times = {6, 12, 24, 60};
        double[] relapse = {0.19, 0.27, 0.32, 0.35};
        double[] nrm = {0.10, 0.13, 0.14, 0.15};
        OpenModel model = OpenModel.of(start())
                .withOpenFates("remission")
                .withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.WEIBULL))
                .withOpenLaw(
                        "remission", "nrm", OpenLaw.of(LawFamily.WEIBULL, LawFamily.GAMMA, LawFamily.LOG_LOGISTIC));
        RateCalibration calibration = RateCalibration.of(model);
        for (int j = 0; j < times.length; j++) {
            calibration = calibration
                    .withTarget(RateTarget.of(ModelQuantity.incidence("relapse", times[j]), relapse[j])
                            .withSampleSize(100))
                    .withTarget(RateTarget.of(ModelQuantity.incidence("nrm", times[j]), nrm[j])
                            .withSampleSize(100));
        }
        for (String form : List.of("squares", "likelihood")) {
            CalibrationResult result = (form.equals("squares")
                            ? calibration.withLeastSquares()
                            : calibration.withLikelihood())
                    .calibrate();
            assertThat(result.models()).hasSize(3);
            for (CalibratedModel m : result.models()) {
                String family = Objects.requireNonNull(m.families().get("remission/nrm"))
                        .label();
                ToDoubleFunction<String> expected = golden("mixture-" + family + "-" + form);
                assertThat(m.status()).isEqualTo(FitStatus.CONVERGED);
                m.parameters()
                        .forEach((name, value) -> assertThat(value)
                                .as(family + " " + form + " " + name)
                                .isCloseTo(expected.applyAsDouble(name), within(1e-7 * expected.applyAsDouble(name))));
                assertThat(m.sumOfSquares()).isCloseTo(expected.applyAsDouble("squares"), within(1e-10));
                // Least squares end where the likelihood still has a slope.
                assertThat(m.logLikelihood()).isCloseTo(expected.applyAsDouble("loglik"), within(1e-10));
            }
        }
    }

    @Test
    void anIllnessDeathModelMeetsFiveTargetsAsInR() {
        RateCalibration calibration = RateCalibration.of(openIllness(illness(0.2, 0.2, Exponential.of(0.2))))
                .withTarget(RateTarget.of(ModelQuantity.occupancy("h", 5), 0.42).withStandardError(0.05))
                .withTarget(RateTarget.of(ModelQuantity.occupancy("i", 5), 0.2).withStandardError(0.04))
                .withTarget(RateTarget.of(ModelQuantity.occupancy("d", 10), 0.6).withStandardError(0.05))
                .withTarget(RateTarget.of(ModelQuantity.ever("i"), 0.62).withStandardError(0.06))
                .withTarget(RateTarget.of(ModelQuantity.medianSurvival("h", "i"), 7.5)
                        .withStandardError(1));
        CalibratedModel m = calibration.calibrate().models().get(0);
        ToDoubleFunction<String> expected = golden("illness");
        m.parameters()
                .forEach((name, value) ->
                        assertThat(value).as(name).isCloseTo(expected.applyAsDouble(name), within(1e-8)));
        for (int j = 0; j < 5; j++) {
            assertThat(m.targets().get(j).attained())
                    .isCloseTo(expected.applyAsDouble("attained" + (j + 1)), within(1e-8));
        }
        assertThat(m.sumOfSquares()).isCloseTo(expected.applyAsDouble("squares"), within(1e-9));
        RateCalibration shares = RateCalibration.of(openIllness(illness(0.1, 0.06, Exponential.of(0.17))))
                .withLikelihood()
                .withTarget(RateTarget.of(ModelQuantity.occupancy("h", 5), 0.42).withSampleSize(60))
                .withTarget(RateTarget.of(ModelQuantity.occupancy("i", 5), 0.2).withSampleSize(60))
                .withTarget(RateTarget.of(ModelQuantity.occupancy("d", 10), 0.6).withSampleSize(80))
                .withTarget(RateTarget.of(ModelQuantity.medianSurvival("h", "i"), 7.5)
                        .withStandardError(1));
        CalibratedModel likely = shares.calibrate().models().get(0);
        ToDoubleFunction<String> best = golden("illness-likelihood");
        likely.parameters()
                .forEach((name, value) -> assertThat(value).as(name).isCloseTo(best.applyAsDouble(name), within(1e-7)));
        assertThat(likely.logLikelihood()).isCloseTo(best.applyAsDouble("loglik"), within(1e-10));
    }

    @Test
    void theClosedFormOfCompetingRatesIsFoundAgain() {
        CompetingRatesResult closed = CompetingRatesCalibration.withDefaults()
                .withRemission(0.5)
                .withRelapse(0.35)
                .withRelapseMedian(3)
                .withRelapseBy(12, 0.84)
                .withNrmMedian(4)
                .withNrmBy(12, 0.85)
                .withAllFamilies()
                .calibrate();
        CalibrationResult open = RateCalibration.of(OpenModel.of(start())
                        .withOpenFates("remission")
                        .withOpenLaw("remission", "relapse", OpenLaw.ofAnyFamily())
                        .withOpenLaw("remission", "nrm", OpenLaw.ofAnyFamily())
                        .withOneFamilyForAll())
                .withTarget(ModelQuantity.limit("remission"), 0.5)
                .withTarget(ModelQuantity.ever("relapse"), 0.35)
                .withTarget(ModelQuantity.median("relapse"), 3)
                .withTarget(ModelQuantity.shareBefore("relapse", 12), 0.84)
                .withTarget(ModelQuantity.median("nrm"), 4)
                .withTarget(ModelQuantity.shareBefore("nrm", 12), 0.85)
                .calibrate();
        assertThat(open.models()).hasSize(6);
        for (CompetingRatesModel known : closed.models()) {
            CalibratedModel found = open.model(known.family(), known.family());
            assertThat(found.status()).isEqualTo(FitStatus.CONVERGED);
            assertThat(found.parameters().get("remission/nrm/probability")).isCloseTo(0.15, within(1e-10));
            known.fates().stream()
                    .filter(f -> f.law() != null)
                    .forEach(f -> f.law()
                            .parameters()
                            .forEach((name, value) -> assertThat(
                                            found.parameters().get("remission/" + f.fate() + "/" + name))
                                    .as(found.label() + " " + f.fate() + " " + name)
                                    .isCloseTo(value, within(1e-9 * Math.max(1, value)))));
        }
        CalibratedModel one = open.model(LawFamily.EXPONENTIAL, LawFamily.EXPONENTIAL);
        assertThat(one.status()).isEqualTo(FitStatus.CONTRADICTORY);
        assertThat(one.message())
                .startsWith("No values of the open numbers meet all targets; missed: [time of 0.5 of all relapse = 3,");
        CalibratedModel three = open.model(LawFamily.GENERALIZED_GAMMA, LawFamily.GENERALIZED_GAMMA);
        assertThat(three.status()).isEqualTo(FitStatus.NOT_IDENTIFIED);
        assertThat(three.identifiability().rank()).isEqualTo(6);
        assertThat(three.identifiability().singularValues()).hasSize(8);
        assertThat(three.identifiability().undetermined())
                .contains("remission/relapse/q", "remission/nrm/q", "log remission/relapse/sigma")
                .doesNotContain("log (remission/cure/probability : remission/nrm/probability)");
        assertThat(open.warnings()).anyMatch(w -> w.startsWith("5 choices of families meet all targets"));
        TidyTable table = open.tidy();
        assertThat(table.rowCount()).isEqualTo(36);
        assertThat(table.value(0, "met")).isEqualTo("yes");
        TidyTable parameters = open.tidyParameters();
        assertThat(parameters.rowCount()).isEqualTo(5 + 4 * 7 + 9);
        assertThat(three.tidy().value(3, "parameter")).isEqualTo("remission/relapse/mu");
        assertThat(three.tidy().value(3, "determined")).isEqualTo("no");
        assertThat(three.tidy().value(0, "determined")).isEqualTo("yes");
    }

    @Test
    void aRangeInsideCostsNothingAndLeavesItsWidthOpen() {
        OpenModel model = OpenModel.of(start()).withOpenFates("remission");
        RateCalibration ranges = RateCalibration.of(model)
                .withTarget(RateTarget.between(ModelQuantity.ever("relapse"), 0.3, 0.4))
                .withTarget(RateTarget.between(ModelQuantity.limit("remission"), 0.45, 0.55));
        CalibratedModel m = ranges.calibrate().models().get(0);
        assertThat(m.sumOfSquares()).isZero();
        assertThat(m.parameters().get("remission/relapse/probability")).isCloseTo(0.35, within(1e-9));
        assertThat(m.parameters().get("remission/cure/probability")).isCloseTo(0.5, within(1e-9));
        assertThat(m.status()).isEqualTo(FitStatus.NOT_IDENTIFIED);
        assertThat(m.message()).contains("Ranges hold values only between their ends");
        // With an exact figure that cannot go with both middles, the ranges give way up to their ends.
        CalibratedModel pushed = ranges.withTarget(ModelQuantity.ever("nrm"), 0.1)
                .calibrate()
                .models()
                .get(0);
        assertThat(pushed.parameters().get("remission/nrm/probability")).isCloseTo(0.1, within(1e-6));
        assertThat(pushed.targets()).allMatch(TargetFit::met);
        CalibratedModel beyond = ranges.withTarget(ModelQuantity.ever("nrm"), 0.4)
                .calibrate()
                .models()
                .get(0);
        assertThat(beyond.status()).isEqualTo(FitStatus.CONTRADICTORY);
        assertThat(beyond.message()).contains("P(relapse ever) = 0.3 to 0.4", "P(nrm ever) = 0.4");
        // Misses of 0.05, 0.05 and 0.05 share the excess of 0.15 over 1.
        assertThat(beyond.parameters().get("remission/nrm/probability")).isCloseTo(0.35, within(1e-7));
        CalibratedModel likely = ranges.withLikelihood()
                .withTarget(ModelQuantity.ever("nrm"), 0.1)
                .calibrate()
                .models()
                .get(0);
        assertThat(likely.logLikelihood()).isCloseTo(0, within(1e-9));
    }

    @Test
    void fixedParametersAndWeightsAreKept() {
        OpenModel model = OpenModel.of(start())
                .withOpenLaw("remission", "relapse", OpenLaw.ofAnyFamily().withFixed("shape", 0.8));
        CalibrationResult result = RateCalibration.of(model)
                .withTarget(ModelQuantity.median("relapse"), 5)
                .calibrate();
        // Weibull, log-logistic and gamma have a shape; a fate's law cannot be Gompertz.
        assertThat(result.models()).hasSize(3);
        CalibratedModel weibull = result.model(LawFamily.WEIBULL);
        assertThat(weibull.parameters()).containsOnlyKeys("remission/relapse/scale");
        assertThat(weibull.parameters().get("remission/relapse/scale"))
                .isCloseTo(5 / Math.pow(Math.log(2), 1 / 0.8), within(1e-9));
        // Two figures for one number meet at their weighted mean.
        CalibratedModel mean = RateCalibration.of(OpenModel.of(start()).withOpenFates("remission", "relapse", "nrm"))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.3).withWeight(3))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.304))
                .calibrate()
                .models()
                .get(0);
        assertThat(mean.parameters().get("remission/relapse/probability")).isCloseTo(0.301, within(1e-9));
        assertThat(mean.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(mean.families()).isEmpty();
        assertThat(mean.label()).isEqualTo("as given");
    }

    @Test
    void aRangeOfTimesInAModelGivesTheLawOfThatRange() {
        RangeFit direct = RangeTiming.of(31, 80, 15, 1096, DurationUnit.DAYS)
                .calibrate()
                .rangeFit(RangeMethod.ORDER_STATISTICS, LawFamily.WEIBULL);
        OpenModel model = OpenModel.of(start()).withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.WEIBULL));
        RateCalibration calibration =
                RateCalibration.of(model).withRangeOfTimes(new RangeOfTimes("relapse", 31, 80, 15, 1096));
        CalibratedModel likely =
                calibration.withLikelihood().calibrate().models().get(0);
        direct.law()
                .parameters()
                .forEach((name, value) -> assertThat(likely.parameters().get("remission/relapse/" + name))
                        .isCloseTo(value, within(1e-6 * value)));
        assertThat(likely.logLikelihood()).isCloseTo(direct.logLikelihood().orElseThrow(), within(1e-8));
        RangeFit ranked = RangeTiming.of(31, 80, 15, 1096, DurationUnit.DAYS)
                .calibrate()
                .rangeFit(RangeMethod.MEDIAN_RANK, LawFamily.WEIBULL);
        CalibratedModel squares =
                calibration.withLeastSquares().calibrate().models().get(0);
        ranked.law()
                .parameters()
                .forEach((name, value) -> assertThat(squares.parameters().get("remission/relapse/" + name))
                        .isCloseTo(value, within(1e-8 * value)));
        assertThat(squares.targets().get(1).target()).isEqualTo("share of all relapse by 1096 (largest of 31)");
    }

    @Test
    void namedAssumptionsAreCalibrated() {
        PathwayModel jmml = PathwayModel.jmml();
        OpenModel open = OpenModel.of(jmml, "F1", "T1");
        assertThat(open.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(open.tidy().value(1, "parameter")).isEqualTo("T1");
        assertThat(open.tidy().value(1, "scale")).isEqualTo("log");
        CalibratedModel m = RateCalibration.of(open)
                .withTarget(ModelQuantity.limit("remission"), 0.48)
                .withTarget(ModelQuantity.median("relapse"), 3)
                .calibrate()
                .models()
                .get(0);
        assertThat(m.parameters().get("F1")).isCloseTo(0.48, within(1e-9));
        assertThat(m.parameters().get("T1")).isCloseTo(3 * 365.25 / 12, within(1e-6));
        CalibratedModel alive = RateCalibration.of(OpenModel.of(jmml, "A3"))
                .withTarget(RateTarget.of(
                                ModelQuantity.occupancy(Set.copyOf(jmml.model().aliveStates()), 60), 0.6)
                        .withSampleSize(129))
                .calibrate()
                .models()
                .get(0);
        assertThat(alive.targets().get(0).attained()).isCloseTo(0.6, within(1e-9));
        assertThat(OccupancySolver.withDefaults()
                        .solve(
                                jmml.withAssumption("A3", alive.parameters().getOrDefault("A3", Double.NaN))
                                        .model(),
                                60)
                        .probabilityIn(jmml.model().aliveStates(), 60))
                .isCloseTo(0.6, within(1e-8));
    }

    @Test
    void theExampleOfTheDocumentationRuns() {
        OpenModel open = OpenModel.of(start())
                .withOpenFates("remission")
                .withOpenLaw("remission", "relapse", OpenLaw.ofAnyFamily())
                .withOpenLaw("remission", "nrm", OpenLaw.of(LawFamily.WEIBULL).withFixed("shape", 0.9));
        CalibrationResult result = RateCalibration.of(open)
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.35).withSampleSize(100))
                .withTarget(RateTarget.between(ModelQuantity.limit("remission"), 0.44, 0.55))
                .withTarget(RateTarget.of(ModelQuantity.median("relapse"), 2.6).withSampleSize(31))
                .withTarget(RateTarget.of(ModelQuantity.shareBefore("relapse", 12), 0.84)
                        .withSampleSize(31))
                .withTarget(RateTarget.of(ModelQuantity.median("nrm"), 4).withInterval(2, 8, 0.95))
                .withLikelihood()
                .calibrate();
        CalibratedModel weibull = result.model(LawFamily.WEIBULL, LawFamily.WEIBULL);
        // The range alone says how the rest divides.
        assertThat(weibull.status()).isEqualTo(FitStatus.NOT_IDENTIFIED);
        assertThat(weibull.targets()).allMatch(TargetFit::met);
        CalibrationDraws draws = PosteriorSampling.withDefaults().sample(weibull);
        assertThat(draws.reason()).isEmpty();
        assertThat(draws.quantity(ModelQuantity.occupancy("remission", 24)).estimate())
                .isBetween(0.42, 0.65);
        assertThat(result.warnings()).anyMatch(w -> w.startsWith("One family was chosen for remission/nrm, weibull: "));
    }
}

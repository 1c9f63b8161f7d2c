package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.law.Weibull;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Objects;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;

/** Draws against laws known exactly. Four Monte Carlo errors on some 60 numbers: a false alarm in 250 other seeds. */
class CalibrationUncertaintyTest {

    private static final int DRAWS = 20_000;

    private static FateModel twoFates() {
        return FateModel.of(
                "remission",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "remission",
                                true,
                                Fate.stays("cure", 0.5),
                                Fate.of("relapse", 0.5, Exponential.of(0.1))),
                        FateState.absorbing("relapse", true)));
    }

    private static CalibratedModel relapse(double share, int n) {
        return RateCalibration.of(OpenModel.of(twoFates()).withOpenFates("remission"))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), share).withSampleSize(n))
                .calibrate()
                .models()
                .get(0);
    }

    private static double lower(PointEstimate p) {
        return p.interval().lower().orElseThrow();
    }

    private static double upper(PointEstimate p) {
        return p.interval().upper().orElseThrow();
    }

    @Test
    void theFlatPosteriorOfAShareIsItsBetaLaw() {
        GoldenFile golden = GoldenFile.read("/golden/calibrate/posterior.csv");
        for (String name : List.of("beta-40-0.35", "beta-91-0.34", "beta-10-0.1", "beta-200-0.9")) {
            List<Integer> rows = Objects.requireNonNull(golden.rowsBy("case").get(name));
            String[] parts = name.split("-", -1);
            CalibrationDraws posterior = PosteriorSampling.withDefaults()
                    .withDraws(DRAWS, 7)
                    .sample(relapse(Double.parseDouble(parts[2]), Integer.parseInt(parts[1])));
            assertThat(posterior.isReliable()).isTrue();
            assertThat(posterior.effectiveSampleSize()).isGreaterThan(DRAWS * 0.5);
            PointEstimate p = posterior.parameter("remission/relapse/probability");
            double sd = golden.number(rows.get(1), "value");
            double error = sd / Math.sqrt(posterior.effectiveSampleSize());
            assertThat(p.estimate()).as(name).isCloseTo(golden.number(rows.get(0), "value"), within(4 * error));
            assertThat(p.standardError().orElseThrow()).as(name).isCloseTo(sd, within(4 * error));
            // The error of a 2.5 % quantile: sqrt(p (1 - p)) over the density there, about 2.7 standard errors of the
            // mean.
            assertThat(lower(p)).as(name).isCloseTo(golden.number(rows.get(2), "value"), within(4 * 3.2 * error));
            assertThat(upper(p)).as(name).isCloseTo(golden.number(rows.get(3), "value"), within(4 * 3.2 * error));
        }
    }

    @Test
    void aBetaPriorIsConjugate() {
        CalibratedModel m = relapse(0.3, 20);
        PosteriorSampling sampling = PosteriorSampling.withDefaults()
                .withDraws(DRAWS, 3)
                .withPrior("remission/probabilities", ParameterPrior.beta(4, 9));
        assertThat(sampling.priors(m)).containsEntry("remission/probabilities", "Dirichlet[4.0, 9.0]");
        PointEstimate cure = sampling.sample(m).parameter("remission/cure/probability");
        // 14 of 20 cured, so Beta(18, 15).
        BetaDistribution exact = BetaDistribution.of(18, 15);
        double error = Math.sqrt(exact.getVariance() / DRAWS) * 1.2;
        assertThat(cure.estimate()).isCloseTo(exact.getMean(), within(4 * error));
        assertThat(lower(cure)).isCloseTo(exact.inverseCumulativeProbability(0.025), within(13 * error));
    }

    @Test
    void theFlatPriorHoldsWhereNothingWasSeen() {
        // Three fates, a target about one: the split of the rest is uniform.
        CalibratedModel m = RateCalibration.of(
                        OpenModel.of(RateCalibrationTest.start()).withOpenFates("remission"))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.4).withSampleSize(50))
                .calibrate()
                .models()
                .get(0);
        assertThat(m.status()).isEqualTo(FitStatus.NOT_IDENTIFIED);
        CalibrationDraws draws =
                PosteriorSampling.withDefaults().withDraws(DRAWS, 5).sample(m);
        // Dirichlet(1, 21, 31 - 1 ...): relapse is Beta(21, 32), and cure has mean half of the rest.
        double mean = 21.0 / 53;
        assertThat(draws.parameter("remission/relapse/probability").estimate()).isCloseTo(mean, within(0.003));
        assertThat(draws.parameter("remission/cure/probability").estimate()).isCloseTo((1 - mean) / 2, within(0.006));
        assertThatThrownBy(() -> TargetSampling.withDefaults().sample(m))
                .hasMessageStartingWith("the targets leave open [log (remission/cure/probability")
                .hasMessageContaining("PosteriorSampling, whose prior determines them");
    }

    @Test
    void aTwoParameterPosteriorAgreesWithAGridInR() {
        GoldenFile golden = GoldenFile.read("/golden/calibrate/posterior.csv");
        List<Integer> rows = Objects.requireNonNull(golden.rowsBy("case").get("weibull-grid"));
        FateModel skeleton = FateModel.of(
                "alive",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of("alive", true, Fate.of("dead", 1, Weibull.of(1, Math.exp(3.5)))),
                        FateState.absorbing("dead", false)));
        CalibratedModel m = RateCalibration.of(
                        OpenModel.of(skeleton).withOpenLaw("alive", "dead", OpenLaw.of(LawFamily.WEIBULL)))
                .withTarget(
                        RateTarget.of(ModelQuantity.occupancy("alive", 12), 0.6).withSampleSize(50))
                .withTarget(
                        RateTarget.of(ModelQuantity.occupancy("alive", 60), 0.4).withSampleSize(50))
                .calibrate()
                .models()
                .get(0);
        CalibrationDraws draws = PosteriorSampling.withDefaults()
                .withDraws(DRAWS, 11)
                .withPrior("alive/dead/shape", ParameterPrior.normal(0, 1))
                .withPrior("alive/dead/scale", ParameterPrior.normal(3.5, 1.5))
                .sample(m);
        PointEstimate[] found = {
            draws.parameter("alive/dead/shape"),
            draws.parameter("alive/dead/scale"),
            draws.quantity(ModelQuantity.occupancy("alive", 24))
        };
        for (int k = 0; k < 3; k++) {
            double[] expected = new double[4];
            for (int j = 0; j < 4; j++) {
                expected[j] = golden.number(rows.get(4 * k + j), "value");
            }
            double error = expected[1] / Math.sqrt(draws.effectiveSampleSize());
            // The scale's heavy tail makes its own standard deviation and upper limit noisier.
            double wide = k == 1 ? 12 : 3.2;
            assertThat(found[k].estimate()).isCloseTo(expected[0], within(4 * error));
            assertThat(lower(found[k])).isCloseTo(expected[2], within(4 * 3.2 * error));
            assertThat(upper(found[k])).isCloseTo(expected[3], within(4 * wide * error));
        }
        TidyTable table =
                draws.tidy(List.of(ModelQuantity.occupancy("alive", 24), ModelQuantity.medianSurvival("alive")));
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.numbers("lower")[1]).isLessThan(table.numbers("estimate")[1]);
        assertThat(draws.model(0).states()).hasSize(2);
        assertThat(draws.weight(0)).isBetween(0.0, 1.0);
        assertThat(draws.failed()).isZero();
        assertThat(draws.size()).isLessThanOrEqualTo(DRAWS);
    }

    @Test
    void drawnTargetsFollowTheirStatedLaws() {
        CalibrationDraws share =
                TargetSampling.withDefaults().withDraws(1500, 2).sample(relapse(0.34, 91));
        PointEstimate p = share.parameter("remission/relapse/probability");
        BetaDistribution jeffreys = BetaDistribution.of(91 * 0.34 + 0.5, 91 * 0.66 + 0.5);
        double error = Math.sqrt(jeffreys.getVariance() / 1500);
        assertThat(p.estimate()).isCloseTo(0.34, within(1e-9));
        assertThat(p.standardError().orElseThrow()).isCloseTo(Math.sqrt(jeffreys.getVariance()), within(4 * error));
        assertThat(lower(p)).isCloseTo(jeffreys.inverseCumulativeProbability(0.025), within(13 * error));
        assertThat(upper(p)).isCloseTo(jeffreys.inverseCumulativeProbability(0.975), within(13 * error));

        OpenModel timing =
                OpenModel.of(twoFates()).withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.EXPONENTIAL));
        CalibrationDraws time = TargetSampling.withDefaults()
                .withDraws(1500, 2)
                .sample(RateCalibration.of(timing)
                        .withTarget(RateTarget.of(ModelQuantity.median("relapse"), 10)
                                .withInterval(8, 12.5, 0.9))
                        .calibrate()
                        .models()
                        .get(0));
        PointEstimate half = time.quantity(ModelQuantity.median("relapse"));
        // Normal on the logarithm, with log 1.25 as 1.645 standard deviations: 95 % within 1.25^(1.96 / 1.645).
        assertThat(lower(half)).isCloseTo(10 / Math.pow(1.25, 1.95996 / 1.644854), within(0.3));
        assertThat(upper(half)).isCloseTo(10 * Math.pow(1.25, 1.95996 / 1.644854), within(0.5));

        // A median of 30: a share of one half by that time, drawn from Beta(15.5, 15.5).
        CalibrationDraws counted = TargetSampling.withDefaults()
                .withDraws(1500, 2)
                .sample(RateCalibration.of(timing)
                        .withTarget(RateTarget.of(ModelQuantity.median("relapse"), 10)
                                .withSampleSize(30))
                        .calibrate()
                        .models()
                        .get(0));
        PointEstimate by = counted.quantity(ModelQuantity.shareBefore("relapse", 10));
        assertThat(by.estimate()).isCloseTo(0.5, within(1e-9));
        assertThat(lower(by))
                .isCloseTo(BetaDistribution.of(15.5, 15.5).inverseCumulativeProbability(0.025), within(0.025));

        // A range is uniform: its 95 % leave out a fortieth on each side.
        CalibrationDraws range = TargetSampling.withDefaults()
                .withDraws(1500, 2)
                .sample(RateCalibration.of(OpenModel.of(twoFates()).withOpenFates("remission"))
                        .withTarget(RateTarget.between(ModelQuantity.ever("relapse"), 0.3, 0.4))
                        .calibrate()
                        .models()
                        .get(0));
        PointEstimate uniform = range.parameter("remission/relapse/probability");
        assertThat(lower(uniform)).isCloseTo(0.3025, within(0.0017));
        assertThat(upper(uniform)).isCloseTo(0.3975, within(0.0017));
        assertThat(uniform.standardError().orElseThrow()).isCloseTo(0.1 / Math.sqrt(12), within(0.001));
    }

    @Test
    void aRangeOfTimesIsDrawnAsOrderStatistics() {
        RateCalibration calibration = RateCalibration.of(OpenModel.of(RateCalibrationTest.start())
                        .withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.WEIBULL)))
                .withRangeOfTimes(new RangeOfTimes("relapse", 31, 80, 15, 1096))
                .withLikelihood();
        CalibratedModel m = calibration.calibrate().models().get(0);
        CalibrationDraws draws =
                TargetSampling.withDefaults().withDraws(200, 4).withLevel(0.9).sample(m);
        assertThat(draws.isReliable()).isTrue();
        PointEstimate shape = draws.parameter("remission/relapse/shape");
        assertThat(shape.interval().level()).isEqualTo(0.9);
        assertThat(lower(shape)).isBetween(0.55, 0.85);
        assertThat(upper(shape)).isBetween(0.95, 1.5);
        CalibrationDraws posterior =
                PosteriorSampling.withDefaults().withDraws(2000, 4).sample(m);
        assertThat(posterior.isReliable()).isTrue();
        assertThat(posterior.parameter("remission/relapse/shape").estimate()).isCloseTo(0.89, within(0.15));
    }

    @Test
    void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
        CalibratedModel m = relapse(0.34, 91);
        for (int threads : new int[] {1, 2, 5}) {
            CalibrationDraws one = TargetSampling.withDefaults()
                    .withDraws(300, 9)
                    .withThreads(1)
                    .sample(m);
            CalibrationDraws other = TargetSampling.withDefaults()
                    .withDraws(300, 9)
                    .withThreads(threads)
                    .sample(m);
            assertThat(other.tidy().numbers("lower")).isEqualTo(one.tidy().numbers("lower"));
            assertThat(other.parameters(17)).isEqualTo(one.parameters(17));
            CalibrationDraws first = PosteriorSampling.withDefaults()
                    .withDraws(1000, 9)
                    .withThreads(1)
                    .sample(m);
            CalibrationDraws second = PosteriorSampling.withDefaults()
                    .withDraws(1000, 9)
                    .withThreads(threads)
                    .sample(m);
            assertThat(second.tidy().numbers("upper")).isEqualTo(first.tidy().numbers("upper"));
            assertThat(second.parameters(17)).isEqualTo(first.parameters(17));
        }
    }

    @Test
    void whatCannotBeDrawnSaysSo() {
        CalibratedModel exact = RateCalibration.of(OpenModel.of(twoFates()).withOpenFates("remission"))
                .withTarget(ModelQuantity.ever("relapse"), 0.3)
                .calibrate()
                .models()
                .get(0);
        assertThatThrownBy(() -> TargetSampling.withDefaults().sample(exact))
                .hasMessageStartingWith("no target has a sample size, standard error, interval or range");
        assertThatThrownBy(() -> PosteriorSampling.withDefaults().sample(exact))
                .hasMessage(
                        "target P(relapse ever) = 0.3 has no precision, so it has no likelihood; allowed: a sample size,"
                                + " standard error or interval");
        CalibratedModel torn = RateCalibration.of(OpenModel.of(twoFates()).withOpenFates("remission"))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.3).withStandardError(0.01))
                .withTarget(RateTarget.of(ModelQuantity.limit("relapse"), 0.5).withStandardError(0.01))
                .calibrate()
                .models()
                .get(0);
        assertThat(torn.status()).isEqualTo(FitStatus.CONTRADICTORY);
        assertThatThrownBy(() -> TargetSampling.withDefaults().sample(torn))
                .hasMessageStartingWith("status of the calibration to be sampled is contradictory; allowed: converged;")
                .hasMessageContaining("P(in relapse in the long run) = 0.5");
        // The shares of two events of almost everyone, drawn apart, often pass 1 in sum.
        FateModel three = RateCalibrationTest.start();
        CalibratedModel full = RateCalibration.of(OpenModel.of(three).withOpenFates("remission"))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.5).withSampleSize(30))
                .withTarget(RateTarget.of(ModelQuantity.ever("nrm"), 0.45).withSampleSize(30))
                .calibrate()
                .models()
                .get(0);
        CalibrationDraws draws = TargetSampling.withDefaults().withDraws(200, 1).sample(full);
        assertThat(draws.failed()).isGreaterThan(20);
        assertThat(draws.isReliable()).isFalse();
        assertThat(draws.reason())
                .contains(
                        "of 200 drawn sets of targets were met by no values of the open numbers, and limits from the others",
                        "allowed: targets that can hold together within their precision");
        assertThat(draws.parameter("remission/nrm/probability").isEstimable()).isFalse();
        assertThat(draws.tidy().numbers("estimate")).containsOnly(Double.NaN);
        assertThatThrownBy(() -> draws.parameter("nrm")).hasMessageStartingWith("parameter is nrm; allowed: one of [");
        assertThatThrownBy(() -> draws.parameters(200)).hasMessageStartingWith("draw is 200; allowed: 0 to ");
    }

    @Test
    void badSettingsSayWhatIsAllowed() {
        CalibratedModel m = relapse(0.34, 91);
        assertThatThrownBy(() -> TargetSampling.withDefaults().withDraws(99, 1))
                .hasMessage("draws is 99; allowed: draws >= 100");
        assertThatThrownBy(() -> TargetSampling.withDefaults().withLevel(1))
                .hasMessage("level is 1.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> TargetSampling.withDefaults().withThreads(0))
                .hasMessage("threads is 0; allowed: threads >= 1");
        assertThatThrownBy(() -> PosteriorSampling.withDefaults().withDraws(999, 1))
                .hasMessage("draws is 999; allowed: draws >= 1000");
        assertThatThrownBy(() -> PosteriorSampling.withDefaults().withLevel(Double.NaN))
                .hasMessage("level is NaN; allowed: 0 < level < 1");
        assertThatThrownBy(() -> PosteriorSampling.withDefaults().withThreads(-1))
                .hasMessage("threads is -1; allowed: threads >= 1");
        assertThatThrownBy(() -> PosteriorSampling.withDefaults()
                        .withPrior("x", ParameterPrior.normal(0, 1))
                        .sample(m))
                .hasMessage("name of a prior is x; allowed: one of [remission/probabilities]");
        assertThatThrownBy(() -> PosteriorSampling.withDefaults()
                        .withPrior("remission/probabilities", ParameterPrior.normal(0, 1))
                        .sample(m))
                .hasMessage(
                        "prior of remission/probabilities is normal(0.0, 1.0) on the working scale; allowed: a Dirichlet"
                                + " or beta law of 2 shares");
        assertThatThrownBy(() -> ParameterPrior.normal(0, 0))
                .hasMessageStartingWith("standard deviation of a prior is 0.0");
        assertThatThrownBy(() -> ParameterPrior.normal(Double.NaN, 1)).hasMessageStartingWith("mean of a prior is NaN");
        assertThatThrownBy(() -> ParameterPrior.dirichlet(1))
                .hasMessage("number of Dirichlet parameters is 1; allowed: at least 2");
        assertThatThrownBy(() -> ParameterPrior.beta(1, Double.NaN))
                .hasMessageStartingWith("Dirichlet parameter is NaN");
    }

    /**
     * Half of all relapse, so that a share near one half says little of the rate but that it is high: the posterior of the
     * rate has a plateau far above its mode. Expected: mean and 97.5 % point by sums over 2,000,001 values of log rate
     * from -13.8 to 13.8 in R, dbinom(x, n, (1 - exp(-12 rate)) / 2) times dnorm(log rate, log 0.1, 2).
     */
    @Test
    void aPlateauFarFromTheModeIsNotMissed() {
        double[][] cases = {{7, 20, 0.7619281, 4.972308}, {30, 90, 0.1289547, 0.214005}};
        for (double[] c : cases) {
            CalibratedModel model = RateCalibration.of(OpenModel.of(twoFates())
                            .withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.EXPONENTIAL)))
                    .withTarget(RateTarget.of(ModelQuantity.incidence("relapse", 12), c[0] / c[1])
                            .withSampleSize((int) c[1]))
                    .withLikelihood()
                    .calibrate()
                    .models()
                    .get(0);
            for (long seed : new long[] {3, 7, 12}) {
                PointEstimate rate = PosteriorSampling.withDefaults()
                        .withDraws(DRAWS, seed)
                        .sample(model)
                        .parameter("remission/relapse/rate");
                assertThat(rate.estimate()).as("mean, seed %d", seed).isCloseTo(c[2], within(0.08 * c[2]));
                assertThat(upper(rate)).as("upper, seed %d", seed).isCloseTo(c[3], within(0.12 * c[3]));
            }
        }
    }
}

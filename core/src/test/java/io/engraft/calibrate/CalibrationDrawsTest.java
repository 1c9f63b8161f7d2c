package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.internal.PatientStream;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From which laws targets are drawn, how draws are read, and which prior is whose. */
class CalibrationDrawsTest {

    private static final ModelQuantity BY_TEN = new ModelQuantity.Incidence("death", 10);

    private static MultiStateModel model(List<Fate> fates) {
        return MultiStateModel.builder(DurationUnit.MONTHS)
                .start("alive")
                .state(new FateState("alive", "alive", true, 0, fates))
                .absorbing(FateState.absorbing("dead", false))
                .build();
    }

    private static MultiStateModel certain() {
        return model(List.of(new Fate("death", "dead", 1, Exponential.of(0.05))));
    }

    private static CalibrationDraws draws(RateTarget target, int n) {
        CalibratedModel solution = RateCalibration.of(
                        OpenModel.of(certain()).withOpenLaw("alive", "death", OpenLaw.of(LawFamily.EXPONENTIAL)))
                .withTarget(target)
                .calibrate()
                .models()
                .get(0);
        return TargetSampling.withDefaults().withDraws(n, 7).withLevel(0.95).sample(solution);
    }

    @Test
    void aShareOfPatientsIsDrawnFromJeffreysLaw() {
        PointEstimate share =
                draws(RateTarget.of(BY_TEN, 0.1).withSampleSize(20), 4000).quantity(BY_TEN);
        // Beta(2.5, 18.5); quantiles by R's qbeta.
        assertThat(share.estimate()).isCloseTo(0.1, within(1e-8));
        assertThat(share.standardError().orElseThrow())
                .isCloseTo(Math.sqrt(2.5 * 18.5 / (21 * 21 * 22.0)), within(0.002));
        assertThat(share.interval().lower().orElseThrow()).isCloseTo(0.02137, within(0.003));
        assertThat(share.interval().upper().orElseThrow()).isCloseTo(0.28385, within(0.012));
    }

    @Test
    void aProbabilityWithAnErrorIsNormalOnTheLogit() {
        PointEstimate share =
                draws(RateTarget.of(BY_TEN, 0.2).withStandardError(0.05), 4000).quantity(BY_TEN);
        double half = 1.959964 * 0.05 / (0.2 * 0.8);
        double logit = Math.log(0.2 / 0.8);
        assertThat(share.interval().lower().orElseThrow()).isCloseTo(1 / (1 + Math.exp(-logit + half)), within(0.006));
        assertThat(share.interval().upper().orElseThrow()).isCloseTo(1 / (1 + Math.exp(-logit - half)), within(0.01));
    }

    @Test
    void eachDrawStandsAtTheMiddleOfItsWeight() {
        CalibrationDraws draws = draws(RateTarget.of(BY_TEN, 0.2).withStandardError(0.05), 100);
        double[] rates = new double[100];
        Arrays.setAll(rates, i -> draws.parameters(i)[0]);
        Arrays.sort(rates);
        PointEstimate rate = draws.parameter("alive/death/rate");
        // 2.5 % is the middle of the third of a hundred equal weights.
        assertThat(rate.interval().lower().orElseThrow()).isCloseTo(rates[2], within(1e-12));
        assertThat(rate.interval().upper().orElseThrow()).isCloseTo(rates[97], within(1e-12));
    }

    @Test
    void rangesAreDrawnAsOrderStatistics() {
        ModelReading solution = new ModelReading(certain(), 100);
        for (int n : new int[] {3, 9}) {
            RangeOfTimes printed = new RangeOfTimes("death", n, 12, 1, 60);
            int draws = 4000;
            double[] mean = new double[3];
            double square = 0;
            for (int i = 0; i < draws; i++) {
                RangeOfTimes drawn =
                        TargetSampling.drawn(printed, solution, PatientStream.of(3, PatientStream.PARAMETERS, i));
                assertThat(drawn.n()).isEqualTo(n);
                double[] times = {drawn.smallest(), drawn.median(), drawn.largest()};
                for (int k = 0; k < 3; k++) {
                    mean[k] += -Math.expm1(-0.05 * times[k]) / draws;
                }
                square += Math.pow(-Math.expm1(-0.05 * drawn.median()) - 0.5, 2) / draws;
            }
            // Uniforms: smallest 1 / (n + 1), largest n / (n + 1), the median beta((n + 1) / 2, (n + 1) / 2).
            assertThat(mean[0]).isCloseTo(1.0 / (n + 1), within(0.01));
            assertThat(mean[1]).isCloseTo(0.5, within(0.012));
            assertThat(mean[2]).isCloseTo(n / (n + 1.0), within(0.01));
            assertThat(square).isCloseTo(1 / (4.0 * (n + 2)), within(0.06 / (4 * (n + 2))));
        }
    }

    @Test
    void aPriorSpeaksOfItsOwnNumber() {
        MultiStateModel open = model(List.of(
                Fate.stays("cured", 0.4),
                new Fate("death", "dead", 0.3, Exponential.of(0.2)),
                new Fate("relapse", "dead", 0.3, Exponential.of(0.3))));
        CalibratedModel solution = RateCalibration.of(OpenModel.of(open)
                        .withOpenFates("alive")
                        .withOpenLaw("alive", "death", OpenLaw.of(LawFamily.EXPONENTIAL)))
                .withTarget(RateTarget.of(ModelQuantity.ever("death"), 0.3).withSampleSize(50))
                .withTarget(RateTarget.of(ModelQuantity.ever("relapse"), 0.3).withSampleSize(50))
                .withTarget(RateTarget.of(new ModelQuantity.ShareBefore("death", 5), 0.6)
                        .withSampleSize(15))
                .calibrate()
                .models()
                .get(0);
        CalibrationDraws posterior = PosteriorSampling.withDefaults()
                .withDraws(1000, 1)
                .withPrior("alive/death/rate", ParameterPrior.normal(Math.log(0.1), 0.001))
                .sample(solution);
        assertThat(posterior.parameter("alive/death/rate").estimate()).isCloseTo(0.1, within(5e-4));
        // The shares keep their own, flat prior: Dirichlet(1 + 50 * ...) about 0.3.
        assertThat(posterior.parameter("alive/death/probability").estimate()).isBetween(0.25, 0.36);
        assertThat(posterior.parameter("alive/relapse/probability").estimate()).isBetween(0.25, 0.36);
    }
}

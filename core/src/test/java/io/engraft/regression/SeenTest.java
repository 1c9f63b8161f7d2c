package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.SurvivalData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A prediction says where no row bears on it, and a parameter itself is not tested. */
class SeenTest {

    private static final SurvivalData DATA = SurvivalData.builder(
                    new double[] {1, 2, 3, 4, 5, 6, 7, 48}, new int[] {1, 1, 1, 0, 1, 1, 0, 0})
            .covariate("age", new double[] {2, 18, 5, 9, 11, 3, 7, 10})
            .build();

    @Test
    void predictionsBeyondTheRowsWarn() {
        List<FittedSurvival> curves = List.of(
                ParametricModel.of(ParametricFamily.WEIBULL)
                        .withCovariates("age")
                        .fit(DATA)
                        .predict(CovariateProfile.empty().with("age", 70)),
                AftModel.of(AftDistribution.WEIBULL)
                        .withCovariates("age")
                        .fit(DATA)
                        .predict(CovariateProfile.empty().with("age", 70)));
        for (FittedSurvival curve : curves) {
            assertThat(curve.lastTime()).isEqualTo(48);
            assertThat(curve.warnings())
                    .containsExactly("covariate age is 70, outside of the 2 to 18 that the fitted rows have: the"
                            + " prediction is an extrapolation of the model");
            assertThat(curve.warnings(12, 120, 60).get(1))
                    .startsWith("predicted beyond the end of follow-up, which is 48: at 60, 120 the curve is an"
                            + " extrapolation by the law alone");
            assertThat(curve.warnings(48)).hasSize(1);
        }
        FittedSurvival within = ParametricModel.of(ParametricFamily.WEIBULL)
                .withCovariates("age")
                .fit(DATA)
                .predict(CovariateProfile.empty().with("age", 18));
        assertThat(within.warnings(48)).isEmpty();
    }

    @Test
    void parametersHaveNoTestAndEffectsDo() {
        List<Coefficient> all = ParametricModel.of(ParametricFamily.WEIBULL)
                .withCovariates("age")
                .fit(DATA)
                .coefficients();
        for (Coefficient c : all) {
            boolean effect = c.name().equals("age");
            assertThat(c.z().isPresent()).as(c.name()).isEqualTo(effect);
            assertThat(c.pValue().isPresent()).as(c.name()).isEqualTo(effect);
            assertThat(c.stdError()).isPresent();
        }
    }
}

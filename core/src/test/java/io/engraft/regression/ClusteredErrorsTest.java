package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Which rows belong together in parametric models, as everywhere. The values are R's, survival 3.5-3:
 *
 * <pre>
 *   d &lt;- data.frame(t=rep(c(5,8,11,14,20,26,31,40), c(2,1,3,2,1,2,4,1)), s=.., x=..)
 *   survreg(Surv(t, s) ~ x, d, robust = TRUE, control = survreg.control(rel.tolerance = 1e-13))
 * </pre>
 */
class ClusteredErrorsTest {

    private static final double[] TIME = {5, 8, 11, 14, 20, 26, 31, 40};
    private static final int[] STATUS = {1, 1, 0, 1, 1, 0, 1, 1};
    private static final double[] X = {0, 1, 0, 1, 0, 1, 1, 0};
    private static final double[] WEIGHT = {2, 1, 3, 2, 1, 2, 4, 1};
    private static final double[] ROBUST = {0.290095436480887, 0.319179219855131, 0.234054061475807};
    private static final double[] MODEL = {0.254798399422384, 0.319236469535812, 0.240056614913353};

    private static SurvivalData data(UnaryOperator<SurvivalData.Builder> more) {
        return more.apply(SurvivalData.builder(TIME, STATUS).covariate("x", X)).build();
    }

    private static Categories each(int rows, IntFunction<String> level) {
        return Categories.of(IntStream.range(0, rows).mapToObj(level).toList());
    }

    private static AftModel weibull() {
        return AftModel.of(AftDistribution.WEIBULL).withCovariates("x");
    }

    @Test
    void idsOfWhichEachOccursOnceAreNoClusters() {
        for (boolean withId : new boolean[] {false, true}) {
            SurvivalData rows = data(b -> {
                b.weights(WEIGHT, WeightType.FREQUENCY);
                return withId ? b.id(each(8, i -> "patient " + i)) : b;
            });
            AftFit fit = weibull().withRobustVariance().fit(rows);
            for (int j = 0; j < 3; j++) {
                Coefficient c = fit.coefficients().get(j);
                assertThat(c.robustStdError().getAsDouble()).isCloseTo(ROBUST[j], within(1e-10));
                assertThat(c.stdError().getAsDouble()).isCloseTo(MODEL[j], within(1e-10));
            }
            assertThat(fit.conventions()).containsEntry("variance", "robust, by row");
            assertThat(fit.warnings()).isEmpty();
            assertThat(weibull().fit(rows).coefficients().get(0).robustStdError())
                    .isEmpty();
        }
    }

    @Test
    void aScaleHasTheErrorsOfItsLogarithmTimesItself() {
        Coefficient scale = weibull()
                .withRobustVariance()
                .fit(data(b -> b.weights(WEIGHT, WeightType.FREQUENCY)))
                .scaleCoefficients()
                .get(0);
        double value = Math.exp(-0.681722693857970);
        assertThat(scale.value().estimate()).isCloseTo(value, within(1e-10));
        assertThat(scale.stdError().getAsDouble()).isCloseTo(value * MODEL[2], within(1e-10));
        assertThat(scale.robustStdError().getAsDouble()).isCloseTo(value * ROBUST[2], within(1e-10));
        assertThat(scale.z()).isEmpty();
    }

    @Test
    void aPredictionHasTheModelsErrorTooOnDemand() {
        CovariateProfile profile = CovariateProfile.empty().with("x", 1);
        SurvivalData rows = data(b -> b.weights(WEIGHT, WeightType.FREQUENCY));
        FittedSurvival robust = weibull().withRobustVariance().fit(rows).predict(profile);
        FittedSurvival model = weibull().fit(rows).predict(profile);
        assertThat(robust.withModelErrors().survivalAt(12)).isEqualTo(model.survivalAt(12));
        assertThat(robust.withModelErrors().quantile(0.5)).isEqualTo(model.quantile(0.5));
        assertThat(robust.survivalAt(12).standardError())
                .isNotEqualTo(model.survivalAt(12).standardError());
    }

    @Test
    void oneClusterAndFewerThanCoefficientsAreRefused() {
        SurvivalData one = data(b -> b.cluster(each(8, i -> "centre")));
        SurvivalData two = data(b -> b.cluster(each(8, i -> "centre " + i % 2)));
        SurvivalData three = data(b -> b.cluster(each(8, i -> "centre " + i % 3)));
        assertThatThrownBy(() -> weibull().fit(one))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("3 coefficients from 1 cluster by cluster")
                .hasMessageContaining("allowed: two clusters or more");
        assertThatThrownBy(() -> weibull().fit(two))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("3 coefficients from 2 clusters");
        assertThatThrownBy(
                        () -> ParametricModel.of(ParametricFamily.EXPONENTIAL).fit(one))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("1 coefficient from 1 cluster");
        AftFit fit = weibull().fit(three);
        assertThat(fit.conventions()).containsEntry("variance", "robust, by cluster");
        assertThat(fit.warnings())
                .singleElement()
                .asString()
                .contains("from 3 clusters by cluster", "fewer than about 40");
    }

    @Test
    void clustersOfWeightZeroAreNotThere() {
        double[] weight = {1, 1, 0, 0, 0, 0, 1, 1};
        SurvivalData rows = data(b -> b.weights(weight, WeightType.SAMPLING).cluster(each(8, i -> "centre " + i / 2)));
        assertThatThrownBy(() -> weibull().fit(rows))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("from 2 clusters");
    }

    @Test
    void patientsOfSeveralRowsAreCountedAsClustersAre() {
        double[] time = {5, 10, 8, 11, 20, 14, 20, 26, 31, 40};
        int[] status = {0, 1, 1, 0, 1, 1, 1, 0, 1, 1};
        double[] entry = {0, 5, 0, 0, 11, 0, 0, 0, 0, 0};
        int[] patient = {0, 0, 1, 2, 2, 3, 4, 5, 6, 7};
        SurvivalData rows = SurvivalData.builder(time, status)
                .entry(entry)
                .id(each(10, i -> "patient " + patient[i]))
                .build();
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL).fit(rows);
        assertThat(fit.conventions()).containsEntry("variance", "robust, by id");
        assertThat(fit.warnings()).singleElement().asString().contains("from 8 clusters by id");
    }

    @Test
    void fortyClustersAreEnough() {
        double[] time = IntStream.range(0, 80).mapToDouble(i -> 1 + i % 17).toArray();
        int[] status = IntStream.range(0, 80).map(i -> i % 3 == 0 ? 0 : 1).toArray();
        for (int clusters : new int[] {39, 40}) {
            SurvivalData rows = SurvivalData.builder(time, status)
                    .cluster(each(80, i -> "centre " + i % clusters))
                    .build();
            List<String> warnings =
                    ParametricModel.of(ParametricFamily.WEIBULL).fit(rows).warnings();
            assertThat(warnings).hasSize(clusters == 39 ? 1 : 0);
        }
    }

    @Test
    void aTimeOfZeroIsOneForALawOfTimeItself() {
        double[] time = {0, 5, 8, 11, 14, 20, 26, 31, 40, 0};
        int[] status = {1, 1, 0, 1, 1, 0, 1, 1, 1, 0};
        SurvivalData rows = SurvivalData.builder(time, status)
                .covariate("x", new double[] {0, 1, 0, 1, 0, 1, 1, 0, 1, 1})
                .build();
        AftFit fit = AftModel.of(AftDistribution.GAUSSIAN).withCovariates("x").fit(rows);
        double[] estimate = {16.79826991840411, 6.09885845609978, 2.55451081755157};
        double[] error = {6.94982690190329, 9.09413298445817, 0.25910183833112};
        for (int j = 0; j < 3; j++) {
            Coefficient c = fit.coefficients().get(j);
            assertThat(c.value().estimate()).isCloseTo(estimate[j], within(1e-8));
            assertThat(c.stdError().getAsDouble()).isCloseTo(error[j], within(1e-8));
        }
        assertThat(fit.logLikelihood()).isCloseTo(-28.9587478415356, within(1e-9));
        // The law has a share below 0: survival at 0 is pnorm(16.798 / exp(2.5545)), not 1.
        double atZero =
                fit.predict(CovariateProfile.empty().with("x", 0)).survivalAt(0).estimate();
        assertThat(atZero).isCloseTo(0.904178428273, within(1e-9));
        assertThatThrownBy(() -> weibull().fit(rows))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("allowed: time > 0");
    }

    @Test
    void numbersWhoseSquaresCannotBeSummedAreRefused() {
        double[] far = {5e178, 8e178, 1e179, 1.4e179, 2e179, 2.6e179, 3.1e179, 4e179};
        SurvivalData late = SurvivalData.builder(far, STATUS).build();
        assertThatThrownBy(() -> AftModel.of(AftDistribution.GAUSSIAN).fit(late))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("times up to 1.0E100");
        assertThat(AftModel.of(AftDistribution.WEIBULL).fit(late).logLikelihood())
                .isFinite();
        for (double w : new double[] {1e161, 1e-161}) {
            double[] weight = new double[8];
            Arrays.fill(weight, w);
            assertThatThrownBy(() -> weibull().fit(data(b -> b.weights(weight, WeightType.SAMPLING))))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("the squares of such weights cannot be summed");
            assertThatThrownBy(() -> ParametricModel.of(ParametricFamily.GAMMA)
                            .fit(CensoredData.of(
                                    TIME,
                                    Arrays.stream(TIME).map(t -> t + 1).toArray(),
                                    b -> b.weights(weight, WeightType.SAMPLING))))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("weights cannot be summed");
        }
    }

    /** A search that judged its end by the size of the weights would stop early with small ones and never with large. */
    @Test
    void theUnitOfSamplingWeightsChangesNothing() {
        AftFit plain = weibull().withRobustVariance().fit(data(b -> b));
        for (double unit : new double[] {1e99, 1e20, 1e-12, 1e-99}) {
            double[] weight = new double[8];
            Arrays.fill(weight, unit);
            AftFit fit = weibull().fit(data(b -> b.weights(weight, WeightType.SAMPLING)));
            assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
            for (int j = 0; j < 3; j++) {
                Coefficient c = fit.coefficients().get(j);
                Coefficient expected = plain.coefficients().get(j);
                assertThat(c.value().estimate()).isCloseTo(expected.value().estimate(), within(1e-9));
                assertThat(c.robustStdError().getAsDouble())
                        .isCloseTo(expected.robustStdError().getAsDouble(), within(1e-9));
            }
        }
    }
}

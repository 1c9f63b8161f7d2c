package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalEstimator;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What predictions of Cox fits must obey: hand-worked cases, laws, and errors against derivatives by the weights. */
class CoxPredictionTest {

    private static final double[] X = {1, 0, 1, 0, 2, 0.5, 1.5};
    private static final double[] TIME = {1, 2, 2, 3, 4, 5, 6};
    private static final int[] STATUS = {1, 1, 1, 0, 1, 0, 1};

    private static SurvivalData small() {
        return SurvivalData.builder(TIME, STATUS).covariate("x", X).build();
    }

    private static CovariateProfile x(double value) {
        return CovariateProfile.empty().with("x", value);
    }

    @Test
    void breslowsHazardByHand() {
        CoxFit fit = CoxModel.withDefaults()
                .withCovariates("x")
                .withTies(CoxTies.BRESLOW)
                .fit(small());
        double b = fit.coefficient("x").value().estimate();
        double all = Arrays.stream(X).map(v -> Math.exp(b * v)).sum();
        double first = 1 / all;
        double second = 2 / (all - Math.exp(b));
        assertThat(fit.baseline().get(0).cumulativeHazardAt(1).estimate()).isCloseTo(first, within(1e-13));
        assertThat(fit.predict(x(0.7)).survivalAt(2.5).estimate())
                .isCloseTo(Math.exp(-Math.exp(0.7 * b) * (first + second)), within(1e-13));
    }

    @Test
    void efronsHazardByHand() {
        CoxFit fit = CoxModel.withDefaults().withCovariates("x").fit(small());
        double b = fit.coefficient("x").value().estimate();
        double all = Arrays.stream(X).map(v -> Math.exp(b * v)).sum();
        double atTwo = all - Math.exp(b);
        double tied = 1 + Math.exp(b);
        double second = 1 / atTwo + 1 / (atTwo - tied / 2);
        assertThat(fit.predict(x(0)).cumulativeHazardAt(2).estimate()).isCloseTo(1 / all + second, within(1e-13));
    }

    @Test
    void withoutCovariatesItIsFlemingAndHarringtons() {
        SurvivalData data = CoxCases.data("days", "entry");
        PredictedSurvival curve = CoxModel.withDefaults().fit(data).baseline().get(0);
        SurvivalEstimate plain = KaplanMeier.withDefaults()
                .withEstimator(SurvivalEstimator.FLEMING_HARRINGTON)
                .fit(data)
                .asMap()
                .values()
                .iterator()
                .next();
        for (double t : new double[] {100, 400, 900, 1500}) {
            PointEstimate a = curve.survivalAt(t);
            PointEstimate b = plain.survivalAt(t);
            assertThat(a.estimate()).isCloseTo(b.estimate(), within(1e-13));
            assertThat(a.standardError().getAsDouble())
                    .isCloseTo(b.standardError().getAsDouble(), within(1e-13));
            assertThat(a.interval().lower().getAsDouble())
                    .isCloseTo(b.interval().lower().getAsDouble(), within(1e-12));
        }
    }

    @Test
    void aPathThatDoesNotChangeIsAProfile() {
        CoxFit fit = CoxCases.model("wei", "plain").fit(CoxCases.data("wei", "plain"));
        CovariateProfile profile = CoxCases.profile("wei", 3);
        PredictedSurvival fixed = fit.predict(profile);
        PredictedSurvival along =
                fit.predict(CovariatePath.of(profile).then(1.5, profile).then(3, profile));
        for (double t : new double[] {0, 1, 1.5, 2, 4}) {
            assertThat(along.survivalAt(t).estimate())
                    .isCloseTo(fixed.survivalAt(t).estimate(), within(1e-14));
            assertThat(along.survivalAt(t).standardError().getAsDouble())
                    .isCloseTo(fixed.survivalAt(t).standardError().getAsDouble(), within(1e-14));
        }
        assertThat(along.restrictedMean(4).standardError().getAsDouble())
                .isCloseTo(fixed.restrictedMean(4).standardError().getAsDouble(), within(1e-12));
        assertThat(along.warnings()).anyMatch(w -> w.contains("change with time"));
    }

    @Test
    void aPathTakesTheHazardOfEachOfItsParts() {
        CoxFit fit = CoxCases.model("wei", "plain").fit(CoxCases.data("wei", "plain"));
        CovariateProfile one = CoxCases.profile("wei", 3);
        CovariateProfile other = CoxCases.profile("wei", 9);
        PredictedSurvival along = fit.predict(CovariatePath.of(one).then(2, other));
        double expected = fit.predict(one).cumulativeHazardAt(2).estimate()
                + fit.predict(other).cumulativeHazardAt(4).estimate()
                - fit.predict(other).cumulativeHazardAt(2).estimate();
        assertThat(along.cumulativeHazardAt(4).estimate()).isCloseTo(expected, within(1e-13));
    }

    /** The derivative of a function of a fit by each row's weight, by central differences. */
    private static double[] derivatives(double[] weight, ToDoubleFunction<double[]> of) {
        double[] found = new double[weight.length];
        for (int i = 0; i < found.length; i++) {
            double h = 1e-4;
            double[] more = weight.clone();
            double[] less = weight.clone();
            more[i] += h;
            less[i] -= h;
            found[i] = (of.applyAsDouble(more) - of.applyAsDouble(less)) / (2 * h);
        }
        return found;
    }

    @Test
    void robustErrorsAreDerivativesByTheWeights() {
        GoldenFile f = CoxCases.file("days");
        double[] weight = f.numbers("samp");
        Categories cluster = Categories.of(f.texts("cluster"));
        for (boolean late : new boolean[] {false, true}) {
            Function<double[], CoxFit> fit = w -> {
                SurvivalData.Builder b = SurvivalData.builder(f.numbers("time"), f.integers("status"))
                        .weights(w, WeightType.SAMPLING)
                        .cluster(cluster)
                        .covariate("x1", f.numbers("x1"))
                        .covariate("x2", f.numbers("x2"));
                if (late) {
                    b.entry(f.numbers("entry"));
                }
                // Breslow's estimates are smooth in the weights; Efron's take the mean weight of tied events.
                return CoxModel.withDefaults()
                        .withCovariates("x1", "x2")
                        .withTies(CoxTies.BRESLOW)
                        .fit(b.build());
            };
            CovariateProfile patient = CovariateProfile.empty().with("x1", 0.4).with("x2", 1);
            CovariateProfile other = CovariateProfile.empty().with("x1", -0.8).with("x2", 0);
            PredictedSurvival curve = fit.apply(weight).predict(patient);
            double[] byWeight = derivatives(
                    weight, w -> fit.apply(w).predict(patient).survivalAt(800).estimate());
            double[] ofOther = derivatives(
                    weight, w -> fit.apply(w).predict(other).survivalAt(500).estimate());
            double[] ofMean = derivatives(
                    weight,
                    w -> fit.apply(w).predict(patient).restrictedMean(900).estimate());
            double variance = byCluster(byWeight, byWeight, weight, cluster);
            assertThat(curve.survivalAt(800).standardError().getAsDouble())
                    .isCloseTo(Math.sqrt(variance), within(1e-6 * Math.sqrt(variance)));
            double ofArea = byCluster(ofMean, ofMean, weight, cluster);
            assertThat(curve.restrictedMean(900).standardError().getAsDouble())
                    .isCloseTo(Math.sqrt(ofArea), within(1e-6 * Math.sqrt(ofArea)));
            CoxFit plain = fit.apply(weight);
            double[][] joint =
                    plain.survivalCovariance(List.of(plain.predict(patient), plain.predict(other)), 500, 800);
            assertThat(joint[1][1]).isCloseTo(variance, within(1e-6 * variance));
            assertThat(joint[1][2]).isCloseTo(byCluster(byWeight, ofOther, weight, cluster), within(1e-6 * variance));
            assertThat(joint[2][1]).isEqualTo(joint[1][2]);
        }
    }

    private static double byCluster(double[] a, double[] b, double[] weight, Categories cluster) {
        double[] sumA = new double[cluster.levels().size()];
        double[] sumB = new double[sumA.length];
        for (int i = 0; i < a.length; i++) {
            sumA[cluster.code(i)] += weight[i] * a[i];
            sumB[cluster.code(i)] += weight[i] * b[i];
        }
        double sum = 0;
        for (int c = 0; c < sumA.length; c++) {
            sum += sumA[c] * sumB[c];
        }
        return sum;
    }

    @Test
    void restrictedMeanIsTheAreaAndItsErrorThatOfTheCurve() {
        CoxFit fit = CoxCases.model("lung", "plain").fit(CoxCases.data("lung", "plain"));
        PredictedSurvival curve = fit.predict(CoxCases.profile("lung", 5));
        double tau = 500;
        double[] at = new double[50_000];
        Arrays.setAll(at, i -> tau * (i + 0.5) / at.length);
        double area = Arrays.stream(curve.survivalValues(at)).sum() * tau / at.length;
        PointEstimate mean = curve.restrictedMean(tau);
        assertThat(mean.estimate()).isCloseTo(area, within(0.01));
        double[] jumps = Arrays.stream(curve.jumpTimes()).filter(t -> t < tau).toArray();
        double[][] v = curve.survivalCovariance(jumps);
        double variance = 0;
        for (int i = 0; i < jumps.length; i++) {
            double a = (i + 1 < jumps.length ? jumps[i + 1] : tau) - jumps[i];
            for (int j = 0; j < jumps.length; j++) {
                variance += a * v[i][j] * ((j + 1 < jumps.length ? jumps[j + 1] : tau) - jumps[j]);
            }
        }
        assertThat(mean.standardError().getAsDouble()).isCloseTo(Math.sqrt(variance), within(1e-9));
    }

    @Test
    void refusesWhatItCannotPredict() {
        CoxFit fit = CoxModel.withDefaults().withCovariates("x").fit(small());
        assertThatThrownBy(() -> fit.predict(CovariateProfile.empty()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("covariate x is not given");
        assertThatThrownBy(() -> fit.predict(x(1).with("y", 2)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("one of [x]");
        assertThatThrownBy(() -> fit.predict(x(1), "a"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("no strata");
        assertThat(fit.predict(x(1)).survivalAt(7).reason()).contains("follow-up ends at 6");
        assertThat(fit.predict(x(9)).warnings()).anyMatch(w -> w.contains("outside of the 0 to 2"));
        CoxFit other = CoxModel.withDefaults().withCovariates("x").fit(small());
        assertThatThrownBy(() -> fit.survivalCovariance(List.of(other.predict(x(1))), 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("of another fit");
        assertThatThrownBy(() -> CovariatePath.of(x(1)).then(2, x(0)).then(2, x(1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("later than the one before, 2");
        assertThatThrownBy(() -> ProportionalHazardsTest.withDefaults()
                        .test(CoxModel.withDefaults().fit(small())))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("no columns");
    }

    @Test
    void aSeparatedFitPredictsWithoutErrors() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 0})
                .covariate("x", new double[] {1, 1, 0, 0})
                .build();
        CoxFit fit = CoxModel.withDefaults().withCovariates("x").fit(data);
        PointEstimate s = fit.predict(x(1)).survivalAt(1);
        assertThat(s.interval().reason()).contains("MONOTONE_LIKELIHOOD");
        assertThat(fit.predict(x(1)).median().interval().reason()).contains("MONOTONE_LIKELIHOOD");
    }
}

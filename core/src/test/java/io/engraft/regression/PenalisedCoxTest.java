package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against glmnet and coxph's ridge (golden_penalised.R), and by laws. */
class PenalisedCoxTest {

    private static final String[] COLUMNS = {"x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8"};

    private static SurvivalData data(String strata) {
        GoldenFile f = GoldenFile.read("/golden/penalised/data.csv");
        SurvivalData.Builder b = SurvivalData.builder(f.numbers("time"), f.integers("status"));
        for (String column : COLUMNS) {
            b.covariate(column, f.numbers(column));
        }
        if (!strata.isEmpty()) {
            b.strata(Categories.of(f.texts(strata)));
        }
        return b.build();
    }

    private static CoxModel model() {
        return CoxModel.withDefaults().withCovariates(COLUMNS);
    }

    @Test
    void coefficientsAreThoseOfGlmnetAndOfRidge() {
        GoldenFile f = GoldenFile.read("/golden/penalised/coefficients.csv");
        for (int r = 0; r < f.size(); r++) {
            boolean glmnet = f.text(r, "peer").equals("glmnet");
            CoxFit fit = PenalisedCox.of(
                            model().withTies(glmnet ? CoxTies.BRESLOW : CoxTies.EFRON), f.number(r, "alpha"))
                    .withPenalties(f.number(r, "lambda"))
                    .fit(data(f.text(r, "strata")))
                    .fit(0);
            double found = fit.coefficient(f.text(r, "name")).value().estimate();
            double expected = f.number(r, "estimate");
            // Coordinate descent of correlated columns stops where steps are rounding, short of the maximum; ours has
            // its
            // certificate below.
            double tolerance = glmnet ? 1e-8 : 1e-9;
            assertThat(found)
                    .as("row %d", r)
                    .isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 0.1)));
            assertThat(found == 0).as("row %d", r).isEqualTo(expected == 0);
        }
    }

    @Test
    void aPathGoesFromNothingToTheFitWithoutPenaltyWithItsCertificate() {
        SurvivalData data = data("");
        PenalisedPath lasso = PenalisedCox.of(model(), 1).fit(data);
        assertThat(lasso.lambdas()).hasSize(100);
        assertThat(lasso.count(0)).isZero();
        assertThat(lasso.count(1)).isPositive();
        assertThat(lasso.count(99)).isEqualTo(8);
        CoxFit plain = model().fit(data);
        for (int i = 0; i < 100; i++) {
            assertThat(lasso.violation(i)).isLessThan(1e-12);
            assertThat(lasso.fit(i).status()).isEqualTo(FitStatus.CONVERGED);
            assertThat(lasso.fit(i).logLikelihood()).isLessThanOrEqualTo(plain.logLikelihood());
        }
        CoxFit nearly =
                PenalisedCox.of(model(), 0.5).withPenalties(1e-10).fit(data).fit(0);
        for (String column : COLUMNS) {
            double expected = plain.coefficient(column).value().estimate();
            assertThat(nearly.coefficient(column).value().estimate()).isCloseTo(expected, within(1e-6));
        }
    }

    /** The gradient of the whole at the estimates is 0, by differences of the log-likelihood that is reported. */
    @Test
    void theReportedLikelihoodAndThePenaltyAreAtTheirMaximum() {
        SurvivalData data = data("s");
        PenalisedCox ridge = PenalisedCox.of(model(), 0).withPenalties(0.05, 0.0500001);
        PenalisedPath path = ridge.fit(data);
        // By the envelope theorem the penalised value falls with lambda by the squares of the scaled coefficients.
        double squares = 0;
        for (String column : COLUMNS) {
            double[] x = data.numericCovariate(column);
            double mean = Arrays.stream(x).average().orElseThrow();
            double variance =
                    Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            squares +=
                    variance * Math.pow(path.fit(1).coefficient(column).value().estimate(), 2) / 2;
        }
        double change = (path.fit(1).logLikelihood() - path.fit(0).logLikelihood()) / data.size();
        double other = 0;
        for (String column : COLUMNS) {
            double[] x = data.numericCovariate(column);
            double mean = Arrays.stream(x).average().orElseThrow();
            double variance =
                    Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            other += variance * Math.pow(path.fit(0).coefficient(column).value().estimate(), 2) / 2;
        }
        double whole = change - (0.05 * squares - 0.0500001 * other);
        assertThat(whole / 1e-7).isCloseTo(squares, within(1e-4 * squares));
    }

    @Test
    void frequencyWeightsStandForRows() {
        SurvivalData data = data("");
        int n = data.size();
        double[] weight = new double[n];
        List<Integer> rows = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < n; i++) {
            weight[i] = random.nextInt(3);
            for (int k = 0; k < weight[i]; k++) {
                rows.add(i);
            }
        }
        SurvivalData weighted =
                data.toBuilder().weights(weight, WeightType.FREQUENCY).build();
        int[] of = rows.stream().mapToInt(i -> i).toArray();
        SurvivalData.Builder b = SurvivalData.builder(
                Arrays.stream(of).mapToDouble(data::time).toArray(),
                Arrays.stream(of).map(data::status).toArray());
        for (String column : COLUMNS) {
            double[] x = data.numericCovariate(column);
            b.covariate(column, Arrays.stream(of).mapToDouble(i -> x[i]).toArray());
        }
        SurvivalData repeated = b.build();
        // Columns are scaled by rows, so a penalty is the same only where the scales are: without one.
        double[] fromWeights = coefficients(weighted);
        double[] fromRows = coefficients(repeated);
        for (int j = 0; j < fromRows.length; j++) {
            assertThat(fromWeights[j]).isCloseTo(fromRows[j], within(1e-7));
        }
    }

    private static double[] coefficients(SurvivalData data) {
        return PenalisedCox.of(model(), 1).withPenalties(1e-9).fit(data).fit(0).coefficients().stream()
                .mapToDouble(c -> c.value().estimate())
                .toArray();
    }

    @Test
    void crossValidationChoosesTheSameWhateverTheOrderOfRows() {
        SurvivalData data = data("");
        int[] turned = new int[data.size()];
        Arrays.setAll(turned, i -> turned.length - 1 - i);
        PenalisedCox lasso = PenalisedCox.of(model(), 1).withFolds(5, 7);
        PenalisedPath a = lasso.crossValidate(data);
        PenalisedPath b = lasso.crossValidate(data.inOrder(turned));
        assertThat(a.tidy()).hasToString(b.tidy().toString());
        assertThat(a.best()).isBetween(1, 98);
        assertThat(a.withinOneError()).isLessThanOrEqualTo(a.best());
        assertThat(a.crossValidated(a.best())).isGreaterThan(a.crossValidated(0));
        assertThat(a.fit(a.best()).coefficient("x3").value().estimate()).isNegative();
        assertThatThrownBy(() -> lasso.fit(data).best()).isInstanceOf(NotEstimableException.class);
    }

    /** With a fold a patient, what a patient adds is by two fits that anybody can make. */
    @Test
    void aFoldAddsWhatItsPatientsAdd() {
        SurvivalData data = data("").where(i -> i < 12);
        CoxModel model = CoxModel.withDefaults().withCovariates("x3");
        PenalisedPath path =
                PenalisedCox.of(model, 1).withPenalties(1e-9).withFolds(12, 1).crossValidate(data);
        double sum = 0;
        for (int out = 0; out < 12; out++) {
            int left = out;
            SurvivalData some = data.where(i -> i != left);
            CoxFit fit = model.fit(some);
            double beta = fit.coefficient("x3").value().estimate();
            double[] offset = Arrays.stream(data.numericCovariate("x3"))
                    .map(x -> beta * x)
                    .toArray();
            CoxFit all = CoxModel.withDefaults().withOffset("o").fit(data.withCovariate("o", offset));
            sum += all.logLikelihood() - fit.logLikelihood();
        }
        assertThat(path.crossValidated(0)).isCloseTo(sum, within(1e-5));
    }

    @Test
    void predictsWithoutIntervalsAndSaysWhy() {
        PenalisedPath path = PenalisedCox.of(model(), 0).withPenalties(0.01).fit(data(""));
        CoxFit fit = path.fit(0);
        assertThat(fit.coefficient("x1").value().interval().reason()).contains("drawn to 0");
        assertThat(fit.conventions()).containsEntry("penalty", "ridge, lambda 0.01");
        assertThat(fit.aic()).isNaN();
        assertThat(fit.likelihoodRatio().pValue()).isNaN();
        CovariateProfile profile =
                CovariateProfile.ofRows(data(""), List.of(COLUMNS)).apply(3);
        assertThat(fit.predict(profile).survivalAt(5).estimate()).isBetween(0.0, 1.0);
        assertThat(fit.predict(profile).survivalAt(5).interval().isEstimable()).isFalse();
    }

    @Test
    void refusesWhatItCannotDo() {
        SurvivalData data = data("");
        assertThatThrownBy(() -> PenalisedCox.of(model(), 1.5)).hasMessageContaining("alpha is 1.5");
        assertThatThrownBy(() -> PenalisedCox.of(model(), 1).withPenalties(-1)).hasMessageContaining("lambda is -1");
        for (CoxModel other : List.of(
                model().withFirth(),
                model().withProfileLimits(),
                model().withRobustVariance(),
                model().withTies(CoxTies.EXACT))) {
            assertThatThrownBy(() -> PenalisedCox.of(other, 1).fit(data))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("penalty: penalised estimates are drawn to 0");
        }
        assertThatThrownBy(() -> PenalisedCox.of(CoxModel.withDefaults(), 1).fit(data))
                .hasMessageContaining("without covariates");
        assertThatThrownBy(() -> PenalisedCox.of(model(), 1).withFolds(500, 1).crossValidate(data))
                .hasMessageContaining("number of folds is 500");
    }
}

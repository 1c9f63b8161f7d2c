package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CsvData;
import io.engraft.testing.GoldenFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against R's survreg, predict.survreg and splines::ns (golden_terms.R): 144 fits, 1,440 new rows, 1,984 values. */
class TermGoldenTest {

    private final Map<String, SurvivalData> sets = new HashMap<>();

    private SurvivalData data(String name) {
        return sets.computeIfAbsent(name, key -> key.equals("bmtcrr") ? bmtcrr() : simulated(key));
    }

    private static SurvivalData bmtcrr() {
        SurvivalData all = CsvData.bmtcrr();
        return rows(
                IntStream.range(0, all.size()).mapToDouble(all::time).toArray(),
                IntStream.range(0, all.size()).map(all::status).toArray(),
                all.numericCovariate("age"),
                all.categoricalCovariate("phase"),
                all.categoricalCovariate("sex"));
    }

    private static SurvivalData simulated(String name) {
        GoldenFile f = GoldenData.file("data_" + name + ".csv");
        return rows(
                f.numbers("time"),
                f.integers("status"),
                f.numbers("x1"),
                Categories.of(f.texts("g")),
                Categories.of(f.texts("s")));
    }

    private static SurvivalData rows(double[] time, int[] status, double[] x1, Categories g, Categories s) {
        double[] positive = x1.clone();
        for (int i = 0; i < positive.length; i++) {
            positive[i] += 5;
        }
        return SurvivalData.builder(time, status)
                .covariate("x1", x1)
                .covariate("x3", positive)
                .covariate("g", g)
                .covariate("s", s)
                .build();
    }

    private static String text(GoldenFile file, int row, String column) {
        return file.text(row, column).replace('|', ',');
    }

    private AftFit fit(GoldenFile cases, int row) {
        Terms terms = Terms.parse(text(cases, row, "terms"));
        String reference = cases.text(row, "reference");
        if (!reference.isEmpty()) {
            terms = terms.withReference("g", reference);
        }
        return AftModel.of(AftDistribution.parse(cases.text(row, "distribution")))
                .withCovariates(terms)
                .fit(data(cases.text(row, "data")));
    }

    @Test
    void fitsAgreeWithSurvreg() {
        GoldenFile cases = GoldenData.file("terms_cases.csv");
        GoldenFile coefficients = GoldenData.file("terms_coefficients.csv");
        Map<String, List<Integer>> byCase = coefficients.rowsBy("case");
        assertThat(cases.size()).isEqualTo(144);
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            AftFit fit = fit(cases, r);
            assertThat(fit.status()).as(id).isEqualTo(FitStatus.CONVERGED);
            relative(fit.logLikelihood(), cases.number(r, "model"), 1e-10, id + " log-likelihood");
            List<Integer> rows = byCase.getOrDefault(id, List.of());
            assertThat(fit.coefficients()).as(id).hasSameSizeAs(rows);
            for (int j = 0; j < rows.size(); j++) {
                Coefficient c = fit.coefficients().get(j);
                String at = id + " " + c.name();
                double se = coefficients.number(rows.get(j), "std_err");
                assertThat(c.name()).as(at).isEqualTo(text(coefficients, rows.get(j), "name"));
                assertThat(c.value().estimate())
                        .as(at)
                        .isCloseTo(coefficients.number(rows.get(j), "estimate"), within(1e-8 * se));
                relative(c.stdError().getAsDouble(), se, 1e-6, at + " se");
            }
        }
    }

    @Test
    void newRowsAgreeWithPredict() {
        GoldenFile cases = GoldenData.file("terms_cases.csv");
        GoldenFile rows = GoldenData.file("terms_rows.csv");
        Map<String, List<Integer>> byCase = rows.rowsBy("case");
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            AftFit fit = fit(cases, r);
            for (int row : byCase.getOrDefault(id, List.of())) {
                CovariateProfile patient = profile(fit, rows, row);
                String at = id + " " + patient;
                PointEstimate median = fit.predict(patient).median();
                relative(median.estimate(), rows.number(row, "median"), 1e-7, at + " median");
                relative(median.standardError().getAsDouble(), rows.number(row, "median_se"), 1e-6, at + " se");
                // log of the median less the median of the error: the linear predictor.
                double z = AftDistribution.parse(cases.text(r, "distribution"))
                        .standard()
                        .quantile(0.5);
                double scale = fit.scales().values().iterator().next().estimate();
                assertThat(Math.log(median.estimate()) - scale * z)
                        .as(at)
                        .isCloseTo(
                                rows.number(row, "lp"), within(1e-8 * Math.max(1, Math.abs(rows.number(row, "lp")))));
            }
        }
    }

    @Test
    void contrastsOfPatientsAgreeWithPredict() {
        // The first row of a case against itself and the others: differences of linear predictors.
        GoldenFile cases = GoldenData.file("terms_cases.csv");
        GoldenFile rows = GoldenData.file("terms_rows.csv");
        Map<String, List<Integer>> byCase = rows.rowsBy("case");
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            AftFit fit = fit(cases, r);
            List<Integer> places = byCase.getOrDefault(id, List.of());
            CovariateProfile first = profile(fit, rows, places.get(0));
            assertThat(fit.contrast(first, first).value().estimate()).isZero();
            for (int row : places) {
                Coefficient difference = fit.contrast(profile(fit, rows, row), first);
                double expected = rows.number(row, "lp") - rows.number(places.get(0), "lp");
                assertThat(difference.value().estimate())
                        .as(id)
                        .isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(rows.number(row, "lp")))));
            }
        }
    }

    private static CovariateProfile profile(AftFit fit, GoldenFile rows, int row) {
        CovariateProfile all = CovariateProfile.empty()
                .with("x1", rows.number(row, "x1"))
                .with("x3", rows.number(row, "x3"))
                .with("g", rows.text(row, "g"))
                .with("s", rows.text(row, "s"));
        return all.only(fit.terms().stream()
                .flatMap(t -> Terms.of(t.term()).columns(all.names()).stream())
                .toList());
    }

    @Test
    void splinesAreThoseOfNs() {
        GoldenFile file = GoldenData.file("ns_columns.csv");
        Map<String, ParametricFit> fits = new HashMap<>();
        for (int r = 0; r < file.size(); r++) {
            String term = "ns(x1," + file.text(r, "spline") + ")";
            String name = file.text(r, "data");
            ParametricFit fit = fits.computeIfAbsent(
                    name + term,
                    key -> ParametricModel.of(ParametricFamily.EXPONENTIAL)
                            .withCovariates(term)
                            .fit(data(name)));
            Map<String, Double> columns = fit.columns(CovariateProfile.empty().with("x1", file.number(r, "x")));
            double expected = file.number(r, "value");
            assertThat(columns.get(term + file.text(r, "column")))
                    .as(name + " " + term + " at " + file.text(r, "x"))
                    .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
        }
        assertThat(fits).hasSize(32);
    }

    private static void relative(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.abs(expected)));
    }
}

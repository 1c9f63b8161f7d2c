package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against R's survreg at rel.tolerance 1e-13 (golden_aft.R): 220 fits. */
class AftGoldenTest {

    private final GoldenData data = new GoldenData();

    private AftFit fit(String name, String distribution, String option) {
        AftModel model = AftModel.of(AftDistribution.parse(distribution));
        return switch (option) {
            case "null" -> model.fit(data.withoutEntry(name, option));
            case "covariates" -> model.withCovariates("x1", "x2", "year", "g").fit(data.withoutEntry(name, option));
            case "frequency" -> model.withCovariates("x1", "g").fit(data.withoutEntry(name, option));
            case "sampling" -> model.withCovariates("x1", "x2").fit(data.withoutEntry(name, option));
            case "cluster" ->
                model.withCovariates("x1", "x2", "g").withRobustVariance().fit(data.withoutEntry(name, option));
            case "interval" -> model.withCovariates("x1", "x2", "year", "g").fit(data.censored(name, option));
            case "intervalnull" -> model.fit(data.censored(name, option));
            case "strata" ->
                model.withCovariates("x1", "x2").withStrataOnScale().fit(data.withoutEntry(name, option));
            case "stratafrequency" ->
                model.withCovariates("x2").withStrataOnScale().fit(data.withoutEntry(name, option));
            default -> throw new IllegalArgumentException(option);
        };
    }

    @Test
    void agreesWithSurvreg() {
        GoldenFile cases = GoldenData.file("survreg_cases.csv");
        GoldenFile coefficients = GoldenData.file("survreg_coefficients.csv");
        Map<String, List<Integer>> byCase = coefficients.rowsBy("case");
        assertThat(cases.size()).isGreaterThanOrEqualTo(200);
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            AftFit fit = fit(cases.text(r, "data"), cases.text(r, "distribution"), cases.text(r, "option"));
            assertThat(fit.status()).as(id).isEqualTo(FitStatus.CONVERGED);
            assertThat(fit.gradientNorm()).as(id).isLessThan(1e-6);
            relative(fit.logLikelihood(), cases.number(r, "model"), 1e-10, id + " log-likelihood");
            relative(fit.nullLogLikelihood(), cases.number(r, "null"), 1e-10, id + " null");
            List<Integer> rows = byCase.getOrDefault(id, List.of());
            assertThat(fit.coefficients()).as(id).hasSameSizeAs(rows);
            for (int j = 0; j < rows.size(); j++) {
                int row = rows.get(j);
                Coefficient c = fit.coefficients().get(j);
                String at = id + " " + c.name();
                assertThat(c.name()).as(at).isEqualTo(coefficients.text(row, "name"));
                relative(c.value().estimate(), coefficients.number(row, "estimate"), 1e-8, at);
                relative(c.stdError().getAsDouble(), coefficients.number(row, "std_err"), 1e-6, at + " se");
                assertThat(c.robustStdError().isPresent())
                        .as(at)
                        .isEqualTo(!coefficients.text(row, "robust").isEmpty());
                if (c.robustStdError().isPresent()) {
                    relative(
                            c.robustStdError().getAsDouble(), coefficients.number(row, "robust"), 1e-6, at + " robust");
                    assertThat(c.value().standardError()).as(at).isEqualTo(c.robustStdError());
                }
            }
        }
    }

    private static void relative(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-3)));
    }

    @Test
    void residualsAndMediansAgreeWithSurvreg() {
        GoldenFile rows = GoldenData.file("survreg_rows.csv");
        GoldenFile cases = GoldenData.file("survreg_cases.csv");
        Map<String, List<Integer>> byCase = rows.rowsBy("case");
        Map<String, List<Integer>> where = cases.rowsBy("case");
        for (Map.Entry<String, List<Integer>> e : byCase.entrySet()) {
            int at = where.getOrDefault(e.getKey(), List.of()).get(0);
            AftFit fit = fit(cases.text(at, "data"), cases.text(at, "distribution"), "covariates");
            double[] response = fit.residuals(AftFit.Residual.RESPONSE);
            double[] deviance = fit.residuals(AftFit.Residual.DEVIANCE);
            for (int r : e.getValue()) {
                int i = Integer.parseInt(rows.text(r, "row")) - 1;
                String what = e.getKey() + " row " + (i + 1);
                relative(response[i], rows.number(r, "response"), 1e-7, what + " response");
                relative(deviance[i], rows.number(r, "deviance"), 1e-7, what + " deviance");
            }
        }
    }
}

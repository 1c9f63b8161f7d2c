package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against R's coxph at eps 1e-13 (golden_cox.R). */
class CoxGoldenTest {

    @Test
    void agreesWithCoxph() {
        GoldenFile cases = GoldenFile.read("/golden/cox/coxph_cases.csv");
        GoldenFile coefficients = GoldenFile.read("/golden/cox/coxph_coefficients.csv");
        Map<String, List<Integer>> byCase = coefficients.rowsBy("case");
        assertThat(cases.size()).isGreaterThanOrEqualTo(130);
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            String option = cases.text(r, "option");
            CoxTies ties = CoxTies.valueOf(cases.text(r, "ties").toUpperCase(Locale.ROOT));
            CoxFit fit = CoxCases.model(cases.text(r, "data"), option)
                    .withTies(ties)
                    .fit(CoxCases.data(cases.text(r, "data"), option));
            assertThat(fit.status()).as(id).isEqualTo(FitStatus.CONVERGED);
            relative(fit.logLikelihood(), cases.number(r, "model"), id + " log-likelihood");
            relative(fit.nullLogLikelihood(), cases.number(r, "null"), id + " null");
            relative(fit.score().statistic(), cases.number(r, "score"), id + " score");
            relative(fit.wald().statistic(), cases.number(r, "wald"), id + " Wald");
            assertThat(fit.robustScore().isPresent())
                    .as(id)
                    .isEqualTo(!cases.text(r, "robust_score").isEmpty());
            int row = r;
            fit.robustScore()
                    .ifPresent(test ->
                            relative(test.statistic(), cases.number(row, "robust_score"), id + " robust score"));
            List<Integer> rows = byCase.getOrDefault(id, List.of());
            assertThat(fit.coefficients()).as(id).hasSameSizeAs(rows);
            for (int j = 0; j < rows.size(); j++) {
                int line = rows.get(j);
                Coefficient c = fit.coefficients().get(j);
                String at = id + " " + c.name();
                assertThat(c.name())
                        .as(at)
                        .isEqualTo(coefficients.text(line, "name").replace('|', ','));
                relative(c.value().estimate(), coefficients.number(line, "estimate"), at);
                relative(c.stdError().getAsDouble(), coefficients.number(line, "std_err"), at + " se");
                assertThat(c.robustStdError().isPresent())
                        .as(at)
                        .isEqualTo(!coefficients.text(line, "robust").isEmpty());
                c.robustStdError().ifPresent(se -> relative(se, coefficients.number(line, "robust"), at + " robust"));
            }
        }
    }

    private static void relative(double actual, double expected, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(1e-10 * Math.max(Math.abs(expected), 1e-3)));
    }
}

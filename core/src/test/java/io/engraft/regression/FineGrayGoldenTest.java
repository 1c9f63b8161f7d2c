package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against cmprsk's crr at gtol 1e-14, and survival's finegray with coxph at eps 1e-13 (golden_finegray.R). */
class FineGrayGoldenTest {

    private static final GoldenFile CASES = GoldenFile.read("/golden/finegray/cases.csv");

    static SurvivalData data(String name, String option) {
        GoldenFile f =
                GoldenFile.read("/golden/finegray/data_" + name + (option.equals("rows") ? "_rows" : "") + ".csv");
        SurvivalData.Builder b = SurvivalData.builder(f.numbers("time"), f.integers("status"));
        for (String column : List.of("x1", "x2", "age", "aml", "relapse", "source")) {
            if (f.has(column)) {
                b.covariate(column, f.numbers(column));
            }
        }
        if (option.contains("entry") || option.equals("rows")) {
            b.entry(f.numbers("entry"));
        }
        if (option.equals("rows")) {
            b.id(Categories.of(f.texts("id")));
        }
        if (option.contains("strata")) {
            b.strata(Categories.of(f.texts("s")));
        }
        if (option.equals("frequency")) {
            b.weights(f.numbers("freq"), WeightType.FREQUENCY);
        }
        if (option.contains("sampling")) {
            b.weights(f.numbers("samp"), WeightType.SAMPLING);
        }
        if (option.equals("cluster")) {
            b.cluster(Categories.of(f.texts("cluster")));
        }
        return b.build();
    }

    private static FineGrayFit fit(int r) {
        String option = CASES.text(r, "option");
        boolean crr = CASES.text(r, "peer").equals("crr");
        FineGrayModel model = FineGrayModel.withDefaults()
                .withCause(CASES.integers("cause")[r])
                .withTies(CoxTies.valueOf(CASES.text(r, "ties").toUpperCase(Locale.ROOT)))
                .withCovariates(crr ? option.split("\\+") : new String[] {"x1", "x2"});
        return (crr ? model : model.withEventsBeforeCensorings()).fit(data(CASES.text(r, "data"), option));
    }

    @Test
    void agreesWithCrrAndWithFinegray() {
        GoldenFile coefficients = GoldenFile.read("/golden/finegray/coefficients.csv");
        Map<String, List<Integer>> byCase = coefficients.rowsBy("case");
        assertThat(CASES.size()).isGreaterThanOrEqualTo(120);
        for (int r = 0; r < CASES.size(); r++) {
            String id = CASES.text(r, "case");
            FineGrayFit fit = fit(r);
            assertThat(fit.status()).as(id).isEqualTo(FitStatus.CONVERGED);
            relative(fit.logLikelihood(), CASES.number(r, "model"), 1e-10, id);
            relative(fit.nullLogLikelihood(), CASES.number(r, "null"), 1e-10, id + " null");
            List<Integer> rows = byCase.getOrDefault(id, List.of());
            assertThat(fit.coefficients()).as(id).hasSameSizeAs(rows);
            for (int j = 0; j < rows.size(); j++) {
                int line = rows.get(j);
                Coefficient c = fit.coefficients().get(j);
                String at = id + " " + c.name();
                assertThat(c.name()).as(at).isEqualTo(coefficients.text(line, "name"));
                relative(c.value().estimate(), coefficients.number(line, "estimate"), 1e-8, at);
                relative(c.stdError().getAsDouble(), coefficients.number(line, "std_err"), 1e-8, at + " se");
                double robust = c.robustStdError().getAsDouble();
                assertThat(c.value().standardError().getAsDouble()).as(at).isEqualTo(robust);
                if (!coefficients.text(line, "robust").isEmpty()) {
                    relative(robust, coefficients.number(line, "robust"), 1e-8, at + " robust");
                }
            }
        }
    }

    @Test
    void predictsWhatTheyPredict() {
        GoldenFile curves = GoldenFile.read("/golden/finegray/curves.csv");
        Map<String, List<Integer>> byCase = curves.rowsBy("case");
        int seen = 0;
        for (int r = 0; r < CASES.size(); r++) {
            String id = CASES.text(r, "case");
            if (!byCase.containsKey(id)) {
                continue;
            }
            FineGrayFit fit = fit(r);
            for (int line : byCase.getOrDefault(id, List.of())) {
                PredictedIncidence curve =
                        fit.predict(profile(CASES.text(r, "data"), curves.integers("profile")[line]));
                double f = curve.incidenceAt(curves.number(line, "time")).estimate();
                boolean hazard = curves.text(line, "quantity").equals("hazard");
                relative(hazard ? -Math.log1p(-f) : f, curves.number(line, "value"), 1e-8, id);
                seen++;
            }
        }
        assertThat(seen).isEqualTo(curves.size());
    }

    private static CovariateProfile profile(String data, int which) {
        boolean first = which == 1;
        return data.equals("bmt")
                ? CovariateProfile.empty()
                        .with("age", first ? 30 : 20)
                        .with("aml", first ? 0 : 1)
                        .with("relapse", first ? 1 : 0)
                        .with("source", first ? 1 : 0)
                : CovariateProfile.empty().with("x1", first ? 0.5 : -1).with("x2", first ? 0 : 1);
    }

    private static void relative(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-3)));
    }
}

package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.SurvivalData;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against likelihoods written out and maximised in R (golden_aft.R). */
class FamilyGoldenTest {

    private final GoldenData data = new GoldenData();

    private SurvivalData rows(String name, String family, String option) {
        boolean spline = family.startsWith("spline") || family.startsWith("cure");
        if (spline || option.equals("plain") || option.equals("ancillary")) {
            return data.withoutEntry(name, option);
        }
        return option.equals("entry") ? data.of(name, "entry") : data.weightedEntry(name);
    }

    private ParametricModel model(String family, String option) {
        ParametricModel model = ParametricModel.of(ParametricFamily.parse(family));
        boolean cure = family.startsWith("cure");
        boolean covariates = option.equals("covariates") || option.equals("ancillary");
        if (covariates) {
            model = cure ? model.withCovariates("x2") : model.withCovariates("x1", "x2");
        }
        if (!option.equals("ancillary")) {
            return model;
        }
        if (cure) {
            String base = family.substring(5);
            String location =
                    base.equals("lognormal") ? "meanlog" : base.matches("gamma|exponential") ? "rate" : "scale";
            return model.withCovariatesOn(location, "x1");
        }
        String other = family.equals("lognormal") ? "sdlog" : family.equals("gengamma") ? "sigma" : "shape";
        return model.withCovariatesOn(other, "x2");
    }

    @Test
    void agreesWithLikelihoodsMaximisedInR() {
        GoldenFile cases = GoldenData.file("family_cases.csv");
        GoldenFile coefficients = GoldenData.file("family_coefficients.csv");
        Map<String, List<Integer>> byCase = coefficients.rowsBy("case");
        assertThat(cases.size()).isGreaterThanOrEqualTo(100);
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            String family = cases.text(r, "family");
            String option = cases.text(r, "option");
            ParametricFit fit = model(family, option).fit(rows(cases.text(r, "data"), family, option));
            assertThat(fit.status()).as(id + " " + fit.statusReason()).isEqualTo(FitStatus.CONVERGED);
            double model = cases.number(r, "model");
            assertThat(fit.logLikelihood()).as(id).isCloseTo(model, within(1e-10 * Math.abs(model)));
            for (int row : byCase.getOrDefault(id, List.of())) {
                Coefficient c = fit.coefficient(coefficients.text(row, "name"));
                double se = coefficients.number(row, "std_err");
                // The expected values themselves are maxima found with differences.
                assertThat(c.value().estimate())
                        .as(id + " " + c.name())
                        .isCloseTo(coefficients.number(row, "estimate"), within(1e-7 * se));
                assertThat(c.stdError().getAsDouble()).as(id + " " + c.name()).isCloseTo(se, within(1e-6 * se));
            }
        }
    }
}

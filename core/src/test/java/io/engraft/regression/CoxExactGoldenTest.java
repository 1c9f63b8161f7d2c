package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.SurvivalData;
import io.engraft.testing.GoldenFile;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Exact ties, Firth's penalty and profile limits against R (golden_cox_exact.R). */
class CoxExactGoldenTest {

    @Test
    void exactTiesAgreeWithCoxph() {
        GoldenFile f = GoldenFile.read("/golden/cox/coxph_exact.csv");
        assertThat(f.size()).isGreaterThanOrEqualTo(44);
        for (int r = 0; r < f.size(); r++) {
            String at = f.text(r, "data") + " " + f.text(r, "option") + " " + f.text(r, "place");
            CoxFit fit = CoxCases.model(f.text(r, "data"), f.text(r, "option"))
                    .withTies(CoxTies.EXACT)
                    .fit(CoxCases.data(f.text(r, "data"), f.text(r, "option")));
            Coefficient c = fit.coefficients().get((int) f.number(r, "place") - 1);
            same(c.value().estimate(), f.number(r, "estimate"), 1e-10, at);
            same(c.stdError().getAsDouble(), f.number(r, "std_err"), 1e-10, at + " se");
            same(fit.nullLogLikelihood(), f.number(r, "null"), 1e-10, at + " null");
            same(fit.logLikelihood(), f.number(r, "model"), 1e-10, at + " log-likelihood");
            same(fit.score().statistic(), f.number(r, "score"), 1e-10, at + " score");
        }
    }

    private static SurvivalData separated() {
        return SurvivalData.builder(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 1, 1, 0, 1, 0, 0, 0})
                .covariate("a", new double[] {1, 1, 1, 1, 0, 0, 0, 0})
                .covariate("b", new double[] {2, 1, 4, 3, 3, 1, 2, 5})
                .build();
    }

    @Test
    void firthAndProfilesAgree() {
        GoldenFile f = GoldenFile.read("/golden/cox/cox_firth_profile.csv");
        assertThat(f.size()).isGreaterThanOrEqualTo(60);
        for (int r = 0; r < f.size(); r++) {
            String name = f.text(r, "data");
            boolean firth = f.text(r, "firth").equals("TRUE");
            String at =
                    name + " " + f.text(r, "option") + " " + f.text(r, "ties") + " " + firth + " " + f.text(r, "place");
            CoxModel model = CoxModel.withDefaults()
                    .withCovariates(
                            name.equals("sep")
                                    ? new String[] {"a", "b"}
                                    : name.equals("days") ? new String[] {"x1", "x2"} : new String[] {"a", "b", "c"})
                    .withTies(CoxTies.valueOf(f.text(r, "ties").toUpperCase(Locale.ROOT)))
                    .withProfileLimits();
            CoxFit fit = (firth ? model.withFirth() : model)
                    .fit(name.equals("sep") ? separated() : CoxCases.data(name, f.text(r, "option")));
            Coefficient c = fit.coefficients().get((int) f.number(r, "place") - 1);
            // Differences of R's log-likelihood leave about nine digits.
            same(c.value().estimate(), f.number(r, "estimate"), 1e-7, at);
            same(c.stdError().getAsDouble(), f.number(r, "std_err"), 1e-7, at + " se");
            same(fit.nullLogLikelihood(), f.number(r, "null"), 1e-9, at + " null");
            same(fit.logLikelihood(), f.number(r, "model"), 1e-10, at + " log-likelihood");
            if (!f.text(r, "lower").isEmpty()) {
                same(c.value().interval().lower().getAsDouble(), f.number(r, "lower"), 1e-7, at + " lower");
                same(c.value().interval().upper().getAsDouble(), f.number(r, "upper"), 1e-7, at + " upper");
                double p = ModelTest.of(f.number(r, "fall"), 1).pValue();
                assertThat(c.pValue().getAsDouble()).as(at + " p").isCloseTo(p, within(1e-7 * Math.max(p, 1e-4)));
                assertThat(c.z()).as(at).isEmpty();
            }
        }
    }

    private static void same(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-2)));
    }
}

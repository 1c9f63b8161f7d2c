package io.engraft.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against R's concordance, and all pairs written out where R has none (golden_concordance.R). */
class ConcordanceGoldenTest {

    private static final int MOST_LATE = 250;

    private static PairWeighting weighting(String label) {
        return Arrays.stream(PairWeighting.values())
                .filter(w -> w.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static double[] weights(GoldenFile f, boolean drawn, boolean frequency) {
        if (drawn) {
            return f.numbers(frequency ? "freq" : "samp");
        }
        double[] w = new double[f.size()];
        for (int i = 0; i < w.length; i++) {
            w[i] = frequency ? 1 + (i + 1) * 5 % 3 : 0.25 + (i + 1) * 7 % 11 / 8.0;
        }
        return w;
    }

    /** The rows of an option, with the scores as covariates. */
    private static SurvivalData data(String name, String option) {
        boolean drawn = List.of("wei", "logn", "days").contains(name);
        GoldenFile f = GoldenFile.read("/golden/" + (drawn ? "aft" : "cox") + "/data_" + name + ".csv");
        boolean late = option.contains("entry") || name.equals("heart");
        SurvivalData.Builder b = SurvivalData.builder(f.numbers("time"), f.integers("status"));
        double[] first = f.numbers(drawn ? "x1" : "a");
        double[] second = f.numbers(drawn ? "x1" : "b");
        for (int i = 0; i < first.length; i++) {
            first[i] = drawn ? Math.rint(4 * first[i]) / 4 + f.number(i, "x2") : first[i];
            second[i] = drawn ? second[i] : second[i] + f.number(i, "c") / 8;
        }
        b.covariate("x", first).covariate("x2nd", second);
        if (late) {
            b.entry(f.numbers("entry"));
        }
        if (name.equals("heart")) {
            b.id(Categories.of(f.texts("id")));
        }
        if (option.contains("strata")) {
            b.strata(Categories.of(f.texts("s")));
        }
        // The script's repeated rows of a patient with two frequencies are rows of one cluster.
        if (option.contains("cluster") || (name.equals("heart") && option.contains("frequency"))) {
            b.cluster(Categories.of(f.texts(drawn ? "cluster" : "id")));
        }
        if (option.contains("frequency") || option.contains("sampling")) {
            boolean frequency = option.contains("frequency");
            b.weights(weights(f, drawn, frequency), frequency ? WeightType.FREQUENCY : WeightType.SAMPLING);
        }
        SurvivalData data = b.build();
        return late && data.size() > MOST_LATE ? data.where(i -> i < MOST_LATE) : data;
    }

    private static double tau(String name) {
        SurvivalData data = data(name, "plain");
        double[] times = new double[data.size()];
        Arrays.setAll(times, data::time);
        Arrays.sort(times);
        return times[(int) Math.ceil(0.6 * times.length) - 1];
    }

    @Test
    void agreesWithSurvival() {
        GoldenFile cases = GoldenFile.read("/golden/concordance/concordance_cases.csv");
        assertThat(cases.size()).isGreaterThanOrEqualTo(450);
        for (int r = 0; r < cases.size(); r++) {
            String id = cases.text(r, "case");
            String name = cases.text(r, "data");
            String option = cases.text(r, "option");
            Concordance procedure = Concordance.withDefaults().withWeighting(weighting(cases.text(r, "timewt")));
            if (option.equals("late")) {
                procedure = procedure.withDirection(ScoreDirection.HIGH_IS_LATE);
            }
            if (option.equals("tau")) {
                procedure = procedure.withTau(tau(name));
            }
            ConcordanceResult result = procedure.fit(data(name, option), "x");
            relative(result.concordance().estimate(), cases.number(r, "concordance"), id);
            double se = result.concordance().standardError().orElseThrow();
            relative(se * se, cases.number(r, "var"), id + " variance");
            count(result.concordant(), cases.number(r, "concordant"), id + " concordant");
            count(result.discordant(), cases.number(r, "discordant"), id + " discordant");
            count(result.tiedScore(), cases.number(r, "tied_x"), id + " tied score");
            count(result.tiedTime(), cases.number(r, "tied_y"), id + " tied time");
            count(result.tiedBoth(), cases.number(r, "tied_xy"), id + " tied both");
            if (!cases.text(r, "checksum").isEmpty()) {
                double[] influence = result.influence();
                double sum = 0;
                for (int i = 0; i < influence.length; i++) {
                    sum += (i + 1) * influence[i];
                }
                assertThat(sum).as(id + " influences").isCloseTo(cases.number(r, "checksum"), within(1e-10));
            }
        }
    }

    @Test
    void comparesAsSurvival() {
        GoldenFile pairs = GoldenFile.read("/golden/concordance/concordance_pairs.csv");
        assertThat(pairs.size()).isEqualTo(75);
        for (int r = 0; r < pairs.size(); r++) {
            String id = pairs.text(r, "data") + " " + pairs.text(r, "option") + " " + pairs.text(r, "timewt");
            ConcordanceComparison c = Concordance.withDefaults()
                    .withWeighting(weighting(pairs.text(r, "timewt")))
                    .compare(data(pairs.text(r, "data"), pairs.text(r, "option")), "x", "x2nd");
            double var1 = pairs.number(r, "var1");
            double var2 = pairs.number(r, "var2");
            double covariance = pairs.number(r, "covariance");
            relative(c.first().concordance().estimate(), pairs.number(r, "first"), id);
            relative(c.second().concordance().estimate(), pairs.number(r, "second"), id);
            assertThat(c.covariance().orElseThrow())
                    .as(id)
                    .isCloseTo(covariance, within(1e-10 * Math.sqrt(var1 * var2)));
            relative(
                    c.difference().estimate(),
                    pairs.number(r, "first") - pairs.number(r, "second"),
                    id + " difference");
            double se = c.difference().standardError().orElseThrow();
            relative(se * se, var1 + var2 - 2 * covariance, id + " variance of the difference");
        }
    }

    /** Reference number N31: lung, the linear predictor of age, sex and ECOG. */
    @Test
    void lungOfTheCoxModel() {
        GoldenFile f = GoldenFile.read("/golden/concordance/data_lung.csv");
        SurvivalData data = SurvivalData.builder(f.numbers("time"), f.integers("status"))
                .covariate("age", f.numbers("age"))
                .covariate("sex", f.numbers("sex"))
                .covariate("ecog", f.numbers("ecog"))
                .build();
        CoxFit fit =
                CoxModel.withDefaults().withCovariates("age", "sex", "ecog").fit(data);
        double[] predictor = new double[data.size()];
        for (String name : data.covariates()) {
            double b = fit.coefficient(name).value().estimate();
            double[] x = data.numericCovariate(name);
            for (int i = 0; i < predictor.length; i++) {
                predictor[i] += b * x[i];
            }
        }
        ConcordanceResult result = Concordance.withDefaults().fit(data, predictor);
        assertThat(result.concordance().estimate()).isCloseTo(0.63713549300, within(1e-10));
        assertThat(result.concordance().standardError().orElseThrow()).isCloseTo(0.02506797385, within(1e-10));
        assertThat(counts(result)).containsExactly(12544, 7117, 126, 28, 0);
    }

    private static double[] counts(ConcordanceResult result) {
        return new double[] {
            result.concordant(), result.discordant(), result.tiedScore(), result.tiedTime(), result.tiedBoth()
        };
    }

    /** Reference number N32: lung, Karnofsky's index by every weighting; a high one means a late event. */
    @Test
    void lungKarnofsky() {
        GoldenFile f = GoldenFile.read("/golden/concordance/data_karno.csv");
        SurvivalData data = SurvivalData.of(f.numbers("time"), f.integers("status"));
        Concordance late = Concordance.withDefaults().withDirection(ScoreDirection.HIGH_IS_LATE);
        double[] expected = {0.59778653730, 0.59070185899, 0.58146140411, 0.58146140411, 0.57044296918};
        PairWeighting[] weightings = PairWeighting.values();
        for (int k = 0; k < expected.length; k++) {
            PairWeighting weighting = weightings[k];
            double c = late.withWeighting(weighting)
                    .fit(data, f.numbers("karno"))
                    .concordance()
                    .estimate();
            assertThat(c).as(weighting.label()).isCloseTo(expected[k], within(1e-10));
        }
    }

    private static void relative(double actual, double expected, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(1e-10 * Math.max(Math.abs(expected), 1e-3)));
    }

    private static void count(double actual, double expected, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(1e-10 * Math.max(expected, 1)));
    }
}

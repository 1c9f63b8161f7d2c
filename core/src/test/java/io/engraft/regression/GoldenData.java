package io.engraft.regression;

import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.HashMap;
import java.util.Map;

/** The data sets of golden_aft.R. */
final class GoldenData {

    private final Map<String, GoldenFile> files = new HashMap<>();

    static GoldenFile file(String name) {
        return GoldenFile.read("/golden/aft/" + name);
    }

    private GoldenFile data(String name) {
        return files.computeIfAbsent(name, key -> file("data_" + key + ".csv"));
    }

    /** Right-censored rows with the columns that an option of the script uses. */
    SurvivalData of(String name, String option) {
        GoldenFile f = data(name);
        SurvivalData.Builder b = SurvivalData.builder(f.numbers("time"), f.integers("status"));
        if (option.equals("entry") || (option.equals("covariates") && f.has("g"))) {
            return columns(b.entry(f.numbers("entry")), f, option).build();
        }
        return columns(b, f, option).build();
    }

    SurvivalData withoutEntry(String name, String option) {
        GoldenFile f = data(name);
        return columns(SurvivalData.builder(f.numbers("time"), f.integers("status")), f, option)
                .build();
    }

    CensoredData censored(String name, String option) {
        GoldenFile f = data(name);
        double[] right = new double[f.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = f.text(i, "right").equals("Inf") ? Double.POSITIVE_INFINITY : f.number(i, "right");
        }
        return CensoredData.of(f.numbers("left"), right, b -> columns(b, f, option));
    }

    private static SurvivalData.Builder columns(SurvivalData.Builder b, GoldenFile f, String option) {
        b.covariate("x1", f.numbers("x1")).covariate("x2", f.numbers("x2"));
        if (f.has("g")) {
            b.covariate("year", f.numbers("year"))
                    .covariate("g", Categories.of(f.texts("g")))
                    .strata(Categories.of(f.texts("s")));
        }
        if (option.contains("frequency")) {
            b.weights(f.numbers("freq"), WeightType.FREQUENCY);
        }
        if (option.equals("sampling")) {
            b.weights(f.numbers("samp"), WeightType.SAMPLING);
        }
        if (option.equals("cluster")) {
            b.cluster(Categories.of(f.texts("cluster")));
        }
        return b;
    }

    /** Frequency-weighted rows with entry, as the script's "covariates" of other families. */
    SurvivalData weightedEntry(String name) {
        GoldenFile f = data(name);
        return columns(
                        SurvivalData.builder(f.numbers("time"), f.integers("status"))
                                .entry(f.numbers("entry")),
                        f,
                        "frequency")
                .build();
    }
}

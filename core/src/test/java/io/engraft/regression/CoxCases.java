package io.engraft.regression;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.List;

/** The data sets and models of golden_cox.R, by their names. */
final class CoxCases {

    private CoxCases() {}

    static boolean isDrawn(String name) {
        return List.of("wei", "logn", "logl", "days").contains(name);
    }

    static GoldenFile file(String name) {
        return GoldenFile.read("/golden/" + (isDrawn(name) ? "aft" : "cox") + "/data_" + name + ".csv");
    }

    static SurvivalData data(String name, String option) {
        boolean drawn = isDrawn(name);
        GoldenFile f = file(name);
        SurvivalData.Builder b = SurvivalData.builder(f.numbers("time"), f.integers("status"));
        if (option.contains("entry") || name.equals("heart")) {
            b.entry(f.numbers("entry"));
        }
        if (option.contains("strata")) {
            b.strata(Categories.of(f.texts("s")));
        }
        if (option.contains("cluster")) {
            b.cluster(Categories.of(f.texts(drawn ? "cluster" : "id")));
        }
        for (String column : drawn ? List.of("x1", "x2", "year") : List.of("a", "b", "c")) {
            b.covariate(column, f.numbers(column));
        }
        if (option.equals("frequency")) {
            b.weights(f.numbers("freq"), WeightType.FREQUENCY);
        }
        if (option.contains("sampling")) {
            b.weights(f.numbers("samp"), WeightType.SAMPLING);
        }
        if (option.equals("offset")) {
            double[] offset = f.numbers("x1");
            for (int i = 0; i < offset.length; i++) {
                offset[i] *= 0.1;
            }
            b.covariate("offset", offset);
        }
        return drawn
                ? b.covariate("g", Categories.of(f.texts("g"))).build()
                : b.recurrent().build();
    }

    static CoxModel model(String name, String option) {
        CoxModel model = CoxModel.withDefaults();
        if (option.equals("robust")) {
            model = model.withRobustVariance();
        }
        return switch (option) {
            case "offset" -> model.withCovariates("x1", "x2").withOffset("offset");
            case "product" -> model.withCovariates("x1", "g", "x1:g");
            case "spline" -> model.withCovariates("ns(x1,3)", "x2");
            default ->
                isDrawn(name) ? model.withCovariates("x1", "x2", "year", "g") : model.withCovariates("a", "b", "c");
        };
    }

    /** The covariates of a row, from 1. */
    static CovariateProfile profile(String name, int row) {
        GoldenFile f = file(name);
        CovariateProfile profile = CovariateProfile.empty();
        for (String column : isDrawn(name) ? List.of("x1", "x2", "year") : List.of("a", "b", "c")) {
            profile = profile.with(column, f.number(row - 1, column));
        }
        return isDrawn(name) ? profile.with("g", f.text(row - 1, "g")) : profile;
    }
}

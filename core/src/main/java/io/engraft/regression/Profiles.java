package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Likelihood;
import java.util.HashSet;
import java.util.Set;

/** The weights that a patient's covariates put on the coefficients of each parameter. */
final class Profiles {

    private Profiles() {}

    static double[][] weights(Likelihood likelihood, CovariateProfile profile) {
        requireKnown(likelihood, profile);
        int total = 0;
        for (Design d : likelihood.designs) {
            total += 1 + d.columns.size();
        }
        double[][] weights = new double[likelihood.designs.length][total];
        int at = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k][at++] = 1;
            for (Design.Column column : likelihood.designs[k].columns) {
                weights[k][at++] = value(likelihood.designs[k], column, profile);
            }
        }
        return weights;
    }

    private static double value(Design design, Design.Column column, CovariateProfile profile) {
        if (column.level() == null) {
            return profile.number(column.covariate());
        }
        String level = profile.level(column.covariate());
        if (!design.levels(column.covariate()).contains(level)) {
            throw InvalidArgumentException.of(
                    "covariate " + column.covariate(), level, "one of " + design.levels(column.covariate()));
        }
        return level.equals(column.level()) ? 1 : 0;
    }

    private static void requireKnown(Likelihood likelihood, CovariateProfile profile) {
        Set<String> numeric = new HashSet<>();
        Set<String> categorical = new HashSet<>();
        for (Design d : likelihood.designs) {
            for (Design.Column column : d.columns) {
                (column.level() == null ? numeric : categorical).add(column.covariate());
            }
        }
        for (String name : profile.numericNames()) {
            if (!numeric.contains(name)) {
                throw InvalidArgumentException.of("numeric covariate", name, "one of " + numeric);
            }
        }
        for (String name : profile.categoricalNames()) {
            if (!categorical.contains(name)) {
                throw InvalidArgumentException.of("categorical covariate", name, "one of " + categorical);
            }
        }
    }
}

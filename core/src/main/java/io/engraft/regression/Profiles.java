package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.regression.internal.Coding;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Likelihood;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntFunction;

/** The weights that a patient's covariates put on the coefficients of each parameter. */
final class Profiles {

    private Profiles() {}

    static double[][] weights(Likelihood likelihood, CovariateProfile profile) {
        double[][] weights = new double[likelihood.designs.length][];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = weights(likelihood, k, profile);
        }
        return weights;
    }

    /** Those of one parameter, for which the profile need have the covariates of no other. */
    static double[] weights(Likelihood likelihood, int parameter, CovariateProfile profile) {
        requireKnown(likelihood, profile);
        double[] values = likelihood.designs[parameter].coding.of(patient(profile));
        double[] weights = new double[place(likelihood, likelihood.designs.length)];
        int at = place(likelihood, parameter);
        weights[at] = 1;
        System.arraycopy(values, 0, weights, at + 1, values.length);
        return weights;
    }

    /** The values of a design's columns for a patient, who has its covariates and maybe one more, of numbers. */
    static double[] values(Coding coding, CovariateProfile profile, String oneMore) {
        Set<String> numeric = new LinkedHashSet<>();
        Set<String> categorical = new LinkedHashSet<>();
        coding.addColumns(false, numeric);
        coding.addColumns(true, categorical);
        if (!oneMore.isEmpty()) {
            numeric.add(oneMore);
        }
        requireKnown("numeric covariate", profile.numericNames(), numeric);
        requireKnown("categorical covariate", profile.categoricalNames(), categorical);
        return coding.of(patient(profile));
    }

    /** The rows of some data as patients with the covariates of a design, and maybe one more, of numbers. */
    static IntFunction<CovariateProfile> rows(Coding coding, String oneMore, SurvivalData data) {
        Set<String> names = new LinkedHashSet<>();
        coding.addColumns(false, names);
        coding.addColumns(true, names);
        if (!oneMore.isEmpty()) {
            names.add(oneMore);
        }
        return CovariateProfile.ofRows(data, names);
    }

    /** Where the intercept of a parameter stands among the coefficients, columns left out included. */
    static int place(Likelihood likelihood, int parameter) {
        int at = 0;
        for (int k = 0; k < parameter; k++) {
            at += 1 + likelihood.designs[k].columns.size();
        }
        return at;
    }

    private static Coding.Patient patient(CovariateProfile profile) {
        return new Coding.Patient() {
            @Override
            public double number(String column) {
                return profile.number(column);
            }

            @Override
            public String level(String column) {
                return profile.level(column);
            }
        };
    }

    private static void requireKnown(Likelihood likelihood, CovariateProfile profile) {
        Set<String> numeric = new LinkedHashSet<>();
        Set<String> categorical = new LinkedHashSet<>();
        for (Design d : likelihood.designs) {
            d.coding.addColumns(false, numeric);
            d.coding.addColumns(true, categorical);
        }
        requireKnown("numeric covariate", profile.numericNames(), numeric);
        requireKnown("categorical covariate", profile.categoricalNames(), categorical);
    }

    private static void requireKnown(String what, Set<String> given, Set<String> known) {
        for (String name : given) {
            if (!known.contains(name)) {
                throw InvalidArgumentException.of(what, name, "one of " + known);
            }
        }
    }
}

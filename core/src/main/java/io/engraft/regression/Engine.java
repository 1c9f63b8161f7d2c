package io.engraft.regression;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.HazardForm;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.Likelihood;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fits a kernel: the model without covariates first, then from there the model with them. */
final class Engine {

    private static final double LEAST_WEIGHT = 1e-40;
    private static final double MOST_WEIGHT = 1e40;

    private Engine() {}

    static Fitted fit(
            Kernel kernel,
            Rows rows,
            Design[] designs,
            Design[] nullDesigns,
            @Nullable Clusters clusters,
            int mostIterations) {
        Likelihood likelihood = new Likelihood(kernel, rows, designs);
        requireEnough(likelihood);
        if (clusters != null) {
            clusters.requireFor(likelihood.size);
        }
        Likelihood small = new Likelihood(kernel, rows, nullDesigns);
        Newton.End nothing = best(small, kernel.starts(rows), mostIterations);
        boolean[] fixed = new boolean[likelihood.size];
        double nullValue = nothing.point().value();
        if (likelihood.size == small.size) {
            return Fitted.of(likelihood, nothing, fixed, nullValue, clusters);
        }
        List<double[]> starts = new ArrayList<>();
        if (nothing.converged() && nothing.runaway() < 0) {
            starts.add(widen(small, likelihood, nothing.theta()));
        } else {
            for (double[] eta : kernel.starts(rows)) {
                starts.add(spread(likelihood, eta));
            }
        }
        Newton.End end = bestOf(likelihood, starts, mostIterations);
        return Fitted.of(likelihood, end, fixed, nullValue, clusters);
    }

    private static Newton.End best(Likelihood likelihood, List<double[]> etas, int mostIterations) {
        List<double[]> starts = new ArrayList<>();
        for (double[] eta : etas) {
            starts.add(spread(likelihood, eta));
        }
        return bestOf(likelihood, starts, mostIterations);
    }

    /** The search that ends highest, one that is at a maximum before one that is not. */
    private static Newton.End bestOf(Likelihood likelihood, List<double[]> starts, int mostIterations) {
        Newton newton = new Newton(likelihood, new boolean[likelihood.size], mostIterations);
        List<Newton.End> ends = new ArrayList<>();
        for (double[] start : starts) {
            ends.add(newton.from(start));
        }
        Newton.End highest = ends.stream()
                .filter(e -> Double.isFinite(e.point().value()))
                .max(Comparator.comparingDouble(e -> e.point().value()))
                .orElse(ends.get(0));
        highest = rescued(likelihood, highest, starts, mostIterations);
        double close = highest.point().value() - 1e-7 * likelihood.weight();
        return ends.stream()
                .filter(e -> isMaximum(e) && e.point().value() >= close)
                .findFirst()
                .orElse(highest);
    }

    private static boolean isMaximum(Newton.End end) {
        return end.converged() && end.runaway() < 0;
    }

    /** Where a search gave up that finds its maximum in another form, the maximum; else where it ended. */
    private static Newton.End rescued(
            Likelihood likelihood, Newton.End end, List<double[]> starts, int mostIterations) {
        HazardForm form = isMaximum(end) ? null : HazardForm.of(likelihood);
        if (form == null) {
            return end;
        }
        boolean[] free = new boolean[likelihood.size];
        for (double[] start : starts) {
            Newton.End found = new Newton(form, free, mostIterations).from(form.formOf(start));
            if (isMaximum(found)) {
                Newton.End same = new Newton(likelihood, free, mostIterations).from(form.thetaOf(found.theta()));
                if (isMaximum(same) && !(same.point().value() < end.point().value())) {
                    return same;
                }
            }
        }
        return end;
    }

    /** The coefficients of a start without effects of covariates. */
    private static double[] spread(Likelihood likelihood, double[] eta) {
        double[] theta = new double[likelihood.size];
        for (int k = 0; k < eta.length; k++) {
            theta[likelihood.offset[k]] = eta[k];
        }
        return theta;
    }

    /** The coefficients of a model with fewer columns, whose columns are the same where it has any. */
    private static double[] widen(Likelihood small, Likelihood large, double[] theta) {
        double[] wide = new double[large.size];
        for (int k = 0; k < small.offset.length; k++) {
            System.arraycopy(theta, small.offset[k], wide, large.offset[k], 1 + small.designs[k].width);
        }
        return wide;
    }

    private static void requireEnough(Likelihood likelihood) {
        double events = likelihood.rows.events();
        if (events == 0) {
            throw new InvalidDataException(DataProblem.ofWhole("there are no events among " + likelihood.rows.size
                    + " rows, so there is nothing to fit; allowed: at least one event"));
        }
        if (events < likelihood.size) {
            throw new InvalidDataException(DataProblem.ofWhole("there are fewer events than coefficients, "
                    + (long) events + " and " + likelihood.size
                    + "; allowed: at least as many events as coefficients"));
        }
    }

    /** Beyond these, the squares of sums of weights would be no doubles. */
    static void requireWeights(SurvivalData data) {
        for (int i = 0; i < data.size(); i++) {
            double w = data.weight(i);
            if (w > 0 && !(w >= LEAST_WEIGHT && w <= MOST_WEIGHT)) {
                throw new InvalidDataException(DataProblem.ofRow(
                                i + 1L,
                                "weight",
                                w,
                                "allowed: 0, or " + LEAST_WEIGHT + " to " + MOST_WEIGHT
                                        + ", as sums of weights are squared")
                        .inSource(data.source()));
            }
        }
    }

    /** The covariates that a model uses, so that no other is copied in order; all where one is unknown. */
    static Collection<String> used(SurvivalData data, Collection<Terms> terms, String background) {
        Set<String> names = new LinkedHashSet<>();
        terms.forEach(some -> names.addAll(some.columns(data.covariates())));
        if (!background.isEmpty()) {
            names.add(background);
        }
        return data.covariates().containsAll(names) ? names : data.covariates();
    }

    /** The design of each parameter, by its name; those not named have no covariates. */
    static Design[] designs(Kernel kernel, SurvivalData data, Map<String, Terms> covariates) {
        List<Kernel.Parameter> parameters = kernel.parameters();
        List<String> names = parameters.stream().map(Kernel.Parameter::name).toList();
        for (String parameter : covariates.keySet()) {
            if (!parameter.isEmpty() && !names.contains(parameter)) {
                throw InvalidArgumentException.of("parameter", parameter, "one of " + names);
            }
        }
        Design[] designs = new Design[names.size()];
        for (int k = 0; k < designs.length; k++) {
            Terms named = covariates.getOrDefault(names.get(k), Terms.none());
            Terms wanted = k == kernel.location()
                    ? covariates.getOrDefault("", Terms.none()).with(named)
                    : named;
            designs[k] = wanted.design(data);
            requireDistinct(designs[k].columns);
        }
        return designs;
    }

    /** Two products may read alike where columns have colons in their names. */
    private static void requireDistinct(List<String> columns) {
        for (int j = 0; j < columns.size(); j++) {
            if (columns.indexOf(columns.get(j)) < j) {
                throw new InvalidArgumentException("two coefficients would be called '" + columns.get(j)
                        + "', as columns have a colon in their names; allowed: terms whose names differ, such as by"
                        + " columns of other names");
            }
        }
    }

    static Design[] intercepts(int parameters) {
        Design[] designs = new Design[parameters];
        Arrays.fill(designs, Design.interceptOnly());
        return designs;
    }
}

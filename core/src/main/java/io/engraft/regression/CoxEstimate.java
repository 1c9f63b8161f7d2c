package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.data.Clusters;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.PartialLikelihood;
import io.engraft.regression.internal.Sandwich;
import io.engraft.regression.internal.Symmetric;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A maximised partial likelihood. */
final class CoxEstimate extends Estimated {

    final PartialLikelihood likelihood;
    final Design design;
    final Newton.End end;
    /** At coefficients of 0. */
    final Objective.Point nothing;

    private final double @Nullable [][] nullMeat;

    private CoxEstimate(
            PartialLikelihood likelihood,
            Design design,
            Objective.Point nothing,
            Newton.End end,
            double @Nullable [][] inverse,
            @Nullable Clusters clusters) {
        super(
                outcome(likelihood, design, end, inverse != null),
                end.theta(),
                transform(design),
                leftOut(design),
                inverse,
                clusters == null ? null : () -> Sandwich.meat(likelihood, end.theta(), clusters),
                clusters == null ? List.of() : clusters.warning().stream().toList());
        this.likelihood = likelihood;
        this.design = design;
        this.end = end;
        this.nothing = nothing;
        this.nullMeat = clusters == null ? null : Sandwich.meat(likelihood, new double[likelihood.size()], clusters);
    }

    static CoxEstimate of(
            PartialLikelihood likelihood,
            Design design,
            Objective.Point nothing,
            Newton.End end,
            @Nullable Clusters clusters) {
        double[][] inverse = Fitted.inverse(end, new boolean[likelihood.size()]);
        return new CoxEstimate(likelihood, design, nothing, end, inverse, clusters);
    }

    private static FitEnd outcome(PartialLikelihood likelihood, Design design, Newton.End end, boolean definite) {
        if (end.runaway() >= 0) {
            return new FitEnd(
                    FitStatus.MONOTONE_LIKELIHOOD,
                    "the likelihood keeps rising as these run away: "
                            + String.join(
                                    ", ",
                                    Arrays.stream(end.moving())
                                            .mapToObj(likelihood::name)
                                            .toList())
                            + "; they separate the patients who have the event from those who are at risk beside them");
        }
        if (!end.converged()) {
            return new FitEnd(
                    FitStatus.FAILED,
                    Double.isFinite(end.point().value())
                            ? "no maximum was found in " + end.iterations() + " iterations"
                            : "the likelihood is not finite with coefficients of 0");
        }
        if (!definite) {
            return new FitEnd(FitStatus.BOUNDARY, "the likelihood is flat at its maximum");
        }
        List<String> out = design.leftOut();
        return out.isEmpty()
                ? new FitEnd(FitStatus.CONVERGED, "")
                : new FitEnd(
                        FitStatus.RANK_DEFICIENT,
                        "left out as constant or a combination of the covariates before, among those at risk: "
                                + String.join(", ", out));
    }

    private static double[][] transform(Design design) {
        double[][] t = new double[design.columns.size()][design.width];
        for (int j = 0; j < t.length; j++) {
            int place = design.place[j];
            if (place >= 0) {
                t[j][place] = 1 / design.scale[place];
            }
        }
        return t;
    }

    private static boolean[] leftOut(Design design) {
        boolean[] out = new boolean[design.columns.size()];
        for (int j = 0; j < out.length; j++) {
            out[j] = design.place[j] < 0;
        }
        return out;
    }

    ModelTest likelihoodRatio() {
        return test(2 * (end.point().value() - nothing.value()));
    }

    /** Of the columns that were estimated, by the covariance in force. */
    ModelTest wald() {
        int[] kept = new int[design.width];
        for (int j = 0; j < leftOut.length; j++) {
            if (!leftOut[j]) {
                kept[design.place[j]] = j;
            }
        }
        double[][] v = new double[kept.length][kept.length];
        double[] b = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            b[i] = estimate[kept[i]];
            for (int j = 0; j < kept.length; j++) {
                v[i][j] = covariance()[kept[i]][kept[j]];
            }
        }
        return test(form(b, v));
    }

    ModelTest score() {
        double[][] information = new double[design.width][design.width];
        for (int i = 0; i < design.width; i++) {
            for (int j = 0; j < design.width; j++) {
                information[i][j] = -nothing.hessian()[i][j];
            }
        }
        return test(form(nothing.gradient(), information));
    }

    @Nullable
    ModelTest robustScore() {
        return nullMeat == null ? null : test(form(nothing.gradient(), nullMeat));
    }

    private ModelTest test(double statistic) {
        return ModelTest.of(statistic, design.width);
    }

    /** b' a^-1 b, NaN where a is not definite. */
    private static double form(double[] b, double[][] a) {
        Symmetric factor = Symmetric.factor(a);
        if (factor == null) {
            return Double.NaN;
        }
        double[] solved = factor.solve(b);
        double sum = 0;
        for (int j = 0; j < b.length; j++) {
            sum += b[j] * solved[j];
        }
        return sum;
    }
}

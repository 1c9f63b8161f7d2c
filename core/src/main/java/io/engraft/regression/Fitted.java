package io.engraft.regression;

import io.engraft.NotEstimableException;
import io.engraft.data.Clusters;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.FitEnd;
import io.engraft.regression.internal.Likelihood;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.Sandwich;
import io.engraft.regression.internal.Symmetric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A maximised likelihood of rows. Coefficients stand parameter by parameter: the intercept, then the columns, those left
 * out included.
 */
final class Fitted extends Estimated {

    private static final int FEWEST_DRAWS = 100;

    final Likelihood likelihood;
    final Newton.End end;
    final double nullLogLikelihood;
    private Seen seen = Seen.NOTHING;

    private Fitted(
            Likelihood likelihood,
            Newton.End end,
            double @Nullable [][] inverse,
            double nullLogLikelihood,
            @Nullable Clusters clusters) {
        super(
                FitEnd.of(likelihood, end, inverse != null),
                end.theta(),
                transform(likelihood),
                leftOut(likelihood),
                inverse,
                clusters == null ? null : () -> Sandwich.meat(likelihood, end.theta(), clusters),
                clusters == null ? List.of() : clusters.warning().stream().toList());
        this.likelihood = likelihood;
        this.end = end;
        this.nullLogLikelihood = nullLogLikelihood;
    }

    static Fitted of(
            Likelihood likelihood,
            Newton.End end,
            boolean[] fixed,
            double nullLogLikelihood,
            @Nullable Clusters clusters) {
        return new Fitted(likelihood, end, inverse(end.point(), fixed), nullLogLikelihood, clusters);
    }

    /** With what a reader of any result of the data should know. */
    Fitted withWarnings(List<String> ofData) {
        warnFirst(ofData);
        return this;
    }

    /** With how far the rows reach, beyond which a prediction is one of the law alone. */
    Fitted withSeen(Seen reach) {
        seen = reach;
        return this;
    }

    Seen seen() {
        return seen;
    }

    private static double[][] transform(Likelihood likelihood) {
        int rows = 0;
        for (Design d : likelihood.designs) {
            rows += 1 + d.columns.size();
        }
        double[][] t = new double[rows][likelihood.size];
        int at = 0;
        for (int k = 0; k < likelihood.designs.length; k++) {
            Design d = likelihood.designs[k];
            int first = likelihood.offset[k];
            t[at][first] = 1;
            for (int j = 0; j < d.columns.size(); j++) {
                int place = d.place[j];
                if (place >= 0) {
                    t[at][first + 1 + place] = -d.mean[place] / d.scale[place];
                    t[at + 1 + j][first + 1 + place] = 1 / d.scale[place];
                }
            }
            at += 1 + d.columns.size();
        }
        return t;
    }

    private static boolean[] leftOut(Likelihood likelihood) {
        List<Boolean> out = new ArrayList<>();
        for (Design d : likelihood.designs) {
            out.add(false);
            for (int place : d.place) {
                out.add(place < 0);
            }
        }
        boolean[] flags = new boolean[out.size()];
        for (int j = 0; j < flags.length; j++) {
            flags[j] = out.get(j);
        }
        return flags;
    }

    /** The inverse information with zeros for fixed coefficients, or null where it is not definite. */
    static double @Nullable [][] inverse(Objective.Point point, boolean[] fixed) {
        int n = fixed.length;
        int[] free = new int[n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (!fixed[j]) {
                free[count++] = j;
            }
        }
        double[][] a = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                a[i][j] = -point.hessian()[free[i]][free[j]];
            }
        }
        Symmetric factor = Symmetric.factor(a);
        if (factor == null) {
            return null;
        }
        double[][] small = factor.inverse();
        double[][] full = new double[n][n];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                full[free[i]][free[j]] = small[i][j];
            }
        }
        return full;
    }

    /** log-likelihood at the end. */
    double logLikelihood() {
        return end.point().value();
    }

    int freeCoefficients() {
        return likelihood.size;
    }

    /** Draws of the coefficients from their normal approximation. */
    double[][] draws(int draws, long seed) {
        Require.draws("draws", draws, FEWEST_DRAWS);
        double[][] v = covariance();
        int n = v.length;
        int[] kept = new int[n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (!leftOut[j]) {
                kept[count++] = j;
            }
        }
        double[][] small = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                small[i][j] = v[kept[i]][kept[j]];
            }
        }
        Symmetric factor = Symmetric.factor(small);
        if (factor == null) {
            throw new NotEstimableException("draws of the coefficients, as the fit ended " + status
                    + (reason.isEmpty() ? " and their covariance is singular" : ": " + reason));
        }
        double[][] out = new double[draws][];
        for (int d = 0; d < draws; d++) {
            PatientStream stream = PatientStream.of(seed, PatientStream.PARAMETERS, d);
            double[] z = new double[count];
            for (int j = 0; j < count; j++) {
                z[j] = StrictNormal.quantile(stream.next());
            }
            double[] step = factor.times(z);
            out[d] = estimate.clone();
            for (int j = 0; j < count; j++) {
                out[d][kept[j]] += step[j];
            }
        }
        return out;
    }
}

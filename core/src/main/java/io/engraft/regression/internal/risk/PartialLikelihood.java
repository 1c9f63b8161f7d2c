package io.engraft.regression.internal.risk;

import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.RowScores;
import io.engraft.regression.internal.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cox's partial log-likelihood with ties by Breslow or Efron, its gradient and Hessian. With r = w exp(eta), S the sum of r
 * over the rows at risk at an event time, D that over its d events of mean weight m, and a bar for the same with x as a
 * further factor, Efron's term of the time is
 *
 * <pre>
 *   sum over events of w eta - m sum over l = 0..d-1 of log(S - l/d D)
 * </pre>
 *
 * <p>and Breslow's is the one without l. The Hessian needs no sums of x x' by time: a row's own product counts by the
 * hazard that it met.
 */
public final class PartialLikelihood implements Objective, RowScores {

    /** Of the variance that a column has over all rows, which is 1: less among those at risk is rounding. */
    private static final double LEAST_OWN = 1e-20;

    private static final double LEAST_SHARE = 1e-11;

    private final RiskRows risk;

    private final Design design;
    private final double @Nullable [] offset;
    private final boolean efron;
    private final int width;
    private final boolean late;

    public PartialLikelihood(RiskRows risk, Design design, double @Nullable [] offset, boolean efron) {
        this.risk = risk;
        this.design = design;
        this.offset = offset;
        this.efron = efron;
        this.width = design.width;
        this.late = risk.anyLate();
    }

    public RiskRows risk() {
        return risk;
    }

    /**
     * Columns whose information at coefficients of 0, less what columns before them hold of it, is next to nothing:
     * constant or a combination of others wherever an event is compared.
     *
     * @param nothing the point at coefficients of 0
     */
    public int[] silent(Point nothing) {
        double[][] a = nothing.hessian();
        double[][] l = new double[width][width];
        int[] silent = new int[width];
        int found = 0;
        for (int j = 0; j < width; j++) {
            double own = -a[j][j];
            double left = own;
            for (int k = 0; k < j; k++) {
                if (l[k][k] > 0) {
                    double sum = -a[j][k];
                    for (int m = 0; m < k; m++) {
                        sum -= l[j][m] * l[k][m];
                    }
                    l[j][k] = sum / l[k][k];
                    left -= l[j][k] * l[j][k];
                }
            }
            if (own > LEAST_OWN * risk.totalEvents() && left > LEAST_SHARE * own) {
                l[j][j] = Math.sqrt(left);
            } else {
                silent[found++] = j;
            }
        }
        return Arrays.copyOf(silent, found);
    }

    @Override
    public int size() {
        return width;
    }

    @Override
    public double unit(int coefficient) {
        return 1;
    }

    @Override
    public double weight() {
        return Rows.meanOf(risk.weight, risk.replicates);
    }

    @Override
    public String name(int coefficient) {
        return design.nameOf(coefficient);
    }

    /** The linear predictor of every row, offset included. */
    public double[] eta(double[] theta) {
        double[] eta = offset == null ? new double[risk.size] : offset.clone();
        for (int i = 0; i < eta.length; i++) {
            int base = i * width;
            for (int j = 0; j < width; j++) {
                eta[i] += theta[j] * design.x[base + j];
            }
        }
        return eta;
    }

    private RiskSweep sweep(double[] theta) {
        return new RiskSweep(risk, design, eta(theta), efron, late);
    }

    /** The baseline hazard at some coefficients. */
    public BaselineHazard baseline(double[] theta) {
        RiskSweep sweep = sweep(theta);
        int places = risk.places();
        double[] spread = new double[places];
        double[] ofTied = new double[places];
        for (int k = 0; k < places; k++) {
            double all = sweep.atRisk[k * (1 + width)];
            spread[k] = sweep.ties.c0[k] / all / all;
            ofTied[k] = sweep.ties.c1[k] / all / all;
        }
        double[] laid = sweep.laid();
        return new BaselineHazard(this, theta, sweep.shift, sweep.r, laid, spread, ofTied, sweep.ties.spared);
    }

    /** What sums over those at risk add to which rows. */
    RangeSums sums(int perPlace) {
        return new RangeSums(risk.begin, perPlace, late);
    }

    public Design design() {
        return design;
    }

    @Override
    public Point at(double[] theta) {
        RiskSweep sweep = sweep(theta);
        double[][] hessian = sweep.information(null);
        for (double[] row : hessian) {
            for (int b = 0; b < width; b++) {
                row[b] = -row[b];
            }
        }
        return new Point(sweep.value, sweep.gradient(null), hessian);
    }

    /** The likelihood's derivatives at some coefficients, event time by event time. */
    public ByTime byTime(double[] theta) {
        RiskSweep sweep = sweep(theta);
        return new ByTime() {
            @Override
            public double[] gradient(double[] factor) {
                return sweep.gradient(factor);
            }

            @Override
            public double[][] information(double[] factor) {
                return sweep.information(factor);
            }
        };
    }

    /** Sums over the event times of a factor, by place, times what the time adds. */
    public interface ByTime {
        double[] gradient(double[] factor);

        double[][] information(double[] factor);
    }

    /** By event time and column, the mean over the time's events of the covariates' means among those at risk. */
    public double[] meanAtEvents(double[] theta) {
        RiskSweep sweep = sweep(theta);
        double[] means = new double[risk.places() * width];
        for (int k = 0; k < risk.places(); k++) {
            sweep.mean(k, means, k * width);
        }
        return means;
    }

    /** Each row's own gradient, weights left out: that of its event, less what it met while at risk. */
    @Override
    public void scores(double[] theta, Sink sink) {
        RiskSweep sweep = sweep(theta);
        TiedEvents t = sweep.ties;
        int stride = 1 + width;
        double[] laid = sweep.laid();
        RangeSums hazards = sums(stride);
        hazards.lay(laid);
        double[] met = new double[stride];
        double[] score = new double[width];
        for (int i = 0; i < risk.size; i++) {
            Arrays.fill(score, 0);
            if (risk.isAtRisk(i)) {
                hazards.over(risk.fromBegin(i), risk.first[i], risk.last[i], met);
                double own = sweep.r[i] / risk.weightOf(i);
                int k = risk.event[i];
                if (k >= 0) {
                    sweep.mean(k, score, 0);
                }
                for (int j = 0; j < width; j++) {
                    double x = design.x[i * width + j];
                    double hazard = met[0];
                    double mean = met[1 + j];
                    if (k >= 0) {
                        double all = sweep.atRisk[k * stride];
                        double s = sweep.atRisk[k * stride + 1 + j] / all;
                        double d = sweep.ofEvents[k * stride + 1 + j] / all;
                        score[j] = x - score[j];
                        hazard -= t.spared[k];
                        mean -= (t.c1[k] * s - t.c2[k] * d) / all;
                    }
                    score[j] -= own * (x * hazard - mean);
                }
            }
            sink.row(i, score);
        }
    }
}

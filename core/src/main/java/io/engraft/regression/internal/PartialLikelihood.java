package io.engraft.regression.internal;

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

    /** What the event times add, for given coefficients. */
    private final class Sweep {
        /** exp of the linear predictor less its stratum's shift, times the weight; 0 for rows never at risk. */
        private final double[] r = new double[risk.size];

        private final double[] shift = new double[risk.begin.length - 1];
        private final RangeSums sums = new RangeSums(risk.begin, 1 + width, late);
        /** By place: S and S bar, D and D bar. */
        private final double[] atRisk;

        private final double[] ofEvents = new double[risk.places() * (1 + width)];
        private final double[] eventSum = new double[width];
        private final TiedEvents ties;
        private double value;

        private Sweep(double[] eta) {
            center(eta);
            double[] row = new double[1 + width];
            row[0] = 1;
            for (int i = 0; i < risk.size; i++) {
                if (!risk.isAtRisk(i)) {
                    continue;
                }
                double w = risk.weightOf(i);
                double shifted = eta[i] - shift[risk.stratumOf(i)];
                r[i] = w * Math.exp(shifted);
                System.arraycopy(design.x, i * width, row, 1, width);
                sums.add(risk.fromBegin(i), risk.first[i], risk.last[i], r[i], row, 0);
                int k = risk.event[i];
                if (k >= 0) {
                    value += w * shifted;
                    for (int j = 0; j < width; j++) {
                        eventSum[j] += w * row[1 + j];
                    }
                    for (int j = 0; j <= width; j++) {
                        ofEvents[k * (1 + width) + j] += r[i] * row[j];
                    }
                }
            }
            this.atRisk = sums.atPlaces();
            this.ties = new TiedEvents(risk.places());
            for (int k = 0; k < risk.places(); k++) {
                value -= ties.sum(
                        k,
                        atRisk[k * (1 + width)],
                        ofEvents[k * (1 + width)],
                        efron ? risk.events[k] : 1,
                        risk.eventWeight[k]);
            }
        }

        /** Shifts each stratum's predictors to the middle of their range. */
        private void center(double[] eta) {
            double[] low = new double[shift.length];
            double[] high = new double[shift.length];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            for (int i = 0; i < risk.size; i++) {
                if (risk.isAtRisk(i)) {
                    int s = risk.stratumOf(i);
                    low[s] = Math.min(low[s], eta[i]);
                    high[s] = Math.max(high[s], eta[i]);
                }
            }
            for (int s = 0; s < shift.length; s++) {
                shift[s] = high[s] - low[s] >= 0 ? low[s] + 0.5 * (high[s] - low[s]) : 0;
            }
        }
    }

    @Override
    public Point at(double[] theta) {
        Sweep sweep = new Sweep(eta(theta));
        double[] gradient = sweep.eventSum.clone();
        double[][] information = new double[width][width];
        int stride = 1 + width;
        double[] s = new double[width];
        double[] d = new double[width];
        for (int k = 0; k < risk.places(); k++) {
            TiedEvents t = sweep.ties;
            int base = k * stride + 1;
            double all = sweep.atRisk[base - 1];
            for (int j = 0; j < width; j++) {
                s[j] = sweep.atRisk[base + j] / all;
                d[j] = sweep.ofEvents[base + j] / all;
            }
            for (int a = 0; a < width; a++) {
                gradient[a] -= t.hazard[k] * sweep.atRisk[base + a] - t.spared[k] * sweep.ofEvents[base + a];
                double ofS = t.c0[k] * s[a] - t.c1[k] * d[a];
                double ofD = t.c2[k] * d[a] - t.c1[k] * s[a];
                for (int b = 0; b <= a; b++) {
                    information[a][b] -= ofS * s[b] + ofD * d[b];
                }
            }
        }
        addRows(sweep, information);
        double[][] hessian = new double[width][width];
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                hessian[a][b] = -information[a][b];
                hessian[b][a] = -information[a][b];
            }
        }
        return new Point(sweep.value, gradient, hessian);
    }

    /** Adds each row's product of covariates by the hazard that the row met. */
    private void addRows(Sweep sweep, double[][] information) {
        RangeSums hazards = new RangeSums(risk.begin, 1, late);
        hazards.lay(sweep.ties.hazard);
        double[] met = new double[1];
        for (int i = 0; i < risk.size; i++) {
            if (!risk.isAtRisk(i)) {
                continue;
            }
            hazards.over(risk.fromBegin(i), risk.first[i], risk.last[i], met);
            double own = sweep.r[i] * (met[0] - (risk.event[i] >= 0 ? sweep.ties.spared[risk.event[i]] : 0));
            int base = i * width;
            for (int a = 0; a < width; a++) {
                double f = own * design.x[base + a];
                for (int b = 0; b <= a; b++) {
                    information[a][b] += f * design.x[base + b];
                }
            }
        }
    }

    /** Each row's own gradient, weights left out: that of its event, less what it met while at risk. */
    @Override
    public void scores(double[] theta, Sink sink) {
        Sweep sweep = new Sweep(eta(theta));
        TiedEvents t = sweep.ties;
        int stride = 1 + width;
        // By place: the hazard, and the hazard times the mean covariates of those at risk.
        double[] laid = new double[risk.places() * stride];
        for (int k = 0; k < risk.places(); k++) {
            laid[k * stride] = t.hazard[k];
            double all = sweep.atRisk[k * stride];
            for (int j = 1; j <= width; j++) {
                double s = sweep.atRisk[k * stride + j] / all;
                laid[k * stride + j] = (t.c0[k] * s - t.c1[k] * (sweep.ofEvents[k * stride + j] / all)) / all;
            }
        }
        RangeSums hazards = new RangeSums(risk.begin, stride, late);
        hazards.lay(laid);
        double[] met = new double[stride];
        double[] score = new double[width];
        for (int i = 0; i < risk.size; i++) {
            Arrays.fill(score, 0);
            if (risk.isAtRisk(i)) {
                hazards.over(risk.fromBegin(i), risk.first[i], risk.last[i], met);
                double own = sweep.r[i] / risk.weightOf(i);
                int k = risk.event[i];
                for (int j = 0; j < width; j++) {
                    double x = design.x[i * width + j];
                    double hazard = met[0];
                    double mean = met[1 + j];
                    if (k >= 0) {
                        double s = sweep.atRisk[k * stride + 1 + j];
                        double d = sweep.ofEvents[k * stride + 1 + j];
                        score[j] = x - (t.hazard[k] * s - t.spared[k] * d) / risk.eventWeight[k];
                        hazard -= t.spared[k];
                        double all = sweep.atRisk[k * stride];
                        mean -= (t.c1[k] * (s / all) - t.c2[k] * (d / all)) / all;
                    }
                    score[j] -= own * (x * hazard - mean);
                }
            }
            sink.row(i, score);
        }
    }
}

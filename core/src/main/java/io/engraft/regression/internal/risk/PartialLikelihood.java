package io.engraft.regression.internal.risk;

import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.RowScores;
import io.engraft.regression.internal.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cox's partial log-likelihood with ties by Breslow, by Efron or exact ({@link ExactTies}), its gradient and Hessian. With r = w exp(eta), S the sum of r
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
    /** Of the standard deviation over all rows: columns that vary by less among those at risk are measured by that. */
    private static final double LITTLE = 0.125;

    private final RiskRows risk;

    private final Design design;
    private final double @Nullable [] offset;
    private final TieMethod ties;
    private final @Nullable ExactTies exact;
    private final int width;
    private final boolean late;
    /** Made when first asked for. */
    private @Nullable Point nothing;
    /** The same without the offset. */
    private @Nullable Point plain;

    public PartialLikelihood(RiskRows risk, Design design, double @Nullable [] offset, TieMethod ties) {
        this.risk = risk;
        this.design = design;
        this.offset = offset;
        this.ties = ties;
        this.exact = ties == TieMethod.EXACT ? new ExactTies(risk, design) : null;
        this.width = design.width;
        this.late = risk.anyLate();
    }

    public RiskRows risk() {
        return risk;
    }

    /** The point at coefficients of 0, looked at once. */
    public Point nothing() {
        Point known = nothing;
        if (known == null) {
            known = at(new double[width]);
            nothing = known;
        }
        return known;
    }

    /**
     * The point at coefficients of 0 without the offset, which tells what columns say: with an offset that puts nearly all
     * of the hazard on one patient of each risk set none would say anything.
     */
    private Point plain() {
        Point known = plain;
        if (known == null) {
            known = offset == null ? nothing() : new PartialLikelihood(risk, design, null, ties).nothing();
            plain = known;
        }
        return known;
    }

    /**
     * The same without columns that say nothing at coefficients of 0, and with columns that rows at risk nowhere have
     * stretched centred and scaled anew; this where there are neither.
     */
    public PartialLikelihood withoutSilent() {
        PartialLikelihood centred = amongCounting();
        int[] silent = centred.silent(centred.plain());
        return silent.length == 0 ? centred : new PartialLikelihood(risk, centred.design.without(silent), offset, ties);
    }

    private PartialLikelihood amongCounting() {
        boolean small = false;
        for (int j = 0; j < width; j++) {
            small |= unit(j) > 1;
        }
        Design among = small ? design.among(risk::counts, LITTLE) : design;
        return among == design ? this : new PartialLikelihood(risk, among, offset, ties);
    }

    /**
     * Columns whose information at coefficients of 0, less what columns before them hold of it, is next to nothing:
     * constant or a combination of others wherever an event is compared.
     */
    private int[] silent(Point at) {
        double[][] a = at.hessian();
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
            if (own > LEAST_OWN * risk.totalEventWeight() && left > LEAST_SHARE * own) {
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
        double within = Math.sqrt(-plain().hessian()[coefficient][coefficient] / risk.totalEventWeight());
        return within < LITTLE ? 1 / within : 1;
    }

    @Override
    public boolean isConcave() {
        return true;
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

    /** Whether rows enter after the first event time of their stratum. */
    public boolean isLate() {
        return late;
    }

    public boolean isExact() {
        return exact != null;
    }

    boolean isEfron() {
        return ties == TieMethod.EFRON;
    }

    RiskSweep sweep(double[] theta) {
        return new RiskSweep(risk, design, eta(theta), ties == TieMethod.EFRON, late);
    }

    /** The baseline hazard at some coefficients. */
    public BaselineHazard baseline(double[] theta) {
        return new BaselineHazard(this, theta, sweep(theta));
    }

    /** What sums over those at risk add to which rows. */
    RangeSums sums(int perPlace, boolean wide) {
        return new RangeSums(risk.begin, perPlace, late, wide);
    }

    public Design design() {
        return design;
    }

    @Override
    public Point at(double[] theta) {
        if (exact != null) {
            return at(theta, exact);
        }
        RiskSweep sweep = sweep(theta);
        double[][] hessian = sweep.information(null);
        for (double[] row : hessian) {
            for (int b = 0; b < width; b++) {
                row[b] = -row[b];
            }
        }
        return new Point(sweep.value, sweep.gradient(null), hessian);
    }

    /** Times with one event by sums over those at risk, times with several by sets of them. */
    private Point at(double[] theta, ExactTies sets) {
        double[] eta = eta(theta);
        RiskSweep sweep = new RiskSweep(risk, design, eta, false, late);
        double[] single = sets.single();
        double[] gradient = sweep.gradient(single);
        double[][] information = sweep.information(single);
        double[] shifted = new double[eta.length];
        double value = 0;
        for (int i = 0; i < eta.length; i++) {
            if (risk.isAtRisk(i)) {
                shifted[i] = eta[i] - sweep.shift[risk.stratumOf(i)];
                int k = risk.event[i];
                value += k < 0 ? 0 : risk.weightOf(i) * sweep.lowered(shifted[i], k);
            }
        }
        for (int k = 0; k < single.length; k++) {
            value -= single[k] == 0 ? 0 : Math.log(sweep.atRisk.value[k * (1 + width)]);
        }
        value -= sets.add(shifted, sweep, gradient, information);
        for (double[] row : information) {
            for (int b = 0; b < width; b++) {
                row[b] = -row[b];
            }
        }
        return new Point(value, gradient, information);
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

    /**
     * Takes what a row met while at risk: the hazard, and the hazard times the mean covariates of those at risk, to be
     * multiplied with its r.
     */
    interface Walk {
        void row(int i, double hazard, double[] mean);
    }

    /** Walks through the rows at risk; a tied event meets less of its own time. */
    void walk(RiskSweep sweep, Walk walk) {
        TiedEvents t = sweep.ties;
        int stride = 1 + width;
        Vectors laid = sweep.laid();
        RangeSums hazards = sums(stride, sweep.wide);
        hazards.lay(laid);
        Vectors tails = risk.lingering == null ? laid : risk.lingering.tails(laid);
        Vectors met = new Vectors(1, stride, sweep.wide);
        double[] mean = new double[width];
        for (int i = 0; i < risk.size; i++) {
            if (!risk.counts(i)) {
                continue;
            }
            hazards.met(risk, i, tails, sweep.r.levelAt(i), met);
            System.arraycopy(met.value, 1, mean, 0, width);
            double hazard = met.value[0];
            int k = risk.event[i];
            if (k >= 0) {
                double onto = sweep.onto(k, i);
                hazard -= onto * t.spared[k];
                double all = sweep.atRisk.value[k * stride];
                for (int j = 0; j < width; j++) {
                    double s = sweep.atRisk.value[k * stride + 1 + j] / all;
                    double d = sweep.ofEvents.value[k * stride + 1 + j] / all;
                    mean[j] -= onto * ((t.c1[k] * s - t.c2[k] * d) / all);
                }
            }
            walk.row(i, hazard, mean);
        }
    }

    /**
     * Each row's own gradient, weights left out: that of its event, less what it met while at risk, and what it does by way
     * of the weights of those who linger.
     */
    @Override
    public void scores(double[] theta, Sink sink) {
        RiskSweep sweep = sweep(theta);
        Lingering stay = risk.lingering;
        Sink whole = stay == null ? sink : withWeights(sweep, stay, sink);
        double[] none = new double[width];
        double[] score = new double[width];
        int[] next = {0};
        walk(sweep, (i, hazard, mean) -> {
            while (next[0] < i) {
                Arrays.fill(none, 0);
                whole.row(next[0]++, none);
            }
            next[0]++;
            int k = risk.event[i];
            Arrays.fill(score, 0);
            if (k >= 0) {
                sweep.mean(k, score, 0);
            }
            double own = sweep.r.value[i] / risk.weightOf(i);
            for (int j = 0; j < width; j++) {
                double x = design.x[i * width + j];
                score[j] = (k >= 0 ? x - score[j] : 0) - own * (x * hazard - mean[j]);
            }
            whole.row(i, score);
        });
        while (next[0] < risk.size) {
            Arrays.fill(none, 0);
            whole.row(next[0]++, none);
        }
    }

    private Sink withWeights(RiskSweep sweep, Lingering stay, Sink sink) {
        Departures.Influence byWeights = stay.influence(sweep.r, design.x, sweep.lingering, sweep.laid(), true);
        return (i, score) -> {
            if (risk.weightOf(i) > 0) {
                byWeights.add(i, -risk.shareOfWeight(i), score);
            }
            sink.row(i, score);
        };
    }
}

package io.engraft.regression.internal.risk;

import io.engraft.regression.internal.Design;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the event times add, for given coefficients. Predictors are lowered by the middle of their stratum's range. Where that
 * range is more than doubles hold of exp, sums are wide ({@link Vectors}): each risk set's are then at the level of the
 * largest at risk, so that those left late count in full however small they are beside those who left before.
 */
final class RiskSweep {

    /** The range of predictors whose exp, its square and sums of these, with weights, stay well within doubles. */
    private static final double NARROW = 460;
    /** Beyond this predictors have no digits left that exp could show. */
    private static final double WIDEST = 1e11;

    private final RiskRows risk;
    private final Design design;
    private final int width;
    private final boolean late;
    final boolean wide;
    /** exp of the linear predictor less its stratum's shift, times the weight; 0 for rows never at risk. */
    final Vectors r;

    final double[] shift;
    /** By place: S and S bar. */
    final Vectors atRisk;
    /** By place, the same of those who linger alone; empty where nobody does. */
    final Vectors lingering;
    /** By place, D and D bar, at the level of S. */
    final Vectors ofEvents;

    final double[] eventSum;
    final TiedEvents ties;
    /** NaN where predictors are too far apart. */
    double value;

    RiskSweep(RiskRows risk, Design design, double[] eta, boolean efron, boolean late) {
        this.risk = risk;
        this.design = design;
        this.width = design.width;
        this.late = late;
        this.shift = new double[risk.begin.length - 1];
        double range = center(eta);
        this.wide = !(range <= NARROW);
        this.r = new Vectors(risk.size, 1, wide);
        this.ofEvents = new Vectors(risk.places(), 1 + width, wide);
        this.eventSum = new double[width];
        this.lingering = new Vectors(risk.lingering == null ? 0 : risk.places(), 1 + width, wide);
        this.ties = new TiedEvents(risk.places());
        RangeSums sumsAtRisk = new RangeSums(risk.begin, 1 + width, late, wide);
        if (range <= WIDEST) {
            addRows(eta, sumsAtRisk);
        }
        this.atRisk = sumsAtRisk.atPlaces();
        runLingering();
        addEvents(eta, efron);
        if (!(range <= WIDEST)) {
            value = Double.NaN;
        }
    }

    private void addRows(double[] eta, RangeSums sumsAtRisk) {
        double[] row = new double[1 + width];
        row[0] = 1;
        for (int i = 0; i < risk.size; i++) {
            if (!risk.counts(i)) {
                continue;
            }
            double w = risk.weightOf(i);
            double shifted = eta[i] - shift[risk.stratumOf(i)];
            r.value[i] = w * Math.exp(r.level == null ? shifted : levelled(r.level, i, shifted));
            System.arraycopy(design.x, i * width, row, 1, width);
            addTo(sumsAtRisk, i, row);
            int k = risk.event[i];
            if (k >= 0) {
                value += wide ? 0 : w * shifted;
                for (int j = 0; j < width; j++) {
                    eventSum[j] += w * row[1 + j];
                }
                ofEvents.add(k, r.value[i], row, 0, r.levelAt(i));
            }
        }
    }

    /** Gives a row the level of its predictor, and the exponent that is left. */
    private double levelled(int[] level, int i, double shifted) {
        level[i] = Vectors.levelOf(shifted);
        return Vectors.less(shifted, level[i]);
    }

    private void addTo(RangeSums sumsAtRisk, int i, double[] row) {
        if (risk.isAtRisk(i)) {
            sumsAtRisk.add(risk.fromBegin(i), risk.first[i], risk.last[i], r.value[i], r.levelAt(i), row);
        }
        Lingering stay = risk.lingering;
        if (stay != null && stay.has(i)) {
            lingering.add(stay.place[i], r.value[i] * stay.weight[i], row, 0, r.levelAt(i));
        }
    }

    private void runLingering() {
        if (risk.lingering != null) {
            risk.lingering.run(lingering);
            for (int k = 0; k < risk.places(); k++) {
                atRisk.add(k, 1, lingering, k);
            }
        }
    }

    private void addEvents(double[] eta, boolean efron) {
        int stride = 1 + width;
        for (int k = 0; k < risk.places(); k++) {
            ofEvents.settle(k, atRisk.levelAt(k));
        }
        for (int i = 0; wide && i < risk.size; i++) {
            int k = risk.event[i];
            if (k >= 0) {
                value += risk.weightOf(i) * lowered(eta[i] - shift[risk.stratumOf(i)], k);
            }
        }
        for (int k = 0; k < risk.places(); k++) {
            value -= ties.sum(
                    k,
                    atRisk.value[k * stride],
                    ofEvents.value[k * stride],
                    efron ? risk.events[k] : 1,
                    risk.eventWeight[k]);
        }
    }

    /** A predictor less its stratum's shift, less the level of a place too. */
    double lowered(double shifted, int k) {
        return wide ? Vectors.less(shifted, atRisk.levelAt(k)) : shifted;
    }

    /** By what goes what is held by place, as a hazard, to be multiplied with r of a row. */
    double onto(int k, int row) {
        return wide ? Vectors.power(r.levelAt(row) - atRisk.levelAt(k)) : 1;
    }

    /** The covariates' mean among those at risk at a place, over its events. */
    void mean(int k, double[] into, int at) {
        int base = k * (1 + width) + 1;
        double[] s = atRisk.value;
        double[] d = ofEvents.value;
        for (int j = 0; j < width; j++) {
            into[at + j] = (ties.hazard[k] * s[base + j] - ties.spared[k] * d[base + j]) / risk.eventWeight[k];
        }
    }

    /** The gradient; with a factor by place, that of the sum of factor times what each time adds. */
    double[] gradient(double @Nullable [] factor) {
        double[] gradient = factor == null ? eventSum.clone() : eventSum(factor);
        double[] s = atRisk.value;
        double[] d = ofEvents.value;
        for (int k = 0; k < risk.places(); k++) {
            int base = k * (1 + width) + 1;
            double f = factor == null ? 1 : factor[k];
            for (int a = 0; a < width; a++) {
                gradient[a] -= f * (ties.hazard[k] * s[base + a] - ties.spared[k] * d[base + a]);
            }
        }
        return gradient;
    }

    private double[] eventSum(double[] factor) {
        double[] sum = new double[width];
        for (int i = 0; i < risk.size; i++) {
            if (risk.event[i] >= 0) {
                double f = factor[risk.event[i]] * risk.weightOf(i);
                for (int j = 0; j < width; j++) {
                    sum[j] += f * design.x[i * width + j];
                }
            }
        }
        return sum;
    }

    /** The information; with a factor by place as the gradient. */
    double[][] information(double @Nullable [] factor) {
        double[][] information = new double[width][width];
        double[] s = new double[width];
        double[] d = new double[width];
        for (int k = 0; k < risk.places(); k++) {
            int base = k * (1 + width) + 1;
            double all = atRisk.value[base - 1];
            double f = factor == null ? 1 : factor[k];
            for (int j = 0; j < width; j++) {
                s[j] = atRisk.value[base + j] / all;
                d[j] = ofEvents.value[base + j] / all;
            }
            for (int a = 0; a < width; a++) {
                double ofS = f * (ties.c0[k] * s[a] - ties.c1[k] * d[a]);
                double ofD = f * (ties.c2[k] * d[a] - ties.c1[k] * s[a]);
                for (int b = 0; b <= a; b++) {
                    information[a][b] -= ofS * s[b] + ofD * d[b];
                }
            }
        }
        addProducts(factor, information);
        for (int a = 0; a < width; a++) {
            for (int b = 0; b < a; b++) {
                information[b][a] = information[a][b];
            }
        }
        return information;
    }

    /** Adds each row's product of covariates by the hazard that the row met. */
    private void addProducts(double @Nullable [] factor, double[][] information) {
        RangeSums hazards = new RangeSums(risk.begin, 1, late, wide);
        double[] byPlace = ties.hazard;
        if (factor != null) {
            byPlace = new double[factor.length];
            Arrays.setAll(byPlace, k -> factor[k] * ties.hazard[k]);
        }
        Vectors laid = ofHazards(1, byPlace, 1);
        hazards.lay(laid);
        Lingering stay = risk.lingering;
        Vectors tails = stay == null ? laid : stay.tails(laid);
        Vectors met = new Vectors(1, 1, wide);
        for (int i = 0; i < risk.size; i++) {
            if (!risk.counts(i)) {
                continue;
            }
            hazards.met(risk, i, tails, r.levelAt(i), met);
            int k = risk.event[i];
            double spared = k < 0 ? 0 : onto(k, i) * ties.spared[k] * (factor == null ? 1 : factor[k]);
            double own = r.value[i] * (met.value[0] - spared);
            int base = i * width;
            for (int a = 0; a < width; a++) {
                double f = own * design.x[base + a];
                for (int b = 0; b <= a; b++) {
                    information[a][b] += f * design.x[base + b];
                }
            }
        }
    }

    /** Numbers by place that are some power of a hazard, as vectors. */
    Vectors ofHazards(int perPlace, double[] values, int power) {
        return Vectors.of(perPlace, values, atRisk.level, -power);
    }

    /** By place: the hazard, and the hazard times the mean covariates of those at risk. */
    Vectors laid() {
        int stride = 1 + width;
        double[] laid = new double[risk.places() * stride];
        for (int k = 0; k < risk.places(); k++) {
            laid[k * stride] = ties.hazard[k];
            double all = atRisk.value[k * stride];
            for (int j = 1; j <= width; j++) {
                double s = atRisk.value[k * stride + j] / all;
                laid[k * stride + j] = (ties.c0[k] * s - ties.c1[k] * (ofEvents.value[k * stride + j] / all)) / all;
            }
        }
        return ofHazards(stride, laid, 1);
    }

    /** Shifts each stratum's predictors to the middle of their range, and gives the widest range. */
    private double center(double[] eta) {
        double[] low = new double[shift.length];
        double[] high = new double[shift.length];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < risk.size; i++) {
            if (risk.counts(i)) {
                int s = risk.stratumOf(i);
                low[s] = Math.min(low[s], eta[i]);
                high[s] = Math.max(high[s], eta[i]);
            }
        }
        double widest = 0;
        for (int s = 0; s < shift.length; s++) {
            shift[s] = high[s] - low[s] >= 0 ? low[s] + 0.5 * (high[s] - low[s]) : 0;
            // NaN where predictors are, and 0 where nobody is at risk.
            widest = Math.max(widest, low[s] > high[s] ? 0 : high[s] - low[s]);
        }
        return widest;
    }
}

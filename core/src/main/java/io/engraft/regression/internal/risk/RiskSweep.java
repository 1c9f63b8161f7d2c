package io.engraft.regression.internal.risk;

import io.engraft.regression.internal.Design;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the event times add, for given coefficients. */
final class RiskSweep {

    private final RiskRows risk;
    private final Design design;
    private final int width;
    private final boolean late;
    /** exp of the linear predictor less its stratum's shift, times the weight; 0 for rows never at risk. */
    final double[] r;

    final double[] shift;
    /** By place: S and S bar, D and D bar. */
    final double[] atRisk;

    /** By place, the same as S and S bar of those who linger alone; empty where nobody does. */
    final double[] lingering;

    final double[] ofEvents;
    final double[] eventSum;
    final TiedEvents ties;
    double value;

    RiskSweep(RiskRows risk, Design design, double[] eta, boolean efron, boolean late) {
        this.risk = risk;
        this.design = design;
        this.width = design.width;
        this.late = late;
        this.r = new double[risk.size];
        this.shift = new double[risk.begin.length - 1];
        this.ofEvents = new double[risk.places() * (1 + width)];
        this.eventSum = new double[width];
        this.lingering = new double[risk.lingering == null ? 0 : ofEvents.length];
        RangeSums sumsAtRisk = new RangeSums(risk.begin, 1 + width, late);
        center(eta);
        double[] row = new double[1 + width];
        row[0] = 1;
        for (int i = 0; i < risk.size; i++) {
            if (!risk.counts(i)) {
                continue;
            }
            double w = risk.weightOf(i);
            double shifted = eta[i] - shift[risk.stratumOf(i)];
            r[i] = w * Math.exp(shifted);
            System.arraycopy(design.x, i * width, row, 1, width);
            addTo(sumsAtRisk, i, row);
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
        this.atRisk = sumsAtRisk.atPlaces();
        runLingering();
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

    private void addTo(RangeSums sumsAtRisk, int i, double[] row) {
        if (risk.isAtRisk(i)) {
            sumsAtRisk.add(risk.fromBegin(i), risk.first[i], risk.last[i], r[i], row, 0);
        }
        Lingering stay = risk.lingering;
        if (stay != null && stay.has(i)) {
            double f = r[i] * stay.weight[i];
            for (int j = 0; j <= width; j++) {
                lingering[stay.place[i] * (1 + width) + j] += f * row[j];
            }
        }
    }

    private void runLingering() {
        if (risk.lingering != null) {
            risk.lingering.run(lingering, 1 + width);
            for (int m = 0; m < lingering.length; m++) {
                atRisk[m] += lingering[m];
            }
        }
    }

    /** The covariates' mean among those at risk at a place, over its events. */
    void mean(int k, double[] into, int at) {
        int base = k * (1 + width) + 1;
        for (int j = 0; j < width; j++) {
            into[at + j] =
                    (ties.hazard[k] * atRisk[base + j] - ties.spared[k] * ofEvents[base + j]) / risk.eventWeight[k];
        }
    }

    /** The gradient; with a factor by place, that of the sum of factor times what each time adds. */
    double[] gradient(double @Nullable [] factor) {
        double[] gradient = factor == null ? eventSum.clone() : eventSum(factor);
        for (int k = 0; k < risk.places(); k++) {
            int base = k * (1 + width) + 1;
            double f = factor == null ? 1 : factor[k];
            for (int a = 0; a < width; a++) {
                gradient[a] -= f * (ties.hazard[k] * atRisk[base + a] - ties.spared[k] * ofEvents[base + a]);
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
            double all = atRisk[base - 1];
            double f = factor == null ? 1 : factor[k];
            for (int j = 0; j < width; j++) {
                s[j] = atRisk[base + j] / all;
                d[j] = ofEvents[base + j] / all;
            }
            for (int a = 0; a < width; a++) {
                double ofS = f * (ties.c0[k] * s[a] - ties.c1[k] * d[a]);
                double ofD = f * (ties.c2[k] * d[a] - ties.c1[k] * s[a]);
                for (int b = 0; b <= a; b++) {
                    information[a][b] -= ofS * s[b] + ofD * d[b];
                }
            }
        }
        addRows(factor, information);
        for (int a = 0; a < width; a++) {
            for (int b = 0; b < a; b++) {
                information[b][a] = information[a][b];
            }
        }
        return information;
    }

    /** Adds each row's product of covariates by the hazard that the row met. */
    private void addRows(double @Nullable [] factor, double[][] information) {
        RangeSums hazards = new RangeSums(risk.begin, 1, late);
        double[] laid = ties.hazard;
        if (factor != null) {
            laid = new double[factor.length];
            Arrays.setAll(laid, k -> factor[k] * ties.hazard[k]);
        }
        hazards.lay(laid);
        Lingering stay = risk.lingering;
        double[] tails = stay == null ? laid : stay.tails(laid, 1);
        double[] met = new double[1];
        for (int i = 0; i < risk.size; i++) {
            if (!risk.counts(i)) {
                continue;
            }
            hazards.met(risk, i, tails, met);
            int k = risk.event[i];
            double spared = k < 0 ? 0 : ties.spared[k] * (factor == null ? 1 : factor[k]);
            double own = r[i] * (met[0] - spared);
            int base = i * width;
            for (int a = 0; a < width; a++) {
                double f = own * design.x[base + a];
                for (int b = 0; b <= a; b++) {
                    information[a][b] += f * design.x[base + b];
                }
            }
        }
    }

    /** By place: the hazard, and the hazard times the mean covariates of those at risk. */
    double[] laid() {
        int stride = 1 + width;
        double[] laid = new double[risk.places() * stride];
        for (int k = 0; k < risk.places(); k++) {
            laid[k * stride] = ties.hazard[k];
            double all = atRisk[k * stride];
            for (int j = 1; j <= width; j++) {
                double s = atRisk[k * stride + j] / all;
                laid[k * stride + j] = (ties.c0[k] * s - ties.c1[k] * (ofEvents[k * stride + j] / all)) / all;
            }
        }
        return laid;
    }

    /** Shifts each stratum's predictors to the middle of their range. */
    private void center(double[] eta) {
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
        for (int s = 0; s < shift.length; s++) {
            shift[s] = high[s] - low[s] >= 0 ? low[s] + 0.5 * (high[s] - low[s]) : 0;
        }
    }
}

package io.engraft.regression.internal.risk;

import io.engraft.data.Clusters;

/**
 * The increments of the baseline hazard at the event times, Breslow's or Efron's as the ties of the likelihood, and how
 * they depend on the coefficients and on each row. Relative to exp of the stratum's shift, by which linear predictors are
 * lowered; covariates are centred and scaled as those of the likelihood.
 */
public final class BaselineHazard {

    private final PartialLikelihood likelihood;
    private final RiskRows risk;
    private final double[] theta;
    private final double[] shift;
    /** The weighted exp of a row's shifted predictor. */
    private final double[] r;
    /** By place, the sums over those who linger. */
    private final double[] lingering;

    private final int width;
    /** By place, the hazard and the hazard times the mean covariates of those at risk. */
    private final double[] laid;
    /** By place, the sum of m / s_l^2: the variance of the hazard. */
    private final double[] spread;
    /** By place, the sum of m l/d / s_l^2: by how much less a tied event bears on the hazard of its own time. */
    private final double[] ofTied;

    private final double[] spared;
    /** Running sums over the places of a stratum, of what is laid out and of the spread. */
    private final double[] sum;

    private final double[] sumOfSpread;

    BaselineHazard(
            PartialLikelihood likelihood,
            double[] theta,
            double[] shift,
            double[] r,
            double[] lingering,
            double[] laid,
            double[] spread,
            double[] ofTied,
            double[] spared) {
        this.likelihood = likelihood;
        this.risk = likelihood.risk();
        this.theta = theta;
        this.width = likelihood.size();
        this.shift = shift;
        this.r = r;
        this.lingering = lingering;
        this.laid = laid;
        this.spread = spread;
        this.ofTied = ofTied;
        this.spared = spared;
        this.sum = running(laid, 1 + width);
        this.sumOfSpread = running(spread, 1);
    }

    private double[] running(double[] values, int stride) {
        double[] sums = values.clone();
        for (int s = 0; s + 1 < risk.begin.length; s++) {
            for (int m = (risk.begin[s] + 1) * stride; m < risk.begin[s + 1] * stride; m++) {
                sums[m] += sums[m - stride];
            }
        }
        return sums;
    }

    /** The relative hazard of a patient in a stratum: exp of the predictor, lowered by the stratum's shift. */
    public double relative(double[] covariates, double offset, int stratum) {
        double eta = offset;
        for (int j = 0; j < width; j++) {
            eta += theta[j] * covariates[j];
        }
        return Math.exp(eta - shift[stratum]);
    }

    /** The hazard at a place. */
    public double step(int place) {
        return laid[place * (1 + width)];
    }

    /** The variance of the hazard at a place, for given coefficients. */
    public double spread(int place) {
        return spread[place];
    }

    /** The hazard from the stratum's beginning to a place; 0 for the place before its first. */
    public double sum(int stratum, int place) {
        return place < risk.begin[stratum] ? 0 : sum[place * (1 + width)];
    }

    /** The same of the variance. */
    public double sumOfSpread(int stratum, int place) {
        return place < risk.begin[stratum] ? 0 : sumOfSpread[place];
    }

    /** Adds factor times (covariates less their mean at risk), times the hazard between two places, the first left out. */
    public void addSlope(int stratum, int after, int upTo, double[] covariates, double factor, double[] slope) {
        double hazard = sum(stratum, upTo) - sum(stratum, after);
        for (int j = 0; j < width; j++) {
            double mean = column(stratum, upTo, j) - column(stratum, after, j);
            slope[j] += factor * (covariates[j] * hazard - mean);
        }
    }

    private double column(int stratum, int place, int j) {
        return place < risk.begin[stratum] ? 0 : sum[place * (1 + width) + 1 + j];
    }

    /** Adds factor times what a place's hazard changes with the coefficients, for a patient at risk there. */
    public void addSlope(int place, double[] covariates, double factor, double[] slope) {
        int at = place * (1 + width);
        for (int j = 0; j < width; j++) {
            slope[j] += factor * (covariates[j] * laid[at] - laid[at + 1 + j]);
        }
    }

    /** By row, the hazard that it met while at risk, its own relative hazard included. */
    public double[] met() {
        RangeSums hazards = likelihood.sums(1);
        double[] steps = new double[risk.places()];
        for (int k = 0; k < steps.length; k++) {
            steps[k] = step(k);
        }
        hazards.lay(steps);
        double[] tails = risk.lingering == null ? steps : risk.lingering.tails(steps, 1);
        double[] one = new double[1];
        double[] met = new double[risk.size];
        for (int i = 0; i < met.length; i++) {
            if (risk.counts(i)) {
                hazards.met(risk, i, tails, one);
                int k = risk.event[i];
                met[i] = r[i] / risk.weightOf(i) * (one[0] - (k >= 0 ? spared[k] : 0));
            }
        }
        return met;
    }

    /**
     * By cluster, the influence on the sum over a stratum's places of factor times hazard, for given coefficients: the
     * derivative by the rows' weights, times the root of what the cluster stands for.
     *
     * @param factor by place of the stratum, from its first
     */
    public double[] influence(int stratum, double[] factor, Clusters clusters) {
        int begin = risk.begin[stratum];
        double[] fall = new double[risk.places()];
        for (int k = 0; k < factor.length; k++) {
            fall[begin + k] = factor[k] * spread[begin + k];
        }
        RangeSums falls = likelihood.sums(1);
        falls.lay(fall);
        Lingering stay = risk.lingering;
        double[] tails = stay == null ? fall : stay.tails(fall, 1);
        Departures.Influence byWeights =
                stay == null ? null : stay.influence(r, likelihood.design().x, lingering, 1 + width, null, fall, 1);
        double[] one = new double[1];
        double[] influence = new double[clusters.count()];
        for (int i = 0; i < risk.size; i++) {
            double w = risk.weightOf(i);
            double root = Math.sqrt(clusters.replication(i)) * clusters.weight(i);
            if (byWeights != null && w > 0) {
                one[0] = 0;
                byWeights.add(i, risk.shareOfWeight(i), one);
                influence[clusters.of(i)] += root * one[0];
            }
            if (!risk.counts(i) || risk.stratumOf(i) != stratum) {
                continue;
            }
            falls.met(risk, i, tails, one);
            double fell = one[0];
            double own = 0;
            int k = risk.event[i];
            if (k >= 0 && k - begin < factor.length) {
                own = factor[k - begin] * step(k) / risk.eventWeight[k];
                fell -= factor[k - begin] * ofTied[k];
            }
            influence[clusters.of(i)] += root * (own - r[i] / w * fell);
        }
        return influence;
    }

    public int width() {
        return width;
    }

    public RiskRows risk() {
        return risk;
    }
}

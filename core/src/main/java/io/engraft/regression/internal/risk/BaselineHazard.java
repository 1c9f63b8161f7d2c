package io.engraft.regression.internal.risk;

import io.engraft.data.Clusters;
import java.util.Arrays;

/**
 * The increments of the baseline hazard at the event times, Breslow's or Efron's as the ties of the likelihood, and how
 * they depend on the coefficients and on each row. Covariates are centred and scaled as those of the likelihood. The hazard
 * of a place is relative to exp of the stratum's shift and of the place's level ({@link Vectors}), by which a patient's
 * linear predictor is lowered there: both together are a hazard whatever the predictors are.
 */
public final class BaselineHazard {

    private final PartialLikelihood likelihood;
    private final RiskRows risk;
    private final double[] theta;
    private final double[] shift;
    private final boolean wide;
    /** The weighted exp of a row's shifted predictor. */
    private final Vectors r;
    /** By place, the sums over those who linger. */
    private final Vectors lingering;

    private final int width;
    /** By place, the hazard and the hazard times the mean covariates of those at risk. */
    private final Vectors laid;
    /** By place, the sum of m / s_l^2: the variance of the hazard. */
    private final double[] spread;
    /** By place, the sum of m l/d / s_l^2: by how much less a tied event bears on the hazard of its own time. */
    private final double[] ofTied;
    /** By place, by how much less hazard a tied event meets. */
    private final double[] spared;

    private final Stretches hazards;
    private final Stretches slopes;
    private final Stretches spreads;

    BaselineHazard(PartialLikelihood likelihood, double[] theta, RiskSweep sweep) {
        this.likelihood = likelihood;
        this.risk = likelihood.risk();
        this.theta = theta;
        this.width = likelihood.size();
        this.wide = sweep.wide;
        this.shift = sweep.shift;
        this.r = sweep.r;
        this.lingering = sweep.lingering;
        this.laid = sweep.laid();
        this.spared = sweep.ties.spared;
        int places = risk.places();
        this.spread = new double[places];
        this.ofTied = new double[places];
        double[] step = new double[places];
        for (int k = 0; k < places; k++) {
            double all = sweep.atRisk.value[k * (1 + width)];
            spread[k] = sweep.ties.c0[k] / all / all;
            ofTied[k] = sweep.ties.c1[k] / all / all;
            step[k] = step(k);
        }
        this.hazards = new Stretches(risk.begin, sweep.ofHazards(1, step, 1));
        this.slopes = new Stretches(risk.begin, laid);
        this.spreads = new Stretches(risk.begin, sweep.ofHazards(1, spread, 2));
    }

    /** The hazard of a patient of a stratum over the baseline's. */
    RelativeHazard relative(double[] covariates, double offset, int stratum) {
        double eta = offset;
        for (int j = 0; j < width; j++) {
            eta += theta[j] * covariates[j];
        }
        return new RelativeHazard(eta - shift[stratum]);
    }

    /** What the hazard of a place and the root of its spread are to be multiplied with. */
    double factor(RelativeHazard relative, int place) {
        return relative.at(laid.levelAt(place));
    }

    /** Whether factors differ from place to place. */
    boolean isWide() {
        return wide;
    }

    /** The hazard at a place. */
    public double step(int place) {
        return laid.value[place * (1 + width)];
    }

    /** The variance of the hazard at a place, for given coefficients. */
    public double spread(int place) {
        return spread[place];
    }

    /** A patient's hazard between two places of a stratum, the first left out. */
    double hazard(RelativeHazard relative, int stratum, int after, int upTo) {
        Vectors sum = hazards.over(stratum, after, upTo);
        double hazard = sum.value[0];
        // An infinite factor of no hazard is none.
        return hazard == 0 ? 0 : relative.at(sum.levelAt(0)) * hazard;
    }

    /** Its variance for given coefficients. */
    double spread(RelativeHazard relative, int stratum, int after, int upTo) {
        Vectors sum = spreads.over(stratum, after, upTo);
        double factor = relative.at(sum.levelAt(0) / 2);
        return factor * factor * sum.value[0];
    }

    /** Adds a multiple of what the hazard between two places, the first left out, changes with the coefficients. */
    void addSlope(
            RelativeHazard relative,
            double multiple,
            double[] covariates,
            int stratum,
            int after,
            int upTo,
            double[] slope) {
        Vectors sum = slopes.over(stratum, after, upTo);
        double factor = multiple * relative.at(sum.levelAt(0));
        double hazard = sum.value[0];
        for (int j = 0; j < width; j++) {
            slope[j] += factor * (covariates[j] * hazard - sum.value[1 + j]);
        }
    }

    /** Adds factor times what a place's hazard changes with the coefficients, for a patient at risk there. */
    public void addSlope(int place, double[] covariates, double factor, double[] slope) {
        int at = place * (1 + width);
        for (int j = 0; j < width; j++) {
            slope[j] += factor * (covariates[j] * laid.value[at] - laid.value[at + 1 + j]);
        }
    }

    /** By row, the hazard that it met while at risk, its own relative hazard included. */
    public double[] met() {
        double[] step = new double[risk.places()];
        Arrays.setAll(step, this::step);
        Vectors steps = Vectors.of(1, step, laid.level, 1);
        RangeSums sums = likelihood.sums(1, wide);
        sums.lay(steps);
        Vectors tails = risk.lingering == null ? steps : risk.lingering.tails(steps);
        Vectors one = new Vectors(1, 1, wide);
        double[] met = new double[risk.size];
        for (int i = 0; i < met.length; i++) {
            if (risk.counts(i)) {
                sums.met(risk, i, tails, r.levelAt(i), one);
                int k = risk.event[i];
                met[i] = r.value[i] / risk.weightOf(i) * (one.value[0] - (k >= 0 ? onto(k, i) * spared[k] : 0));
            }
        }
        return met;
    }

    /**
     * By cluster, the influence on the sum over a stratum's places of factor times hazard, for given coefficients: the
     * derivative by the rows' weights, times the root of what the cluster stands for.
     *
     * @param factor by place of the stratum, from its first; each as {@link #factor} has it
     */
    public double[] influence(int stratum, double[] factor, Clusters clusters) {
        int begin = risk.begin[stratum];
        double[] fall = new double[risk.places()];
        for (int k = 0; k < factor.length; k++) {
            fall[begin + k] = factor[k] * spread[begin + k];
        }
        Vectors laidFall = Vectors.of(1, fall, laid.level, 1);
        RangeSums falls = likelihood.sums(1, wide);
        falls.lay(laidFall);
        Lingering stay = risk.lingering;
        Vectors tails = stay == null ? laidFall : stay.tails(laidFall);
        Departures.Influence byWeights =
                stay == null ? null : stay.influence(r, likelihood.design().x, lingering, laidFall, false);
        Vectors met = new Vectors(1, 1, wide);
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
            falls.met(risk, i, tails, r.levelAt(i), met);
            double fell = met.value[0];
            double own = 0;
            int k = risk.event[i];
            if (k >= 0 && k - begin < factor.length) {
                own = factor[k - begin] * step(k) / risk.eventWeight[k];
                fell -= onto(k, i) * factor[k - begin] * ofTied[k];
            }
            influence[clusters.of(i)] += root * (own - r.value[i] / w * fell);
        }
        return influence;
    }

    /** By what goes what is held by place, to be multiplied with r of a row. */
    private double onto(int place, int row) {
        return wide ? Vectors.power(r.levelAt(row) + laid.levelAt(place)) : 1;
    }

    public int width() {
        return width;
    }

    public RiskRows risk() {
        return risk;
    }
}

package io.engraft.regression.internal.risk;

import io.engraft.data.TieRule;
import io.engraft.internal.TimeSearch;
import java.util.function.IntToDoubleFunction;

/** The cumulative hazard of a patient of a stratum whose covariates may change with time. */
public final class HazardAlong {

    private final BaselineHazard baseline;
    private final TieRule rule;
    private final int stratum;
    private final int first;
    private final int end;
    /** By change: the last event time up to it, the covariates after it, their relative hazard, H up to it. */
    private final int[] after;

    private final double[][] covariates;
    private final RelativeHazard[] relative;
    private final double[] before;

    /**
     * A patient.
     *
     * @param times when covariates change, the first 0
     * @param covariates after each change, centred and scaled
     * @param offset after each change
     */
    public HazardAlong(
            BaselineHazard baseline,
            TieRule rule,
            int stratum,
            double[] times,
            double[][] covariates,
            double[] offset) {
        this.baseline = baseline;
        this.rule = rule;
        this.stratum = stratum;
        this.first = baseline.risk().begin[stratum];
        this.end = baseline.risk().begin[stratum + 1];
        this.covariates = covariates;
        this.after = new int[times.length];
        this.relative = new RelativeHazard[times.length];
        this.before = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            after[j] = j == 0 ? first - 1 : placeAt(times[j]);
            relative[j] = baseline.relative(covariates[j], offset[j], stratum);
            if (j > 0) {
                before[j] = before[j - 1] + part(j - 1, after[j]);
            }
        }
    }

    public int stratum() {
        return stratum;
    }

    public int first() {
        return first;
    }

    public int end() {
        return end;
    }

    public double time(int place) {
        return baseline.risk().time[place];
    }

    /** The latest time of a row of the stratum. */
    public double lastTime() {
        return baseline.risk().lastTime[stratum];
    }

    public boolean isKnown(double t) {
        return t <= lastTime() || rule.joins(lastTime(), t);
    }

    /** The last event time at or before t, by the tie rule; the one before the first where none is. */
    public int placeAt(double t) {
        return TimeSearch.lastAtOrBefore(t, first, end, this::time, rule::joins);
    }

    /** H after a change up to a place. */
    private double part(int change, int place) {
        return baseline.hazard(relative[change], stratum, after[change], place);
    }

    private int changeBefore(int place) {
        int j = after.length - 1;
        while (j > 0 && place <= after[j]) {
            j--;
        }
        return j;
    }

    /** H up to a place. */
    public double at(int place) {
        int j = changeBefore(place);
        return before[j] + part(j, place);
    }

    /** Takes the covariates of each stretch of places up to one. */
    private interface Stretch {
        void take(int change, int after, int upTo);
    }

    private void stretches(int place, Stretch stretch) {
        for (int j = 0; j < after.length; j++) {
            int upTo = j + 1 < after.length ? Math.min(after[j + 1], place) : place;
            if (upTo > after[j]) {
                stretch.take(j, after[j], upTo);
            }
        }
    }

    /** H up to a place, as what it is made of. */
    public HazardSum sum(int place) {
        double[] factor = new double[Math.max(place + 1 - first, 0)];
        stretches(place, (j, from, upTo) -> addFactors(1, j, from, upTo, factor));
        return new HazardSum(stratum, factor, slope(place));
    }

    private void addFactors(double multiple, int change, int from, int upTo, double[] factor) {
        for (int k = from + 1; k <= upTo; k++) {
            factor[k - first] += multiple * baseline.factor(relative[change], k);
        }
    }

    /**
     * Adds a multiple of H up to a place to a sum that is being collected.
     *
     * @param factor by place of the stratum
     * @param upTo by place of the stratum, what the factors at it and before it rise by
     * @param slope the derivative by the coefficients
     */
    public void addTo(int place, double multiple, double[] factor, double[] upTo, double[] slope) {
        stretches(place, (j, from, until) -> {
            if (baseline.isWide()) {
                addFactors(multiple, j, from, until, factor);
            } else {
                double all = multiple * relative[j].at(0);
                upTo[until - first] += all;
                if (from >= first) {
                    upTo[from - first] -= all;
                }
            }
            baseline.addSlope(relative[j], multiple, covariates[j], stratum, from, until, slope);
        });
    }

    /** The hazard at a place. */
    public double step(int place) {
        return baseline.factor(relative[changeBefore(place)], place) * baseline.step(place);
    }

    /** Adds a multiple of the hazard at a place, to factors by place and the derivative by the coefficients. */
    public void addStep(int place, double multiple, double[] factor, double[] slope) {
        int j = changeBefore(place);
        double own = multiple * baseline.factor(relative[j], place);
        factor[place - first] += own;
        baseline.addSlope(place, covariates[j], own, slope);
    }

    /** What H up to a place changes with the coefficients. */
    public double[] slope(int place) {
        double[] slope = new double[baseline.width()];
        stretches(
                place, (j, from, upTo) -> baseline.addSlope(relative[j], 1, covariates[j], stratum, from, upTo, slope));
        return slope;
    }

    /** The variance of H up to a place, for given coefficients. */
    public double spread(int place) {
        double[] sum = new double[1];
        stretches(place, (j, from, upTo) -> sum[0] += baseline.spread(relative[j], stratum, from, upTo));
        return sum[0];
    }

    /** The sum over places up to one of a factor times the steps of H. */
    public HazardSum sum(int place, IntToDoubleFunction by) {
        double[] factor = new double[Math.max(place + 1 - first, 0)];
        double[] slope = new double[baseline.width()];
        for (int k = first; k <= place; k++) {
            addStep(k, by.applyAsDouble(k), factor, slope);
        }
        return new HazardSum(stratum, factor, slope);
    }
}

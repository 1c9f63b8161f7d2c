package io.engraft.regression.internal.risk;

/**
 * A sum over event times of factor times baseline hazard, and what it changes with the coefficients: the form of every
 * quantity that a Cox fit predicts, to first order.
 */
public final class HazardSum {

    private final int stratum;
    private final double[] factor;
    private final double[] slope;

    /**
     * A sum.
     *
     * @param stratum whose baseline
     * @param factor by event time of the stratum, from its first; those beyond the array are 0
     * @param slope the derivative by the coefficients of the search
     */
    public HazardSum(int stratum, double[] factor, double[] slope) {
        this.stratum = stratum;
        this.factor = factor;
        this.slope = slope;
    }

    public int stratum() {
        return stratum;
    }

    public double[] factor() {
        return factor;
    }

    public double[] slope() {
        return slope;
    }

    /** The same times a number. */
    public HazardSum times(double by) {
        return new HazardSum(stratum, times(factor, by), times(slope, by));
    }

    private static double[] times(double[] values, double by) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = by * values[i];
        }
        return product;
    }
}

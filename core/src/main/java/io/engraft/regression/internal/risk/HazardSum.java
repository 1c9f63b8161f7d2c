package io.engraft.regression.internal.risk;

/**
 * A sum over event times of factor times baseline hazard, and what it changes with the coefficients: the form of every
 * quantity that a Cox fit predicts, to first order.
 */
public final class HazardSum {

    private final int[] strata;
    private final double[][] factors;
    private final double[] slope;

    /**
     * A sum over one stratum.
     *
     * @param stratum whose baseline
     * @param factor by event time of the stratum, from its first, each to be multiplied with the hazard of its place; those
     *     beyond the array are 0
     * @param slope the derivative by the coefficients of the search
     */
    public HazardSum(int stratum, double[] factor, double[] slope) {
        this(new int[] {stratum}, new double[][] {factor}, slope);
    }

    /**
     * A sum over several strata.
     *
     * @param strata whose baselines, each once
     * @param factors by stratum and event time
     * @param slope the derivative by the coefficients of the search
     */
    public HazardSum(int[] strata, double[][] factors, double[] slope) {
        this.strata = strata;
        this.factors = factors;
        this.slope = slope;
    }

    /** How many strata it goes over. */
    public int parts() {
        return strata.length;
    }

    public int stratum(int part) {
        return strata[part];
    }

    public double[] factor(int part) {
        return factors[part];
    }

    public double[] slope() {
        return slope;
    }

    /** The same times a number. */
    public HazardSum times(double by) {
        double[][] products = new double[factors.length][];
        for (int i = 0; i < products.length; i++) {
            products[i] = times(factors[i], by);
        }
        return new HazardSum(strata, products, times(slope, by));
    }

    private static double[] times(double[] values, double by) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = by * values[i];
        }
        return product;
    }
}

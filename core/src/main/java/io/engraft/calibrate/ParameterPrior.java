package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.Arrays;

/**
 * What is believed of an open number before the targets are seen: normal on its working scale (the logarithm of what is
 * positive, the logit of an assumed probability, the number itself for meanLog, mu and q), or Dirichlet for the open fate
 * probabilities of a state, as shares of what they sum to. A beta law is a Dirichlet law of two shares.
 */
public final class ParameterPrior {

    private static final double WEAK = 2;

    private final double mean;
    private final double sd;
    private final double[] shares;

    private ParameterPrior(double mean, double sd, double... shares) {
        this.mean = mean;
        this.sd = sd;
        this.shares = shares;
    }

    /**
     * Normal on the working scale.
     *
     * @param mean its mean, for example log 80 for a median time of about 80
     * @param standardDeviation positive; on a logarithm, 0.7 means a factor of four either way at 95 %
     * @return the prior
     */
    public static ParameterPrior normal(double mean, double standardDeviation) {
        Require.finite("mean of a prior", mean);
        Require.positive("standard deviation of a prior", standardDeviation);
        return new ParameterPrior(mean, standardDeviation);
    }

    /**
     * Beta for an open probability, or for the first of two open fates.
     *
     * @param a positive
     * @param b positive
     * @return the prior
     */
    public static ParameterPrior beta(double a, double b) {
        return dirichlet(a, b);
    }

    /**
     * Dirichlet for the open fates of a state.
     *
     * @param parameters positive, one a fate, in the order in which the fates were opened; all 1 is flat
     * @return the prior
     */
    public static ParameterPrior dirichlet(double... parameters) {
        if (parameters.length < 2) {
            throw InvalidArgumentException.of("number of Dirichlet parameters", parameters.length, "at least 2");
        }
        for (double a : parameters) {
            Require.positive("Dirichlet parameter", a);
        }
        return new ParameterPrior(Double.NaN, Double.NaN, parameters.clone());
    }

    /** Flat over shares; of others, normal with standard deviation 2 around where the model starts. */
    static ParameterPrior weak(WorkingBlock block, double start) {
        if (block.isShare()) {
            double[] flat = new double[block.size() + 1];
            Arrays.fill(flat, 1);
            return dirichlet(flat);
        }
        return normal(start, WEAK);
    }

    void check(WorkingBlock block) {
        boolean fits = shares.length == 0
                ? block.kind() != WorkingBlock.Kind.LOG_RATIOS
                : block.isShare() && shares.length == block.size() + 1;
        if (!fits) {
            throw InvalidArgumentException.of(
                    "prior of " + block.name(),
                    this,
                    block.isShare() ? "a Dirichlet or beta law of " + (block.size() + 1) + " shares" : "a normal law");
        }
    }

    /** The log-density of working values, up to a constant. */
    double logDensity(WorkingBlock block, double[] working, int at) {
        if (shares.length == 0) {
            double z = (working[at] - mean) / sd;
            return -z * z / 2;
        }
        // In log ratios the density of shares gains the product of all shares.
        double[] q = block.shares(working, at);
        double sum = 0;
        for (int k = 0; k < q.length; k++) {
            sum += shares[k] * Math.log(q[k]);
        }
        return sum;
    }

    @Override
    public String toString() {
        return shares.length == 0
                ? "normal(" + mean + ", " + sd + ") on the working scale"
                : "Dirichlet" + Arrays.toString(shares);
    }
}

package io.engraft.law;

import io.engraft.InvalidArgumentException;
import java.util.function.DoubleSupplier;

/**
 * Draws of shares that sum to 1 from a Dirichlet law with parameters alpha: independent Gamma(alpha, 1) draws over their
 * sum. Each share takes one uniform by inversion of the gamma law, so that draws from one stream are coupled between
 * scenarios.
 */
public final class Dirichlet {

    private Dirichlet() {}

    /**
     * One draw.
     *
     * @param alpha the parameters, each at least 0 and at least one positive; a share with alpha 0 gets 0
     * @param uniforms gives one uniform number in (0, 1) a share, in order
     * @return the shares, in the order of the parameters
     * @throws InvalidArgumentException when a parameter is NaN, negative or infinite, or none is positive
     */
    public static double[] draw(double[] alpha, DoubleSupplier uniforms) {
        double[] draw = new double[alpha.length];
        double sum = 0;
        boolean any = false;
        for (int k = 0; k < alpha.length; k++) {
            if (!(alpha[k] >= 0 && alpha[k] < Double.POSITIVE_INFINITY)) {
                throw InvalidArgumentException.of("alpha", alpha[k], "0 <= alpha < Infinity");
            }
            any |= alpha[k] > 0;
            double uniform = uniforms.getAsDouble();
            draw[k] = alpha[k] > 0 ? Gamma.of(alpha[k], 1).timeAt(uniform) : 0;
            sum += draw[k];
        }
        if (!any) {
            throw new InvalidArgumentException("every alpha is 0; allowed: at least one above 0");
        }
        for (int k = 0; k < alpha.length; k++) {
            draw[k] /= sum;
        }
        return draw;
    }
}

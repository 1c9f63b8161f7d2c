package io.engraft.regression.internal;

/**
 * What a search climbs: a function of some coefficients with its first and second derivatives. {@link Newton} knows no
 * more of a model than this.
 */
public interface Objective {

    /** Number of coefficients. */
    int size();

    /**
     * Value, gradient and Hessian at some coefficients. A value that is not finite marks coefficients that are not
     * allowed; derivatives are not read there.
     */
    Point at(double[] theta);

    /** A change of a coefficient that counts as large: steps are held to a few of these. */
    double unit(int coefficient);

    /**
     * What one observation weighs: differences of the value count by it, so that sampling weights, whose unit means
     * nothing, end a search neither sooner nor later.
     */
    default double weight() {
        return 1;
    }

    /**
     * Whether it is concave, so that any rise leads towards its maximum: steps then may grow where they are cut short again
     * and again.
     */
    default boolean isConcave() {
        return false;
    }

    /** What a coefficient is called in messages. */
    String name(int coefficient);

    /** Value, gradient and Hessian. */
    final class Point {
        private final double value;
        private final double[] gradient;
        private final double[][] hessian;

        public Point(double value, double[] gradient, double[][] hessian) {
            this.value = value;
            this.gradient = gradient;
            this.hessian = hessian;
        }

        public double value() {
            return value;
        }

        public double[] gradient() {
            return gradient;
        }

        public double[][] hessian() {
            return hessian;
        }
    }
}

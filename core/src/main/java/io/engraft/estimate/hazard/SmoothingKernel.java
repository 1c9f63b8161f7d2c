package io.engraft.estimate.hazard;

/** A kernel on [-1, 1]: a symmetric density. */
public enum SmoothingKernel {
    /** 1/2. */
    UNIFORM(0.5, 0, 0),
    /** 3/4 (1 - x^2). */
    EPANECHNIKOV(0.75, -0.75, 0),
    /** 15/16 (1 - x^2)^2. */
    BIWEIGHT(0.9375, -1.875, 0.9375);

    private final double constant;
    private final double square;
    private final double fourth;

    /** Coefficients of 1, x^2, x^4. */
    SmoothingKernel(double constant, double square, double fourth) {
        this.constant = constant;
        this.square = square;
        this.fourth = fourth;
    }

    /**
     * The kernel.
     *
     * @param x where
     * @return its density, 0 beyond 1 and -1
     */
    public double at(double x) {
        if (!(x >= -1 && x <= 1)) {
            return 0;
        }
        double y = x * x;
        return constant + y * (square + y * fourth);
    }

    /** The integral of x^power K(x) over [from, to] within [-1, 1]. */
    double moment(int power, double from, double to) {
        return constant * power(power + 1, from, to)
                + square * power(power + 3, from, to)
                + fourth * power(power + 5, from, to);
    }

    private static double power(int k, double from, double to) {
        return (Math.pow(to, k) - Math.pow(from, k)) / k;
    }

    /** The c0 and c1 with which K(x) (c0 + c1 x) on [from, to] integrates to 1 and has mean 0. */
    double[] corrected(double from, double to) {
        if (from <= -1 && to >= 1) {
            return new double[] {1, 0};
        }
        double low = Math.max(-1, from);
        double high = Math.min(1, to);
        double m0 = moment(0, low, high);
        double m1 = moment(1, low, high);
        double m2 = moment(2, low, high);
        double determinant = m0 * m2 - m1 * m1;
        return new double[] {m2 / determinant, -m1 / determinant};
    }
}

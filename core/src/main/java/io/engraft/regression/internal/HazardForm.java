package io.engraft.regression.internal;

import org.jspecify.annotations.Nullable;

/**
 * The Weibull likelihood in the form of its hazard, h(t) = exp(beta + x'gamma) t^(k-1), searched over k itself, beta and gamma.
 * With delayed entry the best k may be near 0, where the logarithm of k and the scale, which are 1 / k away, run so far
 * along a ridge that a search in them gives up; here that maximum is an ordinary one. The shape has no covariates.
 *
 * <p>With mu the intercept and b the coefficients of the logarithm of the scale, beta = log k - k mu and gamma = -k b.
 */
public final class HazardForm implements Objective {

    private static final double UNIT_OF_SHAPE = 0.25;

    private final Likelihood likelihood;
    private final int shape;
    private final int first;
    private final int columns;
    /** The coefficient of the shape is this times log k. */
    private final double sign;

    private HazardForm(Likelihood likelihood, LocationScaleKernel kernel) {
        this.likelihood = likelihood;
        this.shape = likelihood.offset[kernel.scaleAt()];
        this.first = likelihood.offset[kernel.location()];
        this.columns = likelihood.designs[kernel.location()].width;
        this.sign = -kernel.tauSign();
    }

    /** The form of a likelihood, null where it has none. */
    public static @Nullable HazardForm of(Likelihood likelihood) {
        return likelihood.kernel instanceof LocationScaleKernel kernel
                        && kernel.standard() == StandardLaw.EXTREME
                        && kernel.onLogTime()
                        && kernel.scaleAt() >= 0
                        && kernel.muSign() == 1
                        && likelihood.designs[kernel.scaleAt()].width == 0
                ? new HazardForm(likelihood, kernel)
                : null;
    }

    @Override
    public int size() {
        return likelihood.size();
    }

    @Override
    public double unit(int coefficient) {
        return coefficient == shape ? UNIT_OF_SHAPE : 1;
    }

    @Override
    public double weight() {
        return likelihood.weight();
    }

    @Override
    public String name(int coefficient) {
        return likelihood.name(coefficient);
    }

    /** The coefficients of the likelihood in this form. */
    public double[] formOf(double[] theta) {
        double[] phi = new double[theta.length];
        double k = Math.exp(sign * theta[shape]);
        phi[shape] = k;
        phi[first] = Math.log(k) - k * theta[first];
        for (int j = 1; j <= columns; j++) {
            phi[first + j] = -k * theta[first + j];
        }
        return phi;
    }

    /** The coefficients of the likelihood. */
    public double[] thetaOf(double[] phi) {
        double[] theta = new double[phi.length];
        double k = phi[shape];
        theta[shape] = sign * Math.log(k);
        theta[first] = (Math.log(k) - phi[first]) / k;
        for (int j = 1; j <= columns; j++) {
            theta[first + j] = -phi[first + j] / k;
        }
        return theta;
    }

    @Override
    public Point at(double[] phi) {
        int n = phi.length;
        double k = phi[shape];
        if (!(k > 0)) {
            return new Point(Double.NaN, new double[n], new double[n][n]);
        }
        Point own = likelihood.at(thetaOf(phi));
        // Each coefficient of the location depends on its own and on k, that of the shape on k alone.
        double[] byOwn = new double[n];
        double[] byShape = new double[n];
        double[] twiceByShape = new double[n];
        byShape[shape] = sign / k;
        twiceByShape[shape] = -sign / (k * k);
        for (int j = first; j <= first + columns; j++) {
            double log = j == first ? Math.log(k) : 0;
            double one = j == first ? 1 : 0;
            byOwn[j] = -1 / k;
            byShape[j] = (one - log + phi[j]) / (k * k);
            twiceByShape[j] = -(3 * one - 2 * log + 2 * phi[j]) / (k * k * k);
        }
        double[] g = own.gradient();
        double[][] h = own.hessian();
        double[] gradient = new double[n];
        double[][] hessian = new double[n][n];
        double curvature = 0;
        for (int i = 0; i < n; i++) {
            gradient[i] += i == shape ? 0 : g[i] * byOwn[i];
            gradient[shape] += g[i] * byShape[i];
            curvature += g[i] * twiceByShape[i];
            for (int j = 0; j < n; j++) {
                curvature += byShape[i] * h[i][j] * byShape[j];
                hessian[i][j] += i == shape || j == shape ? 0 : byOwn[i] * h[i][j] * byOwn[j];
            }
        }
        hessian[shape][shape] = curvature;
        for (int i = first; i <= first + columns; i++) {
            double cross = g[i] / (k * k);
            for (int j = 0; j < n; j++) {
                cross += byOwn[i] * h[i][j] * byShape[j];
            }
            hessian[i][shape] = cross;
            hessian[shape][i] = cross;
        }
        return new Point(own.value(), gradient, hessian);
    }
}

package io.engraft.regression.internal;

import io.engraft.law.LawOfTime;
import io.engraft.law.RoystonParmar;
import java.util.ArrayList;
import java.util.List;

/**
 * Royston and Parmar's model: a natural cubic spline s of x = log t with parameters gamma is the log cumulative hazard,
 * the log odds of the event, or minus the normal quantile of S. Between and beyond the boundary knots
 * s = gamma0 + gamma1 x + sum of gamma_j v_j(x), linear outside.
 */
public final class SplineKernel extends Kernel {

    private final RoystonParmar.Scale scale;
    private final double[] knots;
    private final List<Parameter> parameters;
    private final double[] basis;
    private final double[] slope;
    private final double[] normal = new double[3];

    public SplineKernel(RoystonParmar.Scale scale, double[] knots) {
        this.scale = scale;
        this.knots = knots;
        List<Parameter> names = new ArrayList<>();
        for (int j = 0; j < knots.length; j++) {
            names.add(new Parameter("gamma" + j, Link.IDENTITY));
        }
        this.parameters = List.copyOf(names);
        this.basis = new double[knots.length];
        this.slope = new double[knots.length];
    }

    @Override
    public Kernel forThread() {
        return new SplineKernel(scale, knots);
    }

    public double[] knots() {
        return knots;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public int location() {
        return 0;
    }

    /** Fills basis and slope and gives s. */
    private double spline(double x, double[] eta) {
        basis[0] = 1;
        basis[1] = x;
        slope[0] = 0;
        slope[1] = 1;
        double low = knots[0];
        double high = knots[knots.length - 1];
        for (int j = 1; j + 1 < knots.length; j++) {
            double lambda = (high - knots[j]) / (high - low);
            double a = Math.max(x - knots[j], 0);
            double b = Math.max(x - low, 0);
            double c = Math.max(x - high, 0);
            basis[j + 1] = a * a * a - lambda * b * b * b - (1 - lambda) * c * c * c;
            slope[j + 1] = 3 * (a * a - lambda * b * b - (1 - lambda) * c * c);
        }
        double s = 0;
        for (int j = 0; j < knots.length; j++) {
            s += eta[j] * basis[j];
        }
        return s;
    }

    @Override
    public void logSurvival(double t, double logT, double[] eta, Jet out) {
        survivalOf(spline(logT, eta));
        linear(normal, out);
    }

    /** log S and its derivatives by s. */
    private void survivalOf(double s) {
        switch (scale) {
            case HAZARD -> StandardLaw.EXTREME.logSurvival(s, normal);
            case ODDS -> StandardLaw.LOGISTIC.logSurvival(s, normal);
            case NORMAL -> StandardLaw.NORMAL.logSurvival(s, normal);
        }
    }

    private void linear(double[] f, Jet out) {
        out.value = f[0];
        int m = 0;
        for (int k = 0; k < basis.length; k++) {
            out.g[k] = f[1] * basis[k];
            for (int l = 0; l <= k; l++, m++) {
                out.h[m] = f[2] * basis[k] * basis[l];
            }
        }
    }

    @Override
    public void logDensity(double t, double logT, double[] eta, Jet out) {
        double s = spline(logT, eta);
        switch (scale) {
            case HAZARD -> StandardLaw.EXTREME.logDensity(s, normal);
            case ODDS -> StandardLaw.LOGISTIC.logDensity(s, normal);
            case NORMAL -> StandardLaw.NORMAL.logDensity(s, normal);
        }
        linear(normal, out);
        double d = 0;
        for (int j = 1; j < knots.length; j++) {
            d += eta[j] * slope[j];
        }
        // A falling s is no survival function: NaN makes the step be halved.
        out.value += Math.log(d) - logT;
        int m = 0;
        for (int k = 0; k < basis.length; k++) {
            out.g[k] += slope[k] / d;
            for (int l = 0; l <= k; l++, m++) {
                out.h[m] -= slope[k] * slope[l] / (d * d);
            }
        }
    }

    @Override
    public List<double[]> starts(Rows rows) {
        double[] eta = new double[knots.length];
        eta[0] = -rows.logMeanTimePerEvent() + (scale == RoystonParmar.Scale.HAZARD ? 0 : 0.37);
        eta[1] = 1;
        return List.of(eta);
    }

    @Override
    public LawOfTime law(double[] eta) {
        return RoystonParmar.of(scale, eta, knots);
    }
}

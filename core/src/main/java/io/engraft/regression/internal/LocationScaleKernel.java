package io.engraft.regression.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = mu + sigma times a standard error, y the time or its logarithm. The parameters seen from outside are mu or minus
 * mu, and log sigma or minus log sigma, in either order; sigma may be fixed.
 */
public final class LocationScaleKernel extends Kernel {

    private static final double EDGE = 16;

    private final StandardLaw standard;
    private final boolean logTime;
    private final List<Parameter> parameters;
    private final int muAt;
    private final double muSign;
    private final int tauAt;
    private final double tauSign;
    private final double fixedTau;
    private final double[] scratch = new double[3];

    private LocationScaleKernel(
            StandardLaw standard,
            boolean logTime,
            List<Parameter> parameters,
            int muAt,
            double muSign,
            int tauAt,
            double tauSign,
            double fixedTau) {
        this.standard = standard;
        this.logTime = logTime;
        this.parameters = parameters;
        this.muAt = muAt;
        this.muSign = muSign;
        this.tauAt = tauAt;
        this.tauSign = tauSign;
        this.fixedTau = fixedTau;
    }

    /** mu and log sigma themselves. */
    public static LocationScaleKernel plain(StandardLaw standard, boolean logTime, String mu, String sigma) {
        return new LocationScaleKernel(
                standard,
                logTime,
                List.of(new Parameter(mu, Link.IDENTITY), new Parameter(sigma, Link.LOG)),
                0,
                1,
                1,
                1,
                0);
    }

    /** mu alone, sigma fixed. */
    public static LocationScaleKernel fixedScale(StandardLaw standard, boolean logTime, double sigma) {
        return new LocationScaleKernel(
                standard, logTime, List.of(new Parameter("location", Link.IDENTITY)), 0, 1, -1, 1, Math.log(sigma));
    }

    /** shape = 1 / sigma and scale = exp(mu). */
    public static LocationScaleKernel shapeAndScale(StandardLaw standard) {
        return new LocationScaleKernel(
                standard,
                true,
                List.of(new Parameter("shape", Link.LOG), new Parameter("scale", Link.LOG)),
                1,
                1,
                0,
                -1,
                0);
    }

    /** rate = exp(-mu), sigma = 1. */
    public static LocationScaleKernel rate() {
        return new LocationScaleKernel(
                StandardLaw.EXTREME, true, List.of(new Parameter("rate", Link.LOG)), 0, -1, -1, 1, 0);
    }

    @Override
    public Kernel forThread() {
        return new LocationScaleKernel(standard, logTime, parameters, muAt, muSign, tauAt, tauSign, fixedTau);
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public int location() {
        return muAt;
    }

    /** The place of the scale's parameter, -1 where it is fixed. */
    public int scaleAt() {
        return tauAt;
    }

    public double muSign() {
        return muSign;
    }

    public double tauSign() {
        return tauSign;
    }

    public StandardLaw standard() {
        return standard;
    }

    public double mu(double[] eta) {
        return muSign * eta[muAt];
    }

    public double tau(double[] eta) {
        return tauAt < 0 ? fixedTau : tauSign * eta[tauAt];
    }

    @Override
    public void logDensity(double t, double logT, double[] eta, Jet out) {
        double tau = tau(eta);
        double s = Math.exp(-tau);
        double z = ((logTime ? logT : t) - mu(eta)) * s;
        standard.logDensity(z, scratch);
        double base = logTime ? -logT : 0;
        chain(scratch[0] - tau + base, scratch[1], scratch[2], z, s, -1, out);
    }

    @Override
    public void logSurvival(double t, double logT, double[] eta, Jet out) {
        double s = Math.exp(-tau(eta));
        double z = ((logTime ? logT : t) - mu(eta)) * s;
        standard.logSurvival(z, scratch);
        chain(scratch[0], scratch[1], scratch[2], z, s, 0, out);
    }

    private void chain(double value, double f1, double f2, double z, double s, double extraTau, Jet out) {
        out.value = value;
        out.g[muAt] = -muSign * s * f1;
        if (tauAt < 0) {
            out.h[0] = s * s * f2;
            return;
        }
        out.g[tauAt] = tauSign * (extraTau - z * f1);
        out.h[muAt == 0 ? 0 : 2] = s * s * f2;
        out.h[1] = muSign * tauSign * s * (z * f2 + f1);
        out.h[tauAt == 0 ? 0 : 2] = z * (z * f2 + f1);
    }

    @Override
    public List<double[]> starts(Rows rows) {
        double mu;
        double tau;
        if (logTime) {
            mu = rows.logMeanTimePerEvent();
            tau = switch (standard) {
                case EXTREME -> 0;
                case NORMAL -> 0.1;
                case LOGISTIC -> -0.4;
            };
            mu = standard == StandardLaw.EXTREME ? mu : mu - 0.37;
        } else {
            double[] moments = rows.moments();
            mu = moments[0];
            tau = Math.log(moments[1]) - (standard == StandardLaw.LOGISTIC ? 0.6 : 0);
        }
        double[] eta = new double[size()];
        eta[muAt] = muSign * mu;
        if (tauAt >= 0) {
            eta[tauAt] = tauSign * tau;
        }
        return List.of(eta);
    }

    @Override
    public double unit(int parameter, Rows rows) {
        return logTime || parameter == tauAt ? 1 : rows.moments()[1];
    }

    @Override
    @Nullable
    public String edge(double[] eta) {
        if (tauAt < 0 || !logTime) {
            return null;
        }
        double tau = tau(eta);
        if (tau < -EDGE) {
            return "the scale tends to 0, the likelihood is unbounded";
        }
        return tau > EDGE ? "the scale tends to infinity" : null;
    }

    @Override
    public boolean onLogTime() {
        return logTime;
    }

    @Override
    public double timeAt(double[] eta, double p) {
        double y = mu(eta) + Math.exp(tau(eta)) * standard.quantile(p);
        return logTime ? Math.exp(y) : y;
    }

    @Override
    public LawOfTime law(double[] eta) {
        double mu = mu(eta);
        double sigma = Math.exp(tau(eta));
        if (!logTime) {
            throw new InvalidArgumentException(
                    "the law on the scale of time itself is not one of positive times; allowed: survival and quantiles");
        }
        if (tauAt < 0 && fixedTau == 0) {
            return Exponential.of(Math.exp(-mu));
        }
        return switch (standard) {
            case EXTREME -> Weibull.of(1 / sigma, Math.exp(mu));
            case NORMAL -> LogNormal.of(mu, sigma);
            case LOGISTIC -> LogLogistic.of(1 / sigma, Math.exp(mu));
        };
    }
}

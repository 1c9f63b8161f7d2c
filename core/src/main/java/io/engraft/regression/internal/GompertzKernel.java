package io.engraft.regression.internal;

import io.engraft.law.Gompertz;
import io.engraft.law.LawOfTime;
import java.util.List;

/**
 * The Gompertz law with hazard b exp(a t): H(t) = b t phi(a t), phi(x) = (exp(x) - 1) / x, for any sign of a; a &lt; 0
 * leaves a share exp(b / a) without the event.
 */
public final class GompertzKernel extends Kernel {

    private static final List<Parameter> PARAMETERS =
            List.of(new Parameter("shape", Link.IDENTITY), new Parameter("rate", Link.LOG));

    private final double[] phi = new double[3];

    @Override
    public Kernel forThread() {
        return new GompertzKernel();
    }

    @Override
    public List<Parameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public int location() {
        return 1;
    }

    @Override
    public void logDensity(double t, double logT, double[] eta, Jet out) {
        logSurvival(t, logT, eta, out);
        out.value += eta[1] + eta[0] * t;
        out.g[0] += t;
        out.g[1] += 1;
    }

    @Override
    public void logSurvival(double t, double logT, double[] eta, Jet out) {
        double bt = Math.exp(eta[1]) * t;
        double x = eta[0] * t;
        Phi.one(x, phi);
        double h = bt * phi[0];
        out.value = -h;
        out.g[0] = -bt * t * phi[1];
        out.g[1] = -h;
        out.h[0] = -bt * t * t * phi[2];
        out.h[1] = out.g[0];
        out.h[2] = -h;
    }

    @Override
    public List<double[]> starts(Rows rows) {
        return List.of(new double[] {0, -rows.logMeanTimePerEvent()});
    }

    @Override
    public double unit(int parameter, Rows rows) {
        return parameter == 0 ? 1 / rows.moments()[0] : 1;
    }

    @Override
    public boolean mayLevelOff() {
        return true;
    }

    @Override
    public LawOfTime law(double[] eta) {
        return Gompertz.of(eta[0], Math.exp(eta[1]));
    }
}

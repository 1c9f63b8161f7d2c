package io.engraft.regression.internal;

import io.engraft.law.Gamma;
import io.engraft.law.LawOfTime;
import java.util.List;

/** The gamma law, as the generalized gamma law with mu = log(shape / rate) and sigma = Q = shape^-1/2. */
public final class GammaKernel extends Kernel {

    private static final List<Parameter> PARAMETERS =
            List.of(new Parameter("shape", Link.LOG), new Parameter("rate", Link.LOG));

    private final GenGammaKernel base = new GenGammaKernel();
    private final double[] baseEta = new double[3];
    private final Jet jet = new Jet(3);

    @Override
    public Kernel forThread() {
        return new GammaKernel();
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
        prepare(eta);
        base.logDensity(t, logT, baseEta, jet);
        chain(out);
    }

    @Override
    public void logSurvival(double t, double logT, double[] eta, Jet out) {
        prepare(eta);
        base.logSurvival(t, logT, baseEta, jet);
        chain(out);
    }

    private void prepare(double[] eta) {
        baseEta[0] = eta[0] - eta[1];
        baseEta[1] = -0.5 * eta[0];
        baseEta[2] = Math.exp(-0.5 * eta[0]);
    }

    private void chain(Jet out) {
        double q = baseEta[2];
        double[] g = jet.g;
        double[] h = jet.h;
        out.value = jet.value;
        out.g[0] = g[0] - 0.5 * g[1] - 0.5 * q * g[2];
        out.g[1] = -g[0];
        out.h[0] = h[0] - h[1] + 0.25 * h[2] - q * h[3] + 0.5 * q * h[4] + 0.25 * q * q * h[5] + 0.25 * q * g[2];
        out.h[1] = -(h[0] - 0.5 * h[1] - 0.5 * q * h[3]);
        out.h[2] = h[0];
    }

    @Override
    public List<double[]> starts(Rows rows) {
        return List.of(new double[] {0, -rows.logMeanTimePerEvent()});
    }

    @Override
    public LawOfTime law(double[] eta) {
        return Gamma.of(Math.exp(eta[0]), Math.exp(-eta[1]));
    }
}

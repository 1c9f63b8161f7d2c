package io.engraft.regression.internal;

import io.engraft.law.GeneralizedGamma;
import io.engraft.law.LawOfTime;
import java.util.ArrayList;
import java.util.List;

/** Prentice's generalized gamma law: (log T - mu) / sigma is log-gamma with shape parameter Q of any sign. */
public final class GenGammaKernel extends Kernel {

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("mu", Link.IDENTITY), new Parameter("sigma", Link.LOG), new Parameter("Q", Link.IDENTITY));

    private final LogGammaTail tail = new LogGammaTail();
    private final double[] f = new double[6];

    @Override
    public Kernel forThread() {
        return new GenGammaKernel();
    }

    @Override
    public List<Parameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public int location() {
        return 0;
    }

    @Override
    public void logDensity(double t, double logT, double[] eta, Jet out) {
        double s = Math.exp(-eta[1]);
        double z = (logT - eta[0]) * s;
        tail.logDensity(z, eta[2], f);
        chain(z, s, out);
        out.value -= eta[1] + logT;
        out.g[1] -= 1;
    }

    @Override
    public void logSurvival(double t, double logT, double[] eta, Jet out) {
        double s = Math.exp(-eta[1]);
        double z = (logT - eta[0]) * s;
        tail.logSurvival(z, eta[2], f);
        chain(z, s, out);
    }

    private void chain(double z, double s, Jet out) {
        out.value = f[0];
        out.g[0] = -s * f[1];
        out.g[1] = -z * f[1];
        out.g[2] = f[2];
        out.h[0] = s * s * f[3];
        out.h[1] = s * (z * f[3] + f[1]);
        out.h[2] = z * (z * f[3] + f[1]);
        out.h[3] = -s * f[4];
        out.h[4] = -z * f[4];
        out.h[5] = f[5];
    }

    @Override
    public List<double[]> starts(Rows rows) {
        double mu = rows.logMeanTimePerEvent();
        List<double[]> starts = new ArrayList<>();
        starts.add(new double[] {mu, 0, 1});
        starts.add(new double[] {mu - 0.37, 0.1, 0});
        starts.add(new double[] {mu - 0.8, 0, -1});
        return starts;
    }

    @Override
    public LawOfTime law(double[] eta) {
        return GeneralizedGamma.of(eta[0], Math.exp(eta[1]), eta[2]);
    }
}

package io.engraft.regression.internal;

import io.engraft.law.LawOfTime;
import io.engraft.law.MixtureCure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mixture: a share c never has the event, the others have it by a base law. S = c + (1 - c) S0, f = (1 - c) f0. */
public final class CureKernel extends Kernel {

    private static final double EDGE = 14;

    private final Kernel base;
    private final List<Parameter> parameters;
    private final double[] baseEta;
    private final Jet jet;

    public CureKernel(Kernel base) {
        this.base = base;
        List<Parameter> names = new ArrayList<>();
        names.add(new Parameter("cured", Link.LOGIT));
        names.addAll(base.parameters());
        this.parameters = List.copyOf(names);
        this.baseEta = new double[base.size()];
        this.jet = new Jet(base.size());
    }

    @Override
    public Kernel forThread() {
        return new CureKernel(base.forThread());
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public int location() {
        return 0;
    }

    private double[] uncured(double[] eta) {
        System.arraycopy(eta, 1, baseEta, 0, baseEta.length);
        return baseEta;
    }

    @Override
    public void logDensity(double t, double logT, double[] eta, Jet out) {
        base.logDensity(t, logT, uncured(eta), jet);
        double cured = Link.LOGIT.natural(eta[0]);
        double others = Link.LOGIT.natural(-eta[0]);
        out.constant(jet.value + Math.log(others));
        out.g[0] = -cured;
        out.h[0] = -cured * others;
        for (int k = 0; k < jet.size; k++) {
            out.g[k + 1] = jet.g[k];
            for (int l = 0; l <= k; l++) {
                out.h[Jet.at(k + 1, l + 1)] = jet.h[Jet.at(k, l)];
            }
        }
    }

    @Override
    public void logSurvival(double t, double logT, double[] eta, Jet out) {
        base.logSurvival(t, logT, uncured(eta), jet);
        double cured = Link.LOGIT.natural(eta[0]);
        double others = Link.LOGIT.natural(-eta[0]);
        double s0 = Math.exp(jet.value);
        double f0 = -Math.expm1(jet.value);
        double s = cured + others * s0;
        // Where nobody is cured the base law's own logarithm reaches further than s.
        out.value = s0 > 0.5 ? Math.log1p(-others * f0) : s > 1e-290 ? Math.log(s) : Math.log(others) + jet.value;
        double r = s > 1e-290 ? others * s0 / s : 1;
        double q = cured * others / Math.max(s, 1e-290);
        out.g[0] = q * f0;
        out.h[0] = out.g[0] * (1 - 2 * cured - out.g[0]);
        for (int k = 0; k < jet.size; k++) {
            out.g[k + 1] = r * jet.g[k];
            out.h[Jet.at(k + 1, 0)] = -q * jet.g[k] * (s0 + f0 * r);
            for (int l = 0; l <= k; l++) {
                out.h[Jet.at(k + 1, l + 1)] = r * jet.h[Jet.at(k, l)] + r * (1 - r) * jet.g[k] * jet.g[l];
            }
        }
    }

    @Override
    public List<double[]> starts(Rows rows) {
        double censored = Math.min(0.95, Math.max(0.05, rows.censoredShare()));
        List<double[]> starts = new ArrayList<>();
        for (double part : new double[] {0.9, 0.4}) {
            double share = censored * part;
            for (double[] b : base.starts(rows.untilLastEvent())) {
                double[] eta = new double[size()];
                eta[0] = Math.log(share / (1 - share));
                System.arraycopy(b, 0, eta, 1, b.length);
                starts.add(eta);
            }
        }
        return starts;
    }

    @Override
    public double unit(int parameter, Rows rows) {
        return parameter == 0 ? 1 : base.unit(parameter - 1, rows);
    }

    @Override
    @Nullable
    public String edge(double[] eta) {
        if (eta[0] < -EDGE) {
            return "the cured share tends to 0";
        }
        return eta[0] > EDGE ? "the cured share tends to 1" : base.edge(uncured(eta));
    }

    @Override
    public boolean mayLevelOff() {
        return true;
    }

    @Override
    public LawOfTime law(double[] eta) {
        return MixtureCure.of(Link.LOGIT.natural(eta[0]), base.law(uncured(eta)));
    }
}

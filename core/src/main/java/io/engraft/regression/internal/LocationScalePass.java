package io.engraft.regression.internal;

/**
 * The pass over the rows for the commonest case, and the one that must be fast: a location-scale law with covariates on
 * its location alone, rows exact or right-censored from time 0. With z = (y - mu) / sigma and e the indicator of an event
 * a row adds F(z) - e log sigma; all derivatives are sums of F', F'' and z times these over the rows.
 */
public final class LocationScalePass {

    private static final int BLOCK = 128;

    private final LocationScaleKernel kernel;
    private final Rows rows;
    private final Design design;
    private final int muOffset;
    private final int tauOffset;
    private final int size;

    private LocationScalePass(Likelihood likelihood, LocationScaleKernel kernel) {
        this.kernel = kernel;
        this.rows = likelihood.rows;
        this.design = likelihood.designs[kernel.location()];
        this.muOffset = likelihood.offset[kernel.location()];
        this.tauOffset = kernel.scaleAt() < 0 ? -1 : likelihood.offset[kernel.scaleAt()];
        this.size = likelihood.size;
    }

    /** Whether the rows and designs are of this case. */
    public static boolean fits(Likelihood likelihood) {
        if (!(likelihood.kernel instanceof LocationScaleKernel kernel)) {
            return false;
        }
        Rows rows = likelihood.rows;
        boolean plain = rows.entry == null && rows.lower == null && rows.background == null;
        return plain && (kernel.scaleAt() < 0 || likelihood.designs[kernel.scaleAt()].width == 0);
    }

    public static LocationScalePass of(Likelihood likelihood, Kernel own) {
        return new LocationScalePass(likelihood, (LocationScaleKernel) own);
    }

    /** The work space of a chunk: F', F'' and zF'' + F' of a block of rows, each times its weight, and running sums. */
    private static final class Sums {
        private final double[] f1 = new double[BLOCK];
        private final double[] f2 = new double[BLOCK];
        private final double[] cross = new double[BLOCK];
        private final double[] f = new double[3];
        private double value;
        private double tau;
        private double tauTau;
        private final double[] gradient;
        private final double[] mixed;
        private final double[] hessian;

        private Sums(int width) {
            gradient = new double[1 + width];
            mixed = new double[1 + width];
            hessian = new double[(1 + width) * (2 + width) / 2];
        }
    }

    public void chunk(int from, int to, double[] theta, double[] acc) {
        Sums sums = new Sums(design.width);
        double tau = tauOffset < 0 ? kernel.tau(new double[1]) : kernel.tauSign() * theta[tauOffset];
        double s = Math.exp(-tau);
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            rowTerms(start, end, theta, tau, s, sums);
            if (Double.isNaN(sums.value)) {
                break;
            }
            accumulate(start, end, sums);
        }
        write(sums, s, acc);
    }

    private void rowTerms(int start, int end, double[] theta, double tau, double s, Sums sums) {
        StandardLaw law = kernel.standard();
        boolean extreme = law == StandardLaw.EXTREME;
        boolean logTime = kernel.onLogTime();
        double sign = kernel.muSign();
        int p = design.width;
        double[] f = sums.f;
        double[] x = design.x;
        for (int i = start; i < end; i++) {
            double mu = theta[muOffset];
            int base = i * p;
            for (int j = 0; j < p; j++) {
                mu += theta[muOffset + 1 + j] * x[base + j];
            }
            double z = ((logTime ? rows.logTime[i] : rows.time[i]) - sign * mu) * s;
            double event = rows.kind[i];
            if (extreme) {
                double e = Math.exp(z);
                f[0] = event * z - e;
                f[1] = event - e;
                f[2] = -e;
            } else if (event == 1) {
                law.logDensity(z, f);
            } else {
                law.logSurvival(z, f);
            }
            double w = rows.weight == null ? 1 : rows.weight[i];
            double slope = z * f[2] + f[1];
            // A row of weight 0 says nothing, whatever its value.
            boolean counts = w > 0;
            int at = i - start;
            sums.f1[at] = counts ? w * f[1] : 0;
            sums.f2[at] = counts ? w * f[2] : 0;
            sums.cross[at] = counts ? w * slope : 0;
            if (counts) {
                sums.value += w * (f[0] - event * (logTime ? tau + rows.logTime[i] : tau));
                sums.tau -= w * (z * f[1] + event);
                sums.tauTau += w * z * slope;
            }
        }
    }

    private void accumulate(int start, int end, Sums sums) {
        int p = design.width;
        double[] x = design.x;
        for (int i = start; i < end; i++) {
            int at = i - start;
            int base = i * p;
            double f1 = sums.f1[at];
            double f2 = sums.f2[at];
            double cross = sums.cross[at];
            sums.gradient[0] += f1;
            sums.mixed[0] += cross;
            sums.hessian[0] += f2;
            int m = 1;
            for (int a = 0; a < p; a++) {
                double xa = x[base + a];
                sums.gradient[1 + a] += f1 * xa;
                sums.mixed[1 + a] += cross * xa;
                double h = f2 * xa;
                sums.hessian[m++] += h;
                for (int b = 0; b <= a; b++) {
                    sums.hessian[m++] += h * x[base + b];
                }
            }
        }
    }

    /** Puts the sums where the likelihood wants them. */
    private void write(Sums sums, double s, double[] acc) {
        acc[0] = sums.value;
        double sign = kernel.muSign();
        int m = 0;
        for (int a = 0; a <= design.width; a++) {
            acc[1 + muOffset + a] = -sign * s * sums.gradient[a];
            for (int b = 0; b <= a; b++, m++) {
                acc[1 + size + Jet.at(muOffset + a, muOffset + b)] = s * s * sums.hessian[m];
            }
        }
        if (tauOffset < 0) {
            return;
        }
        double tauSign = kernel.tauSign();
        acc[1 + tauOffset] = tauSign * sums.tau;
        acc[1 + size + Jet.at(tauOffset, tauOffset)] = sums.tauTau;
        for (int a = 0; a <= design.width; a++) {
            int at = muOffset + a;
            int place = at > tauOffset ? Jet.at(at, tauOffset) : Jet.at(tauOffset, at);
            acc[1 + size + place] = sign * tauSign * s * sums.mixed[a];
        }
    }
}

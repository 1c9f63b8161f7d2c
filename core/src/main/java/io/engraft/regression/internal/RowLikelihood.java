package io.engraft.regression.internal;

/** What one row adds to the log-likelihood: exact, censored in three ways, after late entry, over a background hazard. */
public final class RowLikelihood {

    private final Rows rows;
    private final Kernel kernel;
    private final Jet out;
    private final Jet other;

    public RowLikelihood(Rows rows, Kernel kernel) {
        this.rows = rows;
        this.kernel = kernel;
        this.out = new Jet(kernel.size());
        this.other = new Jet(kernel.size());
    }

    public Jet at(int i, double[] eta) {
        double t = rows.time[i];
        double logT = rows.logTime[i];
        switch (rows.kind[i]) {
            case Rows.EXACT -> event(i, t, logT, eta);
            case Rows.RIGHT -> kernel.logSurvival(t, logT, eta, out);
            case Rows.LEFT -> {
                kernel.logSurvival(t, logT, eta, out);
                out.logComplement();
            }
            default -> interval(i, t, logT, eta);
        }
        if (rows.entry != null && rows.entry[i] > 0) {
            double entry = rows.entry[i];
            kernel.logSurvival(entry, Math.log(entry), eta, other);
            out.add(other, -1);
        }
        return out;
    }

    private void event(int i, double t, double logT, double[] eta) {
        kernel.logDensity(t, logT, eta, out);
        if (rows.background == null || rows.background[i] == 0) {
            return;
        }
        // log f becomes log(h + background) + log S.
        kernel.logSurvival(t, logT, eta, other);
        out.add(other, -1);
        double hazard = Math.exp(out.value);
        double share = hazard / (hazard + rows.background[i]);
        out.compose(Math.log(hazard + rows.background[i]), share, share * (1 - share));
        out.add(other, 1);
    }

    /** log(S(a) - S(b)) = log S(a) + log(1 - S(b) / S(a)). */
    private void interval(int i, double t, double logT, double[] eta) {
        double a = rows.lower == null ? 0 : rows.lower[i];
        kernel.logSurvival(a, Math.log(a), eta, other);
        kernel.logSurvival(t, logT, eta, out);
        out.add(other, -1);
        out.logComplement();
        out.add(other, 1);
    }
}

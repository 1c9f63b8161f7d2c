package io.engraft.multistate.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model with clocks that start with the state: the renewal equations e_j(t) = sum_i [ p_i(0) q_ij(0, t) + integral of
 * e_i(s) q_ij(s, t) ds ] for the rates of entry e, with q_ij(s, t) the density of leaving i for j at t after entry at s,
 * by collocation on panels of log time. Integrals run over log s up to t/2 and over log(t - s) from there, cut wherever
 * a panel of the entries or of the kernel ends, so that on each piece the integrand is as good as a polynomial. Hazards
 * on forward clocks enter the kernel, so that both clocks may meet in one model and in one state.
 */
final class RenewalSolver extends PanelMarch {

    /** A duration this much shorter than the time, in logarithms, is as good as none if nobody leaves within it. */
    private static final double AT_ONCE = 18;
    /** A share of a panel that is much of it. */
    private static final double MUCH = 0.8;
    /** Minus the logarithm of rounding. */
    private static final double ROUNDING = 37;

    private final SojournKernel[] kernels;
    private final boolean[] waits;
    private final List<Integer> unknown = new ArrayList<>();

    // Of the panel in work: what is known, and what depends on the panel's own entries, [node][node].
    private final double[][][] flux;
    private final double[][] stay;
    private final double[][][][] fluxOf;
    private final double[][][] stayOf;
    private double from;
    private double to;

    RenewalSolver(KernelModel model, double origin, double length, double tolerance) {
        super(model, origin, length, tolerance);
        int n = model.states;
        this.kernels = new SojournKernel[n];
        this.waits = new boolean[n];
        this.flux = new double[n][][];
        this.fluxOf = new double[n][][][];
        this.stay = new double[n][];
        this.stayOf = new double[n][][];
        for (int i = 0; i < n; i++) {
            kernels[i] = new SojournKernel(model.channels.get(i), model.stays[i], origin, firstLog, lastLog, tolerance);
            waits[i] = !model.isAbsorbing(i);
            if (waits[i] && model.isEntered(i)) {
                unknown.add(i);
            }
        }
    }

    /** By those who start in a state, which takes no integrals. */
    @Override
    boolean isTooWide(double start, double end) {
        for (int i = 0; i < model.states; i++) {
            if (waits[i] && model.start[i] > 0) {
                clear(i);
                for (int m = 0; m < Chebyshev.N; m++) {
                    double logTime = PanelCurves.at(start, end, m);
                    double t = Math.exp(logTime);
                    kernels[i].setTime(t);
                    atom(i, m, t, logTime);
                }
                boolean fits = holds(stay[i], 1);
                for (double[] rate : flux[i]) {
                    fits = fits && holds(rate, end - start);
                }
                if (!fits) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    PanelCurves.Values attempt(double start, double end) {
        from = start;
        to = end;
        for (int i = 0; i < model.states; i++) {
            clear(i);
        }
        PanelCurves.Values values = new PanelCurves.Values(from, to, model.states, model.events);
        for (int m = 0; m < Chebyshev.N; m++) {
            double logTime = values.at(m);
            double t = Math.exp(logTime);
            for (int i = 0; i < model.states; i++) {
                if (waits[i]) {
                    kernels[i].setTime(t);
                    atom(i, m, t, logTime);
                    if (unknown.contains(i)) {
                        earlyEntries(i, m, t, logTime);
                        lateEntries(i, m, t, logTime);
                    }
                }
            }
        }
        fill(values, solve());
        return values;
    }

    private void clear(int i) {
        int nodes = Chebyshev.N;
        int channels = kernels[i].channels();
        flux[i] = new double[channels][nodes];
        fluxOf[i] = new double[channels][nodes][nodes];
        stay[i] = new double[nodes];
        stayOf[i] = new double[nodes][nodes];
    }

    /** Those who start in the state. */
    private void atom(int i, int m, double t, double logTime) {
        if (model.start[i] > 0) {
            SojournKernel kernel = kernels[i];
            double[] at = new double[kernel.channels() + 1];
            kernel.at(kernel.panelOf(logTime), 0, t, logTime, at);
            add(i, m, t, model.start[i], at);
        }
    }

    private void add(int i, int m, double t, double weight, double[] at) {
        int last = at.length - 1;
        stay[i][m] += weight * at[last];
        for (int c = 0; c < last; c++) {
            flux[i][c][m] += weight * t * at[c];
        }
    }

    private void addOwn(int i, int m, double t, double weight, double[] at, double[] basis) {
        int last = at.length - 1;
        for (int k = 0; k < Chebyshev.N; k++) {
            double part = weight * basis[k];
            stayOf[i][m][k] += part * at[last];
            for (int c = 0; c < last; c++) {
                fluxOf[i][c][m][k] += part * t * at[c];
            }
        }
    }

    /** Entries up to t/2, over log s. */
    private void earlyEntries(int i, int m, double t, double logTime) {
        double end = logTime - Math.log(2);
        if (!(end > firstLog)) {
            return;
        }
        Edges cuts = new Edges(firstLog, end);
        for (int k = 0; k <= curves.size(); k++) {
            cuts.add(k < curves.size() ? curves.edge(k) : from);
        }
        for (double z : kernels[i].edges()) {
            cuts.add(Math.log(t - Math.exp(z)));
        }
        double[] y = cuts.sorted();
        for (int k = 0; k + 1 < y.length; k++) {
            piece(i, m, t, y[k], y[k + 1], true);
        }
    }

    /** Entries from t/2 on, over log(t - s). */
    private void lateEntries(int i, int m, double t, double logTime) {
        double end = Math.min(logTime - Math.log(2), Math.log(t - Math.exp(firstLog)));
        if (!(end > firstLog)) {
            return;
        }
        double low = Math.max(firstLog, Math.min(kernels[i].first(), logTime - AT_ONCE));
        Edges cuts = new Edges(low, end);
        for (int k = 0; k <= curves.size(); k++) {
            cuts.add(Math.log(t - Math.exp(k < curves.size() ? curves.edge(k) : from)));
        }
        for (double z : kernels[i].edges()) {
            cuts.add(z);
        }
        double[] z = cuts.sorted();
        for (int k = 0; k + 1 < z.length; k++) {
            piece(i, m, t, z[k], z[k + 1], false);
        }
        // Nobody leaves within the shortest duration.
        double[] at = new double[kernels[i].channels() + 1];
        at[at.length - 1] = kernels[i].survivalAtOnce(t);
        entries(i, m, t, logTime, Math.exp(low - logTime), at);
    }

    /** Adds entries at a time with a weight per unit of log time. */
    private void entries(int i, int m, double t, double y, double weight, double[] at) {
        if (y > from || curves.size() == 0) {
            double[] basis = new double[Chebyshev.N];
            Chebyshev.basis((2 * y - from - to) / (to - from), basis);
            addOwn(i, m, t, weight, at, basis);
        } else {
            add(i, m, t, weight * curves.entryRate(curves.panelOf(y), i, y), at);
        }
    }

    private void piece(int i, int m, double t, double a, double b, boolean early) {
        double middle = 0.5 * (a + b);
        double other = Math.log(t - Math.exp(middle));
        double y = early ? middle : other;
        boolean own = y > from || curves.size() == 0;
        int panel = own ? -1 : curves.panelOf(y);
        if (!own && !curves.enters(panel, i)) {
            return;
        }
        SojournKernel kernel = kernels[i];
        int row = kernel.panelOf(early ? other : middle);
        double[] at = new double[kernel.channels() + 1];
        double[] basis = new double[Chebyshev.N];
        boolean much = b - a > MUCH * kernel.width(row) && (own || b - a > MUCH * curves.width(panel));
        Chebyshev.Gauss rule = much || isNearBend(Math.log(t), a, b) ? Chebyshev.FULL : Chebyshev.SHORT;
        for (int k = 0; k < rule.size(); k++) {
            double v = middle + 0.5 * (b - a) * rule.node(k);
            double weight = 0.5 * (b - a) * rule.weight(k);
            double near = Math.exp(v);
            double far = t - near;
            double logFar = Math.log(far);
            double s = early ? near : far;
            double logS = early ? v : logFar;
            kernel.at(row, s, early ? far : near, early ? logFar : v, at);
            double share = early ? weight : weight * near / far;
            if (own) {
                Chebyshev.basis((2 * logS - from - to) / (to - from), basis);
                addOwn(i, m, t, share, at, basis);
            } else {
                add(i, m, t, share * curves.entryRate(panel, i, logS), at);
            }
        }
    }

    /** Whether log(t - exp(v)), singular at log t, is more than the short rule can do. */
    private static boolean isNearBend(double logTime, double a, double b) {
        double x = (2 * logTime - a - b) / (b - a);
        double decay = Math.log(x + Math.sqrt(x * x - 1));
        return 2 * Chebyshev.SHORT.size() * decay + logTime - b < ROUNDING;
    }

    /** The entries into the unknown states at the panel's nodes. */
    private double[][] solve() {
        int nodes = Chebyshev.N;
        int size = unknown.size() * nodes;
        double[][] a = new double[size][size];
        double[] b = new double[size];
        for (int k = 0; k < size; k++) {
            a[k][k] = 1;
        }
        for (int i = 0; i < model.states; i++) {
            int column = unknown.indexOf(i) * nodes;
            for (int c = 0; c < kernels[i].channels(); c++) {
                int row = unknown.indexOf(kernels[i].channel(c).to()) * nodes;
                for (int m = 0; m < nodes && row >= 0; m++) {
                    b[row + m] += flux[i][c][m];
                    for (int k = 0; k < nodes && column >= 0; k++) {
                        a[row + m][column + k] -= fluxOf[i][c][m][k];
                    }
                }
            }
        }
        double[] x = LinearSystem.solve(a, b);
        double[][] entries = new double[model.states][nodes];
        for (int u = 0; u < unknown.size(); u++) {
            entries[unknown.get(u)] = Arrays.copyOfRange(x, u * nodes, (u + 1) * nodes);
        }
        return entries;
    }

    private void fill(PanelCurves.Values values, double[][] entries) {
        for (int i = 0; i < model.states; i++) {
            for (int m = 0; m < Chebyshev.N && waits[i]; m++) {
                values.probability[i][m] = stay[i][m] + dot(stayOf[i][m], entries[i]);
                for (int c = 0; c < kernels[i].channels(); c++) {
                    double rate = flux[i][c][m] + dot(fluxOf[i][c][m], entries[i]);
                    values.entry[kernels[i].channel(c).to()][m] += rate;
                    values.event[kernels[i].channel(c).event()][m] += rate;
                }
            }
        }
        for (int i = 0; i < model.states; i++) {
            if (!waits[i]) {
                double[] sum = Chebyshev.integral(Chebyshev.coefficients(values.entry[i]));
                for (int m = 0; m < Chebyshev.N; m++) {
                    values.probability[i][m] =
                            curves.enteredSoFar(i) + 0.5 * (to - from) * Chebyshev.value(sum, Chebyshev.node(m));
                }
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** Places at which an interval is cut. */
    private static final class Edges {
        private final double low;
        private final double high;
        private double[] all = new double[64];
        private int size;

        Edges(double low, double high) {
            this.low = low;
            this.high = high;
            add(low);
            add(high);
        }

        /** Keeps what lies within; not what is NaN. */
        void add(double edge) {
            if (edge >= low && edge <= high) {
                all = size == all.length ? Arrays.copyOf(all, 2 * size) : all;
                all[size++] = edge;
            }
        }

        double[] sorted() {
            double[] edges = Arrays.copyOf(all, size);
            Arrays.sort(edges);
            return edges;
        }
    }
}

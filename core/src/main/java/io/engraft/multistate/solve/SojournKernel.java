package io.engraft.multistate.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * How a state is left: for an entry at time s, the probability to be still there after a duration u, and the density of
 * leaving then by each channel. What depends on the duration alone is tabled as Chebyshev polynomials of log u; forward
 * clocks are added for the time that {@link #setTime} names. Not for use by several threads.
 */
final class SojournKernel {

    private static final double TABLE_TOLERANCE = 2e-15;
    private static final double TABLE_SHARE = 1e-2;
    /** The probability to have left that is neglected, and its share in the tolerance. */
    private static final double LEAVING = 1e-15;

    private static final double LEAVING_SHARE = 1e-3;
    private static final double NARROWEST = 1e-8;
    private static final double WIDEST = 4;
    /** Hazards of forward clocks are not tabled: narrower panels let quadrature follow them. */
    private static final double WIDEST_FORWARD = 1;

    private static final int MOST_PANELS = 3000;
    private static final double[] CHECKS = {-0.93, -0.11, 0.58, 0.985};

    private final List<KernelModel.Channel> channels;
    private final double stays;
    private final double origin;
    private final boolean forward;
    private final List<double[][]> table = new ArrayList<>();
    private double[] edges = new double[0];
    private double forwardTotal;
    private final double[] forwardHazard;
    private final double[] polynomials = new double[Chebyshev.N];
    private final double tolerance;
    private final double first;

    /** The tolerance is that of the solution, which the table need not be far below. */
    SojournKernel(
            List<KernelModel.Channel> channels,
            double stays,
            double origin,
            double firstLog,
            double lastLog,
            double tolerance) {
        this.tolerance = Math.max(TABLE_TOLERANCE, TABLE_SHARE * tolerance);
        this.channels = channels;
        this.stays = stays;
        this.origin = origin;
        this.forward = channels.stream().anyMatch(KernelModel.Channel::forward);
        this.forwardHazard = new double[channels.size()];
        this.first = firstLog(firstLog, lastLog, Math.max(LEAVING, LEAVING_SHARE * tolerance));
        build(firstLog, lastLog);
    }

    private double firstLog(double firstLog, double lastLog, double neglected) {
        double z = firstLog;
        while (z + 1 < lastLog && KernelModel.leaving(channels, origin, Math.exp(z + 1)) <= neglected) {
            z++;
        }
        return forward ? firstLog : z;
    }

    /** The logarithm of a duration within which practically nobody leaves. */
    double first() {
        return first;
    }

    int channels() {
        return channels.size();
    }

    KernelModel.Channel channel(int c) {
        return channels.get(c);
    }

    /** Logarithms of durations, ascending, between which the table's functions are polynomials. */
    double[] edges() {
        return edges;
    }

    /** The densities times u at log duration z, and the survival at last. */
    private double[] exact(double z) {
        int n = channels.size();
        double u = Math.exp(z);
        double[] values = new double[n + 1];
        double hazard = 0;
        double survival = stays;
        boolean fates = stays > 0;
        for (KernelModel.Channel c : channels) {
            if (c.fate()) {
                survival += c.weight() * c.law().survival(u);
                fates = true;
            } else if (!c.forward()) {
                hazard += c.weight() * c.law().cumulativeHazard(u);
            }
        }
        values[n] = fates ? survival : Math.exp(-hazard);
        for (int k = 0; k < n; k++) {
            KernelModel.Channel c = channels.get(k);
            if (c.fate()) {
                values[k] = c.weight() * u * c.law().density(u);
            } else if (!c.forward() && values[n] > 0) {
                values[k] = c.weight() * u * c.law().hazard(u) * values[n];
            }
        }
        return values;
    }

    private void build(double firstLog, double lastLog) {
        TreeSet<Double> cuts = new TreeSet<>();
        for (KernelModel.Channel c : channels) {
            if (!c.forward()) {
                Arrays.stream(RateSteps.jumps(c.law())).forEach(cuts::add);
                for (double share : new double[] {0.01, 0.5, 0.99}) {
                    cuts.add(c.law().timeAt(share));
                }
            }
        }
        List<Double> found = new ArrayList<>(List.of(firstLog));
        double from = firstLog;
        for (double cut : cuts) {
            double at = Math.log(cut);
            if (at > from + NARROWEST && at < lastLog - NARROWEST) {
                split(from, at, found);
                from = at;
            }
        }
        split(from, lastLog, found);
        edges = found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void split(double from, double to, List<Double> found) {
        double[][] values = new double[channels.size() + 1][Chebyshev.N];
        for (int k = 0; k < Chebyshev.N; k++) {
            double[] at = exact(0.5 * (from + to) + 0.5 * (to - from) * Chebyshev.node(k));
            for (int c = 0; c < at.length; c++) {
                values[c][k] = at[c];
            }
        }
        double[][] series = new double[values.length][];
        double off = 0;
        for (int c = 0; c < series.length; c++) {
            series[c] = Chebyshev.coefficients(values[c]);
            double largest = Arrays.stream(values[c]).max().orElse(0);
            off = Math.max(off, (to - from) * Chebyshev.tail(series[c]) / Math.max(1, 4 * largest));
        }
        boolean wide = to - from > (forward ? WIDEST_FORWARD : WIDEST);
        boolean fine = off <= tolerance && holds(from, to, series);
        if (!wide && (fine || to - from <= NARROWEST || table.size() >= MOST_PANELS)) {
            table.add(series);
            found.add(to);
            return;
        }
        double middle = 0.5 * (from + to);
        split(from, middle, found);
        split(middle, to, found);
    }

    private boolean holds(double from, double to, double[][] series) {
        for (double x : CHECKS) {
            double[] exact = exact(0.5 * (from + to) + 0.5 * (to - from) * x);
            for (int c = 0; c < series.length; c++) {
                double off = Math.abs(Chebyshev.value(series[c], x) - exact[c]);
                if (!(off <= 100 * tolerance * Math.max(1, exact[c]))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The panel of the table that holds a log duration. */
    int panelOf(double z) {
        int at = Arrays.binarySearch(edges, z);
        int panel = at >= 0 ? at : -at - 2;
        return Math.max(0, Math.min(table.size() - 1, panel));
    }

    double width(int panel) {
        return edges[panel + 1] - edges[panel];
    }

    /** The time, since the start, at which states are looked at from now on. */
    void setTime(double t) {
        if (forward) {
            forwardTotal = 0;
            for (int c = 0; c < channels.size(); c++) {
                KernelModel.Channel channel = channels.get(c);
                if (channel.forward()) {
                    forwardHazard[c] = channel.weight() * channel.law().hazard(origin + t);
                    forwardTotal += channel.weight() * channel.law().cumulativeHazard(origin + t);
                }
            }
        }
    }

    private double forwardSurvival(double s) {
        double before = 0;
        for (KernelModel.Channel c : channels) {
            before += c.forward() ? c.weight() * c.law().cumulativeHazard(origin + s) : 0;
        }
        return Math.exp(Math.min(0, before - forwardTotal));
    }

    /** For entry at s and duration u = exp(z): the density of each channel, and the survival at last. */
    void at(int panel, double s, double u, double z, double[] into) {
        double[][] series = table.get(panel);
        double x = (2 * z - edges[panel] - edges[panel + 1]) / (edges[panel + 1] - edges[panel]);
        int n = channels.size();
        double others = forward ? forwardSurvival(s) : 1;
        Chebyshev.polynomials(x, polynomials);
        into[n] = others * Chebyshev.sum(series[n], polynomials);
        for (int c = 0; c < n; c++) {
            into[c] = channels.get(c).forward()
                    ? forwardHazard[c] * into[n]
                    : others * Chebyshev.sum(series[c], polynomials) / u;
        }
    }

    /** The survival of a duration too short to leave. */
    double survivalAtOnce(double s) {
        return forward ? forwardSurvival(s) : 1;
    }
}

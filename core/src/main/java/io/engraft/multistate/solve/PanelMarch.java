package io.engraft.multistate.solve;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * From early to late over panels of log time, in which laws with singular densities at 0 are smooth: a panel whose
 * polynomials do not hold the curves, or on which the probabilities of all states do not sum to 1, is halved.
 */
abstract class PanelMarch {

    private static final double WIDEST = 6;
    private static final double NARROWEST = 1e-9;
    private static final int MOST_PANELS = 5000;
    private static final int MOST_CUTS = 400;
    /** The probability to have left a state that is neglected. */
    private static final double NEGLECTED = 1e-15;

    final KernelModel model;
    final double origin;
    final double firstLog;
    final double lastLog;
    final PanelCurves curves;
    final double tolerance;
    /** The sum of all probabilities, less 1, at the last node of the panel tried last, and of the one accepted last. */
    private double defect;

    private double lastDefect;

    PanelMarch(KernelModel model, double origin, double length, double tolerance) {
        this.model = model;
        this.origin = origin;
        this.lastLog = Math.log(length);
        this.firstLog = firstLog(model, origin, lastLog);
        this.curves = new PanelCurves(model, firstLog);
        this.tolerance = tolerance;
    }

    /** The logarithm of a time before which practically nobody leaves a state that was just entered. */
    private static double firstLog(KernelModel model, double origin, double lastLog) {
        double first = lastLog - 28;
        while (first > -650 && leaving(model, origin, Math.exp(first)) > NEGLECTED) {
            first -= 2;
        }
        return first;
    }

    private static double leaving(KernelModel model, double origin, double t) {
        double most = 0;
        for (List<KernelModel.Channel> own : model.channels) {
            most = Math.max(most, KernelModel.leaving(own, origin, t));
        }
        return most;
    }

    /** Whether what is quickly known of the curves is too much for one panel, so that an attempt would be in vain. */
    boolean isTooWide(double from, double to) {
        return false;
    }

    /** Whether values at the nodes, per unit of log time where they are rates, are those of a polynomial. */
    final boolean holds(double[] values, double width) {
        return width * Chebyshev.tail(Chebyshev.coefficients(values)) <= tolerance;
    }

    /** The curves on a panel that follows those that were accepted. */
    abstract PanelCurves.Values attempt(double from, double to);

    PanelCurves run() {
        double[] cuts = cuts();
        int next = 0;
        double at = firstLog;
        double width = WIDEST;
        while (at < lastLog) {
            while (next < cuts.length && cuts[next] <= at) {
                next++;
            }
            double limit = next < cuts.length ? cuts[next] : lastLog;
            double to = at + 1.2 * width >= limit ? limit : at + width;
            boolean narrow = to - at <= NARROWEST || curves.size() >= MOST_PANELS;
            if (!narrow && isTooWide(at, to)) {
                width = 0.5 * (to - at);
                continue;
            }
            PanelCurves.Values values = attempt(at, to);
            double off = off(values);
            if (off <= tolerance || narrow) {
                curves.add(values, off);
                lastDefect = defect;
                width = Math.min(WIDEST, (off <= tolerance * 1e-2 ? 2 : 1.3) * (to - at));
                at = to;
            } else {
                width = 0.5 * (to - at);
            }
        }
        return curves;
    }

    /** How far the panel's polynomials are off, by their last coefficients and by the sum of the probabilities. */
    private double off(PanelCurves.Values values) {
        double width = values.to - values.from;
        double off = 0;
        for (double[] v : values.probability) {
            off = Math.max(off, Chebyshev.tail(Chebyshev.coefficients(v)));
        }
        for (double[][] rates : List.of(values.entry, values.event)) {
            for (double[] v : rates) {
                off = Math.max(off, width * Chebyshev.tail(Chebyshev.coefficients(v)));
            }
        }
        for (int k = 0; k < Chebyshev.N; k++) {
            double sum = 0;
            for (double[] v : values.probability) {
                sum += v[k];
            }
            // Defects gather over panels: a new one tells of something missed on this panel.
            defect = sum - 1;
            off = Math.max(off, 0.1 * Math.abs(defect - lastDefect));
        }
        return Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
    }

    /** Logarithms of the times at which curves may bend: cuts of hazards, and sums of two of them. */
    private double[] cuts() {
        TreeSet<Double> reset = new TreeSet<>();
        TreeSet<Double> all = new TreeSet<>();
        model.channels.forEach(own -> own.forEach(c -> {
            for (double cut : RateSteps.jumps(c.law())) {
                (c.forward() ? all : reset).add(c.forward() ? cut - origin : cut);
            }
        }));
        all.addAll(reset);
        if (all.size() * reset.size() <= MOST_CUTS) {
            for (double one : List.copyOf(all)) {
                for (double other : reset) {
                    all.add(one + other);
                }
            }
        }
        double[] logs = all.stream()
                .filter(cut -> cut > 0)
                .mapToDouble(Math::log)
                .filter(cut -> cut > firstLog && cut < lastLog)
                .toArray();
        Arrays.sort(logs);
        return logs;
    }
}

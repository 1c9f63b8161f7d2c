package io.engraft.multistate.solve;

import java.util.ArrayList;
import java.util.List;

/** Curves held as Chebyshev polynomials on panels of log time, before the first of which nothing has happened yet. */
final class PanelCurves implements ModelCurves {

    /** Entries per unit of log time that later curves need not know of. */
    private static final double NEGLECTED = 1e-18;

    private final KernelModel model;
    private final double first;
    private final List<Panel> panels = new ArrayList<>();
    private double[] time;
    private double[] entries;
    private double[] happened;
    private double error;

    PanelCurves(KernelModel model, double firstLog) {
        this.model = model;
        this.first = firstLog;
        this.time = model.start.clone();
        for (int i = 0; i < time.length; i++) {
            time[i] *= Math.exp(firstLog);
        }
        this.entries = model.start.clone();
        this.happened = new double[model.events];
    }

    /** Values at the nodes of one panel, by state or event and node; rates are per unit of log time. */
    static final class Values {
        final double from;
        final double to;
        final double[][] probability;
        final double[][] entry;
        final double[][] event;

        Values(double from, double to, int states, int events) {
            this.from = from;
            this.to = to;
            this.probability = new double[states][Chebyshev.N];
            this.entry = new double[states][Chebyshev.N];
            this.event = new double[events][Chebyshev.N];
        }

        /** The logarithm of the time at a node. */
        double at(int node) {
            return PanelCurves.at(from, to, node);
        }
    }

    /** A panel with what was reached before it. */
    private static final class Panel {
        private final double from;
        private final double to;
        private final double[][] probability;
        private final double[][] entry;
        private final double[][] entered;
        private final double[][] happened;
        private final double[][] time;
        private final double[] largestEntry;
        private final double[] timeBefore;
        private final double[] enteredBefore;
        private final double[] happenedBefore;

        Panel(Values v, double[] timeBefore, double[] enteredBefore, double[] happenedBefore) {
            this.timeBefore = timeBefore;
            this.enteredBefore = enteredBefore;
            this.happenedBefore = happenedBefore;
            this.from = v.from;
            this.to = v.to;
            this.probability = series(v.probability);
            this.entry = series(v.entry);
            this.entered = integrals(entry, to - from);
            this.happened = integrals(series(v.event), to - from);
            double[][] stay = new double[v.probability.length][Chebyshev.N];
            for (int i = 0; i < stay.length; i++) {
                for (int k = 0; k < Chebyshev.N; k++) {
                    stay[i][k] = v.probability[i][k] * Math.exp(v.at(k));
                }
            }
            this.time = integrals(series(stay), to - from);
            this.largestEntry = new double[entry.length];
            for (int i = 0; i < entry.length; i++) {
                for (double x : v.entry[i]) {
                    largestEntry[i] = Math.max(largestEntry[i], Math.abs(x));
                }
            }
        }

        private static double[][] series(double[][] values) {
            double[][] c = new double[values.length][];
            for (int i = 0; i < c.length; i++) {
                c[i] = Chebyshev.coefficients(values[i]);
            }
            return c;
        }

        private static double[][] integrals(double[][] c, double width) {
            double[][] sums = new double[c.length][];
            for (int i = 0; i < c.length; i++) {
                sums[i] = Chebyshev.integral(c[i]);
                for (int k = 0; k < sums[i].length; k++) {
                    sums[i][k] *= 0.5 * width;
                }
            }
            return sums;
        }

        double local(double logTime) {
            return (2 * logTime - from - to) / (to - from);
        }

        /** Running totals at the end of the panel. */
        private static double[] after(double[] before, double[][] series) {
            double[] after = before.clone();
            for (int i = 0; i < after.length; i++) {
                after[i] += Chebyshev.value(series[i], 1);
            }
            return after;
        }
    }

    void add(Values values, double off) {
        Panel panel = new Panel(values, time, entries, happened);
        panels.add(panel);
        time = Panel.after(time, panel.time);
        entries = Panel.after(entries, panel.entered);
        happened = Panel.after(happened, panel.happened);
        error += off;
    }

    /** A node of a panel. */
    static double at(double from, double to, int node) {
        return 0.5 * (from + to) + 0.5 * (to - from) * Chebyshev.node(node);
    }

    double width(int panel) {
        Panel p = panels.get(panel);
        return p.to - p.from;
    }

    int size() {
        return panels.size();
    }

    /** The logarithm of the time at which a panel starts. */
    double edge(int panel) {
        return panels.get(panel).from;
    }

    /** The panel of a logarithm of time that is not before the first panel. */
    int panelOf(double logTime) {
        int low = 0;
        int high = panels.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (logTime <= panels.get(middle).to) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    boolean enters(int panel, int state) {
        return panels.get(panel).largestEntry[state] > NEGLECTED;
    }

    /** Entries into a state per unit of log time. */
    double entryRate(int panel, int state, double logTime) {
        Panel p = panels.get(panel);
        return Chebyshev.value(p.entry[state], p.local(logTime));
    }

    /** Expected entries up to the last panel's end. */
    double enteredSoFar(int state) {
        return entries[state];
    }

    /** A value at a place, in [-1, 1], of a panel. */
    private interface Reading {
        double of(Panel panel, double x);
    }

    private double value(double t, double before, Reading reading) {
        double logTime = Math.log(t);
        if (!(logTime > first) || panels.isEmpty()) {
            return before;
        }
        Panel panel = panels.get(panelOf(logTime));
        return reading.of(panel, Math.min(1, panel.local(logTime)));
    }

    @Override
    public double probability(int state, double t) {
        return value(t, model.start[state], (p, x) -> Chebyshev.value(p.probability[state], x));
    }

    @Override
    public double timeIn(int state, double t) {
        return value(t, model.start[state] * t, (p, x) -> p.timeBefore[state] + Chebyshev.value(p.time[state], x));
    }

    @Override
    public double entries(int state, double t) {
        return value(t, model.start[state], (p, x) -> p.enteredBefore[state] + Chebyshev.value(p.entered[state], x));
    }

    @Override
    public double events(int event, double t) {
        return value(t, 0, (p, x) -> p.happenedBefore[event] + Chebyshev.value(p.happened[event], x));
    }

    @Override
    public double error() {
        return error;
    }
}

package io.engraft.charts;

import java.awt.Color;
import java.util.List;

/** A curve ready to draw: its name, its course, and how it looks. */
final class Curve {

    /** Kinds of curves. */
    enum Kind {
        /** An estimate or a model in its own right. */
        MAIN,
        /** A model laid over an estimate. */
        OVERLAY,
        /** A stacked area down to zero. */
        AREA
    }

    final String name;
    final Kind kind;
    final Trace trace;
    final Color color;
    final float[] dash;
    final ConfidenceStyle confidence;
    final List<Band> bands;
    final Trace censorMarks;

    Curve(
            String name,
            Kind kind,
            Trace trace,
            Color color,
            float[] dash,
            ConfidenceStyle confidence,
            List<Band> bands,
            Trace censorMarks) {
        this.name = name;
        this.kind = kind;
        this.trace = trace;
        this.color = color;
        this.dash = dash;
        this.confidence = bands.isEmpty() ? ConfidenceStyle.NONE : confidence;
        this.bands = bands;
        this.censorMarks = censorMarks;
    }

    /** Points; NaN in y interrupts. */
    static final class Trace {

        static final Trace EMPTY = new Trace(new double[0], new double[0]);

        final double[] x;
        final double[] y;

        Trace(double[] x, double[] y) {
            this.x = x;
            this.y = y;
        }

        /** Where the last y stands that is a number, or NaN. */
        double lastTime() {
            for (int i = y.length - 1; i >= 0; i--) {
                if (!Double.isNaN(y[i])) {
                    return x[i];
                }
            }
            return Double.NaN;
        }

        /** The last y that is a number, or NaN. */
        double lastValue() {
            for (int i = y.length - 1; i >= 0; i--) {
                if (!Double.isNaN(y[i])) {
                    return y[i];
                }
            }
            return Double.NaN;
        }
    }

    /** An uninterrupted piece of a confidence band, steps expanded. */
    static final class Band {

        final double[] x;
        final double[] lower;
        final double[] upper;

        Band(double[] x, double[] lower, double[] upper) {
            this.x = x;
            this.lower = lower;
            this.upper = upper;
        }
    }
}

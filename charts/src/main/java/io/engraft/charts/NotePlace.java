package io.engraft.charts;

import io.engraft.charts.Curve.Band;
import io.engraft.charts.Curve.Trace;
import io.engraft.charts.Pen.Align;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** The corner of the plot in which a note covers least. */
record NotePlace(double x, double top, Align align) {

    private static final double INSET = 10;
    private static final double LEADING = 15.5;
    private static final double CURVE_WEIGHT = 20;
    private static final double GUIDE_WEIGHT = 8;
    private static final double EDGE_WEIGHT = 1;

    double baseline(int line) {
        return top + Layout.NOTE.size() * 0.8 + line * LEADING;
    }

    static NotePlace find(FigureModel model, Layout layout, double width, int lines) {
        double height = lines * LEADING;
        boolean[] rightFirst = model.rising() ? new boolean[] {false, true} : new boolean[] {true, false};
        NotePlace best = null;
        double least = Double.POSITIVE_INFINITY;
        for (boolean upper : new boolean[] {true, false}) {
            for (boolean right : rightFirst) {
                NotePlace place = new NotePlace(
                        right ? layout.right() - INSET : layout.left + INSET,
                        upper ? layout.top + INSET : layout.bottom() - INSET - height,
                        right ? Align.RIGHT : Align.LEFT);
                double left = right ? place.x - width : place.x;
                Rectangle2D box = new Rectangle2D.Double(left - 4, place.top - 3, width + 8, height + 6);
                double cost = cost(model, layout, box);
                if (cost < least) {
                    least = cost;
                    best = place;
                }
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private static double cost(FigureModel model, Layout layout, Rectangle2D box) {
        double cost = 0;
        for (Curve curve : model.curves()) {
            cost += CURVE_WEIGHT * crossings(curve.trace, layout, box);
            for (Band band : curve.bands) {
                cost += EDGE_WEIGHT * crossings(new Trace(band.x, band.lower), layout, box);
                cost += EDGE_WEIGHT * crossings(new Trace(band.x, band.upper), layout, box);
            }
        }
        for (double median : model.medians()) {
            double x = layout.x(median);
            double half = layout.y(0.5);
            cost += box.intersectsLine(x, half, x, layout.bottom()) ? GUIDE_WEIGHT : 0;
            cost += box.intersectsLine(layout.left, half, x, half) ? GUIDE_WEIGHT : 0;
        }
        return cost;
    }

    private static int crossings(Trace trace, Layout layout, Rectangle2D box) {
        int crossings = 0;
        for (int i = 1; i < trace.x.length; i++) {
            if (!Double.isNaN(trace.y[i - 1]) && !Double.isNaN(trace.y[i])) {
                Line2D segment = new Line2D.Double(
                        layout.x(trace.x[i - 1]), layout.y(trace.y[i - 1]), layout.x(trace.x[i]), layout.y(trace.y[i]));
                crossings += segment.intersects(box) ? 1 : 0;
            }
        }
        return crossings;
    }
}

package io.engraft.charts;

import io.engraft.charts.Curve.Band;
import io.engraft.charts.Curve.Kind;
import io.engraft.charts.Curve.Trace;
import io.engraft.charts.internal.Fonts;
import io.engraft.charts.internal.Ink;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYSeries;

/** Paints what is inside the plot: grid, bands, curves, marks, median lines, the note. */
final class PlotPainter {

    static final double CURVE_WIDTH = 1.7;

    private static final double BAND_OPACITY = 0.2;
    private static final double CROWDED_OPACITY = 0.12;
    private static final int CROWDED_FROM = 3;
    private static final double EDGE_OPACITY = 0.55;
    private static final double CENSOR_HALF = 4;
    private static final double NOTE_SHARE = 0.55;
    private static final Color GUIDE = new Color(0x707070);

    private final FigureChart chart;
    private final FigureModel model;
    private final Layout layout;
    private final Pen pen;

    PlotPainter(FigureChart chart, FigureModel model, Layout layout, Pen pen) {
        this.chart = chart;
        this.model = model;
        this.layout = layout;
        this.pen = pen;
    }

    void paint() {
        if (model.yGrid()) {
            pen.group("grid", this::grid);
        }
        paintAreas();
        each(Kind.MAIN, (i, curve, series) -> pen.group("band-" + (i + 1), () -> band(curve, series)));
        each(Kind.OVERLAY, (i, curve, series) -> pen.group("band-" + (i + 1), () -> band(curve, series)));
        if (!Double.isNaN(model.labelTime())) {
            pen.group("label-time", this::labelTime);
        }
        if (!model.medians().isEmpty()) {
            pen.group("median", this::medianLines);
        }
        each(Kind.MAIN, (i, curve, series) -> pen.group("curve-" + (i + 1), curve.name, () -> curve(curve, series)));
        each(Kind.OVERLAY, (i, curve, series) -> pen.group("curve-" + (i + 1), curve.name, () -> curve(curve, series)));
        each(Kind.MAIN, (i, curve, series) -> {
            if (curve.censorMarks.x.length > 0) {
                pen.group("censor-" + (i + 1), () -> censorMarks(curve, series));
            }
        });
        if (!model.options().annotation.isBlank()) {
            pen.group("annotation", this::note);
        }
    }

    /** Something done with a curve and the series through which a user may have changed it. */
    private interface Step {
        void take(int index, Curve curve, XYSeries series);
    }

    private void each(Kind kind, Step step) {
        for (int i = 0; i < model.curves().size(); i++) {
            Curve curve = model.curves().get(i);
            XYSeries series = chart.getSeries(curve.name);
            if (curve.kind == kind && series != null && series.isEnabled()) {
                step.take(i, curve, series);
            }
        }
    }

    private void grid() {
        for (Axis.Tick tick : model.y().ticks()) {
            double y = layout.y(tick.value());
            pen.line(layout.left, y, layout.right(), y, Ink.GRID, 1);
        }
    }

    /** The widest area first, each down to zero: no seams between them. */
    private void paintAreas() {
        List<Integer> indices = new ArrayList<>();
        each(Kind.AREA, (i, curve, series) -> indices.add(0, i));
        for (int i : indices) {
            Curve curve = model.curves().get(i);
            pen.group("area-" + (i + 1), curve.name, () -> area(curve));
        }
    }

    private void area(Curve curve) {
        XYSeries series = chart.getSeries(curve.name);
        Color color = series == null ? curve.color : series.getLineColor();
        for (Path2D.Double piece : pieces(curve.trace)) {
            Path2D.Double closed = new Path2D.Double(piece);
            closed.lineTo(closed.getCurrentPoint().getX(), layout.y(0));
            closed.lineTo(firstX(piece), layout.y(0));
            closed.closePath();
            pen.fill(closed, color);
            pen.draw(piece, Color.WHITE, Pen.stroke(1));
        }
    }

    private static double firstX(Path2D path) {
        double[] point = new double[6];
        path.getPathIterator(null).currentSegment(point);
        return point[0];
    }

    private void band(Curve curve, XYSeries series) {
        if (curve.confidence == ConfidenceStyle.NONE) {
            return;
        }
        long bands = model.curves().stream()
                .filter(c -> c.confidence == ConfidenceStyle.BAND)
                .count();
        boolean crowded = bands >= CROWDED_FROM;
        for (Band piece : curve.bands) {
            Path2D.Double upper = path(piece.x, piece.upper);
            Path2D.Double lower = path(piece.x, piece.lower);
            if (curve.confidence == ConfidenceStyle.LINES) {
                pen.draw(upper, series.getLineColor(), Pen.stroke(1, 1.2f, 2.2f));
                pen.draw(lower, series.getLineColor(), Pen.stroke(1, 1.2f, 2.2f));
                continue;
            }
            Path2D.Double closed = new Path2D.Double(upper);
            for (int i = piece.x.length - 1; i >= 0; i--) {
                closed.lineTo(layout.x(piece.x[i]), layout.y(piece.lower[i]));
            }
            closed.closePath();
            pen.fill(closed, Ink.alpha(series.getLineColor(), crowded ? CROWDED_OPACITY : BAND_OPACITY));
            if (bands > 1) {
                // Fine edges keep every band traceable where bands overlap.
                Color edge = Ink.alpha(series.getLineColor(), EDGE_OPACITY);
                pen.draw(upper, edge, Pen.stroke(0.6));
                pen.draw(lower, edge, Pen.stroke(0.6));
            }
        }
    }

    private Path2D.Double path(double[] x, double[] y) {
        Path2D.Double path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (i == 0) {
                path.moveTo(layout.x(x[i]), layout.y(y[i]));
            } else {
                path.lineTo(layout.x(x[i]), layout.y(y[i]));
            }
        }
        return path;
    }

    /** The uninterrupted pieces of a course. */
    private List<Path2D.Double> pieces(Trace trace) {
        List<Path2D.Double> pieces = new ArrayList<>();
        Path2D.Double path = null;
        for (int i = 0; i < trace.x.length; i++) {
            if (Double.isNaN(trace.y[i])) {
                path = null;
            } else if (path == null) {
                path = new Path2D.Double();
                path.moveTo(layout.x(trace.x[i]), layout.y(trace.y[i]));
                pieces.add(path);
            } else {
                path.lineTo(layout.x(trace.x[i]), layout.y(trace.y[i]));
            }
        }
        return pieces;
    }

    private void curve(Curve curve, XYSeries series) {
        for (Path2D.Double piece : pieces(curve.trace)) {
            pen.draw(piece, series.getLineColor(), series.getLineStyle());
        }
    }

    private void censorMarks(Curve curve, XYSeries series) {
        Trace marks = curve.censorMarks;
        Path2D.Double ticks = new Path2D.Double();
        for (int i = 0; i < marks.x.length; i++) {
            if (!Double.isNaN(marks.y[i])) {
                double x = layout.x(marks.x[i]);
                double y = layout.y(marks.y[i]);
                ticks.moveTo(x, y - CENSOR_HALF);
                ticks.lineTo(x, y + CENSOR_HALF);
            }
        }
        pen.draw(ticks, series.getLineColor(), Pen.stroke(1));
    }

    /** At the time of the labels, as they stand at the ends of curves that go on after it. */
    private void labelTime() {
        double x = layout.x(model.labelTime());
        pen.line(x, layout.top, x, layout.bottom(), Color.WHITE, 2);
        pen.line(x, layout.top, x, layout.bottom(), GUIDE, 0.8, 1.5f, 2.5f);
    }

    private void medianLines() {
        double half = layout.y(0.5);
        double last =
                model.medians().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        pen.line(layout.left, half, layout.x(last), half, GUIDE, 0.8, 4, 3);
        for (double median : model.medians()) {
            pen.line(layout.x(median), half, layout.x(median), layout.bottom(), GUIDE, 0.8, 4, 3);
        }
    }

    private void note() {
        double widest = NOTE_SHARE * layout.plotWidth;
        String text = Pen.keepTogether(model.options().annotation);
        List<String> lines = Fonts.wrap(text, Layout.NOTE.face(), Layout.NOTE.size(), widest).stream()
                .map(Pen::plainBlanks)
                .toList();
        double width = lines.stream()
                .mapToDouble(line -> Pen.statisticsWidth(line, Layout.NOTE))
                .max()
                .orElse(0);
        NotePlace place = NotePlace.find(model, layout, width, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            pen.statistics(lines.get(i), Layout.NOTE, place.x(), place.baseline(i), place.align());
        }
    }
}

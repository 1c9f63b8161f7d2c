package io.engraft.charts;

import io.engraft.charts.Curve.Kind;
import io.engraft.charts.FigureModel.Block;
import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.charts.FigureModel.Row;
import io.engraft.charts.Pen.Align;
import io.engraft.charts.Pen.Lettering;
import io.engraft.charts.internal.Fonts;
import io.engraft.charts.internal.Ink;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.XYSeries;

/** Paints what is around the plot: titles, legend, axes, labels at the curves' ends, tables, caption. */
final class FurniturePainter {

    /** A curve that ends so far from its label, in pixels, is led to it. */
    private static final double FAR = 30;

    private static final float[] LEADER = {1, 3};

    private static final double LINE = 1;

    private final FigureChart chart;
    private final FigureModel model;
    private final Layout layout;
    private final Pen pen;

    FurniturePainter(FigureChart chart, FigureModel model, Layout layout, Pen pen) {
        this.chart = chart;
        this.model = model;
        this.layout = layout;
        this.pen = pen;
    }

    void paint() {
        pen.group("heading", this::heading);
        if (!layout.keys.isEmpty()) {
            pen.group("legend", this::legend);
        }
        pen.group("y-axis", this::yAxis);
        pen.group("x-axis", this::xAxis);
        if (!model.endLabels().isEmpty()) {
            pen.group("labels", this::endLabels);
        }
        if (!model.blocks().isEmpty()) {
            pen.group("risk-table", this::tables);
        }
        if (!layout.captionLines.isEmpty()) {
            pen.group("caption", this::caption);
        }
    }

    private void heading() {
        for (int i = 0; i < layout.titleLines.size(); i++) {
            pen.text(layout.titleLines.get(i), Layout.TITLE, Layout.MARGIN, layout.titleBaseline(i), Align.LEFT);
        }
        for (int i = 0; i < layout.subtitleLines.size(); i++) {
            pen.text(
                    layout.subtitleLines.get(i),
                    Layout.SUBTITLE,
                    Layout.MARGIN,
                    layout.subtitleBaseline(i),
                    Align.LEFT);
        }
    }

    private void legend() {
        for (Layout.Key key : layout.keys) {
            Curve curve = model.curves().get(key.curve());
            XYSeries series = chart.getSeries(curve.name);
            if (series == null || !series.isEnabled()) {
                continue;
            }
            double middle = key.baseline() - 4;
            double end = key.x() + Layout.KEY;
            Color color = series.getLineColor();
            if (curve.confidence == ConfidenceStyle.BAND) {
                pen.fill(new Rectangle2D.Double(key.x(), middle - 6, Layout.KEY, 12), Ink.alpha(color, 0.2));
            }
            pen.draw(new java.awt.geom.Line2D.Double(key.x(), middle, end, middle), color, series.getLineStyle());
            if (curve.censorMarks.x.length > 0) {
                double centre = (key.x() + end) / 2;
                pen.line(centre, middle - 4, centre, middle + 4, color, 1);
            }
            pen.text(key.text(), Layout.LEGEND, end + Layout.KEY_GAP, key.baseline(), Align.LEFT);
        }
    }

    private void yAxis() {
        pen.line(layout.left, layout.top, layout.left, layout.bottom(), Ink.BLACK, LINE);
        for (Axis.Tick tick : model.y().ticks()) {
            double y = layout.y(tick.value());
            pen.line(layout.left - Layout.TICK, y, layout.left, y, Ink.BLACK, LINE);
            pen.text(
                    tick.label(),
                    Layout.AXIS,
                    layout.left - Layout.TICK - Layout.TICK_GAP,
                    y + Layout.AXIS.size() * 0.36,
                    Align.RIGHT);
        }
        String title = Fonts.shorten(
                model.options().yLabel,
                Layout.AXIS_TITLE.face(),
                Layout.AXIS_TITLE.size(),
                layout.bottom() - Layout.MARGIN);
        double x = layout.left - Layout.TICK - Layout.TICK_GAP - layout.tickLabelWidth - 10;
        // A long title may start above the plot, but not outside the figure.
        double half = Layout.AXIS_TITLE.width(title) / 2;
        double centre = (layout.top + layout.bottom()) / 2;
        pen.upward(title, Layout.AXIS_TITLE, x, Math.max(Layout.MARGIN + half, centre));
    }

    private void xAxis() {
        pen.line(layout.left, layout.bottom(), layout.right(), layout.bottom(), Ink.BLACK, LINE);
        List<Axis.Tick> ticks = model.x().ticks();
        for (int i = 0; i < ticks.size(); i++) {
            double x = layout.tickX(i);
            pen.line(x, layout.bottom(), x, layout.bottom() + Layout.TICK, Ink.BLACK, LINE);
            if (i % layout.labelStride == 0) {
                pen.text(ticks.get(i).label(), Layout.AXIS, x, layout.tickLabelBaseline(), Align.CENTRE);
            }
        }
        double room = layout.width - 2 * Layout.MARGIN;
        String title = Fonts.shorten(model.options().xLabel, Layout.AXIS_TITLE.face(), Layout.AXIS_TITLE.size(), room);
        double half = Layout.AXIS_TITLE.width(title) / 2;
        double centre = (layout.left + layout.right()) / 2;
        double inside = Math.max(Layout.MARGIN + half, Math.min(layout.width - Layout.MARGIN - half, centre));
        pen.text(title, Layout.AXIS_TITLE, inside, layout.xTitleBaseline(), Align.CENTRE);
    }

    private Color readable(int curve) {
        if (curve < 0) {
            return Ink.BLACK;
        }
        XYSeries series = chart.getSeries(model.curves().get(curve).name);
        return series == null ? Ink.BLACK : Ink.readable(series.getLineColor());
    }

    private void tables() {
        for (int b = 0; b < model.blocks().size(); b++) {
            Block block = model.blocks().get(b);
            double baseline = layout.blockTop(b);
            pen.text(block.heading(), Layout.HEADING, Layout.MARGIN, baseline, Align.LEFT);
            baseline += Layout.TABLE_ROW;
            for (Row row : block.rows()) {
                row(row, baseline);
                baseline += layout.rowHeight();
            }
        }
    }

    private void row(Row row, double baseline) {
        Lettering type = Layout.CELL.in(readable(row.curve()));
        String label = Fonts.shorten(row.label(), type.face(), type.size(), layout.rowLabelWidth);
        pen.text(label, type, Layout.MARGIN, baseline, Align.LEFT);
        for (int i = 0; i < row.cells().size(); i += layout.cellStride) {
            pen.text(row.cells().get(i), type, layout.tickX(i), baseline + layout.cellOffset(), Align.CENTRE);
        }
    }

    private void caption() {
        for (int i = 0; i < layout.captionLines.size(); i++) {
            pen.text(layout.captionLines.get(i), Layout.CAPTION, Layout.MARGIN, layout.captionBaseline(i), Align.LEFT);
        }
    }

    private void endLabels() {
        EndLabelPlaces places = EndLabelPlaces.of(model, layout);
        for (int i = 0; i < model.endLabels().size(); i++) {
            endLabel(model.endLabels().get(i), places, i);
        }
    }

    private void endLabel(EndLabel label, EndLabelPlaces places, int index) {
        double wanted = layout.y(label.level());
        double centre = places.centre(index);
        double start = layout.right();
        double x = start + Layout.LABEL_GAP;
        Curve curve = model.curves().get(label.curve());
        XYSeries series = chart.getSeries(curve.name);
        Color color = series == null ? curve.color : series.getLineColor();
        boolean area = curve.kind == Kind.AREA;
        double end = area ? start : Math.min(start, layout.x(curve.trace.lastTime()));
        if (area) {
            pen.line(start + 2, wanted, x - 2, centre, Ink.GREY, 0.8);
        } else if (Math.abs(centre - wanted) > 6 || start - end > FAR) {
            // From the curve's own end, along its height, so that no other curve's end can be meant.
            if (start - end > 2) {
                pen.line(end + 2, wanted, start, wanted, color, 0.8, LEADER);
            }
            pen.line(start, wanted, x - 2, centre, color, 0.8);
        }
        List<String> names = places.nameLines(index);
        double baseline = centre - places.height(index) / 2 + EndLabelPlaces.LINE * 0.75;
        if (label.swatch()) {
            pen.fill(new Rectangle2D.Double(x + 1, baseline - 10, 11, 11), color);
            x += Layout.SWATCH;
        }
        Lettering name = area ? Layout.LEGEND : Layout.LABEL.in(readable(label.curve()));
        for (String line : names) {
            pen.text(line, name, x, baseline, Align.LEFT);
            baseline += EndLabelPlaces.LINE;
        }
        Lettering detail = area ? Layout.DETAIL : Layout.DETAIL.in(readable(label.curve()));
        for (String line : places.detailLines(index)) {
            pen.text(line, detail, x, baseline, Align.LEFT);
            baseline += EndLabelPlaces.LINE;
        }
    }
}

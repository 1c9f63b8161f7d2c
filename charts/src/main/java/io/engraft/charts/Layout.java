package io.engraft.charts;

import io.engraft.charts.FigureModel.Block;
import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.charts.FigureModel.Row;
import io.engraft.charts.Pen.Lettering;
import io.engraft.charts.internal.Fonts;
import io.engraft.charts.internal.Fonts.Face;
import io.engraft.charts.internal.Ink;
import java.util.ArrayList;
import java.util.List;

/** Where everything of a figure stands, measured before anything is drawn. All lengths are pixels. */
final class Layout {

    static final Lettering TITLE = new Lettering(Face.BOLD, 15, Ink.BLACK);
    static final Lettering SUBTITLE = new Lettering(Face.REGULAR, 12, Ink.GREY);
    static final Lettering LEGEND = new Lettering(Face.REGULAR, 12, Ink.BLACK);
    static final Lettering AXIS = new Lettering(Face.REGULAR, 12, Ink.BLACK);
    static final Lettering AXIS_TITLE = new Lettering(Face.REGULAR, 12.5, Ink.BLACK);
    static final Lettering NOTE = new Lettering(Face.REGULAR, 12, Ink.BLACK);
    static final Lettering HEADING = new Lettering(Face.BOLD, 11.5, Ink.BLACK);
    static final Lettering CELL = new Lettering(Face.REGULAR, 11.5, Ink.BLACK);
    static final Lettering CAPTION = new Lettering(Face.REGULAR, 10.5, Ink.GREY);
    static final Lettering LABEL = new Lettering(Face.BOLD, 12, Ink.BLACK);
    static final Lettering DETAIL = new Lettering(Face.REGULAR, 11.5, Ink.GREY);

    static final double MARGIN = 12;
    static final double TICK = 5;
    static final double TICK_GAP = 4;
    static final double KEY = 30;
    static final double KEY_GAP = 7;
    static final double LEGEND_SPACING = 20;
    static final double LEGEND_ROW = 19;
    static final double TABLE_ROW = 17;
    static final double BLOCK_GAP = 8;
    static final double LABEL_GAP = 14;
    static final double SWATCH = 18;

    private static final double LEADING = 1.3;
    private static final double ROW_LABEL_SHARE = 0.25;
    private static final double STACKED_ROW = 33;
    private static final double STACKED_OFFSET = 14;
    private static final double END_LABEL_SHARE = 0.3;
    private static final double CELL_GAP = 14;
    private static final double SHAPE = 0.52;
    private static final double LEAST_AUTO = 230;
    private static final double MOST_AUTO = 380;

    /** One key of the legend and where it starts. */
    record Key(int curve, String text, double x, double baseline) {}

    final FigureModel model;
    final int width;
    final List<String> titleLines;
    final List<String> subtitleLines;
    final List<String> captionLines;
    final List<Key> keys;
    final int left;
    final int top;
    final int plotWidth;
    final int plotHeight;
    final double tickLabelWidth;
    final double rowLabelWidth;
    /** Long row labels stand above their numbers, so that they do not push the plot aside. */
    final boolean stackedRows;

    final double endLabelWidth;
    final int labelStride;
    final int cellStride;

    private Layout(FigureModel model, int width, int height) {
        this.model = model;
        this.width = width;
        double inner = width - 2 * MARGIN;
        titleLines = lines(model.options().title, TITLE, inner);
        subtitleLines = lines(model.options().subtitle, SUBTITLE, inner);
        captionLines = lines(model.options().caption, CAPTION, inner);
        double heading = headingHeight();
        keys = model.legend() ? legendKeys(inner, heading) : List.of();
        double legendBottom =
                keys.isEmpty() ? heading : keys.get(keys.size() - 1).baseline() + 10;
        top = (int) Math.ceil(Math.max(legendBottom + 4, MARGIN + 4));
        tickLabelWidth = model.y().ticks().stream()
                .mapToDouble(t -> AXIS.width(t.label()))
                .max()
                .orElse(0);
        double need = rowLabelNeed();
        stackedRows = need > ROW_LABEL_SHARE * width;
        rowLabelWidth = stackedRows ? inner : need;
        endLabelWidth = Math.min(END_LABEL_SHARE * width, endLabelNeed());
        double[] sides = sides();
        left = (int) Math.ceil(sides[0]);
        plotWidth = (int) Math.floor(width - sides[0] - sides[1]);
        labelStride = strideOf(model.x().ticks().stream()
                .map(Axis.Tick::label)
                .map(AXIS::width)
                .toList());
        cellStride = cellStride();
        plotHeight = height > 0 ? height - top - (int) Math.ceil(belowPlot()) : automaticHeight();
    }

    /** Lays out for a size; a height of 0 means the height that suits the content. */
    static Layout of(FigureModel model, int width, int height) {
        return new Layout(model, width, height);
    }

    private int automaticHeight() {
        return (int) Math.round(Math.max(LEAST_AUTO, Math.min(MOST_AUTO, SHAPE * plotWidth)));
    }

    int height() {
        return top + plotHeight + (int) Math.ceil(belowPlot());
    }

    private static List<String> lines(String text, Lettering type, double width) {
        return text.isBlank() ? List.of() : Fonts.wrap(text, type.face(), type.size(), width);
    }

    private double headingHeight() {
        double y = MARGIN;
        y += titleLines.size() * TITLE.size() * LEADING;
        y += subtitleLines.size() * SUBTITLE.size() * LEADING;
        return titleLines.isEmpty() && subtitleLines.isEmpty() ? y : y + 4;
    }

    double titleBaseline(int line) {
        return MARGIN + TITLE.size() * (1 + LEADING * line);
    }

    double subtitleBaseline(int line) {
        return MARGIN + titleLines.size() * TITLE.size() * LEADING + SUBTITLE.size() * (1 + LEADING * line);
    }

    private List<Key> legendKeys(double inner, double from) {
        List<Key> result = new ArrayList<>();
        double x = MARGIN;
        double baseline = from + 14;
        for (int i = 0; i < model.curves().size(); i++) {
            String text =
                    Fonts.shorten(model.curves().get(i).name, LEGEND.face(), LEGEND.size(), inner - KEY - KEY_GAP);
            double need = KEY + KEY_GAP + LEGEND.width(text);
            if (x > MARGIN && x + need > MARGIN + inner) {
                x = MARGIN;
                baseline += LEGEND_ROW;
            }
            result.add(new Key(i, text, x, baseline));
            x += need + LEGEND_SPACING;
        }
        return result;
    }

    private double rowLabelNeed() {
        double need = 0;
        for (Block block : model.blocks()) {
            for (Row row : block.rows()) {
                need = Math.max(need, CELL.width(row.label()));
            }
        }
        return need;
    }

    private double endLabelNeed() {
        double need = 0;
        for (EndLabel label : model.endLabels()) {
            double swatch = label.swatch() ? SWATCH : 0;
            need = Math.max(need, swatch + Math.max(LABEL.width(label.name()), DETAIL.width(label.detail())));
        }
        return need;
    }

    /** The room left and right of the plot; the plot's margins inside depend on it, so it is found in a few rounds. */
    private double[] sides() {
        Axis x = model.x();
        double leftForAxis = MARGIN
                + (model.options().yLabel.isEmpty() ? 0 : AXIS_TITLE.size() * LEADING + 6)
                + tickLabelWidth
                + TICK_GAP
                + TICK;
        List<Axis.Tick> ticks = x.ticks();
        double l = leftForAxis;
        double r = MARGIN;
        for (int round = 0; round < 4; round++) {
            double w = width - l - r;
            if (!ticks.isEmpty()) {
                double first = x.fraction(ticks.get(0).value()) * w;
                double last = (1 - x.fraction(ticks.get(ticks.size() - 1).value())) * w;
                double rightCell = cellHalf(ticks.size() - 1);
                double firstLabel = AXIS.width(ticks.get(0).label()) / 2;
                double lastLabel = AXIS.width(ticks.get(ticks.size() - 1).label()) / 2;
                l = Math.max(leftForAxis, MARGIN + firstLabel - first);
                if (!model.blocks().isEmpty()) {
                    double beside = stackedRows ? 0 : rowLabelWidth + CELL_GAP;
                    l = Math.max(l, MARGIN + beside + cellHalf(0) - first);
                }
                r = Math.max(MARGIN, MARGIN + Math.max(lastLabel, rightCell) - last);
            }
            if (!model.endLabels().isEmpty()) {
                r = Math.max(r, MARGIN + endLabelWidth + LABEL_GAP + (hasSwatches() ? 12 : 0));
            }
        }
        return new double[] {l, r};
    }

    private boolean hasSwatches() {
        return model.endLabels().stream().anyMatch(EndLabel::swatch);
    }

    private double cellHalf(int column) {
        double widest = 0;
        for (Block block : model.blocks()) {
            for (Row row : block.rows()) {
                widest = Math.max(widest, CELL.width(row.cells().get(column)));
            }
        }
        return widest / 2;
    }

    private int cellStride() {
        List<Double> widths = new ArrayList<>();
        for (int i = 0; i < model.x().ticks().size(); i++) {
            widths.add(2 * cellHalf(i));
        }
        int stride = strideOf(widths);
        // A column stands under a labelled tick, or nobody knows its time.
        return Math.max(labelStride, (stride + labelStride - 1) / labelStride * labelStride);
    }

    private int strideOf(List<Double> widths) {
        int n = widths.size();
        for (int stride = 1; stride < n; stride++) {
            boolean fits = true;
            for (int i = stride; i < n; i += stride) {
                double apart = tickX(i) - tickX(i - stride);
                fits &= apart >= (widths.get(i) + widths.get(i - stride)) / 2 + 8;
            }
            if (fits) {
                return stride;
            }
        }
        return Math.max(1, n);
    }

    double tickX(int i) {
        return x(model.x().ticks().get(i).value());
    }

    double x(double time) {
        return left + model.x().fraction(time) * plotWidth;
    }

    double y(double probability) {
        return top + (1 - model.y().fraction(probability)) * plotHeight;
    }

    double bottom() {
        return (double) top + plotHeight;
    }

    double right() {
        return (double) left + plotWidth;
    }

    double tickLabelBaseline() {
        return bottom() + TICK + TICK_GAP + AXIS.size() * 0.78;
    }

    double xTitleBaseline() {
        return tickLabelBaseline() + AXIS_TITLE.size() * 1.45;
    }

    double rowHeight() {
        return stackedRows ? STACKED_ROW : TABLE_ROW;
    }

    /** From the baseline of a row's label down to that of its numbers. */
    double cellOffset() {
        return stackedRows ? STACKED_OFFSET : 0;
    }

    /** The baseline of a block's heading. */
    double blockTop(int block) {
        double y = xTitleBaseline() + 26;
        for (int i = 0; i < block; i++) {
            y += TABLE_ROW + rowHeight() * model.blocks().get(i).rows().size() + BLOCK_GAP;
        }
        return y;
    }

    private double tableBottom() {
        double overshoot = stackedRows ? STACKED_ROW - STACKED_OFFSET : TABLE_ROW;
        return blockTop(model.blocks().size()) - overshoot - BLOCK_GAP;
    }

    double captionBaseline(int line) {
        double y = xTitleBaseline() + 4;
        if (!model.blocks().isEmpty()) {
            y = tableBottom() + 6;
        }
        return y + 8 + CAPTION.size() * (1 + LEADING * line);
    }

    private double belowPlot() {
        double last = xTitleBaseline() + 3;
        if (!model.blocks().isEmpty()) {
            last = tableBottom() + 3;
        }
        if (!captionLines.isEmpty()) {
            last = captionBaseline(captionLines.size() - 1) + 3;
        }
        return last + MARGIN - bottom();
    }
}

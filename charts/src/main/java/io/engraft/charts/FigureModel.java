package io.engraft.charts;

import io.engraft.data.TidyTable;
import java.util.List;

/**
 * All that a figure shows, worked out: nothing here depends on the size.
 *
 * @param options texts, palette, size
 * @param title a name for the drawing where the figure has no title
 * @param x the time axis
 * @param y the probability axis
 * @param yGrid whether faint lines help to read the probability axis
 * @param curves the curves, in drawing order
 * @param legend whether a legend names them
 * @param endLabels labels beside the curves' ends, in place of a legend
 * @param labelTime the time that the labels speak of, to be marked where curves go on after it; NaN for none
 * @param medians times at which curves reach one half, to be marked
 * @param blocks the tables under the time axis
 * @param rising whether curves rise, so that the free corner is top left
 * @param description the alternative text
 * @param data the numbers at the ticks
 */
record FigureModel(
        FigureOptions options,
        String title,
        Axis x,
        Axis y,
        boolean yGrid,
        List<Curve> curves,
        boolean legend,
        List<EndLabel> endLabels,
        double labelTime,
        List<Double> medians,
        List<Block> blocks,
        boolean rising,
        String description,
        TidyTable data) {

    /**
     * A label beside a curve's end.
     *
     * @param curve the curve's index
     * @param level the height on the probability axis
     * @param name the first line
     * @param detail the second line
     * @param swatch whether a patch of the colour stands before it
     */
    record EndLabel(int curve, double level, String name, String detail, boolean swatch) {}

    /**
     * A table under the time axis.
     *
     * @param heading its name
     * @param rows its rows
     */
    record Block(String heading, List<Row> rows) {}

    /**
     * A row: one cell a tick.
     *
     * @param curve the index of the curve whose colour it takes, -1 for none
     * @param label what stands before it
     * @param cells the cells
     */
    record Row(int curve, String label, List<String> cells) {}
}

package io.engraft.charts;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What all figures have: texts, axes, colours, size. A figure is an immutable specification; every {@code with} method
 * returns a new one and leaves this one as it is, so its result must be used. {@link #toChart()} draws it.
 *
 * @param <F> the kind of figure
 */
@CheckReturnValue
public abstract sealed class Figure<F extends Figure<F>> implements Tabular
        permits SurvivalFigure, CumulativeIncidenceFigure, StateOccupationFigure {

    private static final double LEAST_WIDTH = 60;
    private static final double LEAST_HEIGHT = 45;
    private static final double GREATEST = 2000;
    private static final double LEAST_DPI = 36;
    private static final double GREATEST_DPI = 2400;

    Figure() {}

    abstract F change(Consumer<FigureOptions> change);

    abstract FigureModel model();

    /**
     * The heading, in bold; long ones wrap.
     *
     * @param title the text, empty for none
     * @return a new figure
     */
    public final F withTitle(String title) {
        Objects.requireNonNull(title);
        return change(o -> o.title = title);
    }

    /**
     * The line under the title.
     *
     * @param subtitle the text, empty for none
     * @return a new figure
     */
    public final F withSubtitle(String subtitle) {
        Objects.requireNonNull(subtitle);
        return change(o -> o.subtitle = subtitle);
    }

    /**
     * The small print below the figure: source, method.
     *
     * @param caption the text, empty for none
     * @return a new figure
     */
    public final F withCaption(String caption) {
        Objects.requireNonNull(caption);
        return change(o -> o.caption = caption);
    }

    /**
     * The title of the time axis. Without one it is the unit ("Months"), or "Time".
     *
     * @param label the text
     * @return a new figure
     */
    public final F withXLabel(String label) {
        Objects.requireNonNull(label);
        return change(o -> o.xLabel = label);
    }

    /**
     * The title of the probability axis.
     *
     * @param label the text
     * @return a new figure
     */
    public final F withYLabel(String label) {
        Objects.requireNonNull(label);
        return change(o -> o.yLabel = label);
    }

    /**
     * Free text inside the plot, such as the result of a test, put into the emptiest corner. A lower-case p before
     * =, &lt;, &gt;, &#8804; or &#8805; is set in italics.
     *
     * @param text the text; line ends are kept; empty for none
     * @return a new figure
     */
    public final F withAnnotation(String text) {
        Objects.requireNonNull(text);
        return change(o -> o.annotation = text);
    }

    /**
     * The alternative text for readers who do not see the figure, in place of the automatic one.
     *
     * @param text the text, not blank
     * @return a new figure
     * @throws InvalidArgumentException when it is blank
     */
    public final F withAltText(String text) {
        if (text.isBlank()) {
            throw InvalidArgumentException.of("alternative text", "blank", "some words");
        }
        return change(o -> o.altText = text);
    }

    /**
     * The unit of the times. It decides which ticks are natural: 0, 6, 12, 24 for months; multiples of 30, 90 or 365
     * for days; 1, 2, 5 for years. Without it the unit is taken from the words of the axis title, if it names one.
     *
     * @param unit the unit
     * @return a new figure
     */
    public final F withUnit(DurationUnit unit) {
        Objects.requireNonNull(unit);
        return change(o -> o.unit = unit);
    }

    /**
     * The part of the time axis to show.
     *
     * @param from the first time, at least 0
     * @param to the last time, beyond the first
     * @return a new figure
     * @throws InvalidArgumentException when a limit is NaN, negative or infinite, or they are reversed
     */
    public final F withXLimits(double from, double to) {
        Require.nonNegative("first limit of the time axis", from);
        Require.nonNegative("last limit of the time axis", to);
        if (!(from < to)) {
            throw new InvalidArgumentException(
                    "limits of the time axis are " + from + " and " + to + "; allowed: from < to");
        }
        return change(o -> {
            o.xFrom = from;
            o.xTo = to;
        });
    }

    /**
     * The end of the time axis, which begins where it does without limits: at 0, or where conditional curves start.
     *
     * @param to the last time, beyond the beginning
     * @return a new figure; {@link #toChart()} refuses an end before the curves' beginning
     * @throws InvalidArgumentException when it is NaN, infinite or not above 0
     */
    public final F withXEnd(double to) {
        Require.positive("end of the time axis", to);
        return change(o -> {
            o.xFrom = Double.NaN;
            o.xTo = to;
        });
    }

    /**
     * The ticks of the time axis, which are the columns of the risk table as well; those outside the limits are left
     * out.
     *
     * @param breaks one or more ascending times
     * @return a new figure
     * @throws InvalidArgumentException when there is none, one is NaN, negative or infinite, or they do not ascend
     */
    public final F withXBreaks(double... breaks) {
        if (breaks.length == 0) {
            throw InvalidArgumentException.of("number of breaks", 0, "at least 1");
        }
        List<Double> list = new ArrayList<>();
        for (double b : breaks) {
            Require.nonNegative("break of the time axis", b);
            if (!list.isEmpty() && !(b > list.get(list.size() - 1))) {
                throw InvalidArgumentException.of("break of the time axis", b, "ascending breaks");
            }
            list.add(b);
        }
        return change(o -> {
            o.xBreaks = List.copyOf(list);
            o.xBreakEvery = Double.NaN;
        });
    }

    /**
     * Ticks of the time axis at multiples of a step.
     *
     * @param step the distance between ticks, &gt; 0
     * @return a new figure
     * @throws InvalidArgumentException when the step is NaN, not positive, or infinite
     */
    public final F withXBreaksEvery(double step) {
        Require.positive("step of the time axis", step);
        return change(o -> {
            o.xBreakEvery = step;
            o.xBreaks = List.of();
        });
    }

    /**
     * Whether the probability axis shows per cent (50%) or fractions (0.50).
     *
     * @param percent true for per cent
     * @return a new figure
     */
    public final F withPercentAxis(boolean percent) {
        return change(o -> o.percent = percent);
    }

    /**
     * The colours and dashes.
     *
     * @param palette the palette
     * @return a new figure
     */
    public final F withPalette(Palette palette) {
        Objects.requireNonNull(palette);
        return change(o -> o.palette = palette);
    }

    /**
     * The width; the height follows from the content. The default is 180 mm, the width of a journal's page.
     *
     * @param width in mm, 60 to 2000
     * @return a new figure
     * @throws InvalidArgumentException when it is outside
     */
    public final F withWidthMillimetres(double width) {
        requireSize("width in mm", width, LEAST_WIDTH);
        return change(o -> {
            o.widthMillimetres = width;
            o.heightMillimetres = 0;
        });
    }

    /**
     * The size of the whole figure, with titles and table.
     *
     * @param width in mm, 60 to 2000
     * @param height in mm, 45 to 2000; {@link #toChart()} refuses a height that leaves no room for the plot
     * @return a new figure
     * @throws InvalidArgumentException when a side is outside
     */
    public final F withSizeMillimetres(double width, double height) {
        requireSize("width in mm", width, LEAST_WIDTH);
        requireSize("height in mm", height, LEAST_HEIGHT);
        return change(o -> {
            o.widthMillimetres = width;
            o.heightMillimetres = height;
        });
    }

    /**
     * How finely a PNG is drawn. The default is 192, twice a screen's; journals ask for 300 to 600. Vectors (SVG, PDF) do
     * not depend on it.
     *
     * @param dpi dots an inch, 36 to 2400; writing refuses a PNG of more than 100 million pixels
     * @return a new figure
     * @throws InvalidArgumentException when it is outside
     */
    public final F withDotsPerInch(double dpi) {
        if (!(dpi >= LEAST_DPI && dpi <= GREATEST_DPI)) {
            throw InvalidArgumentException.of("dots an inch", dpi, "36 <= dots an inch <= 2400");
        }
        return change(o -> o.dotsPerInch = dpi);
    }

    private static void requireSize(String what, double value, double least) {
        if (!(value >= least && value <= GREATEST)) {
            throw InvalidArgumentException.of(what, value, (int) least + " <= " + what + " <= " + (int) GREATEST);
        }
    }

    /**
     * Draws the figure as a chart, which can still be changed through XChart.
     *
     * @return a new chart
     * @throws InvalidArgumentException when the curves give no time axis, or the size leaves no room for the plot
     */
    public final FigureChart toChart() {
        return FigureChart.of(model());
    }

    /**
     * Writes the figure; short for {@code toChart().save(file)}.
     *
     * @param file the file, ending in .svg, .png or .pdf
     * @throws FileException when the ending is another one, the folder does not exist, or writing fails
     */
    public final void save(Path file) {
        ImageFormat.of(file);
        toChart().save(file);
    }

    /**
     * The numbers that the figure shows at its ticks, as data. Counts of events and of the censored are those up to and
     * at the tick, as in {@link RiskTable}.
     *
     * @return one row a curve (or state) and tick
     * @throws InvalidArgumentException when the curves give no time axis
     */
    @Override
    public final TidyTable tidy() {
        return model().data();
    }

    /**
     * The kind of figure and what it shows, in the words of its alternative text.
     *
     * @return some sentences; of a figure that cannot be drawn as it stands, the reason
     */
    @Override
    public final String toString() {
        String kind = getClass().getSimpleName();
        try {
            return kind + ": " + model().description();
        } catch (InvalidArgumentException e) {
            return kind + ", which cannot be drawn as it stands: " + e.getMessage();
        }
    }
}

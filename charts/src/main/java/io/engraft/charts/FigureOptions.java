package io.engraft.charts;

import io.engraft.data.DurationUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all figures share; each kind of figure adds its own. Changed only in a fresh copy, by {@link #changed}, so what a
 * field holds is itself immutable.
 */
class FigureOptions implements Cloneable {

    static final double MM_TO_PIXELS = 96 / 25.4;
    static final double DEFAULT_WIDTH = 180;
    static final double DEFAULT_DPI = 192;

    String title = "";
    String subtitle = "";
    String caption = "";
    String xLabel = "";
    String yLabel = "";
    String annotation = "";

    @Nullable
    String altText;

    @Nullable
    DurationUnit unit;

    /** NaN for where the curves begin. */
    double xFrom = Double.NaN;
    /** NaN for where the curves end. */
    double xTo = Double.NaN;

    double yTo = Double.NaN;
    List<Double> xBreaks = List.of();
    double xBreakEvery = Double.NaN;
    boolean percent;
    Palette palette = Palette.okabeIto();
    double widthMillimetres = DEFAULT_WIDTH;
    /** Zero: as high as the furniture and a plot of pleasant shape need. */
    double heightMillimetres;

    double dotsPerInch = DEFAULT_DPI;

    /** The only way to change options: the same in a fresh copy, with a change. */
    static <O extends FigureOptions> O changed(O options, Consumer<? super O> change) {
        try {
            @SuppressWarnings("unchecked") // A clone is of its original's class.
            O copy = (O) options.clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** A map with one more entry, or another value. */
    static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
        Map<String, V> longer = new HashMap<>(map);
        longer.put(key, value);
        return Map.copyOf(longer);
    }

    /** The same with the title that the time axis gets where none was asked for. */
    FigureOptions withTimeTitle() {
        return changed(this, o -> o.xLabel = AxisMaker.timeTitle(this));
    }

    boolean hasXLimits() {
        return !Double.isNaN(xTo);
    }

    int widthPixels() {
        return (int) Math.round(widthMillimetres * MM_TO_PIXELS);
    }

    int heightPixels() {
        return (int) Math.round(heightMillimetres * MM_TO_PIXELS);
    }
}

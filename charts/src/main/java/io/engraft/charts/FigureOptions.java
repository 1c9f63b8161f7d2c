package io.engraft.charts;

import io.engraft.data.DurationUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all figures share. Changed only in a fresh copy, by {@link #with}. */
final class FigureOptions implements Cloneable {

    static final double MM_TO_PIXELS = 96 / 25.4;
    static final double DEFAULT_WIDTH = 180;

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

    double xFrom = Double.NaN;
    double xTo = Double.NaN;
    double yTo = Double.NaN;
    List<Double> xBreaks = List.of();
    double xBreakEvery = Double.NaN;
    boolean percent;
    Palette palette = Palette.okabeIto();
    double widthMillimetres = DEFAULT_WIDTH;
    /** Zero: as high as the furniture and a plot of pleasant shape need. */
    double heightMillimetres;

    FigureOptions with(Consumer<FigureOptions> change) {
        try {
            FigureOptions copy = (FigureOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
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

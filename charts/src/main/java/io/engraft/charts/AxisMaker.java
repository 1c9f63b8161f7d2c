package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Works out axes from options and data. */
final class AxisMaker {

    private static final double PAD = 0.02;
    private static final double STRETCH = 0.06;
    private static final double PIXELS_PER_TICK = 45;

    private static final int MOST_INTERVALS = 8;

    private static final double LONGEST = 1e15;
    private static final double SHORTEST = 1e-8;

    private AxisMaker() {}

    static @Nullable DurationUnit unit(FigureOptions options) {
        return options.unit != null ? options.unit : TimeTicks.unitIn(options.xLabel);
    }

    /** The title of the time axis: what was asked for, else the unit. */
    static String timeTitle(FigureOptions options) {
        if (!options.xLabel.isEmpty()) {
            return options.xLabel;
        }
        if (options.unit == null) {
            return "Time";
        }
        String label = options.unit.label();
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    /**
     * The time axis.
     *
     * @param start where it begins unless limits are asked for
     * @param ends the last known time of each curve, infinite where it has none
     * @param padded whether the plot has a margin inside
     */
    static Axis time(FigureOptions options, double start, List<Double> ends, boolean padded) {
        boolean begun = !Double.isNaN(options.xFrom);
        double from = begun ? options.xFrom : start;
        double to = options.xTo;
        if (!options.hasXLimits()) {
            to = ends.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(Double.NaN);
            if (Double.isNaN(to) && !options.xBreaks.isEmpty()) {
                to = options.xBreaks.get(options.xBreaks.size() - 1);
            }
            if (Double.isNaN(to)) {
                throw new InvalidArgumentException(
                        "time axis has no end: no curve has a last time; allowed: withXLimits(from, to)");
            }
            if (!(to > from)) {
                to = from > 0 ? 2 * from : 1;
            }
        } else if (!(from < to)) {
            throw InvalidArgumentException.of("end of the time axis", to, "after " + from + ", where the curves begin");
        }
        requireReadable(from, to);
        double step = step(options, to - from);
        if (!options.hasXLimits() && options.xBreaks.isEmpty()) {
            double next = Math.ceil(to / step - 1e-9) * step;
            // A tick just beyond the last time closes the axis; a far one would only add empty space.
            to = next - to <= STRETCH * (to - from) ? next : to;
        }
        List<Axis.Tick> ticks = new ArrayList<>();
        boolean own = !options.xBreaks.isEmpty();
        List<Double> breaks = own ? options.xBreaks : breaks(from, to, step, begun);
        double finest = own ? 1 : step;
        for (double b : breaks) {
            if (b >= from && b <= to * (1 + 1e-9)) {
                ticks.add(new Axis.Tick(b, TimeTicks.label(b, finest)));
            }
        }
        return new Axis(from, to, padded ? PAD : 0, ticks);
    }

    /** An axis whose ticks would need more digits than anybody reads is refused. */
    private static void requireReadable(double from, double to) {
        if (!(to <= LONGEST && to - from >= Math.max(SHORTEST, SHORTEST * to))) {
            throw new InvalidArgumentException(
                    "time axis would go from " + from + " to " + to
                            + "; allowed: up to 1e15, and at least 1e-8 long; give the times in another unit, or limits of the axis");
        }
    }

    /** Multiples of the step; where a curve begins late, its beginning and what does not crowd it. */
    private static List<Double> breaks(double from, double to, double step, boolean limited) {
        List<Double> multiples = TimeTicks.multiples(from, to, step);
        if (limited || from == 0 || (!multiples.isEmpty() && multiples.get(0) <= from)) {
            return multiples;
        }
        List<Double> breaks = new ArrayList<>(List.of(from));
        multiples.stream().filter(t -> t - from >= step / 2).forEach(breaks::add);
        return breaks;
    }

    private static double step(FigureOptions options, double span) {
        if (!Double.isNaN(options.xBreakEvery)) {
            return options.xBreakEvery;
        }
        int most = (int) Math.max(3, Math.min(MOST_INTERVALS, options.widthPixels() * 0.7 / PIXELS_PER_TICK));
        return TimeTicks.step(span, most, unit(options));
    }

    /** The probability axis from 0 to a top, at steps that suit it. */
    static Axis probability(FigureOptions options, double top, boolean padded) {
        double max = Double.isNaN(options.yTo) ? niceTop(top) : options.yTo;
        double step = max >= 1 ? (options.percent ? 0.2 : 0.25) : TimeTicks.step(max, 6, null);
        List<Axis.Tick> ticks = new ArrayList<>();
        for (double tick : TimeTicks.multiples(0, max, step)) {
            String label = options.percent
                    ? TimeTicks.label(100 * tick, 100 * step) + "%"
                    : TimeTicks.label(tick, Math.min(step, 0.01));
            ticks.add(new Axis.Tick(tick, label));
        }
        return new Axis(0, max, padded ? PAD : 0, ticks);
    }

    private static double niceTop(double top) {
        for (double nice : new double[] {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8}) {
            if (top <= nice) {
                return nice;
            }
        }
        return 1;
    }
}

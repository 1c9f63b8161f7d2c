package io.engraft.charts;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes alternative texts. */
final class Describer {

    private static final int TIMES = 3;

    private Describer() {}

    /** A few ticks, spread over the axis, without its first. */
    static List<Double> times(Axis x) {
        List<Double> later = x.ticks().stream()
                .map(Axis.Tick::value)
                .filter(t -> t > x.min())
                .toList();
        if (later.isEmpty()) {
            return List.of(x.max());
        }
        List<Double> chosen = new ArrayList<>();
        int n = later.size();
        for (int i = 1; i <= Math.min(TIMES, n); i++) {
            chosen.add(later.get((int) Math.ceil((double) i * n / Math.min(TIMES, n)) - 1));
        }
        return chosen;
    }

    /** "24 months". */
    static String time(double t, FigureOptions options) {
        DurationUnit unit = AxisMaker.unit(options);
        String number = Numbers.time(t);
        if (unit == null) {
            return "time " + number;
        }
        String plural = unit.label();
        return number + " " + (t == 1 ? plural.substring(0, plural.length() - 1) : plural);
    }

    static String span(Axis x, FigureOptions options) {
        return "from " + Numbers.time(x.min()) + " to " + time(x.max(), options);
    }

    static String values(CurveReader reader, Axis x, FigureOptions options) {
        return times(x).stream()
                .map(t -> value(reader, t, options) + " at " + time(t, options))
                .collect(Collectors.joining(", "));
    }

    static String value(CurveReader reader, double t, FigureOptions options) {
        double value = reader.valueAt(t);
        return Double.isNaN(value) ? "not estimable" : Numbers.probability(value, options.percent);
    }

    /** "median 13.7 months (95% CI 8.1 to 24.0)". */
    static String median(PointEstimate median, FigureOptions options) {
        if (!median.isEstimable()) {
            return "median not reached";
        }
        String text = "median " + time(median.estimate(), options);
        Interval interval = median.interval();
        if (interval.lower().isEmpty() && interval.upper().isEmpty()) {
            return text;
        }
        String lower =
                interval.lower().isPresent() ? Numbers.time(interval.lower().getAsDouble()) : "not estimable";
        String upper =
                interval.upper().isPresent() ? Numbers.time(interval.upper().getAsDouble()) : "not estimable";
        return text + " (" + level(interval.level()) + " CI " + lower + " to " + upper + ")";
    }

    static String level(double level) {
        double hundred = Math.round(level * 1e6) / 1e4;
        return (hundred == Math.rint(hundred) ? String.format(Locale.ROOT, "%.0f", hundred) : String.valueOf(hundred))
                + "%";
    }

    /** The name of a model, with that word before it unless it says so itself. */
    static String model(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("model") ? name : "Model " + name;
    }

    /** Sentences, each with its full stop. */
    static String sentences(List<String> parts) {
        return parts.stream()
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .map(s -> s.endsWith(".") || s.endsWith("!") || s.endsWith("?") ? s : s + ".")
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ");
    }
}

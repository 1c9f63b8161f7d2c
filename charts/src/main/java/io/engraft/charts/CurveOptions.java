package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Curve.Kind;
import io.engraft.charts.Curve.Trace;
import io.engraft.curve.FollowUp;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What figures of estimates with models over them share.
 *
 * @param <C> what is drawn
 */
abstract class CurveOptions<C> extends FigureOptions {

    /**
     * A curve, or a model laid over.
     *
     * @param name its name; for a curve of cumulative incidence its group
     * @param function the curve
     * @param overlay whether it is a model laid over
     * @param over what it is laid over: a curve by name, or a cause; "" for nothing in particular
     */
    record Entry<C>(String name, C function, boolean overlay, String over) {

        /** The counts that the curve of an estimate brings. */
        @Nullable
        FollowUp counts() {
            return !overlay && function instanceof FollowUp own ? own : null;
        }
    }

    private static final Color MODEL = new Color(0x333333);
    private static final float[] MODEL_DASH = {4, 2};

    List<Entry<C>> entries = List.of();

    /** Null for what suits the number of curves. */
    @Nullable
    ConfidenceStyle confidence;

    /** Null for numbers at risk where there are counts. */
    @Nullable
    RiskTable riskTable;

    void add(Entry<C> entry) {
        requireRoom(entries.size() + 1);
        List<Entry<C>> longer = new ArrayList<>(entries);
        longer.add(entry);
        entries = List.copyOf(longer);
    }

    List<Entry<C>> mains() {
        return entries.stream().filter(e -> !e.overlay()).toList();
    }

    ConfidenceStyle confidenceStyle() {
        return confidence != null ? confidence : ConfidenceStyle.automatic(mains().size());
    }

    RiskTable table() {
        return riskTable != null ? riskTable : RiskTable.atRisk();
    }

    abstract CurveReader reader(C function);

    /** The counts behind a curve; null where there are none. */
    @Nullable
    FollowUp followUp(Entry<C> entry) {
        return entry.counts();
    }

    private double start(Entry<C> entry) {
        FollowUp counts = followUp(entry);
        return counts == null ? 0 : counts.start();
    }

    Axis timeAxis() {
        List<Double> ends =
                entries.stream().map(e -> reader(e.function()).lastTime()).toList();
        double start = mains().stream().mapToDouble(this::start).min().orElse(0);
        return AxisMaker.time(this, start, ends, true);
    }

    /** The curve of an estimate. */
    Curve mainCurve(String name, C function, Axis x, int color, int dash, Trace censorMarks) {
        CurveReader reader = reader(function);
        ConfidenceStyle style = confidenceStyle();
        return new Curve(
                name,
                Kind.MAIN,
                reader.trace(x.min(), x.max()),
                palette.color(color),
                palette.dash(dash),
                style,
                style == ConfidenceStyle.NONE ? List.of() : reader.bands(x.min(), x.max()),
                censorMarks);
    }

    /** A model, in the darkened colour of what it is laid over; in dark grey where {@code under} is below 0. */
    Curve overlayCurve(Entry<C> entry, Axis x, int under) {
        return new Curve(
                entry.name(),
                Kind.OVERLAY,
                reader(entry.function()).trace(x.min(), x.max()),
                under < 0 ? MODEL : palette.color(under).darker(),
                MODEL_DASH,
                ConfidenceStyle.NONE,
                List.of(),
                Trace.EMPTY);
    }

    /** Adds to a figure's table what names a curve, a time, the counts, and the value with its limits. */
    static void addRow(
            TidyTable.Builder table, List<String> names, double t, @Nullable FollowUp counts, PointEstimate value) {
        List<@Nullable Object> row = new ArrayList<>(names);
        row.add(t);
        if (counts == null || t < counts.start()) {
            row.add(null);
            row.add(null);
            row.add(null);
        } else {
            row.add(Counts.atRisk(counts, t));
            row.add(counts.eventsUpTo(t));
            row.add(counts.censoredUpTo(t));
        }
        row.add(value.optional().orElse(Double.NaN));
        row.add(value.interval().lower().orElse(Double.NaN));
        row.add(value.interval().upper().orElse(Double.NaN));
        table.row(row.toArray());
    }

    static void requireSome(int curves) {
        if (curves == 0) {
            throw InvalidArgumentException.of("number of curves", 0, "at least 1");
        }
        requireRoom(curves);
    }

    /** More would be neither told apart nor laid out in a time that anybody waits for. */
    static void requireRoom(int curves) {
        if (curves > Palette.MOST_DISTINCT) {
            throw InvalidArgumentException.of(
                    "number of curves", curves, "at most " + Palette.MOST_DISTINCT + ", as no more can be told apart");
        }
    }

    static void requireNewName(String name, Collection<String> names) {
        if (name.isBlank()) {
            throw InvalidArgumentException.of("name of a curve", "blank", "some words");
        }
        if (names.contains(name)) {
            throw InvalidArgumentException.ofText("name of a curve", name, "a name not yet used");
        }
    }
}

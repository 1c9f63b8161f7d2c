package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Curve.Kind;
import io.engraft.charts.Curve.Trace;
import io.engraft.curve.FollowUp;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.TidyTable;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Survival curves: one or more named curves with confidence bands, censoring marks, median lines and the table of
 * numbers at risk under the ticks. Models may be laid over estimates.
 *
 * <p>A curve that is also a {@link FollowUp} (an estimate from data) gets censoring marks and rows of the table; others
 * are drawn without. By default there are bands (for up to three curves), marks, and the numbers at risk; median lines
 * are off.
 */
public final class SurvivalFigure extends Figure<SurvivalFigure> {

    private static final Color MODEL = new Color(0x333333);
    private static final int MOST_MARKS = 150;
    private static final float[] MODEL_DASH = {4, 2};

    /** A curve, or a model over the curve {@code over}; "" for over none. */
    private record Entry(String name, SurvivalFunction function, boolean overlay, String over) {}

    private final List<Entry> entries;
    private final @Nullable ConfidenceStyle confidence;
    private final @Nullable Boolean censorMarks;
    private final boolean medianLines;
    private final @Nullable RiskTable riskTable;

    private SurvivalFigure(
            FigureOptions options,
            List<Entry> entries,
            @Nullable ConfidenceStyle confidence,
            @Nullable Boolean censorMarks,
            boolean medianLines,
            @Nullable RiskTable riskTable) {
        super(options);
        this.entries = entries;
        this.confidence = confidence;
        this.censorMarks = censorMarks;
        this.medianLines = medianLines;
        this.riskTable = riskTable;
    }

    /**
     * A figure of several curves.
     *
     * @param curves the curves by name, in the map's order
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a name is blank
     */
    public static SurvivalFigure of(Map<String, ? extends SurvivalFunction> curves) {
        if (curves.isEmpty()) {
            throw InvalidArgumentException.of("number of curves", 0, "at least 1");
        }
        FigureOptions options = new FigureOptions().with(o -> o.yLabel = "Survival probability");
        SurvivalFigure figure = new SurvivalFigure(options, List.of(), null, null, false, null);
        for (Map.Entry<String, ? extends SurvivalFunction> entry : curves.entrySet()) {
            figure = figure.curve(entry.getKey(), entry.getValue());
        }
        return figure;
    }

    /**
     * A figure of one curve.
     *
     * @param name its name, for example "All patients"
     * @param curve the curve
     * @return the figure
     * @throws InvalidArgumentException when the name is blank
     */
    public static SurvivalFigure of(String name, SurvivalFunction curve) {
        return of(Map.of(name, curve));
    }

    @Override
    SurvivalFigure with(FigureOptions changed) {
        return new SurvivalFigure(changed, entries, confidence, censorMarks, medianLines, riskTable);
    }

    private SurvivalFigure adding(Entry entry) {
        requireNewName(
                entry.name(),
                entries.stream().map(Entry::name).collect(java.util.stream.Collectors.toCollection(HashSet::new)));
        List<Entry> longer = new ArrayList<>(entries);
        longer.add(entry);
        return new SurvivalFigure(options, List.copyOf(longer), confidence, censorMarks, medianLines, riskTable);
    }

    static void requireNewName(String name, Set<String> names) {
        if (name.isBlank()) {
            throw InvalidArgumentException.of("name of a curve", "blank", "some words");
        }
        if (names.contains(name)) {
            throw InvalidArgumentException.of("name of a curve", "'" + name + "'", "a name not yet used");
        }
    }

    /**
     * The same with one more curve.
     *
     * @param name its name
     * @param curve the curve
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public SurvivalFigure curve(String name, SurvivalFunction curve) {
        return adding(new Entry(name, Objects.requireNonNull(curve), false, ""));
    }

    /**
     * The same with a model laid over the estimates, in dashed dark grey.
     *
     * @param name its name in the legend
     * @param model the model
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public SurvivalFigure overlay(String name, SurvivalFunction model) {
        return adding(new Entry(name, Objects.requireNonNull(model), true, ""));
    }

    /**
     * The same with a model laid over one curve, dashed in that curve's colour, darkened.
     *
     * @param name its name in the legend
     * @param model the model
     * @param curve the name of the curve that it models
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken, or there is no such curve
     */
    public SurvivalFigure overlay(String name, SurvivalFunction model, String curve) {
        if (entries.stream().noneMatch(e -> e.name().equals(curve) && !e.overlay())) {
            throw InvalidArgumentException.of(
                    "curve under the model",
                    "'" + curve + "'",
                    "one of " + entries.stream().map(Entry::name).toList());
        }
        return adding(new Entry(name, Objects.requireNonNull(model), true, curve));
    }

    /**
     * How confidence limits are drawn. Without this call: as bands for up to three curves, else not at all.
     *
     * @param style the style
     * @return a new figure
     */
    public SurvivalFigure confidence(ConfidenceStyle style) {
        Objects.requireNonNull(style);
        return new SurvivalFigure(options, entries, style, censorMarks, medianLines, riskTable);
    }

    /**
     * Whether small vertical marks show where somebody was censored. Without this call a curve has them as long as they
     * are few enough (150) to be told apart.
     *
     * @param shown true for marks
     * @return a new figure
     */
    public SurvivalFigure censorMarks(boolean shown) {
        return new SurvivalFigure(options, entries, confidence, shown, medianLines, riskTable);
    }

    /**
     * Whether dashed lines show the median times; a median that is not reached has none.
     *
     * @param shown true for lines
     * @return a new figure
     */
    public SurvivalFigure medianLines(boolean shown) {
        return new SurvivalFigure(options, entries, confidence, censorMarks, shown, riskTable);
    }

    /**
     * The table under the time axis. Without this call there are numbers at risk wherever curves have counts.
     *
     * @param table the table, or {@link RiskTable#none()}
     * @return a new figure
     * @throws InvalidArgumentException when a table is asked for and no curve has counts
     */
    public SurvivalFigure riskTable(RiskTable table) {
        if (table.isVisible() && entries.stream().noneMatch(e -> !e.overlay() && e.function() instanceof FollowUp)) {
            throw new InvalidArgumentException(
                    "risk table has no counts: no curve is a FollowUp; allowed: estimates from data, or no table");
        }
        return new SurvivalFigure(options, entries, confidence, censorMarks, medianLines, table);
    }

    @Override
    FigureModel model() {
        Axis x = AxisMaker.time(
                options,
                entries.stream()
                        .map(e -> CurveReader.lastTime(
                                e.function().horizon(), e.function().jumpTimes()))
                        .toList(),
                true);
        Axis y = AxisMaker.probability(options, 1, true);
        List<Curve> curves = new ArrayList<>();
        List<Counts.Group> groups = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        int mains = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            curves.add(entry.overlay() ? overlayCurve(entry, x) : mainCurve(entry, mains++, x));
            if (entry.overlay()) {
                continue;
            }
            if (entry.function() instanceof FollowUp followUp) {
                groups.add(new Counts.Group(entry.name(), entries.size() > 1 ? i : -1, followUp));
            }
            PointEstimate median = entry.function().median();
            if (medianLines && median.isEstimable() && median.estimate() >= x.min() && median.estimate() <= x.max()) {
                medians.add(median.estimate());
            }
        }
        FigureOptions shown = options.with(o -> o.xLabel = AxisMaker.timeTitle(options));
        RiskTable table = riskTable == null ? RiskTable.atRisk() : riskTable;
        return new FigureModel(
                shown,
                options.title.isBlank() ? "Survival curves" : options.title,
                x,
                y,
                false,
                curves,
                entries.size() > 1,
                List.of(),
                medians,
                Counts.blocks(table, groups, x),
                false,
                options.altText != null ? options.altText : describe(x),
                data(x));
    }

    private int mains() {
        return (int) entries.stream().filter(e -> !e.overlay()).count();
    }

    private Curve mainCurve(Entry entry, int index, Axis x) {
        CurveReader reader = CurveReader.of(entry.function());
        ConfidenceStyle style = confidence != null ? confidence : ConfidenceStyle.automatic(mains());
        Trace marks = marks(entry.function(), reader, x);
        return new Curve(
                entry.name(),
                Kind.MAIN,
                reader.trace(x.min(), x.max()),
                options.palette.color(index),
                options.palette.dash(index),
                style,
                style == ConfidenceStyle.NONE ? List.of() : reader.bands(x.min(), x.max()),
                marks);
    }

    private Trace marks(SurvivalFunction function, CurveReader reader, Axis x) {
        boolean none = Boolean.FALSE.equals(censorMarks);
        if (none || !(function instanceof FollowUp followUp)) {
            return Trace.EMPTY;
        }
        Trace marks = reader.marks(followUp.censoringTimes(), x.min(), x.max());
        return censorMarks == null && marks.x.length > MOST_MARKS ? Trace.EMPTY : marks;
    }

    private Curve overlayCurve(Entry entry, Axis x) {
        Color color = MODEL;
        List<Entry> mains = entries.stream().filter(e -> !e.overlay()).toList();
        for (int i = 0; i < mains.size(); i++) {
            if (mains.get(i).name().equals(entry.over())) {
                color = options.palette.color(i).darker();
            }
        }
        Trace trace = CurveReader.of(entry.function()).trace(x.min(), x.max());
        return new Curve(
                entry.name(), Kind.OVERLAY, trace, color, MODEL_DASH, ConfidenceStyle.NONE, List.of(), Trace.EMPTY);
    }

    private String describe(Axis x) {
        List<String> parts = new ArrayList<>();
        parts.add(options.title);
        parts.add(options.subtitle);
        int mains = mains();
        String what = mains == 1 ? "Survival curve" : "Survival curves of " + mains + " groups";
        parts.add(what + " " + Describer.span(x, options));
        for (Entry entry : entries) {
            String n = entry.function() instanceof FollowUp f && !entry.overlay()
                    ? " (n = " + Numbers.count(Counts.total(f)) + ")"
                    : "";
            String name = entry.overlay() ? Describer.model(entry.name()) : entry.name();
            String values = Describer.values(CurveReader.of(entry.function()), x, options);
            String median = entry.overlay() ? "" : "; " + median(entry);
            parts.add(name + n + ": " + values + median);
        }
        parts.add(options.annotation);
        return Describer.sentences(parts);
    }

    /** An estimate's median is chance where its model never gets down to one half. */
    private String median(Entry main) {
        boolean modelHasNone = entries.stream()
                .anyMatch(e -> e.overlay()
                        && e.over().equals(main.name())
                        && !e.function().median().isEstimable());
        return modelHasNone
                ? "no median is given, as the model has none"
                : Describer.median(main.function().median(), options);
    }

    private TidyTable data(Axis x) {
        TidyTable.Builder table = TidyTable.builder()
                .text("curve")
                .number("time")
                .number("atRisk")
                .number("events")
                .number("censored")
                .number("survival")
                .number("lower")
                .number("upper");
        for (Entry entry : entries) {
            for (Axis.Tick tick : x.ticks()) {
                double t = tick.value();
                PointEstimate s = entry.function().survivalAt(t);
                Interval interval = s.interval();
                boolean counted = entry.function() instanceof FollowUp && !entry.overlay();
                FollowUp f = counted ? (FollowUp) entry.function() : null;
                table.row(
                        entry.name(),
                        t,
                        f == null ? null : f.atRiskAt(t),
                        f == null ? null : f.eventsUpTo(t),
                        f == null ? null : f.censoredUpTo(t),
                        s.optional().orElse(Double.NaN),
                        interval.lower().orElse(Double.NaN),
                        interval.upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }
}

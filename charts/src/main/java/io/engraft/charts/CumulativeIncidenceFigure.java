package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Curve.Kind;
import io.engraft.charts.Curve.Trace;
import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.curve.FollowUp;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cumulative incidence curves, by cause, by group, or both. Each curve belongs to a group of patients and has a cause;
 * it is named by what tells the curves apart: the cause, the group, or "group, cause". Curves of one group share a row of
 * the table of numbers at risk.
 *
 * <p>By default there are bands (for up to three curves), labels at the curves' ends (a legend for more than six curves, or where a model is laid
 * over), and numbers at risk for groups with counts: a curve that is also a {@link FollowUp} brings them, or
 * {@link #followUp}.
 */
public final class CumulativeIncidenceFigure extends Figure<CumulativeIncidenceFigure> {

    /** The group's name where all curves come from one. */
    public static final String ALL = "All patients";

    private static final int MOST_LABELS = 6;
    private static final Color MODEL = new Color(0x333333);
    private static final float[] MODEL_DASH = {6, 3};

    /** A curve; an overlay has its own name, others are named by group and cause. */
    private record Entry(String group, IncidenceFunction function, boolean overlay) {}

    /** What is special to this figure; changed only in a fresh copy. */
    private record Settings(
            Map<String, String> causeLabels,
            Map<String, FollowUp> followUps,
            @Nullable ConfidenceStyle confidence,
            @Nullable Boolean endLabels,
            @Nullable RiskTable riskTable) {}

    private final List<Entry> entries;
    private final Settings settings;

    private CumulativeIncidenceFigure(FigureOptions options, List<Entry> entries, Settings settings) {
        super(options);
        this.entries = entries;
        this.settings = settings;
    }

    private static CumulativeIncidenceFigure empty() {
        FigureOptions options = new FigureOptions().with(o -> {
            o.yLabel = "Cumulative incidence";
            o.percent = true;
        });
        Settings settings = new Settings(Map.of(), Map.of(), null, null, null);
        return new CumulativeIncidenceFigure(options, List.of(), settings);
    }

    /**
     * A figure of several causes in one group of patients.
     *
     * @param causes one curve a cause
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a cause comes twice
     */
    public static CumulativeIncidenceFigure of(List<? extends IncidenceFunction> causes) {
        requireSome(causes.size());
        CumulativeIncidenceFigure figure = empty();
        for (IncidenceFunction cause : causes) {
            figure = figure.curve(ALL, cause);
        }
        return figure;
    }

    /**
     * A figure of several causes in one group of patients.
     *
     * @param causes one curve a cause
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a cause comes twice
     */
    public static CumulativeIncidenceFigure of(IncidenceFunction... causes) {
        return of(List.of(causes));
    }

    /**
     * A figure of one or more groups.
     *
     * @param groups the curve of each group, by the group's name, in the map's order; more causes with {@link #curve}
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a name is blank
     */
    public static CumulativeIncidenceFigure ofGroups(Map<String, ? extends IncidenceFunction> groups) {
        requireSome(groups.size());
        CumulativeIncidenceFigure figure = empty();
        for (Map.Entry<String, ? extends IncidenceFunction> entry : groups.entrySet()) {
            figure = figure.curve(entry.getKey(), entry.getValue());
        }
        return figure;
    }

    private static void requireSome(int curves) {
        if (curves == 0) {
            throw InvalidArgumentException.of("number of curves", 0, "at least 1");
        }
    }

    @Override
    CumulativeIncidenceFigure with(FigureOptions changed) {
        return new CumulativeIncidenceFigure(changed, entries, settings);
    }

    private CumulativeIncidenceFigure with(Settings changed) {
        return new CumulativeIncidenceFigure(options, entries, changed);
    }

    private CumulativeIncidenceFigure adding(Entry entry) {
        List<Entry> longer = new ArrayList<>(entries);
        longer.add(entry);
        return new CumulativeIncidenceFigure(options, List.copyOf(longer), settings);
    }

    /**
     * The same with one more curve.
     *
     * @param group the group of patients
     * @param curve the curve of one cause
     * @return a new figure
     * @throws InvalidArgumentException when the group's name is blank, or it has a curve of this cause already
     */
    public CumulativeIncidenceFigure curve(String group, IncidenceFunction curve) {
        if (group.isBlank()) {
            throw InvalidArgumentException.of("name of a group", "blank", "some words");
        }
        if (entries.stream()
                .anyMatch(e -> !e.overlay()
                        && e.group().equals(group)
                        && e.function().cause().equals(curve.cause()))) {
            throw InvalidArgumentException.of(
                    "cause of group " + group, "'" + curve.cause() + "'", "a cause not yet drawn");
        }
        return adding(new Entry(group, curve, false));
    }

    /**
     * The same with a model laid over the estimates, in dashed dark grey.
     *
     * @param name its name in the legend
     * @param model the model
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public CumulativeIncidenceFigure overlay(String name, IncidenceFunction model) {
        Set<String> overlays =
                entries.stream().filter(Entry::overlay).map(Entry::group).collect(Collectors.toSet());
        SurvivalFigure.requireNewName(name, overlays);
        return adding(new Entry(name, Objects.requireNonNull(model), true));
    }

    /**
     * What a cause is called in the figure.
     *
     * @param cause the cause as the curves name it, for example "1"
     * @param label the words to show, for example "Relapse"
     * @return a new figure
     */
    public CumulativeIncidenceFigure causeLabel(String cause, String label) {
        Map<String, String> labels = new LinkedHashMap<>(settings.causeLabels());
        labels.put(cause, label);
        return with(new Settings(
                Map.copyOf(labels),
                settings.followUps(),
                settings.confidence(),
                settings.endLabels(),
                settings.riskTable()));
    }

    /**
     * The counts of a group, where its curves do not bring them.
     *
     * @param group the group's name; {@link #ALL} where there is but one
     * @param counts the counts
     * @return a new figure
     */
    public CumulativeIncidenceFigure followUp(String group, FollowUp counts) {
        Map<String, FollowUp> followUps = new LinkedHashMap<>(settings.followUps());
        followUps.put(group, counts);
        return with(new Settings(
                settings.causeLabels(),
                Map.copyOf(followUps),
                settings.confidence(),
                settings.endLabels(),
                settings.riskTable()));
    }

    /**
     * How confidence limits are drawn. Without this call: as bands for up to three curves, else not at all.
     *
     * @param style the style
     * @return a new figure
     */
    public CumulativeIncidenceFigure confidence(ConfidenceStyle style) {
        return with(new Settings(
                settings.causeLabels(),
                settings.followUps(),
                Objects.requireNonNull(style),
                settings.endLabels(),
                settings.riskTable()));
    }

    /**
     * Whether the curves are named at their ends, with the last value, or in a legend.
     *
     * @param shown true for labels at the ends, false for a legend
     * @return a new figure
     */
    public CumulativeIncidenceFigure endLabels(boolean shown) {
        return with(new Settings(
                settings.causeLabels(), settings.followUps(), settings.confidence(), shown, settings.riskTable()));
    }

    /**
     * The table under the time axis. Without this call there are numbers at risk wherever groups have counts.
     *
     * @param table the table, or {@link RiskTable#none()}
     * @return a new figure
     */
    public CumulativeIncidenceFigure riskTable(RiskTable table) {
        return with(new Settings(
                settings.causeLabels(),
                settings.followUps(),
                settings.confidence(),
                settings.endLabels(),
                Objects.requireNonNull(table)));
    }

    /**
     * The top of the probability axis; without this call it suits the curves.
     *
     * @param top above 0, at most 1
     * @return a new figure
     * @throws InvalidArgumentException when it is outside
     */
    public CumulativeIncidenceFigure yLimit(double top) {
        if (!(top > 0 && top <= 1)) {
            throw InvalidArgumentException.of("top of the probability axis", top, "0 < top <= 1");
        }
        return with(options.with(o -> o.yTo = top));
    }

    private List<Entry> mains() {
        return entries.stream().filter(e -> !e.overlay()).toList();
    }

    private String label(IncidenceFunction f) {
        String cause = f.cause();
        return settings.causeLabels().getOrDefault(cause, cause);
    }

    private String name(Entry entry) {
        if (entry.overlay()) {
            return entry.group();
        }
        boolean manyGroups = mains().stream().map(Entry::group).distinct().count() > 1;
        boolean manyCauses =
                mains().stream().map(e -> e.function().cause()).distinct().count() > 1;
        if (!manyGroups) {
            return label(entry.function());
        }
        return manyCauses ? entry.group() + ", " + label(entry.function()) : entry.group();
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
        List<Curve> curves = curves(x);
        requireDistinct(curves);
        List<Counts.Group> groups = groups(curves);
        RiskTable table = settings.riskTable() == null ? RiskTable.atRisk() : settings.riskTable();
        if (settings.riskTable() != null && table.isVisible() && groups.isEmpty()) {
            throw new InvalidArgumentException(
                    "risk table has no counts: no curve is a FollowUp; allowed: followUp(group, counts), or no table");
        }
        boolean overlaid = mains().size() < entries.size();
        boolean labels =
                settings.endLabels() == null ? mains().size() <= MOST_LABELS && !overlaid : settings.endLabels();
        FigureOptions shown = options.with(o -> o.xLabel = AxisMaker.timeTitle(options));
        return new FigureModel(
                shown,
                options.title.isBlank() ? "Cumulative incidence" : options.title,
                x,
                AxisMaker.probability(options, top(curves), true),
                true,
                curves,
                !labels && entries.size() > 1,
                labels ? endLabels(curves, x) : List.of(),
                List.of(),
                Counts.blocks(table, groups, x),
                true,
                options.altText != null ? options.altText : describe(x, groups),
                data(x));
    }

    private static void requireDistinct(List<Curve> curves) {
        Set<String> names = new LinkedHashSet<>();
        for (Curve curve : curves) {
            SurvivalFigure.requireNewName(curve.name, names);
            names.add(curve.name);
        }
    }

    private List<Curve> curves(Axis x) {
        List<Curve> curves = new ArrayList<>();
        List<String> groups = mains().stream().map(Entry::group).distinct().toList();
        List<String> causes =
                mains().stream().map(e -> e.function().cause()).distinct().toList();
        for (Entry entry : entries) {
            CurveReader reader = CurveReader.of(entry.function());
            Trace trace = reader.trace(x.min(), x.max());
            if (entry.overlay()) {
                curves.add(new Curve(
                        name(entry),
                        Kind.OVERLAY,
                        trace,
                        MODEL,
                        MODEL_DASH,
                        ConfidenceStyle.NONE,
                        List.of(),
                        Trace.EMPTY));
                continue;
            }
            int cause = causes.indexOf(entry.function().cause());
            int group = groups.indexOf(entry.group());
            // With both, the colour tells the group and the dashes tell the cause.
            int color = groups.size() > 1 ? group : cause;
            int dash = groups.size() > 1 && causes.size() > 1 ? cause : color;
            ConfidenceStyle style =
                    settings.confidence() != null ? settings.confidence() : ConfidenceStyle.automatic(mains().size());
            curves.add(new Curve(
                    name(entry),
                    Kind.MAIN,
                    trace,
                    options.palette.color(color),
                    options.palette.dash(dash),
                    style,
                    style == ConfidenceStyle.NONE ? List.of() : reader.bands(x.min(), x.max()),
                    Trace.EMPTY));
        }
        return curves;
    }

    private static double top(List<Curve> curves) {
        double top = 0;
        for (Curve curve : curves) {
            for (double y : curve.trace.y) {
                top = y > top ? y : top;
            }
            for (Curve.Band band : curve.bands) {
                for (double y : band.upper) {
                    top = y > top ? y : top;
                }
            }
        }
        return top;
    }

    private List<Counts.Group> groups(List<Curve> curves) {
        List<String> names = mains().stream().map(Entry::group).distinct().toList();
        List<Counts.Group> groups = new ArrayList<>();
        for (String name : names) {
            FollowUp counts = settings.followUps().get(name);
            int first = -1;
            long members = 0;
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                if (!entry.overlay() && entry.group().equals(name)) {
                    first = first < 0 ? i : first;
                    members++;
                    if (counts == null && entry.function() instanceof FollowUp own) {
                        counts = own;
                    }
                }
            }
            boolean ownColour = names.size() > 1 || (members == 1 && curves.size() > 1);
            if (counts != null) {
                groups.add(new Counts.Group(name, ownColour ? first : -1, counts));
            }
        }
        return groups;
    }

    private List<EndLabel> endLabels(List<Curve> curves, Axis x) {
        List<EndLabel> labels = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            double last = curve.trace.lastValue();
            if (!Double.isNaN(last)) {
                double end = Math.min(x.max(), entries.get(i).function().horizon());
                String detail = Numbers.probability(last, options.percent) + " at " + Describer.time(end, options);
                labels.add(new EndLabel(i, last, curve.name, detail, false));
            }
        }
        return labels;
    }

    private String describe(Axis x, List<Counts.Group> groups) {
        List<String> parts = new ArrayList<>();
        parts.add(options.title);
        parts.add(options.subtitle);
        int mains = mains().size();
        parts.add("Cumulative incidence, " + (mains == 1 ? "1 curve" : mains + " curves") + " "
                + Describer.span(x, options));
        for (Counts.Group group : groups) {
            parts.add(group.label() + ": n = " + Numbers.count(Counts.total(group.followUp())));
        }
        for (Entry entry : entries) {
            String values = Describer.values(CurveReader.of(entry.function()), x, options);
            parts.add((entry.overlay() ? "Model " : "") + name(entry) + ": " + values);
        }
        parts.add(options.annotation);
        return Describer.sentences(parts);
    }

    private TidyTable data(Axis x) {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .text("cause")
                .number("time")
                .number("atRisk")
                .number("events")
                .number("censored")
                .number("incidence")
                .number("lower")
                .number("upper");
        for (Entry entry : entries) {
            FollowUp own = entry.function() instanceof FollowUp f ? f : null;
            FollowUp counts = entry.overlay() ? null : settings.followUps().getOrDefault(entry.group(), own);
            for (Axis.Tick tick : x.ticks()) {
                double t = tick.value();
                PointEstimate p = entry.function().incidenceAt(t);
                Interval interval = p.interval();
                table.row(
                        entry.group(),
                        label(entry.function()),
                        t,
                        counts == null ? null : counts.atRisk(t),
                        counts == null ? null : counts.eventsUpTo(t),
                        counts == null ? null : counts.censoredUpTo(t),
                        p.optional().orElse(Double.NaN),
                        interval.lower().orElse(Double.NaN),
                        interval.upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }
}

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Works out what a figure of cumulative incidence shows. */
final class IncidenceModel {

    private static final int MOST_LABELS = 6;
    private static final Color MODEL = new Color(0x333333);
    private static final float[] MODEL_DASH = {4, 2};

    /**
     * A curve; an overlay has its own name in place of the group, others are named by group and cause. {@code over} is
     * the cause of the curves that an overlay models, "" for none.
     */
    record Entry(String group, IncidenceFunction function, boolean overlay, String over) {}

    private final FigureOptions options;
    private final List<Entry> entries;
    private final IncidenceSettings settings;

    IncidenceModel(FigureOptions options, List<Entry> entries, IncidenceSettings settings) {
        this.options = options;
        this.entries = entries;
        this.settings = settings;
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

    FigureModel build() {
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
                int over = causes.indexOf(entry.over());
                curves.add(new Curve(
                        name(entry),
                        Kind.OVERLAY,
                        trace,
                        over < 0 ? MODEL : options.palette.color(over).darker(),
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
            parts.add((entry.overlay() ? Describer.model(name(entry)) : name(entry)) + ": " + values);
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
                        counts == null ? null : counts.atRiskAt(t),
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

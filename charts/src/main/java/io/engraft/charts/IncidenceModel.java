package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Curve.Trace;
import io.engraft.charts.CurveOptions.Entry;
import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.curve.FollowUp;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Works out what a figure of cumulative incidence shows. */
final class IncidenceModel {

    private static final int MOST_LABELS = 6;

    private final IncidenceOptions options;
    private final List<Entry<IncidenceFunction>> entries;
    private final List<Entry<IncidenceFunction>> mains;
    private final List<String> groups;
    private final List<String> causes;
    private final Axis x;

    IncidenceModel(IncidenceOptions options) {
        this.options = options;
        this.entries = options.entries;
        this.mains = options.mains();
        this.groups = options.groups();
        this.causes = options.causes();
        this.x = options.timeAxis();
    }

    private String label(IncidenceFunction f) {
        return options.causeLabels.getOrDefault(f.cause(), f.cause());
    }

    private String name(Entry<IncidenceFunction> entry) {
        if (entry.overlay()) {
            return entry.name();
        }
        if (groups.size() <= 1) {
            return label(entry.function());
        }
        return causes.size() > 1 ? entry.name() + ", " + label(entry.function()) : entry.name();
    }

    FigureModel build() {
        List<Curve> curves = entries.stream().map(this::curve).toList();
        requireDistinct(curves);
        List<Counts.Group> counted = counted(curves);
        if (options.riskTable != null && options.riskTable.isVisible() && counted.isEmpty()) {
            throw new InvalidArgumentException(
                    "risk table has no counts: no curve is a FollowUp; allowed: withFollowUp(group, counts), or no"
                            + " table");
        }
        boolean overlaid = mains.size() < entries.size();
        boolean labels = options.endLabels == null ? mains.size() <= MOST_LABELS && !overlaid : options.endLabels;
        return new FigureModel(
                options.withTimeTitle(),
                options.title.isBlank() ? "Cumulative incidence" : options.title,
                x,
                AxisMaker.probability(options, top(curves), true),
                true,
                curves,
                !labels && entries.size() > 1,
                labels ? endLabels(curves) : List.of(),
                labels ? marked(curves) : Double.NaN,
                List.of(),
                Counts.blocks(options.table(), counted, x, "Cumulative number of events of any cause"),
                true,
                options.altText != null ? options.altText : describe(counted),
                data());
    }

    private static void requireDistinct(List<Curve> curves) {
        Set<String> names = new LinkedHashSet<>();
        for (Curve curve : curves) {
            CurveOptions.requireNewName(curve.name, names);
            names.add(curve.name);
        }
    }

    private Curve curve(Entry<IncidenceFunction> entry) {
        if (entry.overlay()) {
            return options.overlayCurve(entry, x, causes.indexOf(entry.over()));
        }
        int cause = causes.indexOf(entry.function().cause());
        // With both, the colour tells the group and the dashes tell the cause.
        int color = groups.size() > 1 ? groups.indexOf(entry.name()) : cause;
        int dash = groups.size() > 1 && causes.size() > 1 ? cause : color;
        return options.mainCurve(name(entry), entry.function(), x, color, dash, Trace.EMPTY);
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

    private List<Counts.Group> counted(List<Curve> curves) {
        List<Counts.Group> counted = new ArrayList<>();
        for (String group : groups) {
            FollowUp counts = options.followUps.get(group);
            int first = -1;
            int members = 0;
            for (int i = 0; i < entries.size(); i++) {
                Entry<IncidenceFunction> entry = entries.get(i);
                if (!entry.overlay() && entry.name().equals(group)) {
                    first = first < 0 ? i : first;
                    members++;
                    counts = counts == null ? entry.counts() : counts;
                }
            }
            boolean ownColour = groups.size() > 1 || (members == 1 && curves.size() > 1);
            if (counts != null) {
                counted.add(new Counts.Group(group, ownColour ? first : -1, counts));
            }
        }
        return counted;
    }

    private List<EndLabel> endLabels(List<Curve> curves) {
        List<EndLabel> labels = new ArrayList<>();
        double time = labelTime(curves);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            double last = curve.trace.lastValue();
            if (!Double.isNaN(last)) {
                Entry<IncidenceFunction> entry = entries.get(i);
                double value = time == end(entry)
                        ? last
                        : CurveReader.of(entry.function()).valueAt(time);
                FollowUp counts = options.followUp(entry);
                double atRisk = counts == null ? LabelTime.ENOUGH : counts.atRiskAt(time);
                String detail = Numbers.probability(value, options.percent) + " at " + Describer.time(time, options)
                        + LabelTime.remark(atRisk);
                labels.add(new EndLabel(i, last, curve.name, detail, false));
            }
        }
        return labels;
    }

    /** The time of the labels where a curve goes on after it. */
    private double marked(List<Curve> curves) {
        double time = labelTime(curves);
        return entries.stream().anyMatch(entry -> end(entry) > time) ? time : Double.NaN;
    }

    private double end(Entry<IncidenceFunction> entry) {
        return Math.min(x.max(), entry.function().horizon());
    }

    /** One time for all labels, as shares of different times are not to be compared: the last that all curves bear. */
    private double labelTime(List<Curve> curves) {
        double end = x.max();
        List<FollowUp> all = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            if (!Double.isNaN(curves.get(i).trace.lastValue())) {
                Entry<IncidenceFunction> entry = entries.get(i);
                end = Math.min(end, end(entry));
                FollowUp counts = options.followUp(entry);
                if (counts != null) {
                    all.add(counts);
                }
            }
        }
        return all.isEmpty()
                ? end
                : LabelTime.of(
                                x,
                                end,
                                t -> all.stream()
                                        .mapToDouble(counts -> counts.atRiskAt(t))
                                        .min()
                                        .orElseThrow())
                        .time();
    }

    private String describe(List<Counts.Group> counted) {
        List<String> parts = new ArrayList<>();
        parts.add(options.title);
        parts.add(options.subtitle);
        String number = mains.size() == 1 ? "1 curve" : mains.size() + " curves";
        parts.add("Cumulative incidence, " + number + " " + Describer.span(x, options));
        for (Counts.Group group : counted) {
            parts.add(group.label() + ": n = " + Numbers.count(Counts.total(group.followUp())));
        }
        for (Entry<IncidenceFunction> entry : entries) {
            String values = Describer.values(CurveReader.of(entry.function()), x, options);
            parts.add((entry.overlay() ? Describer.model(name(entry)) : name(entry)) + ": " + values);
        }
        parts.add(options.annotation);
        return Describer.sentences(parts);
    }

    private TidyTable data() {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .text("cause")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("censored")
                .number("incidence")
                .number("lower")
                .number("upper");
        for (Entry<IncidenceFunction> entry : entries) {
            FollowUp counts = options.followUp(entry);
            List<String> names = List.of(entry.name(), label(entry.function()));
            for (Axis.Tick tick : x.ticks()) {
                PointEstimate value = entry.function().incidenceAt(tick.value());
                CurveOptions.addRow(table, names, tick.value(), counts, value);
            }
        }
        return table.build();
    }
}

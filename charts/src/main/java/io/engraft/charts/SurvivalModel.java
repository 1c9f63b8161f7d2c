package io.engraft.charts;

import io.engraft.charts.Curve.Trace;
import io.engraft.charts.CurveOptions.Entry;
import io.engraft.curve.FollowUp;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalBounds;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.TidyTable;
import java.util.ArrayList;
import java.util.List;

/** Works out what a figure of survival shows. */
final class SurvivalModel {

    private static final int MOST_MARKS = 150;

    private final SurvivalOptions options;
    private final List<Entry<SurvivalFunction>> entries;
    private final List<Entry<SurvivalFunction>> mains;
    private final Axis x;

    SurvivalModel(SurvivalOptions options) {
        this.options = options;
        this.entries = options.entries;
        this.mains = options.mains();
        this.x = options.timeAxis();
    }

    FigureModel build() {
        List<Curve> curves = new ArrayList<>();
        List<Counts.Group> groups = new ArrayList<>();
        int index = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry<SurvivalFunction> entry = entries.get(i);
            curves.add(entry.overlay() ? overlayCurve(entry) : mainCurve(entry, index++));
            FollowUp counts = entry.counts();
            if (counts != null) {
                groups.add(new Counts.Group(entry.name(), entries.size() > 1 ? i : -1, counts));
            }
        }
        return new FigureModel(
                options.withTimeTitle(),
                options.title.isBlank() ? "Survival curves" : options.title,
                x,
                AxisMaker.probability(options, 1, true),
                false,
                curves,
                entries.size() > 1,
                List.of(),
                Double.NaN,
                medians(),
                Counts.blocks(options.table(), groups, x),
                false,
                options.altText != null ? options.altText : describe(),
                data());
    }

    private List<Double> medians() {
        List<Double> medians = new ArrayList<>();
        if (options.medianLines) {
            for (Entry<SurvivalFunction> entry : mains) {
                PointEstimate median = entry.function().median();
                if (median.isEstimable() && median.estimate() >= x.min() && median.estimate() <= x.max()) {
                    medians.add(median.estimate());
                }
            }
        }
        return medians;
    }

    private Curve mainCurve(Entry<SurvivalFunction> entry, int index) {
        return options.mainCurve(entry.name(), entry.function(), x, index, index, marks(entry));
    }

    private Curve overlayCurve(Entry<SurvivalFunction> entry) {
        int under = mains.stream().map(Entry::name).toList().indexOf(entry.over());
        return options.overlayCurve(entry, x, under);
    }

    private Trace marks(Entry<SurvivalFunction> entry) {
        FollowUp counts = entry.counts();
        if (counts == null || Boolean.FALSE.equals(options.censorMarks)) {
            return Trace.EMPTY;
        }
        Trace marks = CurveReader.of(entry.function()).marks(counts.censoringTimes(), x.min(), x.max());
        return options.censorMarks == null && marks.x.length > MOST_MARKS ? Trace.EMPTY : marks;
    }

    private String describe() {
        List<String> parts = new ArrayList<>();
        parts.add(options.title);
        parts.add(options.subtitle);
        String what = mains.size() == 1 ? "Survival curve" : "Survival curves of " + mains.size() + " groups";
        parts.add(what + " " + Describer.span(x, options));
        for (Entry<SurvivalFunction> entry : entries) {
            FollowUp counts = entry.counts();
            String n = counts != null ? " (n = " + Numbers.count(Counts.total(counts)) + ")" : "";
            String name = entry.overlay() ? Describer.model(entry.name()) : entry.name();
            String values = Describer.values(CurveReader.of(entry.function()), x, options);
            String median = entry.overlay() ? "" : "; " + median(entry);
            parts.add(name + n + ": " + values + median);
        }
        parts.add(options.annotation);
        return Describer.sentences(parts);
    }

    /** An estimate's median is chance where its model never gets down to one half. */
    private String median(Entry<SurvivalFunction> main) {
        boolean modelHasNone = entries.stream()
                .anyMatch(e -> e.overlay()
                        && e.over().equals(main.name())
                        && !e.function().median().isEstimable());
        PointEstimate median = main.function().median();
        if (main.function() instanceof SurvivalBounds && !median.isEstimable()) {
            return "median: " + median.reason();
        }
        return modelHasNone ? "no median is given, as the model has none" : Describer.median(median, options);
    }

    private TidyTable data() {
        TidyTable.Builder table = TidyTable.builder()
                .text("curve")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("censored")
                .number("survival")
                .number("lower")
                .number("upper");
        for (Entry<SurvivalFunction> entry : entries) {
            for (Axis.Tick tick : x.ticks()) {
                PointEstimate value = entry.function().survivalAt(tick.value());
                CurveOptions.addRow(table, List.of(entry.name()), tick.value(), entry.counts(), value);
            }
        }
        return table.build();
    }
}

package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Curve.Kind;
import io.engraft.charts.Curve.Trace;
import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.TidyTable;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Works out what a figure of states shows. */
final class OccupationModel {

    private static final Color[] GREYS = {new Color(0x8C8C8C), new Color(0x4D4D4D), new Color(0xB8B8B8)};

    private final OccupationOptions options;
    private final StateProbabilities probabilities;
    private final List<String> order;
    private final Axis x;

    OccupationModel(OccupationOptions options) {
        this.options = options;
        this.probabilities = options.probabilities;
        this.order = options.order;
        double last = reader(times -> sum(times, order.size() - 1)).lastTime();
        this.x = AxisMaker.time(options, probabilities.start(), List.of(last), false);
    }

    private CurveReader reader(UnaryOperator<double[]> values) {
        return CurveReader.of(values, probabilities.horizon(), probabilities.jumpTimes());
    }

    private int index(String state) {
        return probabilities.states().indexOf(state);
    }

    FigureModel build() {
        requireDistinct();
        return new FigureModel(
                options.withTimeTitle(),
                options.title.isBlank() ? "State occupation" : options.title,
                x,
                AxisMaker.probability(options, 1, false),
                false,
                areas(),
                false,
                endLabels(),
                labelTime().time() < end() ? labelTime().time() : Double.NaN,
                List.of(),
                List.of(),
                false,
                options.altText != null ? options.altText : describe(),
                data());
    }

    private List<Curve> areas() {
        List<Curve> areas = new ArrayList<>();
        List<Color> colors = colors();
        for (int i = 0; i < order.size(); i++) {
            int upTo = i;
            areas.add(new Curve(
                    options.label(order.get(i)),
                    Kind.AREA,
                    reader(times -> sum(times, upTo)).trace(x.min(), x.max()),
                    colors.get(i),
                    new float[0],
                    ConfidenceStyle.NONE,
                    List.of(),
                    Trace.EMPTY));
        }
        return areas;
    }

    private double end() {
        return Math.min(x.max(), probabilities.horizon());
    }

    private LabelTime labelTime() {
        return probabilities.numberAtRisk(end()).isPresent()
                ? LabelTime.of(x, end(), t -> probabilities.numberAtRisk(t).orElseThrow())
                : LabelTime.of(end());
    }

    private List<EndLabel> endLabels() {
        List<EndLabel> labels = new ArrayList<>();
        double[][] last = probabilities.probabilityValues(new double[] {end()});
        LabelTime at = labelTime();
        double[][] told = probabilities.probabilityValues(new double[] {at.time()});
        double below = 0;
        for (int i = 0; i < order.size(); i++) {
            String state = order.get(i);
            double share = last[index(state)][0];
            if (!Double.isNaN(share)) {
                double value = told[index(state)][0];
                String detail =
                        Numbers.probability(value, options.percent) + " at " + Describer.time(at.time(), options);
                labels.add(new EndLabel(i, below + share / 2, options.label(state), detail, true));
                below += share;
            }
        }
        if (!at.remark().isEmpty() && !labels.isEmpty()) {
            // Of all states together, so said once: at the top.
            EndLabel top = labels.remove(labels.size() - 1);
            labels.add(new EndLabel(
                    top.curve(), top.level(), top.name(), top.detail() + at.remark() + " in all", top.swatch()));
        }
        return labels;
    }

    private void requireDistinct() {
        List<String> labels = order.stream().map(options::label).toList();
        if (labels.stream().distinct().count() < labels.size()) {
            throw InvalidArgumentException.of("labels of states", labels, "distinct labels");
        }
    }

    /** The probability of the states from the bottom up to one of them. */
    private double[] sum(double[] times, int upTo) {
        double[][] all = probabilities.probabilityValues(times);
        double[] sum = new double[times.length];
        for (int i = 0; i <= upTo; i++) {
            double[] one = all[index(order.get(i))];
            for (int k = 0; k < sum.length; k++) {
                sum[k] += one[k];
            }
        }
        return sum;
    }

    private List<Color> colors() {
        List<Color> assigned = new ArrayList<>();
        int living = 0;
        int dead = 0;
        for (String state : order) {
            Color own = options.colors.get(state);
            if (own != null) {
                assigned.add(own);
            } else if (isDeath(options.label(state))) {
                assigned.add(GREYS[dead++ % GREYS.length]);
            } else {
                assigned.add(options.palette.color(living++));
            }
        }
        return assigned;
    }

    private static boolean isDeath(String label) {
        String words = " " + label.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ") + " ";
        return words.contains(" dead ") || words.contains(" death ") || words.contains(" died ");
    }

    private String describe() {
        List<String> parts = new ArrayList<>();
        parts.add(options.title);
        parts.add(options.subtitle);
        parts.add("Stacked areas of the probabilities of " + order.size() + " states " + Describer.span(x, options)
                + ", from the bottom up");
        for (String state : order) {
            int index = index(state);
            CurveReader reader = reader(times -> probabilities.probabilityValues(times)[index]);
            parts.add(options.label(state) + ": " + Describer.values(reader, x, options));
        }
        parts.add(options.annotation);
        return Describer.sentences(parts);
    }

    private TidyTable data() {
        TidyTable.Builder table =
                TidyTable.builder().text("state").number("time").number("probability");
        double[] times = x.ticks().stream().mapToDouble(Axis.Tick::value).toArray();
        double[][] values = probabilities.probabilityValues(times);
        for (String state : order) {
            double[] one = values[index(state)];
            for (int k = 0; k < times.length; k++) {
                table.row(options.label(state), times[k], one[k]);
            }
        }
        return table.build();
    }
}

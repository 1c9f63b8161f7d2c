package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Curve.Kind;
import io.engraft.charts.Curve.Trace;
import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.TidyTable;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where patients are over time: the probabilities of all states as stacked areas that fill the plot, each named at the
 * right end with its share. The first state of the order lies at the bottom. States whose names speak of death are grey
 * by default, the others take the palette's colours.
 */
public final class StateOccupationFigure extends Figure<StateOccupationFigure> {

    private static final Color[] GREYS = {new Color(0x8C8C8C), new Color(0x4D4D4D), new Color(0xB8B8B8)};
    private static final Palette AREAS = Palette.of(
            new Color(0x0072B2),
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xD55E00),
            new Color(0xF0E442));

    private final StateProbabilities probabilities;
    private final List<String> order;
    private final Map<String, String> labels;
    private final Map<String, Color> colors;

    private StateOccupationFigure(
            FigureOptions options,
            StateProbabilities probabilities,
            List<String> order,
            Map<String, String> labels,
            Map<String, Color> colors) {
        super(options);
        this.probabilities = probabilities;
        this.order = order;
        this.labels = labels;
        this.colors = colors;
    }

    /**
     * A figure of all states.
     *
     * @param probabilities the probabilities
     * @return the figure
     * @throws InvalidArgumentException when there is no state
     */
    public static StateOccupationFigure of(StateProbabilities probabilities) {
        if (probabilities.states().isEmpty()) {
            throw InvalidArgumentException.of("number of states", 0, "at least 1");
        }
        FigureOptions options = new FigureOptions().with(o -> {
            o.yLabel = "Probability of being in state";
            o.percent = true;
            o.palette = AREAS;
        });
        return new StateOccupationFigure(
                options, probabilities, List.copyOf(probabilities.states()), Map.of(), Map.of());
    }

    @Override
    StateOccupationFigure with(FigureOptions changed) {
        return new StateOccupationFigure(changed, probabilities, order, labels, colors);
    }

    /**
     * The order of the states from the bottom up.
     *
     * @param states all states, each once
     * @return a new figure
     * @throws InvalidArgumentException when a state is missing, unknown, or there twice
     */
    public StateOccupationFigure order(List<String> states) {
        if (states.size() != order.size() || !states.containsAll(order)) {
            throw InvalidArgumentException.of("order of states", states, "each once of " + probabilities.states());
        }
        return new StateOccupationFigure(options, probabilities, List.copyOf(states), labels, colors);
    }

    /**
     * What a state is called in the figure.
     *
     * @param state the state
     * @param label the words to show
     * @return a new figure
     * @throws InvalidArgumentException when there is no such state
     */
    public StateOccupationFigure stateLabel(String state, String label) {
        requireState(state);
        Map<String, String> longer = new LinkedHashMap<>(labels);
        longer.put(state, Objects.requireNonNull(label));
        return new StateOccupationFigure(options, probabilities, order, Map.copyOf(longer), colors);
    }

    /**
     * The colour of a state.
     *
     * @param state the state
     * @param color the colour
     * @return a new figure
     * @throws InvalidArgumentException when there is no such state
     */
    public StateOccupationFigure stateColor(String state, Color color) {
        requireState(state);
        Map<String, Color> longer = new LinkedHashMap<>(colors);
        longer.put(state, Objects.requireNonNull(color));
        return new StateOccupationFigure(options, probabilities, order, labels, Map.copyOf(longer));
    }

    private void requireState(String state) {
        if (!order.contains(state)) {
            throw InvalidArgumentException.of("state", "'" + state + "'", "one of " + probabilities.states());
        }
    }

    private String label(String state) {
        return labels.getOrDefault(state, state);
    }

    @Override
    FigureModel model() {
        Axis x = AxisMaker.time(
                options, List.of(CurveReader.lastTime(probabilities.horizon(), probabilities.jumpTimes())), false);
        double end = Math.min(x.max(), probabilities.horizon());
        List<Curve> curves = new ArrayList<>();
        List<EndLabel> endLabels = new ArrayList<>();
        double below = 0;
        List<Color> palette = assignedColors();
        double[][] last = probabilities.probabilityValues(new double[] {end});
        for (int i = 0; i < order.size(); i++) {
            int upTo = i;
            CurveReader reader =
                    CurveReader.of(times -> sum(times, upTo), probabilities.horizon(), probabilities.jumpTimes());
            Trace trace = reader.trace(x.min(), x.max());
            String state = order.get(i);
            curves.add(new Curve(
                    label(state),
                    Kind.AREA,
                    trace,
                    palette.get(i),
                    new float[0],
                    ConfidenceStyle.NONE,
                    List.of(),
                    Trace.EMPTY));
            double share = last[probabilities.states().indexOf(state)][0];
            if (!Double.isNaN(share)) {
                String detail = Numbers.probability(share, options.percent) + " at " + Describer.time(end, options);
                endLabels.add(new EndLabel(i, below + share / 2, label(state), detail, true));
                below += share;
            }
        }
        requireDistinct();
        FigureOptions shown = options.with(o -> o.xLabel = AxisMaker.timeTitle(options));
        return new FigureModel(
                shown,
                options.title.isBlank() ? "State occupation" : options.title,
                x,
                AxisMaker.probability(options, 1, false),
                false,
                curves,
                false,
                endLabels,
                List.of(),
                List.of(),
                false,
                options.altText != null ? options.altText : describe(x),
                data(x));
    }

    private void requireDistinct() {
        if (order.stream().map(this::label).distinct().count() < order.size()) {
            throw InvalidArgumentException.of(
                    "labels of states", order.stream().map(this::label).toList(), "distinct labels");
        }
    }

    /** The probability of the states from the bottom up to one of them. */
    private double[] sum(double[] times, int upTo) {
        double[][] all = probabilities.probabilityValues(times);
        double[] sum = new double[times.length];
        for (int i = 0; i <= upTo; i++) {
            double[] one = all[probabilities.states().indexOf(order.get(i))];
            for (int k = 0; k < sum.length; k++) {
                sum[k] += one[k];
            }
        }
        return sum;
    }

    private List<Color> assignedColors() {
        List<Color> assigned = new ArrayList<>();
        int living = 0;
        int dead = 0;
        for (String state : order) {
            Color own = colors.get(state);
            if (own != null) {
                assigned.add(own);
            } else if (isDeath(label(state))) {
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

    private String describe(Axis x) {
        List<String> parts = new ArrayList<>();
        parts.add(options.title);
        parts.add(options.subtitle);
        parts.add("Stacked areas of the probabilities of " + order.size() + " states " + Describer.span(x, options)
                + ", from the bottom up");
        for (String state : order) {
            int index = probabilities.states().indexOf(state);
            CurveReader reader = CurveReader.of(
                    times -> probabilities.probabilityValues(times)[index],
                    probabilities.horizon(),
                    probabilities.jumpTimes());
            parts.add(label(state) + ": " + Describer.values(reader, x, options));
        }
        parts.add(options.annotation);
        return Describer.sentences(parts);
    }

    private TidyTable data(Axis x) {
        TidyTable.Builder table =
                TidyTable.builder().text("state").number("time").number("probability");
        double[] times = x.ticks().stream().mapToDouble(Axis.Tick::value).toArray();
        double[][] values = probabilities.probabilityValues(times);
        for (String state : order) {
            double[] one = values[probabilities.states().indexOf(state)];
            for (int k = 0; k < times.length; k++) {
                table.row(label(state), times[k], one[k]);
            }
        }
        return table.build();
    }
}

package io.engraft.charts;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.StateProbabilities;
import java.awt.Color;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where patients are over time: the probabilities of all states as stacked areas that fill the plot, each named at the
 * right end with its share. The first state of the order lies at the bottom. States whose names speak of death are grey
 * by default, the others take the palette's colours.
 */
@CheckReturnValue
public final class StateOccupationFigure extends Figure<StateOccupationFigure> {

    private final OccupationOptions options;

    private StateOccupationFigure(OccupationOptions options) {
        this.options = options;
    }

    /**
     * A figure of all states.
     *
     * @param probabilities the probabilities
     * @return the figure
     * @throws InvalidArgumentException when there is no state, or more than can be told apart (70)
     */
    public static StateOccupationFigure of(StateProbabilities probabilities) {
        if (probabilities.states().isEmpty()) {
            throw InvalidArgumentException.of("number of states", 0, "at least 1");
        }
        if (probabilities.states().size() > Palette.MOST_DISTINCT) {
            throw InvalidArgumentException.of(
                    "number of states",
                    probabilities.states().size(),
                    "at most " + Palette.MOST_DISTINCT + ", as no more can be told apart");
        }
        return new StateOccupationFigure(new OccupationOptions(probabilities));
    }

    @Override
    StateOccupationFigure change(Consumer<FigureOptions> change) {
        return with(change);
    }

    private StateOccupationFigure with(Consumer<? super OccupationOptions> change) {
        return new StateOccupationFigure(FigureOptions.changed(options, change));
    }

    /**
     * The order of the states from the bottom up.
     *
     * @param states all states, each once
     * @return a new figure
     * @throws InvalidArgumentException when a state is missing, unknown, or there twice
     */
    public StateOccupationFigure withOrder(List<String> states) {
        if (states.size() != options.order.size() || !states.containsAll(options.order)) {
            throw InvalidArgumentException.of("order of states", states, "each once of " + states());
        }
        return with(o -> o.order = List.copyOf(states));
    }

    /**
     * What a state is called in the figure.
     *
     * @param state the state
     * @param label the words to show
     * @return a new figure
     * @throws InvalidArgumentException when there is no such state
     */
    public StateOccupationFigure withStateLabel(String state, String label) {
        requireState(state);
        Objects.requireNonNull(label);
        return with(o -> o.labels = FigureOptions.put(o.labels, state, label));
    }

    /**
     * The colour of a state.
     *
     * @param state the state
     * @param color the colour
     * @return a new figure
     * @throws InvalidArgumentException when there is no such state
     */
    public StateOccupationFigure withStateColor(String state, Color color) {
        requireState(state);
        Objects.requireNonNull(color);
        return with(o -> o.colors = FigureOptions.put(o.colors, state, color));
    }

    private void requireState(String state) {
        if (!options.order.contains(state)) {
            throw InvalidArgumentException.ofText("state", state, "one of " + states());
        }
    }

    private List<String> states() {
        return options.probabilities.states();
    }

    @Override
    FigureModel model() {
        return new OccupationModel(options).build();
    }
}

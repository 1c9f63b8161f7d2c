package io.engraft.charts;

import io.engraft.curve.StateProbabilities;
import java.awt.Color;
import java.util.List;
import java.util.Map;

/** What is special to figures of states. */
final class OccupationOptions extends FigureOptions {

    private static final Palette AREAS = Palette.of(
            new Color(0x0072B2),
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xD55E00),
            new Color(0xF0E442));

    final StateProbabilities probabilities;

    /** From the bottom up. */
    List<String> order;

    Map<String, String> labels = Map.of();
    Map<String, Color> colors = Map.of();

    OccupationOptions(StateProbabilities probabilities) {
        this.probabilities = probabilities;
        order = List.copyOf(probabilities.states());
        yLabel = "Probability of being in state";
        percent = true;
        palette = AREAS;
    }

    String label(String state) {
        return labels.getOrDefault(state, state);
    }
}

package io.engraft.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A way from one state to another, known by the states' names and never by its place in a list: where a transition is
 * never seen, the others keep their meaning.
 *
 * @param from the state that is left
 * @param to the state that is entered
 */
public record Transition(String from, String to) {

    /**
     * How often each transition is among rows.
     *
     * @param from the place of the state in which each row is, -1 where it is none
     * @param to that of the state entered, -1 for no transition
     * @return counts in the order of the states, without those that never are
     */
    static Map<Transition, Long> counts(List<String> states, int[] from, int[] to) {
        Map<Long, Long> counts = new TreeMap<>();
        for (int i = 0; i < to.length; i++) {
            if (from[i] >= 0 && to[i] >= 0) {
                counts.merge((long) from[i] * states.size() + to[i], 1L, Long::sum);
            }
        }
        Map<Transition, Long> seen = new LinkedHashMap<>();
        counts.forEach((key, count) -> seen.put(
                new Transition(states.get((int) (key / states.size())), states.get((int) (key % states.size()))),
                count));
        return Collections.unmodifiableMap(seen);
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}

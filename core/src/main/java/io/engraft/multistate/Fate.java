package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways in which the time in a state can end: an event, the state it leads to, the probability that it is this
 * one, and the law of the time until it, counted from entry into the state. Or a fate that never ends, such as long-term
 * remission: without destination and without a law.
 *
 * @param event what happens, for example "relapse"
 * @param to the state that is entered, null where the state is never left
 * @param probability the probability of this fate on entry into the state, in [0, 1]
 * @param law the law of time to the event among those with this fate, null where the state is never left
 */
public record Fate(
        String event,
        @Nullable String to,
        double probability,
        @Nullable LawOfTime law) {

    /**
     * Checks the parts.
     *
     * @param event what happens, for example "relapse"
     * @param to the state that is entered, null where the state is never left
     * @param probability the probability of this fate on entry into the state, in [0, 1]
     * @param law the law of time to the event among those with this fate, null where the state is never left
     */
    public Fate {
        if (event.isBlank()) {
            throw new InvalidArgumentException("the name of a fate is blank; allowed: a name");
        }
        Require.probability("probability of '" + event + "'", probability);
        if ((to == null) != (law == null)) {
            throw new InvalidArgumentException("fate '" + event + "' has " + (to == null ? "no" : "a")
                    + " destination and " + (law == null ? "no" : "a")
                    + " law of time; allowed: both, or neither where the state is never left");
        }
    }

    /**
     * A fate that ends the time in a state.
     *
     * @param event what happens
     * @param to the state that is entered
     * @param probability its probability
     * @param law the law of time until it
     * @return the fate
     */
    public static Fate leaves(String event, String to, double probability, LawOfTime law) {
        return new Fate(event, to, probability, law);
    }

    /**
     * A fate whose event and destination have one name.
     *
     * @param event what happens, and the state that is entered
     * @param probability its probability
     * @param law the law of time until it
     * @return the fate
     */
    public static Fate of(String event, double probability, LawOfTime law) {
        return new Fate(event, event, probability, law);
    }

    /**
     * A fate that never ends.
     *
     * @param event its name, for example "long-term remission"
     * @param probability its probability
     * @return the fate
     */
    public static Fate stays(String event, double probability) {
        return new Fate(event, null, probability, null);
    }

    /**
     * Whether the state is left.
     *
     * @return false for a fate that never ends
     */
    public boolean leaves() {
        return law != null;
    }

    /**
     * P(this fate's event has happened by t | this fate).
     *
     * @param t the time, at least 0
     * @return the probability; 0 for a fate that never ends
     */
    public double timeProbability(double t) {
        LawOfTime time = law;
        return time == null ? 0 : time.cumulativeProbability(t);
    }
}

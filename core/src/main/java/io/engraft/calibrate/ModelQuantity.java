package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.List;
import java.util.Set;

/**
 * A number that a multi-state model has and that publications print: a probability to be in some states, the incidence
 * of an event, a share of all its events, or a time by which something has come to pass. A time of infinity means the
 * long-run limit.
 */
public sealed interface ModelQuantity {

    /**
     * Whether the quantity is a time; otherwise it is a probability.
     *
     * @return true for a time
     */
    boolean isTime();

    /**
     * P(in one of some states at a time): survival where these are the states alive.
     *
     * @param states names, at least one, each once
     * @param time 0 or more; infinity for the limit
     */
    record Occupancy(Set<String> states, double time) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param states names, at least one, each once
         * @param time 0 or more; infinity for the limit
         */
        public Occupancy {
            states = checked(states);
            Require.time(time);
        }

        @Override
        public boolean isTime() {
            return false;
        }

        @Override
        public String toString() {
            return "P(in " + String.join(" or ", sorted(states)) + at(time) + ")";
        }
    }

    /**
     * P(an event has happened by a time), at least once.
     *
     * @param event its name
     * @param time 0 or more; infinity for the limit
     */
    record Incidence(String event, double time) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param event its name
         * @param time 0 or more; infinity for the limit
         */
        public Incidence {
            Require.time(time);
        }

        @Override
        public boolean isTime() {
            return false;
        }

        @Override
        public String toString() {
            return "P(" + event + by(time) + ")";
        }
    }

    /**
     * P(a state has been entered by a time); who starts there has entered it at time 0.
     *
     * @param state its name
     * @param time 0 or more, finite
     */
    record FirstEntry(String state, double time) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param state its name
         * @param time 0 or more, finite
         */
        public FirstEntry {
            Require.nonNegative("time", time);
        }

        @Override
        public boolean isTime() {
            return false;
        }

        @Override
        public String toString() {
            return "P(" + state + " entered" + by(time) + ")";
        }
    }

    /**
     * The share of all who ever have an event that has had it by a time.
     *
     * @param event its name
     * @param time positive and finite
     */
    record ShareBefore(String event, double time) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param event its name
         * @param time positive and finite
         */
        public ShareBefore {
            Require.positive("time", time);
        }

        @Override
        public boolean isTime() {
            return false;
        }

        @Override
        public String toString() {
            return "share of all " + event + by(time);
        }
    }

    /**
     * The time by which a share of all who ever have an event have had it; the median for a share of 1/2.
     *
     * @param event its name
     * @param share strictly between 0 and 1
     */
    record EventQuantile(String event, double share) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param event its name
         * @param share strictly between 0 and 1
         */
        public EventQuantile {
            Require.properFraction("share", share);
        }

        @Override
        public boolean isTime() {
            return true;
        }

        @Override
        public String toString() {
            return "time of " + share + " of all " + event;
        }
    }

    /**
     * The time by which the incidence of an event among all patients has reached a probability.
     *
     * @param event its name
     * @param probability strictly between 0 and 1
     */
    record IncidenceQuantile(String event, double probability) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param event its name
         * @param probability strictly between 0 and 1
         */
        public IncidenceQuantile {
            Require.properFraction("probability", probability);
        }

        @Override
        public boolean isTime() {
            return true;
        }

        @Override
        public String toString() {
            return "time when P(" + event + ") is " + probability;
        }
    }

    /**
     * The time by which the probability to be in some states, in which all patients start, has fallen to 1 - p: the
     * median survival for p of 1/2 where these are the states alive.
     *
     * @param states names, at least one, each once
     * @param p strictly between 0 and 1
     */
    record OccupancyQuantile(Set<String> states, double p) implements ModelQuantity {
        /**
         * Checks the parts.
         *
         * @param states names, at least one, each once
         * @param p strictly between 0 and 1
         */
        public OccupancyQuantile {
            states = checked(states);
            Require.properFraction("p", p);
        }

        @Override
        public boolean isTime() {
            return true;
        }

        @Override
        public String toString() {
            return "time when P(in " + String.join(" or ", sorted(states)) + ") is " + (1 - p);
        }
    }

    /**
     * The probability to be in a state at a time.
     *
     * @param state its name
     * @param time 0 or more
     * @return the quantity
     */
    static ModelQuantity occupancy(String state, double time) {
        return new Occupancy(Set.of(state), time);
    }

    /**
     * The probability to be in one of some states at a time.
     *
     * @param states names, at least one
     * @param time 0 or more
     * @return the quantity
     */
    static ModelQuantity occupancy(Set<String> states, double time) {
        return new Occupancy(states, time);
    }

    /**
     * The probability to be in some states in the long run.
     *
     * @param states names, at least one; one that is there twice counts once
     * @return the quantity
     */
    static ModelQuantity limit(String... states) {
        return new Occupancy(Set.copyOf(List.of(states)), Double.POSITIVE_INFINITY);
    }

    /**
     * The cumulative incidence of an event's first occurrence.
     *
     * @param event its name
     * @param time 0 or more
     * @return the quantity
     */
    static ModelQuantity incidence(String event, double time) {
        return new Incidence(event, time);
    }

    /**
     * The probability that an event ever happens.
     *
     * @param event its name
     * @return the quantity
     */
    static ModelQuantity ever(String event) {
        return new Incidence(event, Double.POSITIVE_INFINITY);
    }

    /**
     * The median time of an event among those who have it.
     *
     * @param event its name
     * @return the quantity
     */
    static ModelQuantity median(String event) {
        return new EventQuantile(event, 0.5);
    }

    /**
     * The share of all events of a kind that happen before a time.
     *
     * @param event its name
     * @param time positive
     * @return the quantity
     */
    static ModelQuantity shareBefore(String event, double time) {
        return new ShareBefore(event, time);
    }

    /**
     * The median time in some states, in which all patients start.
     *
     * @param states names, at least one; one that is there twice counts once
     * @return the quantity
     */
    static ModelQuantity medianSurvival(String... states) {
        return new OccupancyQuantile(Set.copyOf(List.of(states)), 0.5);
    }

    private static Set<String> checked(Set<String> states) {
        if (states.isEmpty()) {
            throw new InvalidArgumentException("a target names no state; allowed: at least one state");
        }
        return Set.copyOf(states);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static String at(double time) {
        return time == Double.POSITIVE_INFINITY ? " in the long run" : " at " + Brief.time(time);
    }

    private static String by(double time) {
        return time == Double.POSITIVE_INFINITY ? " ever" : " by " + Brief.time(time);
    }
}

package io.engraft.multistate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A transition between two states, by a hazard that competes with those of the other transitions out of the same state.
 * The hazard is that of a law of time (the law the time would have were there no other transition), read on one of two
 * clocks, times exp(b_1 x_1 + b_2 x_2 + ...) for covariates x with log hazard ratios b.
 *
 * @param event what happens, for example "relapse"
 * @param from the state that is left
 * @param to the state that is entered
 * @param law the law whose hazard it is
 * @param clock what the law's time counts from
 * @param logHazardRatios log hazard ratios by the name of the covariate; empty where there are none
 */
public record HazardTransition(
        String event, String from, String to, LawOfTime law, Clock clock, Map<String, Double> logHazardRatios) {

    /**
     * Checks the parts.
     *
     * @param event what happens
     * @param from the state that is left
     * @param to the state that is entered
     * @param law the law whose hazard it is
     * @param clock what the law's time counts from
     * @param logHazardRatios log hazard ratios by the name of the covariate
     * @throws InvalidArgumentException when a name is blank, the states are the same, the hazard is zero at all times,
     *     or a log hazard ratio is not finite
     */
    public HazardTransition {
        if (event.isBlank() || from.isBlank() || to.isBlank()) {
            throw new InvalidArgumentException("transition '" + event + "' from '" + from + "' to '" + to
                    + "' has a blank name; allowed: names of an event and of two states");
        }
        if (from.equals(to)) {
            throw InvalidArgumentException.of("target of a transition from '" + from + "'", to, "another state");
        }
        if (!(law.cumulativeHazard(Double.POSITIVE_INFINITY) > 0)) {
            throw new InvalidArgumentException("the hazard of the transition from '" + from + "' to '" + to
                    + "' is zero at all times (" + law + "); allowed: a law by which it can happen, or no transition");
        }
        Map<String, Double> effects = new LinkedHashMap<>();
        logHazardRatios.forEach((name, ratio) -> {
            if (name.isBlank()) {
                throw new InvalidArgumentException("a covariate of the transition from '" + from + "' to '" + to
                        + "' has a blank name; allowed: a name");
            }
            effects.put(name, Require.finite("log hazard ratio of '" + name + "'", ratio));
        });
        logHazardRatios = Collections.unmodifiableMap(effects);
    }

    /**
     * A transition without covariates whose event has the name of the state that is entered.
     *
     * @param from the state that is left
     * @param to the state that is entered
     * @param law the law whose hazard it is
     * @param clock what the law's time counts from
     * @return the transition
     */
    public static HazardTransition of(String from, String to, LawOfTime law, Clock clock) {
        return new HazardTransition(to, from, to, law, clock, Map.of());
    }

    /**
     * The same transition under another event.
     *
     * @param name what happens
     * @return the transition
     */
    @CheckReturnValue
    public HazardTransition withEvent(String name) {
        return new HazardTransition(name, from, to, law, clock, logHazardRatios);
    }

    /**
     * The same transition with one more covariate.
     *
     * @param covariate its name
     * @param logHazardRatio what one unit of it adds to the log hazard
     * @return the transition
     * @throws InvalidArgumentException when the transition has that covariate already
     */
    @CheckReturnValue
    public HazardTransition withCovariate(String covariate, double logHazardRatio) {
        Map<String, Double> effects = new LinkedHashMap<>(logHazardRatios);
        if (effects.put(covariate, logHazardRatio) != null) {
            throw new InvalidArgumentException("covariate '" + covariate + "' of the transition from '" + from
                    + "' to '" + to + "' is given twice; allowed: each name once");
        }
        return new HazardTransition(event, from, to, law, clock, effects);
    }
}

/**
 * Multi-state data without a model: {@link io.engraft.estimate.states.StateOccupancy} is the Aalen-Johansen estimate of the
 * probability of each state, {@link io.engraft.estimate.states.OccupancyEstimate} its result with times in states,
 * transition hazards and {@link io.engraft.estimate.states.TransitionProbabilities}, with Greenwood-type and robust
 * variances.
 */
@NullMarked
package io.engraft.estimate.states;

import org.jspecify.annotations.NullMarked;

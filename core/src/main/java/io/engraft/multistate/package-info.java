/**
 * States, fates and times: {@link io.engraft.multistate.CompetingRisksMixture} (fates with a probability and a law of
 * time each), {@link io.engraft.multistate.FateModel} (a semi-Markov model of such states),
 * {@link io.engraft.multistate.FateTree} (every way through it) and {@link io.engraft.multistate.OccupancySolver} (its
 * curves without simulation noise).
 */
@NullMarked
package io.engraft.multistate;

import org.jspecify.annotations.NullMarked;

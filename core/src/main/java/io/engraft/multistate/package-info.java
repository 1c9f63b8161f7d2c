/**
 * States, transitions, fates and times: {@link io.engraft.multistate.MultiStateModel} (states left by competing
 * {@link io.engraft.multistate.HazardTransition}s on one of two {@link io.engraft.multistate.Clock}s, or by fates),
 * {@link io.engraft.multistate.FateModel} (the semi-Markov models of fates alone) with its
 * {@link io.engraft.multistate.FateTree} (every way through it),
 * {@link io.engraft.multistate.CompetingRisksMixture} (fates with a probability and a law of time each), and
 * {@link io.engraft.multistate.OccupancySolver}, which gives their curves without simulation noise
 * ({@link io.engraft.multistate.SolvedOccupancy}).
 * From patients' data: {@link io.engraft.multistate.ParametricMultiState} fits a law to each transition and gives a
 * {@link io.engraft.multistate.MultiStateFit}, {@link io.engraft.multistate.EmpiricalMultiStateModel} has step hazards.
 * {@link io.engraft.multistate.MultiStateModelText} writes models as JSON and reads them.
 */
@NullMarked
package io.engraft.multistate;

import org.jspecify.annotations.NullMarked;

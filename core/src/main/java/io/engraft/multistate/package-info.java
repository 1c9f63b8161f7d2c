/**
 * States, transitions, fates and times: {@link io.engraft.multistate.MultiStateModel} (states left by competing
 * {@link io.engraft.multistate.HazardTransition}s on one of two {@link io.engraft.multistate.Clock}s, or by fates),
 * {@link io.engraft.multistate.FateModel} (the semi-Markov models of fates alone) with its
 * {@link io.engraft.multistate.FateTree} (every way through it). {@link io.engraft.multistate.MultiStateModelText} writes
 * models as JSON and reads them.
 *
 * <p>Rooms beside this package: {@code multistate.solve} gives a model's curves without simulation noise,
 * {@code multistate.fit} fits models to patients' data, {@code multistate.mixture} holds fates with a probability and a law
 * of time each.
 */
@NullMarked
package io.engraft.multistate;

import org.jspecify.annotations.NullMarked;

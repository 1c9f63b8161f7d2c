/**
 * Cohorts of the future: {@link io.engraft.simulate.PathSimulator} draws patients' paths through a
 * {@link io.engraft.multistate.FateModel} or a {@link io.engraft.multistate.MultiStateModel} and gives a
 * {@link io.engraft.simulate.SimulationResult}; {@link io.engraft.simulate.SimulatedPath} is the path of one patient.
 */
@NullMarked
package io.engraft.simulate;

import org.jspecify.annotations.NullMarked;

/**
 * Cohorts of the future: {@link io.engraft.simulate.PathSimulator} draws patients' paths through a
 * {@link io.engraft.multistate.FateModel}, a {@link io.engraft.multistate.MultiStateModel} or an
 * {@link io.engraft.multistate.solve.EmpiricalMultiStateModel} and gives a
 * {@link io.engraft.simulate.SimulationResult}; {@link io.engraft.simulate.SimulatedPath} is the path of one patient, and
 * {@link io.engraft.simulate.SimulationComparison} holds two cohorts of the same patients against each other;
 * {@link io.engraft.simulate.ScenarioComparison} does so with models and what their assumptions leave open.
 */
@NullMarked
package io.engraft.simulate;

import org.jspecify.annotations.NullMarked;

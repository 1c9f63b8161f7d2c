/**
 * The curves of a model without simulation noise: {@link io.engraft.multistate.solve.OccupancySolver} gives a
 * {@link io.engraft.multistate.solve.SolvedOccupancy} with state occupancy, first entries, times in states and its error
 * estimate. {@link io.engraft.multistate.solve.EmpiricalMultiStateModel} has the step hazards of an Aalen-Johansen estimate
 * and is solved exactly.
 */
@NullMarked
package io.engraft.multistate.solve;

import org.jspecify.annotations.NullMarked;

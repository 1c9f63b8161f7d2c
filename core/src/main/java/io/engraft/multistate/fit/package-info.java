/**
 * Models from patients' data: {@link io.engraft.multistate.fit.ParametricMultiState} fits a law to each transition and gives
 * a {@link io.engraft.multistate.fit.MultiStateFit}, with curves and their intervals
 * ({@link io.engraft.multistate.fit.FittedOccupancy}).
 */
@NullMarked
package io.engraft.multistate.fit;

import org.jspecify.annotations.NullMarked;

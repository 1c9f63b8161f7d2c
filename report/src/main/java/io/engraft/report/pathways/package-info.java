/**
 * Models of published rates: {@link io.engraft.report.pathways.CalibrationDocument},
 * {@link io.engraft.report.pathways.SimulationDocument}, {@link io.engraft.report.pathways.ComparisonDocument}.
 */
@NullMarked
package io.engraft.report.pathways;

import org.jspecify.annotations.NullMarked;

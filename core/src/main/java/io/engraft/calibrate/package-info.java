/**
 * From published rates to a model: {@link io.engraft.calibrate.RateCalibration} turns long-run rates and timing targets
 * into mixtures; {@link io.engraft.calibrate.PathwayModel} is a model read from a file of named
 * {@link io.engraft.calibrate.Assumption}s, and {@link io.engraft.calibrate.JmmlPathways} are those that ship.
 * {@link io.engraft.calibrate.OutcomeQuestions}, {@link io.engraft.calibrate.SurvivalParts} and
 * {@link io.engraft.calibrate.PathwayComparison} answer questions of them.
 */
@NullMarked
package io.engraft.calibrate;

import org.jspecify.annotations.NullMarked;

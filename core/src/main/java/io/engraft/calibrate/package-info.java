/**
 * From rates to a model. {@link io.engraft.calibrate.RateCalibration} finds the open numbers of an
 * {@link io.engraft.calibrate.OpenModel} with which it meets any {@link io.engraft.calibrate.RateTarget}s, for every family
 * side by side; {@link io.engraft.calibrate.TargetSampling} and {@link io.engraft.calibrate.PosteriorSampling} give its
 * uncertainty. {@link io.engraft.calibrate.RangeTiming} fits laws to a printed median and range.
 * {@link io.engraft.calibrate.CompetingRatesCalibration} is the closed form for two long-run rates and timing targets.
 *
 * <p>{@link io.engraft.calibrate.PathwayModel} is a model read from a file of named
 * {@link io.engraft.calibrate.Assumption}s, and {@link io.engraft.calibrate.JmmlPathways} are those that ship.
 * {@link io.engraft.calibrate.OutcomeQuestions}, {@link io.engraft.calibrate.SurvivalParts} and
 * {@link io.engraft.calibrate.PathwayComparison} answer questions of them.
 */
@NullMarked
package io.engraft.calibrate;

import org.jspecify.annotations.NullMarked;

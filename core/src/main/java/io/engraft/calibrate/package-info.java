/**
 * From rates to a model. {@link io.engraft.calibrate.RateCalibration} finds the open numbers of an
 * {@link io.engraft.calibrate.OpenModel} with which it meets any {@link io.engraft.calibrate.RateTarget}s, for every family
 * side by side; {@link io.engraft.calibrate.TargetSampling} and {@link io.engraft.calibrate.PosteriorSampling} give its
 * uncertainty.
 *
 * <p>Rooms beside this package: {@code calibrate.rates} is the closed form for two long-run rates and timing targets,
 * {@code calibrate.timing} fits laws to a printed median and range.
 */
@NullMarked
package io.engraft.calibrate;

import org.jspecify.annotations.NullMarked;

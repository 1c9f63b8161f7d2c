/**
 * The closed form for two competing long-run rates and timing targets:
 * {@link io.engraft.calibrate.rates.CompetingRatesCalibration} gives a
 * {@link io.engraft.calibrate.rates.CompetingRatesResult} with a model for each family.
 */
@NullMarked
package io.engraft.calibrate.rates;

import org.jspecify.annotations.NullMarked;

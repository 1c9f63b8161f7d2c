/**
 * From published rates to a model: {@link io.engraft.calibrate.CompetingRatesCalibration} turns long-run rates and timing targets
 * into mixtures; {@link io.engraft.calibrate.PathwayModel} is a model read from a file of named
 * {@link io.engraft.calibrate.Assumption}s, of which the JMML one ships with the library.
 */
@NullMarked
package io.engraft.calibrate;

import org.jspecify.annotations.NullMarked;

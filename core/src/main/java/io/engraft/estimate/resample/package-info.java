/**
 * Curves estimated again and again: {@link io.engraft.estimate.resample.Bootstrap} gives intervals of any
 * {@link io.engraft.estimate.resample.BootstrapStatistic}, {@link io.engraft.estimate.resample.PseudoValues} the jackknife
 * pseudo-values of survival, incidence, restricted means and time lost.
 */
@NullMarked
package io.engraft.estimate.resample;

import org.jspecify.annotations.NullMarked;

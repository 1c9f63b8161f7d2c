/**
 * Interval-censored times: {@link io.engraft.estimate.interval.Turnbull} is the nonparametric maximum likelihood estimate of
 * survival, {@link io.engraft.estimate.interval.TurnbullEstimate} its result with the innermost intervals.
 */
@NullMarked
package io.engraft.estimate.interval;

import org.jspecify.annotations.NullMarked;

/**
 * Nonparametric curves and what is read from them. A procedure turns {@link io.engraft.data.SurvivalData} or, where counts
 * suffice, an {@link io.engraft.data.EventTable} into an immutable result: {@link io.engraft.estimate.KaplanMeier},
 * {@link io.engraft.estimate.NelsonAalen}, {@link io.engraft.estimate.AalenJohansen} for competing causes, with
 * simultaneous bands ({@link io.engraft.estimate.ConfidenceBand}) and follow-up itself
 * ({@link io.engraft.estimate.ReverseKaplanMeier}, {@link io.engraft.estimate.FollowUpCompleteness}).
 *
 * <p>Rooms beside this package: {@code estimate.states} for any states, {@code estimate.interval} for interval-censored
 * times, {@code estimate.hazard} for life tables and smoothed hazards, {@code estimate.resample} for the bootstrap and
 * pseudo-values.
 *
 * <p>Variances are robust (infinitesimal jackknife over clusters) with sampling weights, with clusters, where an id has
 * several rows, and on request. A result's {@code conventions()} say which variance is in force.
 */
@NullMarked
package io.engraft.estimate;

import org.jspecify.annotations.NullMarked;

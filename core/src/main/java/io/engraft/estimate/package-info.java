/**
 * Nonparametric curves and what is read from them. A procedure turns {@link io.engraft.data.SurvivalData} or, where counts
 * suffice, an {@link io.engraft.data.EventTable} into an immutable result.
 *
 * <ul>
 *   <li>Curves: {@link io.engraft.estimate.KaplanMeier}, {@link io.engraft.estimate.NelsonAalen},
 *       {@link io.engraft.estimate.AalenJohansen} for competing causes, {@link io.engraft.estimate.StateOccupancy} for any
 *       states, {@link io.engraft.estimate.Turnbull} for interval-censored times, {@link io.engraft.estimate.LifeTable},
 *       {@link io.engraft.estimate.SmoothedHazard}
 *   <li>Uncertainty beyond pointwise intervals: {@link io.engraft.estimate.ConfidenceBand},
 *       {@link io.engraft.estimate.Bootstrap}, {@link io.engraft.estimate.PseudoValues}
 *   <li>Follow-up itself: {@link io.engraft.estimate.ReverseKaplanMeier},
 *       {@link io.engraft.estimate.FollowUpCompleteness}
 * </ul>
 *
 * <p>Variances are robust (infinitesimal jackknife over clusters) with sampling weights, with clusters, where an id has
 * several rows, and on request. A result's {@code conventions()} say which variance is in force.
 */
@NullMarked
package io.engraft.estimate;

import org.jspecify.annotations.NullMarked;

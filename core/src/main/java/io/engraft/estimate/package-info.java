/**
 * Nonparametric curves: {@link io.engraft.estimate.KaplanMeier}, {@link io.engraft.estimate.NelsonAalen},
 * {@link io.engraft.estimate.AalenJohansen} and, for follow-up itself, {@link io.engraft.estimate.ReverseKaplanMeier}, each
 * a procedure that turns {@link io.engraft.data.SurvivalData} or an {@link io.engraft.data.EventTable} into an immutable
 * result.
 *
 * <p>Variances are robust (infinitesimal jackknife over clusters) with sampling weights, with clusters, where an id has
 * several rows, and on request. A result's {@code conventions()} say which variance is in force.
 */
@NullMarked
package io.engraft.estimate;

import org.jspecify.annotations.NullMarked;

/**
 * Nonparametric curves: {@link io.engraft.estimate.KaplanMeier}, {@link io.engraft.estimate.NelsonAalen} and
 * {@link io.engraft.estimate.AalenJohansen}, each a procedure that turns {@link io.engraft.data.SurvivalData} or an
 * {@link io.engraft.data.EventTable} into an immutable result.
 */
@NullMarked
package io.engraft.estimate;

import org.jspecify.annotations.NullMarked;

/**
 * Tests that compare groups. What each gives back is a {@link io.engraft.inference.TestResult}: a chi-square, the groups,
 * and contrasts between them.
 *
 * <ul>
 *   <li>{@link io.engraft.inference.LogRankTest} with its {@link io.engraft.inference.RankWeight}s: survival over all of
 *       follow-up; strata, late entry, trend, pairs, robust variance, exact permutation
 *   <li>{@link io.engraft.inference.GrayTest}: the cumulative incidence of a cause
 *   <li>{@link io.engraft.inference.RestrictedMeanTest}: mean survival time, and time lost, up to a horizon
 *   <li>{@link io.engraft.inference.FixedTimeTest}: survival or cumulative incidence at one time
 * </ul>
 */
@NullMarked
package io.engraft.inference;

import org.jspecify.annotations.NullMarked;

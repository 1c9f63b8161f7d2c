/**
 * Tests that compare groups: {@link io.engraft.inference.LogRankTest} with its {@link io.engraft.inference.RankWeight}s,
 * and {@link io.engraft.inference.TestResult} as what every test gives back.
 */
@NullMarked
package io.engraft.inference;

import org.jspecify.annotations.NullMarked;

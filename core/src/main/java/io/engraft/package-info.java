/**
 * The root of Engraft: the one exception family ({@link io.engraft.EngraftException}) and the description of a bad datum
 * ({@link io.engraft.DataProblem}), shared by every package.
 */
@NullMarked
package io.engraft;

import org.jspecify.annotations.NullMarked;

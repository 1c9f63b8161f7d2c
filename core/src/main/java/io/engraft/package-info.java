/**
 * The root of Engraft: the one exception family ({@link io.engraft.EngraftException}) and the description of a bad datum
 * ({@link io.engraft.DataProblem}), shared by every package, and the mark of methods whose result must be used ({@link
 * io.engraft.CheckReturnValue}).
 */
@NullMarked
package io.engraft;

import org.jspecify.annotations.NullMarked;

/** Counting events at distinct times: the day grid, the sort for continuous times, exact sums of weights. */
@NullMarked
package io.engraft.internal.count;

import org.jspecify.annotations.NullMarked;

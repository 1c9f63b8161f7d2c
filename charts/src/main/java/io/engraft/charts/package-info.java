/** Figures of Engraft's results, on XChart. */
@NullMarked
package io.engraft.charts;

import org.jspecify.annotations.NullMarked;

/**
 * Laws through a printed median and range: {@link io.engraft.calibrate.timing.RangeTiming} by every
 * {@link io.engraft.calibrate.timing.RangeMethod} and family side by side.
 */
@NullMarked
package io.engraft.calibrate.timing;

import org.jspecify.annotations.NullMarked;

/**
 * Hazards and intervals of time: {@link io.engraft.estimate.hazard.LifeTable} is the actuarial estimate,
 * {@link io.engraft.estimate.hazard.SmoothedHazard} the kernel-smoothed hazard.
 */
@NullMarked
package io.engraft.estimate.hazard;

import org.jspecify.annotations.NullMarked;

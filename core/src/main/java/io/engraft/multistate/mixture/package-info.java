/**
 * Competing risks as fates with a probability and a law of time each:
 * {@link io.engraft.multistate.mixture.CompetingRisksMixture}, its survival, incidences and cause-specific hazards.
 */
@NullMarked
package io.engraft.multistate.mixture;

import org.jspecify.annotations.NullMarked;

/**
 * Functions of time, the common currency of Engraft: {@link io.engraft.curve.SurvivalFunction},
 * {@link io.engraft.curve.IncidenceFunction}, {@link io.engraft.curve.HazardFunction} and
 * {@link io.engraft.curve.StateProbabilities}, with {@link io.engraft.curve.PointEstimate} and
 * {@link io.engraft.curve.Interval} as what they give back, and {@link io.engraft.curve.ConfidenceType} for pointwise
 * intervals. Estimates, fitted laws, calibrated models and simulated cohorts all implement them.
 */
@NullMarked
package io.engraft.curve;

import org.jspecify.annotations.NullMarked;

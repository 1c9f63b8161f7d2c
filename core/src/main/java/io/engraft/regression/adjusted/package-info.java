/**
 * Curves that are adjusted for covariates by standardisation: what a cohort's survival would be if all its patients had one
 * level of a covariate. {@link io.engraft.regression.adjusted.AdjustedCurves} makes a
 * {@link io.engraft.regression.adjusted.AdjustedCohort} from a Cox fit.
 */
@NullMarked
package io.engraft.regression.adjusted;

import org.jspecify.annotations.NullMarked;

/**
 * Regression: {@link io.engraft.regression.ParametricModel} fits a {@link io.engraft.regression.ParametricFamily} with
 * covariates on any parameter to right-, left- or interval-censored times ({@link io.engraft.data.CensoredData}) with delayed
 * entry and weights; {@link io.engraft.regression.AftModel} is its location-scale view with survreg's parameters;
 * {@link io.engraft.regression.FamilyComparison} sets families side by side. Covariates are {@link io.engraft.regression.Terms},
 * for every model the same: numbers, contrasts, products, splines.
 */
@NullMarked
package io.engraft.regression;

import org.jspecify.annotations.NullMarked;

/**
 * Laws of time: {@link io.engraft.law.Exponential}, {@link io.engraft.law.Weibull}, {@link io.engraft.law.LogNormal},
 * {@link io.engraft.law.LogLogistic} and {@link io.engraft.law.Gamma}, all behind {@link io.engraft.law.LawOfTime}, with
 * {@link io.engraft.law.LawFamily} to build one from parameters or through {@link io.engraft.law.TimingTarget}s.
 */
@NullMarked
package io.engraft.law;

import org.jspecify.annotations.NullMarked;

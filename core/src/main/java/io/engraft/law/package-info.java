/**
 * Laws of time, all behind {@link io.engraft.law.LawOfTime}. With two parameters or fewer:
 * {@link io.engraft.law.Exponential}, {@link io.engraft.law.Weibull}, {@link io.engraft.law.Gompertz},
 * {@link io.engraft.law.LogNormal}, {@link io.engraft.law.LogLogistic}, {@link io.engraft.law.Gamma}; with more:
 * {@link io.engraft.law.GeneralizedGamma}, {@link io.engraft.law.PiecewiseExponential} and the splines of
 * {@link io.engraft.law.RoystonParmar}; made of others: {@link io.engraft.law.MixtureCure} and
 * {@link io.engraft.law.BackgroundMortality}, whose population comes from a {@link io.engraft.law.LifeTableHazard}. Any law
 * gives that of the remaining time, {@link io.engraft.law.LawOfTime#conditionalOn}. {@link io.engraft.law.LawFamily}
 * builds one from parameters or through {@link io.engraft.law.TimingTarget}s.
 *
 * <p>Parameters elsewhere:
 *
 * <table>
 * <caption>From R's parameters to ours</caption>
 * <tr><th>R</th><th>here</th></tr>
 * <tr><td>{@code dexp(rate)}; {@code survreg} exponential (mu)</td>
 *     <td>{@code Exponential.of(rate)}; {@code Exponential.ofLocation(mu)}</td></tr>
 * <tr><td>{@code dweibull(shape, scale)}; {@code survreg} weibull (mu, scale)</td>
 *     <td>{@code Weibull.of(shape, scale)}; {@code Weibull.ofLocationScale(mu, scale)}: shape 1/scale, scale
 *     exp(mu)</td></tr>
 * <tr><td>flexsurv {@code weibullPH(shape, scale)}</td>
 *     <td>{@code Weibull.ofProportionalHazards(shape, scale)}: scale^(-1/shape)</td></tr>
 * <tr><td>flexsurv {@code gompertz(shape, rate)}</td><td>{@code Gompertz.of(shape, rate)}</td></tr>
 * <tr><td>{@code dlnorm(meanlog, sdlog)}; {@code survreg} lognormal (mu, scale)</td>
 *     <td>{@code LogNormal.of(meanlog, sdlog)}; {@code LogNormal.ofLocationScale(mu, scale)}</td></tr>
 * <tr><td>flexsurv {@code llogis(shape, scale)}; {@code survreg} loglogistic (mu, scale)</td>
 *     <td>{@code LogLogistic.of(shape, scale)}; {@code LogLogistic.ofLocationScale(mu, scale)}</td></tr>
 * <tr><td>{@code dgamma(shape, rate)}</td><td>{@code Gamma.ofRate(shape, rate)}</td></tr>
 * <tr><td>flexsurv {@code gengamma(mu, sigma, Q)}</td><td>{@code GeneralizedGamma.of(mu, sigma, Q)}</td></tr>
 * <tr><td>flexsurv {@code gengamma.orig(shape, scale, k)}</td>
 *     <td>{@code GeneralizedGamma.ofStacy(shape, scale, k)}</td></tr>
 * <tr><td>flexsurv {@code survspline(gamma, knots, scale)}</td>
 *     <td>{@code RoystonParmar.of(scale, gamma, knots)}, knots of log time with the outer ones</td></tr>
 * </table>
 */
@NullMarked
package io.engraft.law;

import org.jspecify.annotations.NullMarked;

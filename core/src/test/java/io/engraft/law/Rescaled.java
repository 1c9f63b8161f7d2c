package io.engraft.law;

import java.util.Arrays;

/** Laws of the same times in another unit, by hand for each. */
final class Rescaled {

    private Rescaled() {}

    /** The law of c T. */
    static LawOfTime times(LawOfTime law, double c) {
        if (law instanceof Exponential x) {
            return Exponential.of(x.rate() / c);
        }
        if (law instanceof Weibull x) {
            return Weibull.of(x.shape(), x.scale() * c);
        }
        if (law instanceof LogNormal x) {
            return LogNormal.of(x.meanLog() + Math.log(c), x.sdLog());
        }
        if (law instanceof LogLogistic x) {
            return LogLogistic.of(x.shape(), x.scale() * c);
        }
        if (law instanceof Gamma x) {
            return Gamma.of(x.shape(), x.scale() * c);
        }
        if (law instanceof Gompertz x) {
            return Gompertz.of(x.shape() / c, x.rate() / c);
        }
        if (law instanceof GeneralizedGamma x) {
            return GeneralizedGamma.of(x.mu() + Math.log(c), x.sigma(), x.q());
        }
        if (law instanceof PiecewiseExponential x) {
            return piecewise(x, c);
        }
        if (law instanceof MixtureCure x) {
            return MixtureCure.of(x.cured(), times(x.uncured(), c));
        }
        if (law instanceof BackgroundMortality x) {
            return BackgroundMortality.of(times(x.excess(), c), piecewise(x.population(), c));
        }
        if (law instanceof RoystonParmar x) {
            // s(log t - log c): the knots move, and so does the line.
            double[] gamma = x.gamma().stream().mapToDouble(g -> g).toArray();
            gamma[0] -= gamma[1] * Math.log(c);
            return RoystonParmar.of(
                    x.scale(),
                    gamma,
                    Arrays.stream(x.knots()).map(k -> k + Math.log(c)).toArray());
        }
        if (law instanceof ConditionalLaw x) {
            return times(x.law, c).conditionalOn(x.survived * c);
        }
        throw new AssertionError(law);
    }

    private static PiecewiseExponential piecewise(PiecewiseExponential x, double c) {
        return PiecewiseExponential.of(
                Arrays.stream(x.cuts()).map(t -> t * c).toArray(),
                Arrays.stream(x.rates()).map(r -> r / c).toArray());
    }
}

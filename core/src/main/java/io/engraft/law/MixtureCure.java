package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mixture of a cured share c, who never have the event, and of uncured patients with a law of their own: S(t) = c +
 * (1 - c) S0(t), density (1 - c) f0(t), hazard (1 - c) f0(t) / S(t). Times beyond the cured share are infinite, as is the
 * mean unless c = 0. Quantiles are those of the uncured law, so they have its bits.
 *
 * <p>{@link #parameters()} are {@code cured} and those of the uncured law. An uncured law may itself be improper, such as a
 * {@link Gompertz} with a negative shape; {@link #curedShare()} is then more than {@link #cured()}.
 */
public final class MixtureCure extends AbstractLaw {

    private final double cured;
    private final double susceptible;
    private final LawOfTime uncured;

    private MixtureCure(double cured, LawOfTime uncured) {
        super("mixture-cure(" + uncured.name() + ")", named(cured, uncured));
        this.cured = cured;
        this.susceptible = 1 - cured;
        this.uncured = uncured;
    }

    private static Map<String, Double> named(double cured, LawOfTime uncured) {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("cured", cured);
        uncured.parameters().forEach((name, value) -> map.put(map.containsKey(name) ? "uncured." + name : name, value));
        return map;
    }

    /**
     * The mixture.
     *
     * @param cured c, 0 or more and less than 1
     * @param uncured the law of those who are not cured
     * @return the law
     * @throws InvalidArgumentException when the share is outside its domain
     */
    public static MixtureCure of(double cured, LawOfTime uncured) {
        if (!(cured >= 0 && cured < 1)) {
            throw InvalidArgumentException.of("cured", cured, "0 <= cured < 1");
        }
        return new MixtureCure(cured + 0.0, uncured);
    }

    /**
     * The cured share.
     *
     * @return c
     */
    public double cured() {
        return cured;
    }

    /**
     * The law of those who are not cured.
     *
     * @return its S is S0
     */
    public LawOfTime uncured() {
        return uncured;
    }

    @Override
    public double density(double t) {
        return susceptible * uncured.density(t);
    }

    @Override
    public double logDensity(double t) {
        return Math.log1p(-cured) + uncured.logDensity(t);
    }

    @Override
    public double survival(double t) {
        return cured + susceptible * uncured.survival(t);
    }

    @Override
    public double logSurvival(double t) {
        if (cured == 0) {
            return uncured.logSurvival(t);
        }
        double event = susceptible * uncured.cumulativeProbability(t);
        return event < 0.5 ? Math.log1p(-event) : Math.log(survival(t));
    }

    @Override
    public double cumulativeProbability(double t) {
        return susceptible * uncured.cumulativeProbability(t);
    }

    @Override
    public double hazard(double t) {
        return cured == 0 ? uncured.hazard(t) : density(t) / survival(t);
    }

    @Override
    public double timeAt(double p) {
        double share = Require.probability("p", p) / susceptible;
        if (share <= 0.5) {
            return uncured.timeAt(share);
        }
        double rest = (1 - p - cured) / susceptible;
        return rest > 0 ? uncured.timeAtSurvival(Math.min(1, rest)) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double timeAtSurvival(double s) {
        double rest = (Require.probability("s", s) - cured) / susceptible;
        if (!(rest > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        return rest <= 0.5 ? uncured.timeAtSurvival(rest) : uncured.timeAt((1 - s) / susceptible);
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return cured * tau + susceptible * uncured.meanUpTo(tau);
    }

    @Override
    public double mean() {
        return cured == 0 ? uncured.mean() : Double.POSITIVE_INFINITY;
    }

    @Override
    double[] kinks() {
        return kinksOf(uncured);
    }

    /**
     * The law of the remaining time: again a mixture, in which a larger share is cured.
     *
     * @param s the time survived so far
     * @return the law; that of nobody at risk, with rate 0, where only the cured are left
     */
    @Override
    public LawOfTime conditionalOn(double s) {
        double left = survival(Require.nonNegative("s", s));
        double share = cured / left;
        if (share == 1) {
            return PiecewiseExponential.of(new double[0], new double[] {0});
        }
        return of(share, uncured.conditionalOn(s));
    }
}

package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Name, parameters and what follows from them. */
abstract class AbstractLaw implements LawOfTime {

    private final String name;
    private final Map<String, Double> parameters;

    AbstractLaw(String name, Map<String, Double> parameters) {
        this.name = name;
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    static Map<String, Double> named(String first, double a, String second, double b) {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put(first, a);
        map.put(second, b);
        return map;
    }

    static double horizonOf(double tau) {
        if (!(tau > 0)) {
            throw InvalidArgumentException.of("tau", tau, "tau > 0");
        }
        return tau;
    }

    /**
     * The area under S up to tau by quadrature over w = log(tau/t), in which it is smooth for every shape. The interval
     * is cut where t is the scale, as S changes fast there; beyond 745 the factor exp(-w) underflows.
     */
    static double areaUnderSurvival(LawOfTime law, double scale, double tau) {
        DoubleUnaryOperator f = w -> Math.exp(-w) * law.survival(tau * Math.exp(-w));
        double cut = Math.min(745, Math.max(0, Math.log(tau / scale)));
        double late = AdaptiveQuadrature.integrate(f, 0, cut, 0, 1e-14).value();
        double early = AdaptiveQuadrature.integrate(f, cut, cut + 745, 0, 1e-14).value();
        return tau * (late + early);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Map<String, Double> parameters() {
        return parameters;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof AbstractLaw that && name.equals(that.name) && parameters.equals(that.parameters);
    }

    @Override
    public final int hashCode() {
        return 31 * name.hashCode() + parameters.hashCode();
    }

    @Override
    public final String toString() {
        return name + parameters;
    }
}

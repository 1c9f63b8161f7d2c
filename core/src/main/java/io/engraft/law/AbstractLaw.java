package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Name, parameters and what follows from them. */
abstract class AbstractLaw implements LawOfTime {

    private static final double UNDERFLOW = 745;

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

    /** Times at which S is not smooth. */
    double[] kinks() {
        return new double[0];
    }

    static double[] kinksOf(LawOfTime law) {
        return law instanceof AbstractLaw known ? known.kinks() : new double[0];
    }

    /**
     * The area under S up to tau by quadrature over w = log(tau/t), in which it is smooth for every shape. The interval
     * is cut where t is the scale, as S changes fast there, and where S has a kink; beyond 745 the factor exp(-w)
     * underflows.
     */
    static double areaUnderSurvival(LawOfTime law, double scale, double tau) {
        DoubleUnaryOperator f = w -> Math.exp(-w) * law.survival(tau * Math.exp(-w));
        double cut = Math.log(tau / scale);
        double[] cuts = DoubleStream.concat(
                        DoubleStream.of(cut), DoubleStream.of(kinksOf(law)).map(kink -> Math.log(tau / kink)))
                .filter(w -> w > 0 && w < UNDERFLOW)
                .sorted()
                .toArray();
        double area = 0;
        double from = 0;
        for (double to : cuts) {
            area += AdaptiveQuadrature.integrate(f, from, to, 0, 1e-14).value();
            from = to;
        }
        return tau
                * (area
                        + AdaptiveQuadrature.integrate(f, from, from + UNDERFLOW, 0, 1e-14)
                                .value());
    }

    /** The integral of exp(logArea(x)) dx. */
    static double areaInLogTime(DoubleUnaryOperator logArea, double from, double to) {
        return AdaptiveQuadrature.integrate(x -> Math.exp(logArea.applyAsDouble(x)), from, to, 0, 1e-14)
                .value();
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

package io.engraft.calibrate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.law.LawFamily;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A law of time that is not known yet: of one family or of any of several, each parameter open or fixed. Open parameters
 * move on the logarithm where they must be positive; meanLog, mu, q and a Gompertz shape move as they are.
 */
public final class OpenLaw {

    private final List<LawFamily> families;
    private final boolean any;
    private final Map<String, Double> fixed;

    private OpenLaw(List<LawFamily> families, boolean any, Map<String, Double> fixed) {
        this.families = families;
        this.any = any;
        this.fixed = fixed;
    }

    /**
     * A law of one family or of several that are to be shown side by side.
     *
     * @param family the family
     * @param others more families, each once
     * @return the law
     * @throws InvalidArgumentException when a family is given twice
     */
    public static OpenLaw of(LawFamily family, LawFamily... others) {
        Set<LawFamily> all = new LinkedHashSet<>();
        all.add(family);
        for (LawFamily other : others) {
            if (!all.add(other)) {
                throw new InvalidArgumentException(
                        "family " + other.label() + " is given twice; allowed: each family once");
            }
        }
        return new OpenLaw(List.copyOf(all), false, Map.of());
    }

    /**
     * A law of any family: all of {@link LawFamily}, without Gompertz for the time of a fate, because a falling Gompertz
     * hazard leaves some who never have the event.
     *
     * @return the law
     */
    public static OpenLaw ofAnyFamily() {
        return new OpenLaw(List.of(LawFamily.values()), true, Map.of());
    }

    /**
     * The same law with one parameter known.
     *
     * @param parameter its name, for example "shape"
     * @param value its value
     * @return the law; of any family, those that have such a parameter
     * @throws InvalidArgumentException when a family has no parameter of that name, or the value is not finite
     */
    @CheckReturnValue
    public OpenLaw withFixed(String parameter, double value) {
        Require.finite(parameter, value);
        List<LawFamily> having = families.stream()
                .filter(f -> f.parameterNames().contains(parameter))
                .toList();
        if (having.isEmpty() || (!any && having.size() < families.size())) {
            LawFamily first = families.stream()
                    .filter(f -> !having.contains(f))
                    .findFirst()
                    .orElseThrow();
            throw InvalidArgumentException.of(
                    "fixed parameter of " + first.label(), parameter, "one of " + first.parameterNames());
        }
        Map<String, Double> known = new LinkedHashMap<>(fixed);
        known.put(parameter, value);
        return new OpenLaw(having, any, Collections.unmodifiableMap(known));
    }

    /**
     * The families.
     *
     * @return each once
     */
    public List<LawFamily> families() {
        return families;
    }

    /**
     * The known parameters.
     *
     * @return by name
     */
    public Map<String, Double> fixed() {
        return fixed;
    }

    /** The families that suit a fate's time or a hazard. */
    List<LawFamily> admissible(boolean fate, String where) {
        if (!fate) {
            return families;
        }
        if (!any && families.contains(LawFamily.GOMPERTZ)) {
            throw new InvalidArgumentException(
                    "family of the law of " + where + " is gompertz; allowed: a family by which"
                            + " everyone with that fate has the event, because a falling Gompertz hazard leaves some without");
        }
        return families.stream().filter(f -> f != LawFamily.GOMPERTZ).toList();
    }

    @Override
    public String toString() {
        return (any
                        ? "any law"
                        : "a law of "
                                + Brief.list(
                                        families.stream().map(LawFamily::label).toList()))
                + (fixed.isEmpty() ? "" : " with fixed " + fixed);
    }
}

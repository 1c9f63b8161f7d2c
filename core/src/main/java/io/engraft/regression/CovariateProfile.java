package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Require;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The covariates of one patient, for whom something is predicted. Immutable. */
public final class CovariateProfile {

    private final Map<String, Double> numbers;
    private final Map<String, String> levels;

    private CovariateProfile(Map<String, Double> numbers, Map<String, String> levels) {
        this.numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        this.levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }

    /**
     * No covariates.
     *
     * @return the profile of a model without covariates
     */
    public static CovariateProfile empty() {
        return new CovariateProfile(Map.of(), Map.of());
    }

    /**
     * The rows of some data as patients.
     *
     * @param data the data
     * @param names the covariates that they are to have
     * @return gives the profile of a row, from 0
     * @throws InvalidArgumentException when the data have no such covariate
     */
    public static IntFunction<CovariateProfile> ofRows(SurvivalData data, Collection<String> names) {
        Map<String, double[]> numbers = new LinkedHashMap<>();
        Map<String, Categories> levels = new LinkedHashMap<>();
        for (String name : names) {
            if (data.covariates().contains(name) && !data.hasNumericCovariate(name)) {
                levels.put(name, data.categoricalCovariate(name));
            } else {
                numbers.put(name, data.numericCovariate(name));
            }
        }
        return row -> {
            Map<String, Double> values = new LinkedHashMap<>();
            numbers.forEach((name, column) -> values.put(name, column[row]));
            Map<String, String> texts = new LinkedHashMap<>();
            levels.forEach((name, column) -> texts.put(name, column.value(row)));
            return new CovariateProfile(values, texts);
        };
    }

    /**
     * With a numeric covariate.
     *
     * @param name its name
     * @param value its value, finite
     * @return the changed profile
     */
    public CovariateProfile with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(numbers);
        more.put(name, Require.finite(name, value));
        return new CovariateProfile(more, levels);
    }

    /**
     * With a categorical covariate.
     *
     * @param name its name
     * @param level its level
     * @return the changed profile
     */
    public CovariateProfile with(String name, String level) {
        Map<String, String> more = new LinkedHashMap<>(levels);
        more.put(name, level);
        return new CovariateProfile(numbers, more);
    }

    /**
     * The names of the covariates.
     *
     * @return numeric ones first, in the order they were given
     */
    public Set<String> names() {
        Set<String> all = new LinkedHashSet<>(numbers.keySet());
        all.addAll(levels.keySet());
        return Collections.unmodifiableSet(all);
    }

    /**
     * The same patient with some covariates only.
     *
     * @param kept names of covariates; those that the profile does not have are passed over
     * @return the profile
     */
    public CovariateProfile only(Collection<String> kept) {
        Map<String, Double> someNumbers = new LinkedHashMap<>(numbers);
        someNumbers.keySet().retainAll(kept);
        Map<String, String> someLevels = new LinkedHashMap<>(levels);
        someLevels.keySet().retainAll(kept);
        return new CovariateProfile(someNumbers, someLevels);
    }

    Set<String> numericNames() {
        return numbers.keySet();
    }

    Set<String> categoricalNames() {
        return levels.keySet();
    }

    double number(String name) {
        Double value = numbers.get(name);
        if (value == null) {
            throw new InvalidArgumentException("covariate " + name + " is not given; allowed: a number");
        }
        return value;
    }

    String level(String name) {
        @Nullable String value = levels.get(name);
        if (value == null) {
            throw new InvalidArgumentException("covariate " + name + " is not given; allowed: one of its levels");
        }
        return value;
    }

    @Override
    public String toString() {
        Map<String, Object> all = new LinkedHashMap<>(numbers);
        all.putAll(levels);
        return all.toString();
    }
}

package io.engraft.inference;

import io.engraft.curve.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** Collects the comparisons of a test, and the names of those that could not be made. */
final class Comparisons {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final List<TestResult.Contrast> made = new ArrayList<>();
    private final List<String> notEstimable = new ArrayList<>();

    List<TestResult.Contrast> made() {
        return made;
    }

    List<String> notEstimable() {
        return notEstimable;
    }

    /** A comparison that is nothing but z. */
    void add(String group, String against, String measure, double z) {
        add(group, against, measure, OptionalDouble.empty(), null, z);
    }

    void add(
            String group,
            String against,
            String measure,
            OptionalDouble estimate,
            @Nullable Interval interval,
            double z) {
        add(group, against, measure, estimate, interval, z, 2 * NORMAL.survivalProbability(Math.abs(z)));
    }

    /** A comparison whose p-value is not that of the normal distribution. */
    void add(
            String group,
            String against,
            String measure,
            OptionalDouble estimate,
            @Nullable Interval interval,
            double z,
            double p) {
        made.add(new TestResult.Contrast(group, against, measure, estimate, interval, z, p, OptionalDouble.empty()));
    }

    void missing(String name) {
        notEstimable.add(name);
    }

    /** The comparisons with their p-values adjusted, those of each measure for their own number. */
    Comparisons adjusted(PairwiseAdjustment adjustment) {
        Comparisons all = new Comparisons();
        all.notEstimable.addAll(notEstimable);
        Map<String, List<TestResult.Contrast>> byMeasure = new LinkedHashMap<>();
        made.forEach(c ->
                byMeasure.computeIfAbsent(c.measure(), m -> new ArrayList<>()).add(c));
        Map<String, Iterator<TestResult.Contrast>> adjusted = new HashMap<>();
        byMeasure.forEach((measure, same) ->
                adjusted.put(measure, MultipleTests.adjust(same, adjustment).iterator()));
        made.forEach(c ->
                all.made.add(Objects.requireNonNull(adjusted.get(c.measure())).next()));
        return all;
    }
}

package io.engraft.testing;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Follow-up of all shapes, from a seed: few or many rows, days or continuous times, with or without each column. */
public final class RandomFollowUp {

    public final long seed;
    public final double[] time;
    public final int[] status;
    public final boolean hasEntry;
    public final double[] entry;
    public final boolean hasWeights;
    public final double[] weight;
    public final List<String> group;
    public final int causes;

    private RandomFollowUp(long seed, int n, int causes, boolean hasEntry, boolean hasWeights) {
        this.seed = seed;
        this.time = new double[n];
        this.status = new int[n];
        this.hasEntry = hasEntry;
        this.entry = new double[n];
        this.hasWeights = hasWeights;
        this.weight = new double[n];
        this.group = new ArrayList<>();
        this.causes = causes;
    }

    /** Everything but the seed is drawn from the seed: 1 to 400 rows, 1 to 3 causes. */
    public static RandomFollowUp of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = seed % 5 == 0 ? 1 + random.nextInt(8) : 1 + random.nextInt(400);
        boolean entries = random.nextInt(3) == 0;
        boolean weights = random.nextInt(3) == 0;
        int causes = 1 + random.nextInt(3);
        RandomFollowUp data = new RandomFollowUp(seed, n, causes, entries, weights);
        int shape = random.nextInt(4);
        int span = shape == 1 ? 5 : 60;
        double censoring = random.nextInt(4) * 0.25;
        int groups = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            double days = Math.floor(-Math.log1p(-random.nextDouble()) * span);
            double real = -Math.log1p(-random.nextDouble()) * span;
            double t = shape == 2 ? real : shape == 3 && random.nextBoolean() ? real : days;
            data.time[i] = entries ? t + 1 : t;
            // Half of the entries at 0; the others on the grid of days, so that some tie with events.
            data.entry[i] = random.nextBoolean() ? 0 : Math.floor(random.nextDouble() * data.time[i] * 0.99);
            data.status[i] = random.nextDouble() < censoring ? 0 : 1 + random.nextInt(causes);
            data.weight[i] = 1 + random.nextInt(4);
            data.group.add("g" + (i % groups));
        }
        return data;
    }

    public static RandomFollowUp[] many(int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .mapToObj(RandomFollowUp::of)
                .toArray(RandomFollowUp[]::new);
    }

    public int size() {
        return time.length;
    }

    public SurvivalData data() {
        return select(java.util.stream.IntStream.range(0, size()).toArray()).build();
    }

    public SurvivalData grouped() {
        return select(java.util.stream.IntStream.range(0, size()).toArray())
                .group(Categories.of(group))
                .build();
    }

    /** Chosen rows, repeats allowed. */
    public SurvivalData.Builder select(int[] rows) {
        SurvivalData.Builder data = SurvivalData.builder(pick(time, rows), codes(rows))
                .causes(labels())
                .source("seed " + seed);
        if (hasEntry) {
            data.entry(pick(entry, rows));
        }
        if (hasWeights) {
            data.weights(pick(weight, rows), WeightType.FREQUENCY);
        }
        return data;
    }

    public List<String> labels() {
        return List.of("a", "b", "c").subList(0, causes);
    }

    public int[] codes(int[] rows) {
        return Arrays.stream(rows).map(i -> status[i]).toArray();
    }

    public static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    public int[] shuffled() {
        int[] order = java.util.stream.IntStream.range(0, size()).toArray();
        SplittableRandom random = new SplittableRandom(~seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + size() + " rows" + (hasEntry ? ", entry" : "") + (hasWeights ? ", weights" : "");
    }
}

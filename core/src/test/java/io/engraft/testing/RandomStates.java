package io.engraft.testing;

import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Multi-state follow-up of all shapes, from a seed: two to five states, reversible or not, days or continuous times. */
public final class RandomStates {

    public final long seed;
    public final List<String> states;
    public final List<String> id = new ArrayList<>();
    public final List<Double> entry = new ArrayList<>();
    public final List<Double> time = new ArrayList<>();
    public final List<String> from = new ArrayList<>();
    public final List<String> to = new ArrayList<>();
    public final List<Double> weight = new ArrayList<>();
    public final List<String> group = new ArrayList<>();
    public final boolean entries;
    private final SplittableRandom random;

    private RandomStates(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed * 7919 + 1);
        this.states = List.of("s1", "s2", "s3", "s4", "s5").subList(0, 2 + random.nextInt(4));
        this.entries = random.nextInt(3) == 0;
        boolean days = random.nextInt(4) != 0;
        int k = states.size();
        double[][] rate = new double[k][k];
        for (int j = 0; j < k - 1; j++) {
            for (int m = 0; m < k; m++) {
                rate[j][m] = m == j || random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
            }
        }
        int subjects = seed % 6 == 0 ? 1 + random.nextInt(4) : 2 + random.nextInt(24);
        for (int i = 0; i < subjects; i++) {
            int state = random.nextInt(3) > 0 ? 0 : random.nextInt(k - 1);
            walk("p" + i, state, rate, days, 1 + random.nextInt(4), "g" + random.nextInt(2));
        }
    }

    public static RandomStates of(long seed) {
        return new RandomStates(seed);
    }

    private void walk(String who, int start, double[][] rate, boolean days, int count, String of) {
        double t = entries ? random.nextInt(4) : 0;
        double end = t + 1 + random.nextInt(12);
        int state = start;
        while (t < end) {
            double best = Double.POSITIVE_INFINITY;
            int next = -1;
            for (int m = 0; m < rate.length; m++) {
                if (rate[state][m] > 0) {
                    double x = -Math.log1p(-random.nextDouble()) / rate[state][m];
                    x = days ? Math.ceil(x) : x;
                    if (x < best && x > 1e-3) {
                        best = x;
                        next = m;
                    }
                }
            }
            boolean moves = t + best <= end;
            double stop = moves ? t + best : end;
            add(who, t, stop, states.get(state), moves ? states.get(next) : MultiStateData.CENSORED, count, of);
            t = moves && next < rate.length - 1 ? stop : end;
            state = moves ? next : state;
        }
    }

    private void add(String who, double begin, double end, String in, String into, double count, String of) {
        id.add(who);
        entry.add(begin);
        time.add(end);
        from.add(in);
        to.add(into);
        weight.add(count);
        group.add(of);
    }

    /** The rows as they are, without weights and groups. */
    public MultiStateData.Builder rows() {
        return rows(IntStream.range(0, id.size()).boxed().toList());
    }

    public MultiStateData.Builder shuffled() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, id.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return rows(order);
    }

    public MultiStateData.Builder rows(List<Integer> order) {
        return MultiStateData.builder(
                        order.stream().mapToDouble(time::get).toArray(),
                        Categories.of(order.stream().map(from::get).toList()),
                        Categories.of(order.stream().map(to::get).toList()))
                .states(states)
                .entry(order.stream().mapToDouble(entry::get).toArray())
                .id(Categories.of(order.stream().map(id::get).toList()))
                .source("seed " + seed);
    }

    public MultiStateData.Builder grouped() {
        return rows().group(Categories.of(group));
    }

    public double[] weights(double factor) {
        return weight.stream().mapToDouble(w -> factor * w).toArray();
    }

    public MultiStateData weighted(WeightType type, double factor) {
        return rows().weights(weights(factor), type).build();
    }

    /** Every subject as often as its weight says, under ids of its own. */
    public MultiStateData replicated() {
        RandomStates copies = new RandomStates(seed);
        for (int i = 0; i < id.size(); i++) {
            for (int c = 1; c < weight.get(i); c++) {
                copies.add(id.get(i) + "-" + c, entry.get(i), time.get(i), from.get(i), to.get(i), 1, group.get(i));
            }
        }
        return copies.rows().build();
    }

    /** Every row cut in two or three, the cuts on the grid of quarters. */
    public MultiStateData cut() {
        RandomStates pieces = new RandomStates(seed);
        List<List<?>> columns =
                List.of(pieces.id, pieces.entry, pieces.time, pieces.from, pieces.to, pieces.weight, pieces.group);
        columns.forEach(List::clear);
        for (int i = 0; i < id.size(); i++) {
            double begin = entry.get(i);
            int parts = 1 + i % 3;
            for (int c = 1; c < parts; c++) {
                double stop = entry.get(i) + (time.get(i) - entry.get(i)) * c / parts;
                pieces.add(id.get(i), begin, stop, from.get(i), MultiStateData.CENSORED, 1, group.get(i));
                begin = stop;
            }
            pieces.add(id.get(i), begin, time.get(i), from.get(i), to.get(i), 1, group.get(i));
        }
        return pieces.rows().build();
    }

    /** The same under other names in another order. */
    public MultiStateData renamed(List<String> order) {
        return MultiStateData.builder(
                        time.stream().mapToDouble(Double::doubleValue).toArray(),
                        Categories.of(from.stream().map(RandomStates::rename).toList()),
                        Categories.of(to.stream().map(RandomStates::rename).toList()))
                .states(order.stream().map(RandomStates::rename).toList())
                .entry(entry.stream().mapToDouble(Double::doubleValue).toArray())
                .id(Categories.of(id))
                .build();
    }

    public static String rename(String state) {
        return state.equals(MultiStateData.CENSORED) ? state : "other " + state;
    }
}

package io.engraft.inference;

import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows of several groups and strata, of all shapes, from a seed; one stratum in four sets has no rows. */
final class GroupedRows {

    final long seed;
    final int groups;
    final int causes;
    final double[] time;
    final double[] entry;
    final int[] status;
    final int[] group;
    final int[] stratum;
    final int[] cluster;
    final double[] weight;
    private final SplittableRandom random;

    GroupedRows(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed * 7919 + 13);
        this.groups = 2 + random.nextInt(3);
        this.causes = 1 + random.nextInt(3);
        int n = 2 * groups + random.nextInt(seed % 3 == 0 ? 8 : 60);
        time = new double[n];
        entry = new double[n];
        status = new int[n];
        group = new int[n];
        stratum = new int[n];
        cluster = new int[n];
        weight = new double[n];
        int shape = random.nextInt(3);
        double censoring = 0.1 + 0.25 * random.nextInt(3);
        int strata = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            double t = -Math.log1p(-random.nextDouble()) * (shape == 1 ? 4 : 40);
            time[i] = shape == 2 ? t + 0.01 : Math.ceil(t) + 1;
            entry[i] = random.nextBoolean() ? 0 : Math.floor(time[i] * random.nextDouble() * 0.9);
            status[i] = random.nextDouble() < censoring ? 0 : 1 + random.nextInt(causes);
            group[i] = i < 2 * groups ? i % groups : random.nextInt(groups);
            // Stratum 1 stays empty in some sets.
            stratum[i] = seed % 4 == 0 && random.nextInt(strata) == 1 ? 0 : random.nextInt(strata);
            int drawn = random.nextInt(Math.max(2, n / 3));
            // The first row of each group is a cluster of its own, as a group of one cluster alone is refused.
            cluster[i] = i < groups ? n + i : drawn;
            weight[i] = 1 + random.nextInt(3);
        }
        if (seed % 4 == 0) {
            Arrays.setAll(stratum, i -> stratum[i] == 1 ? 0 : stratum[i]);
        }
    }

    int size() {
        return time.length;
    }

    int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    int[] shuffled() {
        int[] order = all();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    int[] twice() {
        return IntStream.concat(Arrays.stream(all()), Arrays.stream(all())).toArray();
    }

    List<String> names() {
        return List.of("a", "b", "c", "d").subList(0, groups);
    }

    List<String> labels() {
        return List.of("x", "y", "z").subList(0, causes);
    }

    /** How rows become data. */
    record View(boolean strata, boolean late, double unit, boolean reversed) {
        static final View PLAIN = new View(false, false, 1, false);
        static final View STRATA = new View(true, false, 1, false);
        static final View LATE = new View(true, true, 1, false);

        View unit(double factor) {
            return new View(strata, late, factor, reversed);
        }

        View reversedNames() {
            return new View(strata, late, unit, true);
        }
    }

    SurvivalData.Builder builder(int[] rows, View view) {
        double[] t = Arrays.stream(rows).mapToDouble(i -> time[i] * view.unit()).toArray();
        int[] s = Arrays.stream(rows).map(i -> status[i]).toArray();
        List<String> names = names();
        SurvivalData.Builder data = SurvivalData.builder(t, s)
                .causes(labels())
                .group(Categories.of(
                        Arrays.stream(rows)
                                .mapToObj(i -> names.get(view.reversed() ? groups - 1 - group[i] : group[i]))
                                .toList(),
                        names));
        if (view.strata()) {
            data.strata(Categories.of(
                    Arrays.stream(rows).mapToObj(i -> "s" + stratum[i]).toList(), List.of("s0", "s1", "s2")));
        }
        if (view.late()) {
            data.entry(
                    Arrays.stream(rows).mapToDouble(i -> entry[i] * view.unit()).toArray());
        }
        return data;
    }

    SurvivalData data(View view) {
        return builder(all(), view).build();
    }

    SurvivalData weighted(View view, WeightType type) {
        return builder(all(), view).weights(weight, type).build();
    }

    SurvivalData replicated(View view) {
        int[] rows = Arrays.stream(all())
                .flatMap(i -> IntStream.generate(() -> i).limit((long) weight[i]))
                .toArray();
        return builder(rows, view).build();
    }

    Categories clusters(int[] rows) {
        return Categories.of(Arrays.stream(rows).mapToObj(i -> "c" + cluster[i]).toList());
    }

    /** Tables of two halves of the rows, merged, by group. */
    Map<String, EventTable> merged() {
        Map<String, EventTable> tables = new LinkedHashMap<>();
        for (int g = 0; g < groups; g++) {
            int own = g;
            List<Integer> rows = new ArrayList<>(
                    Arrays.stream(all()).filter(i -> group[i] == own).boxed().toList());
            int half = rows.size() / 2;
            tables.put(names().get(g), table(rows.subList(half, rows.size())).merge(table(rows.subList(0, half))));
        }
        return tables;
    }

    private EventTable table(List<Integer> rows) {
        int[] some = rows.stream().mapToInt(Integer::intValue).toArray();
        return EventTable.of(SurvivalData.builder(
                        Arrays.stream(some).mapToDouble(i -> time[i]).toArray(),
                        Arrays.stream(some).map(i -> status[i]).toArray())
                .causes(labels())
                .build());
    }
}

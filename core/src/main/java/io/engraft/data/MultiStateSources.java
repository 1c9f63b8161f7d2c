package io.engraft.data;

import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Multi-state rows from data of other shapes. */
final class MultiStateSources {

    private MultiStateSources() {}

    static MultiStateData.Builder ofStatus(
            Categories id, double[] entry, double[] time, Categories to, String initial, String censored) {
        Require.sameLength("entry", entry.length, "time", time.length);
        id.requireSize("id", time.length);
        to.requireSize("to", time.length);
        int[] order = RowsById.sorted(id, i -> time[i], i -> entry[i]);
        String[] last = new String[id.levels().size()];
        Arrays.fill(last, initial);
        String[] from = new String[time.length];
        for (int i : order) {
            int who = id.code(i);
            from[i] = last[who];
            last[who] = to.value(i).equals(censored) ? last[who] : to.value(i);
        }
        Set<String> names = new LinkedHashSet<>(List.of(initial));
        to.levels().stream().filter(s -> !s.equals(censored)).forEach(names::add);
        return MultiStateData.builder(time, Categories.of(List.of(from)), to)
                .states(List.copyOf(names))
                .censored(censored)
                .id(id)
                .entry(entry);
    }

    static MultiStateData.Builder competing(SurvivalData data) {
        List<String> states = new ArrayList<>(List.of(MultiStateData.EVENT_FREE));
        states.addAll(data.causes());
        List<String> to = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            to.add(data.status(i) == 0 ? MultiStateData.CENSORED : states.get(data.status(i)));
        }
        List<String> from = Collections.nCopies(data.size(), MultiStateData.EVENT_FREE);
        MultiStateData.Builder builder = MultiStateData.builder(data.rawTime(), Categories.of(from), Categories.of(to))
                .states(states)
                .absorbing(data.causes())
                .allowGaps()
                .unit(data.unit())
                .source(data.source())
                .warnings(data.warnings());
        for (String name : data.numericCovariates()) {
            builder.covariate(name, data.numericCovariate(name));
        }
        for (String name : data.categoricalCovariates()) {
            builder.covariate(name, data.categoricalCovariate(name));
        }
        builder.entry = data.rawEntry();
        builder.weight = data.rawWeight();
        builder.weightType = data.weightType().orElse(null);
        builder.group = data.group().orElse(null);
        builder.id = data.id().orElse(null);
        builder.cluster = data.cluster().orElse(null);
        return builder;
    }
}

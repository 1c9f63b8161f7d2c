package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.multistate.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The rows at risk of several transitions under one another: a row of a state once for each way out of it. */
final class StackedRows {

    private final MultiStateData data;
    private final List<Transition> transitions;
    /** By stacked row, the row of the data and the place of the transition. */
    private final int[] row;

    private final int[] of;

    StackedRows(MultiStateData data, List<Transition> transitions) {
        this.data = data;
        this.transitions = transitions;
        int n = 0;
        int[] rows = new int[data.size() * transitions.size()];
        int[] places = new int[rows.length];
        for (int r = 0; r < transitions.size(); r++) {
            int from = data.states().indexOf(transitions.get(r).from());
            for (int i = 0; i < data.size(); i++) {
                if (data.from(i) == from && data.weight(i) > 0) {
                    rows[n] = i;
                    places[n++] = r;
                }
            }
        }
        this.row = Arrays.copyOf(rows, n);
        this.of = Arrays.copyOf(places, n);
    }

    /**
     * The rows as follow-up.
     *
     * @param baseline the name of a transition's baseline hazard
     * @param columns columns of 0 and 1 by name: in which transitions they are 1
     * @param clusters whether rows of a subject, else of a cluster, belong together
     */
    SurvivalData of(
            TransitionRows clocks,
            Function<Transition, Clock> clock,
            Function<Transition, String> baseline,
            Map<String, Set<Transition>> columns,
            Collection<String> covariates,
            boolean clusters) {
        int n = row.length;
        double[] time = new double[n];
        double[] entry = new double[n];
        int[] status = new int[n];
        List<String> strata = new ArrayList<>(n);
        for (int x = 0; x < n; x++) {
            Transition transition = transitions.get(of[x]);
            double origin = clock.apply(transition) == Clock.FORWARD ? 0 : clocks.known(row[x], transition);
            time[x] = data.time(row[x]) - origin;
            entry[x] = Math.max(0, data.entry(row[x]) - origin);
            int to = data.to(row[x]);
            status[x] = to >= 0 && data.states().get(to).equals(transition.to()) ? 1 : 0;
            strata.add(baseline.apply(transition));
        }
        SurvivalData.Builder builder =
                SurvivalData.builder(time, status).unit(data.unit()).source(data.source());
        if (Arrays.stream(entry).anyMatch(e -> e > 0)) {
            builder.entry(entry);
        }
        List<String> names = transitions.stream().map(baseline).distinct().toList();
        if (names.size() > 1) {
            builder.strata(Categories.of(strata, names));
        }
        data.weightType()
                .ifPresent(type -> builder.weights(
                        Arrays.stream(row).mapToDouble(data::weight).toArray(), type));
        if (clusters) {
            builder.cluster(data.cluster()
                    .or(data::id)
                    .map(column -> column.rows(row))
                    .orElseGet(() -> Categories.of(Arrays.stream(row)
                            .mapToObj(i -> String.valueOf(i + 1))
                            .toList())));
        }
        columns.forEach((name, in) -> {
            if (data.covariates().contains(name)) {
                throw InvalidArgumentException.ofText(
                        "name of a covariate", name, "names that are not those of transitions, " + transitions);
            }
            builder.covariate(
                    name,
                    Arrays.stream(of)
                            .mapToDouble(r -> in.contains(transitions.get(r)) ? 1 : 0)
                            .toArray());
        });
        for (String name : covariates) {
            if (data.hasNumericCovariate(name)) {
                double[] all = data.numericCovariate(name);
                builder.covariate(
                        name, Arrays.stream(row).mapToDouble(i -> all[i]).toArray());
            } else {
                builder.covariate(name, data.categoricalCovariate(name).rows(row));
            }
        }
        return builder.build();
    }
}

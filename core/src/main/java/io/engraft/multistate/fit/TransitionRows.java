package io.engraft.multistate.fit;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.multistate.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Stays in states as rows of risk of single transitions. Rows of weight 0 are nobody. */
final class TransitionRows {

    private final MultiStateData data;
    private final List<String> states;
    /** When the state of a row was entered, NaN where that was before the subject came under observation. */
    private final double[] begin;

    TransitionRows(MultiStateData data, boolean staysFromEntry) {
        this.data = data;
        this.states = data.states();
        this.begin = begins(data, staysFromEntry);
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            if (!(data.time(i) > 0)) {
                problems.add(DataProblem.ofRow(
                        i + 1L, "time", data.time(i), "parametric models need a positive time; allowed: time > 0"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    /** A stay goes on over several rows, also where the subject was out of sight between them. */
    private static double[] begins(MultiStateData data, boolean staysFromEntry) {
        double[] begin = new double[data.size()];
        Integer[] order = IntStream.range(0, begin.length).boxed().toArray(Integer[]::new);
        Categories id = data.id().orElse(null);
        if (id != null) {
            Arrays.sort(order, Comparator.<Integer>comparingInt(id::code).thenComparingDouble(data::time));
        }
        for (int k = 0; k < order.length; k++) {
            int row = order[k];
            int before = k > 0 && id != null && id.code(order[k - 1]) == id.code(row) ? order[k - 1] : -1;
            if (before < 0) {
                begin[row] = data.entry(row) == 0 || staysFromEntry ? data.entry(row) : Double.NaN;
            } else {
                begin[row] = data.to(before) >= 0 ? data.time(before) : begin[before];
            }
        }
        return begin;
    }

    /** The names of the covariates of the data. */
    List<String> covariates() {
        return data.covariates();
    }

    /** The transitions that were seen, with the number of times, by frequency weights where there are any. */
    Map<Transition, Double> seen() {
        Map<Transition, Double> seen = new LinkedHashMap<>();
        for (int j = 0; j < states.size(); j++) {
            for (int m = 0; m < states.size(); m++) {
                double sum = 0;
                for (int i = 0; i < data.size(); i++) {
                    sum += data.from(i) == j && data.to(i) == m ? count(i) : 0;
                }
                if (sum > 0) {
                    seen.put(new Transition(states.get(j), states.get(m)), sum);
                }
            }
        }
        return seen;
    }

    private double count(int row) {
        boolean replicates =
                data.weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        return replicates ? data.weight(row) : data.weight(row) > 0 ? 1 : 0;
    }

    /**
     * The rows at risk of a transition: (entry, time] on the forward clock, the same less the begin of the stay on one
     * that starts with the state.
     */
    SurvivalData of(Transition transition, Clock clock, List<String> covariates, boolean robust) {
        int from = states.indexOf(transition.from());
        int to = states.indexOf(transition.to());
        IntPredicate atRisk = i -> data.from(i) == from && data.weight(i) > 0;
        int[] rows = IntStream.range(0, data.size()).filter(atRisk).toArray();
        double[] time = new double[rows.length];
        double[] entry = new double[rows.length];
        int[] status = new int[rows.length];
        for (int k = 0; k < rows.length; k++) {
            int i = rows[k];
            double origin = clock == Clock.FORWARD ? 0 : known(i, transition);
            time[k] = data.time(i) - origin;
            entry[k] = Math.max(0, data.entry(i) - origin);
            status[k] = data.to(i) == to ? 1 : 0;
        }
        SurvivalData.Builder builder = SurvivalData.builder(time, status)
                .causes(List.of(transition.toString()))
                .unit(data.unit())
                .source(data.source());
        if (Arrays.stream(entry).anyMatch(e -> e > 0)) {
            builder.entry(entry);
        }
        data.weightType()
                .ifPresent(type -> builder.weights(
                        Arrays.stream(rows).mapToDouble(data::weight).toArray(), type));
        // The rows of one stay split its interval, which leaves the usual variance as it is: ids alone ask for no
        // robust one.
        if (robust || Clusters.askForRobust(data)) {
            data.id().ifPresent(column -> builder.id(column.rows(rows)).recurrent());
        }
        data.cluster().ifPresent(column -> builder.cluster(column.rows(rows)));
        for (String name : covariates) {
            add(builder, name, rows);
        }
        return builder.build();
    }

    double known(int row, Transition transition) {
        if (Double.isNaN(begin[row])) {
            throw new InvalidArgumentException("row " + (row + 1) + " enters at " + data.entry(row) + " in state '"
                    + transition.from() + "', and since when the subject has been in it is not known, so that the reset"
                    + " clock of transition " + transition + " has no start; allowed: the forward clock, or"
                    + " withStaysFromEntry()");
        }
        return begin[row];
    }

    private void add(SurvivalData.Builder builder, String name, int[] rows) {
        if (data.hasNumericCovariate(name)) {
            double[] all = data.numericCovariate(name);
            builder.covariate(name, Arrays.stream(rows).mapToDouble(i -> all[i]).toArray());
        } else {
            builder.covariate(name, data.categoricalCovariate(name).rows(rows));
        }
    }
}

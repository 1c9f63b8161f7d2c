package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.data.io.MissingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Puts the columns of cut rows together, without the rows in which a covariate has no value. */
final class RowsOutput {

    private final RowsBuilder builder;
    private final SurvivalData baseline;
    private final Categories id;
    private final FollowUpRows follow;
    private final RowCutter cutter;
    private final List<String> causes;
    private final List<MergeCount> counts;

    RowsOutput(
            RowsBuilder builder, FollowUpRows follow, RowCutter cutter, List<String> causes, List<MergeCount> counts) {
        this.builder = builder;
        this.baseline = builder.baseline();
        this.id = baseline.id().orElseThrow();
        this.follow = follow;
        this.cutter = cutter;
        this.causes = causes;
        this.counts = counts;
    }

    BuiltRows rows(List<CovariateSteps> steps, List<EventSteps> events, EventChoice choice) {
        int[] kept = kept(steps);
        int[] row = taken(cutter.rows(), kept);
        RowColumns columns = columns(row, kept, steps, events);
        long unknown = cutter.size() - (long) kept.length;
        RowsFindings findings =
                new RowsFindings(counts, follow.withoutRows(), unknown, choice.choices(), builder.priority());
        SurvivalData data = data(row, kept, columns, findings);
        return new BuiltRows(data, columns.names(), counts, follow.withoutRows(), unknown);
    }

    /** The rows in which every covariate has a value. */
    private int[] kept(List<CovariateSteps> steps) {
        boolean[] known = new boolean[cutter.size()];
        Arrays.fill(known, true);
        List<DataProblem> problems = new ArrayList<>();
        for (int c = 0; c < steps.size(); c++) {
            unknown(steps.get(c), cutter.values(c), known, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        int[] kept = IntStream.range(0, known.length).filter(i -> known[i]).toArray();
        if (kept.length == 0) {
            throw new InvalidDataException(DataProblem.ofWhole("no row is left: nobody is at risk"
                            + (known.length > 0 ? " with a value of every covariate" : "")
                            + "; allowed: at least one patient who is"))
                    .inSource(baseline.source());
        }
        return kept;
    }

    private void unknown(CovariateSteps steps, double[] value, boolean[] known, List<DataProblem> problems) {
        int patient = -1;
        for (int i = 0; i < value.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (!Double.isNaN(value[i])) {
                continue;
            }
            known[i] = false;
            if (builder.unknown() == MissingValues.FAIL && id.code(cutter.row(i)) != patient) {
                patient = id.code(cutter.row(i));
                problems.add(new DataProblem(
                        steps.covariate().rows().source(),
                        0,
                        0,
                        steps.covariate().name(),
                        null,
                        "patient '" + id.levels().get(patient) + "' has no value on (" + cutter.entry(i) + ", "
                                + cutter.time(i) + "]; allowed: one recorded at or before " + cutter.entry(i)
                                + ", an initial value, or leaving out rows without one"));
            }
        }
    }

    private RowColumns columns(int[] row, int[] kept, List<CovariateSteps> steps, List<EventSteps> events) {
        RowColumns columns = new RowColumns(baseline, row);
        for (int c = 0; c < steps.size(); c++) {
            columns.put(steps.get(c), taken(cutter.values(c), kept));
        }
        for (int e = 0; e < events.size(); e++) {
            String count = events.get(e).events().count();
            String number = events.get(e).events().number();
            if (count != null) {
                columns.put(count, taken(cutter.counts(e), kept));
            }
            if (number != null) {
                columns.put(number, taken(cutter.numbers(e), kept));
            }
        }
        if (builder.hasSplits()) {
            columns.put(builder.episode(), taken(cutter.episodes(), kept));
        }
        return columns;
    }

    private SurvivalData data(int[] row, int[] kept, RowColumns columns, RowsFindings findings) {
        List<String> warnings = new ArrayList<>(baseline.warnings());
        List<String> notes = new ArrayList<>(baseline.notes());
        for (TimedCovariate covariate : builder.covariates()) {
            warnings.addAll(covariate.warnings());
            notes.addAll(covariate.notes());
        }
        warnings.addAll(findings.sentences());
        int[] status = taken(cutter.statuses(), kept);
        SurvivalData.Builder data = SurvivalData.builder(taken(cutter.times(), kept), status)
                .entry(taken(cutter.entries(), kept))
                .id(id.rows(row).withoutUnusedLevels())
                .unit(baseline.unit())
                .source(baseline.source())
                .dropped(baseline.dropped())
                .sourceRows(Arrays.stream(row).mapToLong(baseline::sourceRow).toArray())
                .warnings(warnings)
                .notes(notes)
                .causes(causes);
        if (goesOn(row, status)) {
            data.recurrent();
        }
        baseline.group().ifPresent(c -> data.group(c.rows(row).withoutUnusedLevels()));
        baseline.strata().ifPresent(c -> data.strata(c.rows(row).withoutUnusedLevels()));
        baseline.cluster().ifPresent(c -> data.cluster(c.rows(row).withoutUnusedLevels()));
        WeightType type = baseline.weightType().orElse(null);
        if (type != null) {
            data.weights(Arrays.stream(row).mapToDouble(baseline::weight).toArray(), type);
        }
        columns.addTo(data);
        return data.build();
    }

    /** Whether a patient has a row after an event. */
    private boolean goesOn(int[] row, int[] status) {
        return IntStream.range(1, row.length)
                .anyMatch(i -> status[i - 1] > 0 && id.code(row[i - 1]) == id.code(row[i]));
    }

    static int[] taken(int[] values, int[] rows) {
        return Arrays.stream(rows).map(i -> values[i]).toArray();
    }

    static double[] taken(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }
}

package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.rows.FollowUpRows.RowWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes the rows of a builder: matches the tables to patients, joins the times, and cuts. */
final class RowsAssembly {

    private static final List<String> UNDECLARED = List.of("1");

    private final RowsBuilder builder;
    private final SurvivalData baseline;
    private final Categories id;
    private final FollowUpRows follow;
    private final List<DataProblem> problems = new ArrayList<>();
    private final List<MergeCount> counts = new ArrayList<>();
    private final List<String> causes;

    RowsAssembly(RowsBuilder builder) {
        this.builder = builder;
        this.baseline = builder.baseline();
        this.id = baseline.id().orElseThrow();
        this.follow = new FollowUpRows(baseline, id, builder.start());
        this.causes = causes();
    }

    /** The causes of the follow-up, then the kinds of events that are none of them. */
    private List<String> causes() {
        boolean none = IntStream.range(0, baseline.size()).allMatch(i -> baseline.status(i) == 0);
        List<String> known = new ArrayList<>(baseline.causes());
        if (none && known.equals(UNDECLARED) && !builder.events().isEmpty()) {
            known.clear();
        }
        Set<String> more = new LinkedHashSet<>();
        builder.events().forEach(e -> more.addAll(e.kind().levels()));
        known.forEach(more::remove);
        known.addAll(Categories.sortLevels(more));
        return known.isEmpty() ? baseline.causes() : known;
    }

    BuiltRows rows() {
        List<MatchedRows> covariates = builder.covariates().stream()
                .map(c -> new MatchedRows(
                        c.rows(), follow, i -> CovariateSteps.isRecord(c, i), c.lag(), builder.tieRule()))
                .toList();
        List<MatchedRows> events = builder.events().stream()
                .map(e -> new MatchedRows(
                        e.rows(), follow, i -> !Double.isNaN(e.rows().time()[i]), 0, builder.tieRule()))
                .toList();
        List<MatchedRows> tables = new ArrayList<>(covariates);
        tables.addAll(events);
        tables.forEach(this::requirePatients);
        List<double[]> others =
                new ArrayList<>(tables.stream().map(MatchedRows::times).toList());
        boolean ends = builder.end() < Double.POSITIVE_INFINITY;
        others.add(builder.splits());
        others.add(ends ? new double[] {builder.start(), builder.end()} : new double[] {builder.start()});
        RowTimes times = new RowTimes(builder.tieRule(), follow.entries(), follow.times(), others);
        int[] window = times.places(tables.size() + 1);
        follow.put(times, window[0], ends ? window[1] : Integer.MAX_VALUE, builder.tieRule());
        for (int k = 0; k < tables.size(); k++) {
            tables.get(k).put(times.places(k), times, follow.patients());
        }
        EventChoice choice = new EventChoice(causes, builder.priority());
        List<CovariateSteps> steps = steps(covariates, times);
        List<EventSteps> ending = ending(events, choice, times);
        refuse();
        int[] splits = splits(times, times.places(tables.size()), ending);
        RowCutter cutter = new RowCutter(follow, times, splits, steps, ending, choice, problems);
        cutter.cut();
        refuse();
        return new RowsOutput(builder, follow, cutter, causes, counts).rows(steps, ending, choice);
    }

    private List<CovariateSteps> steps(List<MatchedRows> tables, RowTimes times) {
        List<CovariateSteps> steps = new ArrayList<>();
        for (int c = 0; c < tables.size(); c++) {
            TimedCovariate covariate = builder.covariates().get(c);
            counts.add(tables.get(c).count(covariate.name(), false, follow, times));
            steps.add(
                    CovariateSteps.of(covariate, ValueBefore.of(covariate, baseline), tables.get(c), follow, problems));
        }
        return steps;
    }

    private List<EventSteps> ending(List<MatchedRows> tables, EventChoice choice, RowTimes times) {
        List<EventSteps> steps = new ArrayList<>();
        for (int e = 0; e < tables.size(); e++) {
            TimedEvents events = builder.events().get(e);
            counts.add(tables.get(e).count(events.rows().source(), true, follow, times));
            int[] status = events.kind().levels().stream()
                    .mapToInt(l -> causes.indexOf(l) + 1)
                    .toArray();
            steps.add(EventSteps.of(events, tables.get(e), follow, status, choice, problems));
        }
        return steps;
    }

    private void requirePatients(MatchedRows records) {
        if (records.times().length == 0 && records.missing() > 0) {
            throw new InvalidDataException(DataProblem.ofWhole("none of its " + records.missing()
                            + " rows is of a patient of the follow-up; allowed: the same ids in both, which are written '"
                            + records.missingIds().get(0) + "' here and '"
                            + id.levels().get(0) + "' there")
                    .inSource(records.rows().source()));
        }
    }

    private void refuse() {
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    private int[] splits(RowTimes times, int[] declared, List<EventSteps> events) {
        BitSet cuts = new BitSet(times.size());
        Arrays.stream(declared).forEach(cuts::set);
        int patients = builder.isSplitAtEvents() ? follow.patients() : 0;
        for (int p = 0; p < patients; p++) {
            for (int w = follow.first(p); w < follow.first(p + 1); w++) {
                eventsIn(follow.window(w), p, events, cuts);
            }
        }
        return cuts.stream().toArray();
    }

    private static void eventsIn(RowWindow window, int patient, List<EventSteps> events, BitSet cuts) {
        if (window.status() > 0) {
            cuts.set(window.endPlace());
        }
        for (EventSteps steps : events) {
            for (int k = steps.first(patient); k < steps.first(patient + 1); k++) {
                int at = steps.place(k);
                if (at > window.entryPlace() && at <= window.endPlace()) {
                    cuts.set(at);
                }
            }
        }
    }
}

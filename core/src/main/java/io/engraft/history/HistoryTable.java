package io.engraft.history;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The histories of a cohort, with which events were recorded at all and further columns that are carried along. An event
 * that was not recorded is not one that did not happen: endpoints that need it are refused. Immutable.
 */
@CheckReturnValue
public final class HistoryTable {

    private final List<TransplantHistory> histories;
    private final Set<TransplantEvent> recorded;
    private final Map<String, List<@Nullable Object>> carried;
    private final @Nullable String source;
    private final List<String> warnings;

    private HistoryTable(
            List<TransplantHistory> histories,
            Set<TransplantEvent> recorded,
            Map<String, List<@Nullable Object>> carried,
            @Nullable String source,
            List<String> warnings) {
        this.histories = List.copyOf(histories);
        EnumSet<TransplantEvent> events = EnumSet.noneOf(TransplantEvent.class);
        events.addAll(recorded);
        this.recorded = Collections.unmodifiableSet(events);
        this.carried = carried;
        this.source = source;
        this.warnings = warnings;
        Endpoint.requireDistinct(this.histories);
    }

    /**
     * A cohort.
     *
     * @param histories what happened, each patient once
     * @param recorded the events that were looked for in every patient
     * @return the cohort
     * @throws InvalidDataException when a patient is there twice
     */
    public static HistoryTable of(List<TransplantHistory> histories, Set<TransplantEvent> recorded) {
        return new HistoryTable(histories, recorded, Map.of(), null, List.of());
    }

    /**
     * Where the histories came from, for messages.
     *
     * @param name a file or data set
     * @return the cohort with it
     */
    public HistoryTable withSource(String name) {
        return new HistoryTable(histories, recorded, carried, name, warnings);
    }

    /**
     * A column to carry along, such as a covariate.
     *
     * @param name its name
     * @param values one a patient: all numbers, or all text; null where missing
     * @return the cohort with it
     */
    public HistoryTable withColumn(String name, List<? extends @Nullable Object> values) {
        Require.sameLength("column " + name, values.size(), "the cohort", histories.size());
        if (carried.containsKey(name) || "id".equals(name)) {
            throw InvalidArgumentException.of("column", name, "a name that is not taken");
        }
        boolean numbers = values.stream().allMatch(v -> v == null || v instanceof Double);
        if (!numbers && !values.stream().allMatch(v -> v == null || v instanceof String)) {
            throw InvalidArgumentException.of("column " + name, values, "all Double, or all String");
        }
        Map<String, List<@Nullable Object>> more = new LinkedHashMap<>(carried);
        more.put(name, Collections.unmodifiableList(new ArrayList<@Nullable Object>(values)));
        return new HistoryTable(histories, recorded, more, source, warnings);
    }

    HistoryTable withWarning(String sentence) {
        List<String> more = new ArrayList<>(warnings);
        more.add(sentence);
        return new HistoryTable(histories, recorded, carried, source, List.copyOf(more));
    }

    /**
     * What a reader of the table should know: marks of a missing value that became empty cells.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The histories.
     *
     * @return in order
     */
    public List<TransplantHistory> histories() {
        return histories;
    }

    /**
     * The events that were looked for.
     *
     * @return in the order of {@link TransplantEvent}
     */
    public Set<TransplantEvent> recorded() {
        return recorded;
    }

    /**
     * The columns that are carried along.
     *
     * @return their names, in order
     */
    public List<String> columns() {
        return List.copyOf(carried.keySet());
    }

    /**
     * The endpoints for which every event that is needed was recorded.
     *
     * @param rules the endpoints' choices
     * @return in the order of {@link Endpoint}
     */
    public List<Endpoint> availableEndpoints(EndpointRules rules) {
        return Arrays.stream(Endpoint.values())
                .filter(e -> missing(e.needs(rules)).isEmpty())
                .toList();
    }

    /**
     * The columns that an endpoint lacks.
     *
     * @param endpoint the endpoint
     * @param rules what belongs to it
     * @return one entry for each column it lacks, such as "relapse", or "cgvhd or cgvhd_mild" where either would do;
     *     empty where the endpoint is available
     */
    public List<String> missingColumns(Endpoint endpoint, EndpointRules rules) {
        return missing(endpoint.needs(rules));
    }

    private List<String> missing(List<Set<TransplantEvent>> needs) {
        return needs.stream()
                .filter(anyOf -> Collections.disjoint(anyOf, recorded))
                .map(anyOf ->
                        anyOf.stream().sorted().map(TransplantEvent::column).collect(Collectors.joining(" or ")))
                .toList();
    }

    private void require(String what, List<Set<TransplantEvent>> needs) {
        List<String> missing = missing(needs);
        if (!missing.isEmpty()) {
            throw located(new InvalidDataException(DataProblem.ofWhole(what + " cannot be known without the column "
                    + String.join(" and ", missing)
                    + "; allowed: add it, with empty cells where it did not happen")));
        }
    }

    private InvalidDataException located(InvalidDataException error) {
        return source == null ? error : error.inSource(source);
    }

    /**
     * One endpoint as follow-up data.
     *
     * @param endpoint the endpoint
     * @param rules its choices
     * @param unit the unit of the times to give
     * @return one row a patient
     * @throws InvalidDataException when an event that it needs was not recorded, or CRFS lacks a severity
     */
    public SurvivalData endpoint(Endpoint endpoint, EndpointRules rules, DurationUnit unit) {
        require(endpoint.title(), endpoint.needs(rules));
        try {
            return endpoint.apply(histories, rules, unit);
        } catch (InvalidDataException e) {
            throw located(e);
        }
    }

    /**
     * Endpoints as a table for analysis: id, the columns carried along, then {@code <endpoint>_time} and {@code
     * <endpoint>_status} (0 censored, 1 event, 2 competing event) for each.
     *
     * @param endpoints the endpoints
     * @param rules their choices
     * @param unit the unit of the times to give
     * @return one row a patient
     * @throws InvalidDataException when an event that is needed was not recorded, or CRFS lacks a severity
     */
    public TidyTable endpoints(List<Endpoint> endpoints, EndpointRules rules, DurationUnit unit) {
        List<SurvivalData> results = new ArrayList<>();
        TidyTable.Builder table = startTable();
        for (Endpoint endpoint : endpoints) {
            results.add(endpoint(endpoint, rules, unit));
            table.number(endpoint.label() + "_time").count(endpoint.label() + "_status");
        }
        for (int i = 0; i < histories.size(); i++) {
            List<@Nullable Object> cells = startRow(i);
            for (SurvivalData result : results) {
                cells.add(result.time(i));
                cells.add(result.status(i));
            }
            table.row(cells.toArray());
        }
        return table.build();
    }

    /**
     * Rows (entry, time] with time-dependent covariates as a table for analysis: id, the columns carried along, then
     * entry, time, status and each covariate.
     *
     * @param endpoint the endpoint in which follow-up ends
     * @param rules its choices
     * @param covariates what turns from 0 to 1
     * @param unit the unit of the times to give
     * @return the rows of {@link #timeDependentRows}
     * @throws InvalidDataException when an event that is needed was not recorded, CRFS lacks a severity, or no row is
     *     left
     */
    public TidyTable timeDependentTable(
            Endpoint endpoint, EndpointRules rules, List<TimeDependentCovariate> covariates, DurationUnit unit) {
        SurvivalData rows = timeDependentRows(endpoint, rules, covariates, unit).data();
        TidyTable.Builder table = startTable().number("entry").number("time").count("status");
        covariates.forEach(c -> table.count(c.label()));
        List<double[]> values =
                covariates.stream().map(c -> rows.numericCovariate(c.label())).toList();
        Categories ids = rows.id().orElseThrow();
        int patient = 0;
        for (int i = 0; i < rows.size(); i++) {
            while (!histories.get(patient).id().equals(ids.value(i))) {
                patient++;
            }
            List<@Nullable Object> cells = startRow(patient);
            cells.add(rows.entry(i));
            cells.add(rows.time(i));
            cells.add(rows.status(i));
            for (double[] value : values) {
                cells.add((long) value[i]);
            }
            table.row(cells.toArray());
        }
        return table.build();
    }

    /**
     * Follow-up cut at the onsets of time-dependent covariates.
     *
     * @param endpoint the endpoint in which follow-up ends
     * @param rules its choices
     * @param covariates what turns from 0 to 1
     * @param unit the unit of the times to give
     * @return the rows, and the patients without one
     * @throws InvalidDataException when an event that is needed was not recorded, CRFS lacks a severity, or no row is
     *     left
     */
    public TimeDependentRows timeDependentRows(
            Endpoint endpoint, EndpointRules rules, List<TimeDependentCovariate> covariates, DurationUnit unit) {
        require(endpoint.title(), endpoint.needs(rules));
        covariates.forEach(c -> require(c.words(), List.of(c.needs())));
        try {
            return TimeDependentRows.of(histories, endpoint, rules, covariates, unit);
        } catch (InvalidDataException e) {
            throw located(e);
        }
    }

    private TidyTable.Builder startTable() {
        TidyTable.Builder table = TidyTable.builder().text("id");
        carried.forEach((name, values) -> {
            boolean text = values.stream().anyMatch(String.class::isInstance);
            if (text) {
                table.text(name);
            } else {
                table.number(name);
            }
        });
        return table;
    }

    private List<@Nullable Object> startRow(int patient) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(histories.get(patient).id());
        carried.values().forEach(values -> cells.add(values.get(patient)));
        return cells;
    }

    @Override
    public String toString() {
        return Brief.count(histories.size(), "transplant history") + ", recorded "
                + Brief.list(recorded.stream().map(TransplantEvent::column).toList());
    }
}

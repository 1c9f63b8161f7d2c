package io.engraft.history;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Follow-up cut into rows (entry, time] at the onsets of time-dependent covariates, so that a patient counts as without
 * GVHD until it begins and as with it afterwards: a fixed covariate "ever had GVHD" would credit the time before its
 * onset to it (immortal time).
 *
 * <p>The value of a covariate on (entry, time] is 1 if its onset is on or before entry, so an onset on day s shows from
 * the row that begins at s. Therefore an onset on the day of the endpoint, or after it, makes no row: the event is
 * counted without it. An onset on day 0 shows from the first row on. No row has length zero: a patient whose endpoint is
 * on day 0 was never at risk on (0, t], has no row, and is named by {@link #withoutRows()} and counted in {@link
 * SurvivalData#dropped()}. Immutable.
 */
public final class TimeDependentRows {

    private final SurvivalData data;
    private final List<String> withoutRows;

    private TimeDependentRows(SurvivalData data, List<String> withoutRows) {
        this.data = data;
        this.withoutRows = List.copyOf(withoutRows);
    }

    /**
     * Cuts follow-up into rows.
     *
     * @param histories what happened, each patient once
     * @param endpoint the endpoint in which follow-up ends
     * @param rules the endpoint's choices
     * @param covariates what turns from 0 to 1, at least one, distinct
     * @param unit the unit of the times to give
     * @return the rows, patient by patient, in order of time
     * @throws InvalidDataException when a patient is there twice, CRFS lacks a severity, or no row is left
     */
    public static TimeDependentRows of(
            List<TransplantHistory> histories,
            Endpoint endpoint,
            EndpointRules rules,
            List<TimeDependentCovariate> covariates,
            DurationUnit unit) {
        if (covariates.isEmpty() || new HashSet<>(covariates).size() != covariates.size()) {
            throw InvalidArgumentException.of("time-dependent covariates", covariates, "one or more, distinct");
        }
        SurvivalData whole = endpoint.apply(histories, rules, DurationUnit.DAYS);
        Rows rows = new Rows();
        List<String> without = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            TransplantHistory history = histories.get(i);
            if (whole.time(i) > 0) {
                rows.cut(history, whole.time(i), whole.status(i), covariates);
            } else {
                without.add(history.id());
            }
        }
        if (rows.ids.isEmpty()) {
            throw new InvalidDataException(DataProblem.ofWhole(
                    "every patient's follow-up ends on day 0; allowed: at least one who was at risk"));
        }
        return new TimeDependentRows(rows.data(endpoint, rules, covariates, unit, without.size()), without);
    }

    /**
     * The rows.
     *
     * @return follow-up with entry, the patients' ids, and each covariate as a numeric covariate of 0 and 1
     */
    public SurvivalData data() {
        return data;
    }

    /**
     * Patients without a row, as their endpoint is on day 0.
     *
     * @return their ids
     */
    public List<String> withoutRows() {
        return withoutRows;
    }

    private static final class Rows {

        private final List<String> ids = new ArrayList<>();
        private final List<Double> entry = new ArrayList<>();
        private final List<Double> time = new ArrayList<>();
        private final List<Integer> status = new ArrayList<>();
        private final List<double[]> values = new ArrayList<>();

        void cut(TransplantHistory history, double end, int endStatus, List<TimeDependentCovariate> covariates) {
            double[] onsets = new double[covariates.size()];
            TreeSet<Double> ends = new TreeSet<>();
            ends.add(end);
            for (int j = 0; j < onsets.length; j++) {
                onsets[j] = covariates.get(j).onset(history).orElse(Double.POSITIVE_INFINITY);
                if (onsets[j] > 0 && onsets[j] < end) {
                    ends.add(onsets[j]);
                }
            }
            double from = 0;
            for (double to : ends) {
                double[] value = new double[onsets.length];
                for (int j = 0; j < onsets.length; j++) {
                    value[j] = onsets[j] <= from ? 1 : 0;
                }
                ids.add(history.id());
                entry.add(from);
                time.add(to);
                status.add(to == end ? endStatus : 0);
                values.add(value);
                from = to;
            }
        }

        SurvivalData data(
                Endpoint endpoint,
                EndpointRules rules,
                List<TimeDependentCovariate> covariates,
                DurationUnit unit,
                int dropped) {
            SurvivalData.Builder builder = SurvivalData.builder(
                            convert(time, unit),
                            status.stream().mapToInt(Integer::intValue).toArray())
                    .entry(convert(entry, unit))
                    .causes(endpoint.causeLabels(rules))
                    .id(Categories.of(ids))
                    .unit(unit)
                    .source(endpoint.title())
                    .dropped(dropped);
            for (int j = 0; j < covariates.size(); j++) {
                int place = j;
                builder.covariate(
                        covariates.get(j).label(),
                        values.stream().mapToDouble(v -> v[place]).toArray());
            }
            return builder.build();
        }

        private static double[] convert(List<Double> days, DurationUnit unit) {
            return days.stream().mapToDouble(d -> DurationUnit.DAYS.to(unit, d)).toArray();
        }
    }

    @Override
    public String toString() {
        return "time-dependent rows: " + Brief.count(data.size(), "row") + ", covariates "
                + Brief.list(data.covariates());
    }
}

package io.engraft.history;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.rows.RowsBuilder;
import io.engraft.data.rows.TimedCovariate;
import io.engraft.internal.Brief;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

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
        SurvivalData whole = endpoint.apply(histories, rules, unit);
        List<String> without = IntStream.range(0, histories.size())
                .filter(i -> !(whole.time(i) > 0))
                .mapToObj(i -> histories.get(i).id())
                .toList();
        if (without.size() == histories.size()) {
            throw new InvalidDataException(DataProblem.ofWhole(
                    "every patient's follow-up ends on day 0; allowed: at least one who was at risk"));
        }
        SurvivalData atRisk = whole.where(i -> whole.time(i) > 0).toBuilder()
                .dropped(without.size())
                .build();
        List<TransplantHistory> under = IntStream.range(0, histories.size())
                .filter(i -> whole.time(i) > 0)
                .mapToObj(histories::get)
                .toList();
        // Days are exact, in any unit.
        RowsBuilder rows = RowsBuilder.of(atRisk).withTieRule(TieRule.EXACT);
        for (TimeDependentCovariate covariate : covariates) {
            rows = rows.withCovariate(TimedCovariate.onset(
                    covariate.label(),
                    atRisk.id().orElseThrow(),
                    under.stream()
                            .mapToDouble(h -> DurationUnit.DAYS.to(
                                    unit, covariate.onset(h).orElse(Double.NaN)))
                            .toArray()));
        }
        return new TimeDependentRows(rows.build().data(), without);
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

    @Override
    public String toString() {
        return "time-dependent rows: " + Brief.count(data.size(), "row") + ", covariates "
                + Brief.list(data.covariates());
    }
}

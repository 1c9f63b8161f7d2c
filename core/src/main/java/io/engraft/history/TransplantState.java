package io.engraft.history;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a patient is after the first transplantation. A second transplantation is taken to begin a remission on its day,
 * whatever led to it; what donor lymphocytes achieved is not in a {@link TransplantHistory}, so a relapse that they
 * turned counts as relapse until a second transplantation. Of several events on one day, relapse comes before
 * transplantation, and either before death: the patient is in the state of the day's end.
 */
public enum TransplantState {
    /** Alive, in remission since the first transplantation. */
    REMISSION("in remission"),
    /** Alive after relapse, before a second transplantation. */
    RELAPSED("relapsed"),
    /** Alive after a second transplantation, without relapse since. */
    SECOND_REMISSION("in remission after second transplant"),
    /** Alive after relapse that followed a second transplantation. */
    RELAPSED_AGAIN("relapsed after second transplant"),
    /** Dead, without relapse at any time. */
    DEAD_WITHOUT_RELAPSE("dead without relapse"),
    /** Dead, after relapse at any time. */
    DEAD_AFTER_RELAPSE("dead after relapse");

    /** The states of current leukaemia-free survival: alive and in remission now. */
    public static final Set<TransplantState> CURRENTLY_LEUKAEMIA_FREE = Set.of(REMISSION, SECOND_REMISSION);

    private final String label;

    TransplantState(String label) {
        this.label = label;
    }

    /**
     * The name of the state in {@link MultiStateData}.
     *
     * @return such as "in remission"
     */
    public String label() {
        return label;
    }

    /** The state at the end of a day. */
    private static TransplantState at(TransplantHistory h, double day) {
        double relapse = dayOf(h, TransplantEvent.RELAPSE);
        double second = dayOf(h, TransplantEvent.SECOND_TRANSPLANT);
        double again = dayOf(h, TransplantEvent.SECOND_RELAPSE);
        boolean relapsed = Math.min(relapse, again) <= day;
        if (dayOf(h, TransplantEvent.DEATH) <= day) {
            return relapsed ? DEAD_AFTER_RELAPSE : DEAD_WITHOUT_RELAPSE;
        }
        if (second <= day) {
            // A first relapse later than the second transplantation is one after it.
            boolean since = again <= day || (relapse <= day && relapse > second);
            return since ? RELAPSED_AGAIN : SECOND_REMISSION;
        }
        return relapsed ? RELAPSED : REMISSION;
    }

    private static double dayOf(TransplantHistory h, TransplantEvent event) {
        OptionalDouble day = h.day(event);
        return day.isPresent() ? day.getAsDouble() : Double.POSITIVE_INFINITY;
    }

    /**
     * The states of patients after transplantation, as multi-state data.
     *
     * @param histories what happened, each patient once
     * @param unit the unit of the times to give
     * @return rows from the first transplantation on; patients whose follow-up ends on day 0 are its
     *     {@link MultiStateData#withoutRows()}
     * @throws InvalidDataException when a patient is there twice, or no row is left
     */
    public static MultiStateData rows(List<TransplantHistory> histories, DurationUnit unit) {
        List<DataProblem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < histories.size(); i++) {
            if (!ids.add(histories.get(i).id())) {
                problems.add(DataProblem.ofRow(
                        i + 1L,
                        "id",
                        histories.get(i).id(),
                        "the patient is there before; allowed: each patient once"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        Rows rows = new Rows();
        histories.forEach(rows::add);
        if (rows.id.isEmpty()) {
            throw new InvalidDataException(DataProblem.ofWhole(
                    histories.isEmpty()
                            ? "there are no histories; allowed: at least one"
                            : "every patient's follow-up ends on day 0; allowed: at least one who was at risk"));
        }
        return rows.data(unit);
    }

    private static final class Rows {

        private final List<String> id = new ArrayList<>();
        private final List<Double> entry = new ArrayList<>();
        private final List<Double> time = new ArrayList<>();
        private final List<String> from = new ArrayList<>();
        private final List<String> to = new ArrayList<>();
        private final List<String> without = new ArrayList<>();

        void add(TransplantHistory h) {
            TreeSet<Double> days = new TreeSet<>();
            for (TransplantEvent event : List.of(
                    TransplantEvent.RELAPSE, TransplantEvent.SECOND_TRANSPLANT, TransplantEvent.SECOND_RELAPSE)) {
                double day = dayOf(h, event);
                if (day > 0 && day < h.end()) {
                    days.add(day);
                }
            }
            days.add(h.end());
            if (!(h.end() > 0)) {
                without.add(h.id());
                return;
            }
            double begin = 0;
            TransplantState now = at(h, 0);
            for (double day : days) {
                TransplantState next = at(h, day);
                if (next != now || day == h.end()) {
                    id.add(h.id());
                    entry.add(begin);
                    time.add(day);
                    from.add(now.label);
                    to.add(next == now ? MultiStateData.CENSORED : next.label);
                    begin = day;
                    now = next;
                }
            }
        }

        MultiStateData data(DurationUnit unit) {
            MultiStateData.Builder builder = MultiStateData.builder(
                            convert(time, unit), Categories.of(from), Categories.of(to))
                    .states(Arrays.stream(values()).map(TransplantState::label).toList())
                    .absorbing(List.of(DEAD_WITHOUT_RELAPSE.label, DEAD_AFTER_RELAPSE.label))
                    .entry(convert(entry, unit))
                    .id(Categories.of(id))
                    .unit(unit)
                    .source("transplant histories");
            builder.withoutRows(without);
            return builder.build();
        }

        private static double[] convert(List<Double> days, DurationUnit unit) {
            return days.stream().mapToDouble(d -> DurationUnit.DAYS.to(unit, d)).toArray();
        }
    }
}

package io.engraft.data.rows;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateCheck;
import io.engraft.data.MultiStateCheck.Finding;
import io.engraft.data.MultiStateCheck.Kind;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of each patient held against each other, as R's {@code survcheck} does: rows that overlap or repeat each other,
 * gaps between rows, and, where the state of each row is known, states that change in a gap (jump) or at once without an
 * event (teleport). Nothing is refused; rows are numbered from 1 as they stand in the data. Immutable.
 */
public final class RowsCheck {

    private final Categories id;
    private final List<Finding> findings;
    private final Map<Transition, Long> transitions;

    private RowsCheck(Categories id, List<Finding> findings, Map<Transition, Long> transitions) {
        this.id = id;
        this.findings = List.copyOf(findings);
        this.transitions = transitions;
    }

    /**
     * Checks rows: a patient is in no state until the first event, then in that of the last.
     *
     * @param rows follow-up with ids and entry times; where rows overlap, or events recur, built as
     *     {@link SurvivalData.Builder#recurrent recurrent}
     * @return what was found
     * @throws InvalidArgumentException when there are no ids
     */
    public static RowsCheck of(SurvivalData rows) {
        Names names = new Names(rows);
        MultiStateData.Builder data = MultiStateData.ofStatus(
                names.id, names.entries, names.times, names.entered(), names.initial, names.censored);
        return of(names, data);
    }

    /**
     * Checks rows whose state is known.
     *
     * @param rows follow-up with ids and entry times
     * @param state the state in which each row is; events lead to the states of their labels
     * @return what was found
     * @throws InvalidArgumentException when there are no ids, or not one state a row
     */
    public static RowsCheck of(SurvivalData rows, Categories state) {
        Names names = new Names(rows);
        if (state.size() != rows.size()) {
            throw InvalidArgumentException.of("number of states", state.size(), rows.size() + ", one a row");
        }
        MultiStateData.Builder data = MultiStateData.builder(names.times, state, names.entered())
                .id(names.id)
                .entry(names.entries)
                .censored(names.censored);
        return of(names, data);
    }

    private static RowsCheck of(Names names, MultiStateData.Builder data) {
        MultiStateCheck check = data.check();
        // An event may recur: nothing is wrong with one that leads to the state in which the patient is.
        List<Finding> findings = check.findings().stream()
                .filter(f -> f.kind() != Kind.SAME_STATE)
                .toList();
        return new RowsCheck(names.id, findings, check.transitions());
    }

    /** The columns of rows as those of stays in states, with names for no event that no cause has. */
    private static final class Names {

        private final SurvivalData rows;
        private final Categories id;
        private final double[] entries;
        private final double[] times;
        private final List<String> causes;
        private final String initial;
        private final String censored;

        Names(SurvivalData rows) {
            this.rows = rows;
            this.id = rows.id()
                    .orElseThrow(() -> new InvalidArgumentException(
                            "rows without an id column cannot be held against each other; allowed: rows with one"));
            this.entries =
                    IntStream.range(0, rows.size()).mapToDouble(rows::entry).toArray();
            this.times = IntStream.range(0, rows.size()).mapToDouble(rows::time).toArray();
            this.causes = rows.causes();
            this.initial = free(MultiStateData.EVENT_FREE);
            this.censored = free(MultiStateData.CENSORED);
        }

        private String free(String name) {
            String found = name;
            while (causes.contains(found)) {
                found += "'";
            }
            return found;
        }

        /** The state that each row enters at its end. */
        Categories entered() {
            List<String> levels = new ArrayList<>(causes);
            levels.add(0, censored);
            int[] codes = IntStream.range(0, rows.size()).map(rows::status).toArray();
            return Categories.ofCodes(codes, levels);
        }
    }

    /**
     * Everything that was found.
     *
     * @return patient by patient, each with its row, column, value and reason
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * How often something was found.
     *
     * @param kind what, such as a gap
     * @return the number of rows
     */
    public int count(Kind kind) {
        return rows(kind).size();
    }

    /**
     * The rows in which something was found.
     *
     * @param kind what, such as a gap
     * @return row numbers from 1, ascending
     */
    public List<Long> rows(Kind kind) {
        return findings.stream()
                .filter(f -> f.kind() == kind)
                .map(f -> f.problem().row())
                .sorted()
                .toList();
    }

    /**
     * The patients in whose rows something was found.
     *
     * @param kind what, such as a gap
     * @return ids, each once, in the order of the rows
     */
    public List<String> patients(Kind kind) {
        return rows(kind).stream()
                .map(row -> id.value((int) (row - 1)))
                .distinct()
                .toList();
    }

    /**
     * How often each transition was seen.
     *
     * @return counts of rows by the state in which the row is and the event at its end, those that were seen
     */
    public Map<Transition, Long> transitions() {
        return transitions;
    }

    @Override
    public String toString() {
        if (findings.isEmpty()) {
            return Brief.count(id.size(), "row") + ": no gap, no overlap";
        }
        return Brief.count(id.size(), "row") + ": "
                + Brief.list(Arrays.stream(Kind.values())
                        .filter(k -> count(k) > 0)
                        .map(k -> count(k) + " " + k.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}

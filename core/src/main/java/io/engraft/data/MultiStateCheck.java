package io.engraft.data;

import io.engraft.DataProblem;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong, or worth knowing, in multi-state rows: each offending row with its number, column, value and reason.
 * The rows of a subject are looked at in the order of their ends, each against the one before it: a subject that is at
 * risk is in one state at a time, and changes it by a transition. Immutable.
 */
public final class MultiStateCheck {

    /** What can be wrong with a row; the names of the first four are those of R's {@code survcheck}. */
    public enum Kind {
        /** It begins before the row before it has ended: the subject would be in two places at once. */
        OVERLAP,
        /** It begins after the row before it has ended, in the same state: the subject was out of sight. */
        GAP,
        /** It begins after the row before it has ended, in another state: it changed out of sight. */
        JUMP,
        /** It begins when the row before it ends, in another state, without a transition to it. */
        TELEPORT,
        /** It repeats the interval of another row of the subject. */
        DUPLICATE,
        /** It ends before it begins. */
        BACKWARD,
        /** It ends when it begins. */
        ZERO_LENGTH,
        /** The subject's group is another than in its first row. */
        GROUP_CHANGE,
        /** The subject's cluster is another than in its first row. */
        CLUSTER_CHANGE,
        /** The subject's frequency weight is another than in its first row, so that it cannot stand for replicates. */
        WEIGHT_CHANGE,
        /** It begins in a state that is declared absorbing, or follows a transition into one. */
        AFTER_ABSORBING,
        /** It ends with a transition into the state in which it is. */
        SAME_STATE,
        /** A value by itself is not allowed: a time, a state, a weight. */
        BAD_VALUE
    }

    /**
     * One thing that was found.
     *
     * @param kind what
     * @param problem where, and the reason
     */
    public record Finding(Kind kind, DataProblem problem) {}

    private final List<Finding> findings;
    private final Map<Transition, Long> transitions;
    private final boolean gapsAllowed;

    MultiStateCheck(List<Finding> findings, Map<Transition, Long> transitions, boolean gapsAllowed) {
        this.findings = List.copyOf(findings);
        this.transitions = transitions;
        this.gapsAllowed = gapsAllowed;
    }

    /**
     * Everything that was found, allowed gaps included.
     *
     * @return first values by themselves in the order of the rows, then subject by subject
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * How often something was found.
     *
     * @param kind what
     * @return the number of rows
     */
    public int count(Kind kind) {
        return (int) findings.stream().filter(f -> f.kind() == kind).count();
    }

    /**
     * The rows in which something was found.
     *
     * @param kind what
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
     * How often each transition was seen, by name.
     *
     * @return counts of rows, in the order of the states; transitions that were never seen are not in it
     */
    public Map<Transition, Long> transitions() {
        return transitions;
    }

    /**
     * What stops the data from being used.
     *
     * @return all findings but gaps where those are allowed
     */
    public List<DataProblem> problems() {
        Set<Kind> fine = gapsAllowed ? Set.of(Kind.GAP) : Set.of();
        List<DataProblem> problems = new ArrayList<>();
        findings.stream().filter(f -> !fine.contains(f.kind())).forEach(f -> problems.add(f.problem()));
        return problems;
    }

    @Override
    public String toString() {
        return findings.isEmpty()
                ? "multi-state rows: nothing found"
                : "multi-state rows: " + Brief.count(findings.size(), "finding") + ", of which "
                        + problems().size() + " stop the data from being used";
    }
}

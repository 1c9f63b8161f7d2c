package io.engraft.evidence;

import java.util.Map;

/**
 * One thing that an audit of published figures found.
 *
 * @param severity how bad it is
 * @param check which check found it
 * @param time the time that the figures speak of; the later one where two times are compared
 * @param sentence the finding in words
 * @param numbers the numbers behind it, by name
 */
public record AuditFinding(Severity severity, Check check, double time, String sentence, Map<String, Double> numbers) {

    /** How bad a finding is. */
    public enum Severity {
        /** Nothing wrong: the check was made and passed. */
        NOTE,
        /** The figures can be explained, but not as they are labelled. */
        WARNING,
        /** The figures cannot all be true of the same patients. */
        PROBLEM
    }

    /** The checks. */
    public enum Check {
        /** Event-free survival, relapse and non-relapse mortality add to 1. */
        SUM,
        /** 1 - KM was printed as a cumulative incidence. */
        ONE_MINUS_KAPLAN_MEIER,
        /** Overall survival is at least event-free survival. */
        OVERALL_SURVIVAL,
        /** Overall survival and non-relapse mortality are at most 1 together. */
        DEATHS,
        /** Survival falls and incidence rises with time. */
        MONOTONE
    }

    /**
     * A finding.
     *
     * @param severity how bad it is
     * @param check which check found it
     * @param time the time that the figures speak of
     * @param sentence the finding in words
     * @param numbers the numbers behind it, by name
     */
    public AuditFinding {
        numbers = Map.copyOf(numbers);
    }
}

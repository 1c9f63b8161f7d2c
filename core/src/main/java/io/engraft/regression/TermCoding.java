package io.engraft.regression;

import java.util.List;
import java.util.Map;

/**
 * How a term was coded in a fit.
 *
 * @param term what it is called, such as {@code age:phase}
 * @param parameter the parameter that it acts on
 * @param coefficients the names of its coefficients, in order
 * @param references for each column of levels that is coded as contrasts the level that the others are against
 * @param knots for each column that is in it as a spline the knots, the outer ones first and last
 */
public record TermCoding(
        String term,
        String parameter,
        List<String> coefficients,
        Map<String, String> references,
        Map<String, List<Double>> knots) {

    /** Such as {@code phase on scale: phase=CR2, phase=Relapse against phase=CR1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(term + " on " + parameter + ": " + String.join(", ", coefficients));
        String joiner = " against ";
        for (Map.Entry<String, String> reference : references.entrySet()) {
            text.append(joiner).append(reference.getKey()).append("=").append(reference.getValue());
            joiner = ", ";
        }
        knots.forEach((column, at) ->
                text.append("; knots of ").append(column).append(" at ").append(at));
        return text.toString();
    }
}

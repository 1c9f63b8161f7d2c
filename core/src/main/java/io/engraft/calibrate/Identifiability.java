package io.engraft.calibrate;

import java.util.List;

/**
 * What targets say about open numbers, near the solution: the singular values of the Jacobian of the residuals (in
 * standard errors) by the working values.
 *
 * @param singularValues from the largest down, as many as there are open working values
 * @param rank how many exceed 1e-5 times the largest
 * @param undetermined the open numbers that can change without any target noticing
 * @param directions how they change together, in words; one a missing rank
 */
public record Identifiability(
        List<Double> singularValues, int rank, List<String> undetermined, List<String> directions) {

    /**
     * Copies the lists.
     *
     * @param singularValues from the largest down, as many as there are open working values
     * @param rank how many exceed 1e-5 times the largest
     * @param undetermined the open numbers that can change without any target noticing
     * @param directions how they change together, in words; one a missing rank
     */
    public Identifiability {
        singularValues = List.copyOf(singularValues);
        undetermined = List.copyOf(undetermined);
        directions = List.copyOf(directions);
    }

    /**
     * Whether the targets determine every open number.
     *
     * @return true where the rank is full
     */
    public boolean isIdentified() {
        return rank == singularValues.size();
    }
}

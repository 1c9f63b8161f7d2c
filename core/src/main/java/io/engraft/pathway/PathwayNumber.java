package io.engraft.pathway;

import org.jspecify.annotations.Nullable;

/**
 * One number of a pathway and where it stands.
 *
 * @param state the state; "(start)" for the share that starts in one
 * @param event the fate or transition, null where it is the state's own number
 * @param parameter what of it: probability, a parameter of its law, or patients
 * @param value the number, in {@code unit}
 * @param unit as an assumption's, or "patients"
 * @param assumption the id of the assumption, null where the number stands in the file or is a rest
 * @param basis "assumption", "rest", "definition" or "patients"
 */
record PathwayNumber(
        String state,
        @Nullable String event,
        String parameter,
        double value,
        String unit,
        @Nullable String assumption,
        String basis) {

    static final String START = "(start)";
    static final String ASSUMPTION = "assumption";
    static final String REST = "rest";
    static final String DEFINITION = "definition";
    static final String PATIENTS = "patients";
}

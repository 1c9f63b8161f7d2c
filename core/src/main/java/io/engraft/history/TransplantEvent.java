package io.engraft.history;

import io.engraft.InvalidArgumentException;
import java.util.Arrays;

/** What can happen to a patient after the first transplantation, each dated by when it first happened. */
public enum TransplantEvent {
    /** Neutrophils recovered. */
    ENGRAFTMENT("engraftment", "neutrophils recovered"),
    /** The graft failed, primarily or after engraftment. */
    GRAFT_FAILURE("graft_failure", "graft failure, primary or secondary"),
    /** Acute GVHD reached grade I. */
    ACUTE_GVHD_1("agvhd_1", "acute GVHD first reached grade I"),
    /** Acute GVHD reached grade II. */
    ACUTE_GVHD_2("agvhd_2", "acute GVHD first reached grade II"),
    /** Acute GVHD reached grade III. */
    ACUTE_GVHD_3("agvhd_3", "acute GVHD first reached grade III"),
    /** Acute GVHD reached grade IV. */
    ACUTE_GVHD_4("agvhd_4", "acute GVHD first reached grade IV"),
    /** Onset of chronic GVHD whose severity is not known. */
    CHRONIC_GVHD("cgvhd", "onset of chronic GVHD, severity aside"),
    /** Chronic GVHD was first mild. */
    CHRONIC_GVHD_MILD("cgvhd_mild", "chronic GVHD first reached mild"),
    /** Chronic GVHD was first moderate. */
    CHRONIC_GVHD_MODERATE("cgvhd_moderate", "chronic GVHD first reached moderate"),
    /** Chronic GVHD was first severe. */
    CHRONIC_GVHD_SEVERE("cgvhd_severe", "chronic GVHD first reached severe"),
    /** Systemic therapy of chronic GVHD began. */
    CHRONIC_GVHD_THERAPY("cgvhd_systemic_therapy", "start of systemic therapy for chronic GVHD"),
    /** First relapse or progression. */
    RELAPSE("relapse", "first relapse or progression"),
    /** First donor lymphocyte infusion. */
    DONOR_LYMPHOCYTES("donor_lymphocytes", "first donor lymphocyte infusion"),
    /** Second transplantation. */
    SECOND_TRANSPLANT("second_transplant", "second transplantation"),
    /** Relapse or progression after the second transplantation. */
    SECOND_RELAPSE("relapse_after_second_transplant", "relapse or progression after the second transplantation"),
    /** Death of any cause. */
    DEATH("death", "death of any cause"),
    /** Last contact with the living patient. */
    LAST_CONTACT("last_contact", "last contact; may be left out where death is known");

    private final String column;
    private final String meaning;

    TransplantEvent(String column, String meaning) {
        this.column = column;
        this.meaning = meaning;
    }

    /**
     * The name of its column in a history file and in messages.
     *
     * @return lower case, words joined by underscores
     */
    public String column() {
        return column;
    }

    /**
     * What it means.
     *
     * @return a phrase
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The event of a column.
     *
     * @param column the column's name
     * @return the event
     * @throws InvalidArgumentException when there is none
     */
    public static TransplantEvent ofColumn(String column) {
        return Arrays.stream(values())
                .filter(e -> e.column.equals(column))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "event",
                        column,
                        "one of "
                                + Arrays.stream(values())
                                        .map(TransplantEvent::column)
                                        .toList()));
    }
}

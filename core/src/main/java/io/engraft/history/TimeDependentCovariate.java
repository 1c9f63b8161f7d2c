package io.engraft.history;

import io.engraft.InvalidArgumentException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** What can turn from 0 to 1 during follow-up, and stays. */
public enum TimeDependentCovariate {
    /** Acute GVHD of grade II to IV. */
    AGVHD_2_4("agvhd_2_4"),
    /** Acute GVHD of grade III to IV. */
    AGVHD_3_4("agvhd_3_4"),
    /** Chronic GVHD of any severity. */
    CGVHD("cgvhd"),
    /** Donor lymphocyte infusion. */
    DONOR_LYMPHOCYTES("donor_lymphocytes"),
    /** Second transplantation. */
    SECOND_TRANSPLANT("second_transplant");

    private final String label;

    TimeDependentCovariate(String label) {
        this.label = label;
    }

    private EndpointParts.Part part() {
        return switch (this) {
            case AGVHD_2_4 -> EndpointParts.acute(2, "acute GVHD II-IV");
            case AGVHD_3_4 -> EndpointParts.acute(3, "acute GVHD III-IV");
            case CGVHD -> EndpointParts.chronic();
            case DONOR_LYMPHOCYTES -> EndpointParts.single("donor lymphocytes", TransplantEvent.DONOR_LYMPHOCYTES);
            case SECOND_TRANSPLANT -> EndpointParts.single("second transplant", TransplantEvent.SECOND_TRANSPLANT);
        };
    }

    /**
     * The name in columns and on the command line.
     *
     * @return lower case, words joined by underscores
     */
    public String label() {
        return label;
    }

    /**
     * The name in text.
     *
     * @return a phrase
     */
    public String words() {
        return part().words();
    }

    /**
     * When it turns to 1.
     *
     * @param history what happened to a patient
     * @return the day, empty where it stays 0
     */
    public OptionalDouble onset(TransplantHistory history) {
        return part().day().apply(history);
    }

    /**
     * The columns that tell.
     *
     * @return events of which at least one must be recorded
     */
    public Set<TransplantEvent> needs() {
        return part().needs();
    }

    /**
     * The covariate of a name.
     *
     * @param name a label, in any case; hyphens count as underscores
     * @return the covariate
     * @throws InvalidArgumentException when there is none
     */
    public static TimeDependentCovariate parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(c -> c.label.equals(wanted))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "time-dependent covariate",
                        name,
                        "one of "
                                + Arrays.stream(values())
                                        .map(TimeDependentCovariate::label)
                                        .toList()));
    }
}

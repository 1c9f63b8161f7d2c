package io.engraft.data;

import io.engraft.InvalidArgumentException;
import java.util.Locale;

/** The unit of times: 1 year = 12 months = 365.25 days. It labels and converts; no estimate depends on it. */
public enum DurationUnit {
    /** Days. */
    DAYS("days", 1),
    /** Months of 365.25 / 12 = 30.4375 days. */
    MONTHS("months", 365.25 / 12),
    /** Years of 365.25 days. */
    YEARS("years", 365.25);

    private final String label;
    private final double days;

    DurationUnit(String label, double days) {
        this.label = label;
        this.days = days;
    }

    /**
     * The name on the command line and in labels.
     *
     * @return "days", "months" or "years"
     */
    public String label() {
        return label;
    }

    /**
     * The length of one unit.
     *
     * @return in days
     */
    public double days() {
        return days;
    }

    /**
     * A time of this unit in another.
     *
     * @param time the time in this unit
     * @param target the unit to convert to
     * @return the same time in {@code target}
     */
    public double to(DurationUnit target, double time) {
        return target == this ? time : time * days / target.days;
    }

    /**
     * The unit of a name.
     *
     * @param name "days", "months" or "years", in any case
     * @return the unit
     * @throws InvalidArgumentException for any other name
     */
    public static DurationUnit parse(String name) {
        for (DurationUnit unit : values()) {
            if (unit.label.equals(name.toLowerCase(Locale.ROOT))) {
                return unit;
            }
        }
        throw InvalidArgumentException.of("unit", name, "days, months or years");
    }
}

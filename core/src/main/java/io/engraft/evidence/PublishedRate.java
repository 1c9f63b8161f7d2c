package io.engraft.evidence;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One published figure: what was said, of whom, when, where, and how it came to be known. The figure is kept as it was
 * printed ("52.6", "&gt;50", "52 vs 50"); {@link #value()} is there where that is one number.
 */
public final class PublishedRate {

    private static final double PERCENT = 100;

    private final String id;
    private final PublishedSource source;
    private final String population;
    private final String patients;
    private final String endpoint;
    private final OptionalDouble months;
    private final String estimate;
    private final OptionalDouble value;
    private final OptionalDouble lower;
    private final OptionalDouble upper;
    private final String intervalSource;
    private final String unit;
    private final EvidenceStatus status;
    private final String confidence;
    private final String note;

    PublishedRate(
            String id,
            PublishedSource source,
            String population,
            String patients,
            String endpoint,
            OptionalDouble months,
            String estimate,
            OptionalDouble value,
            OptionalDouble lower,
            OptionalDouble upper,
            String intervalSource,
            String unit,
            EvidenceStatus status,
            String confidence,
            String note) {
        this.id = id;
        this.source = source;
        this.population = population;
        this.patients = patients;
        this.endpoint = endpoint;
        this.months = months;
        this.estimate = estimate;
        this.value = value;
        this.lower = lower;
        this.upper = upper;
        this.intervalSource = intervalSource;
        this.unit = unit;
        this.status = status;
        this.confidence = confidence;
        this.note = note;
    }

    /** {@return the row's id, for example "E26"} */
    public String id() {
        return id;
    }

    /** {@return where it stands} */
    public PublishedSource source() {
        return source;
    }

    /** {@return who it is about} */
    public String population() {
        return population;
    }

    /** {@return the number of patients as printed, such as "91" or "25/18"; empty where it was not given} */
    public String patients() {
        return patients;
    }

    /** {@return what was counted, such as EFS, OS, CIR, TRM} */
    public String endpoint() {
        return endpoint;
    }

    /** {@return the time since transplantation or diagnosis that the figure speaks of, in months} */
    public OptionalDouble months() {
        return months;
    }

    /** {@return the figure as printed} */
    public String estimate() {
        return estimate;
    }

    /** {@return the figure as a number, in {@code unit}} */
    public OptionalDouble value() {
        return value;
    }

    /** {@return the lower limit of its interval (or range, see {@link #limitsAreRange()}), in {@code unit}} */
    public OptionalDouble lower() {
        return lower;
    }

    /** {@return the upper limit, in {@code unit}} */
    public OptionalDouble upper() {
        return upper;
    }

    /** {@return where the limits come from: PRINTED, DERIVED, or empty} */
    public String intervalSource() {
        return intervalSource;
    }

    /** {@return the unit of estimate and limits, such as %} */
    public String unit() {
        return unit;
    }

    /** {@return how the figure came to be known} */
    public EvidenceStatus status() {
        return status;
    }

    /** {@return how sure the collector was: high, medium, low, or empty} */
    public String confidence() {
        return confidence;
    }

    /** {@return remarks, or empty} */
    public String note() {
        return note;
    }

    /**
     * The number of patients where one was printed.
     *
     * @return n, empty where none or several were printed
     */
    public OptionalInt n() {
        return patients.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(patients)) : OptionalInt.empty();
    }

    /**
     * Whether the figure is one percentage, which can be read as a probability.
     *
     * @return true where {@link #probability()} gives a number
     */
    public boolean isProbability() {
        return unit.equals("%") && value.isPresent();
    }

    /**
     * The figure as a probability.
     *
     * @return value / 100
     * @throws InvalidArgumentException when the figure is not one percentage
     */
    public double probability() {
        if (!isProbability()) {
            throw new InvalidArgumentException(
                    id + " (" + endpoint + ") is '" + estimate + "' in unit '" + unit + "'; allowed: one percentage");
        }
        return value.getAsDouble() / PERCENT;
    }

    /**
     * Whether the limits are the smallest and largest value seen, and not a confidence interval.
     *
     * @return true where the unit says so
     */
    public boolean limitsAreRange() {
        return unit.endsWith("(range)");
    }

    /**
     * Whether a model may be calibrated on it.
     *
     * @return true where its status is {@link EvidenceStatus#READ}
     */
    public boolean mayCalibrate() {
        return status.mayCalibrate();
    }

    private List<?> parts() {
        return List.of(
                id,
                source,
                population,
                patients,
                endpoint,
                months,
                estimate,
                value,
                lower,
                upper,
                intervalSource,
                unit,
                status,
                confidence,
                note);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublishedRate that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return id + ": " + endpoint + " " + estimate + (unit.equals("%") ? " %" : " " + unit)
                + (months.isPresent() ? " at " + Brief.number(months.getAsDouble()) + " months" : "")
                + (patients.isEmpty() ? "" : ", n = " + patients) + " (" + source.author()
                + (source.year().isPresent() ? " " + source.year().getAsInt() : "") + "; " + status.label() + ")";
    }
}

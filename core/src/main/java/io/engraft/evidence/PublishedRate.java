package io.engraft.evidence;

import io.engraft.InvalidArgumentException;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One published figure: what was said, of whom, when, where, and how it came to be known. The figure is kept as it was
 * printed ("52.6", "&gt;50", "52 vs 50"); {@link #value()} is there where that is one number.
 *
 * @param id the row's id, for example "E26"
 * @param source where it stands
 * @param population who it is about
 * @param patients the number of patients as printed, such as "91" or "25/18"; empty where it was not given
 * @param endpoint what was counted, such as EFS, OS, CIR, TRM
 * @param months the time since transplantation or diagnosis that the figure speaks of, in months
 * @param estimate the figure as printed
 * @param value the figure as a number, in {@code unit}
 * @param lower the lower limit of its interval (or range, see {@link #limitsAreRange()}), in {@code unit}
 * @param upper the upper limit, in {@code unit}
 * @param intervalSource where the limits come from: PRINTED, DERIVED, or empty
 * @param unit the unit of estimate and limits, such as %
 * @param status how the figure came to be known
 * @param confidence how sure the collector was: high, medium, low, or empty
 * @param note remarks, or empty
 */
public record PublishedRate(
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

    private static final double PERCENT = 100;

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
}

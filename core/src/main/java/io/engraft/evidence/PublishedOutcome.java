package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.List;
import java.util.OptionalInt;

/**
 * One printed probability: which outcome, when, how much, and how far rounding may have moved it.
 *
 * @param outcome which outcome
 * @param time the time it speaks of, in any one unit
 * @param value the probability
 * @param rounding half a unit of the last printed digit: 0.005 for whole percentages
 * @param patients the number of patients behind it, empty where not known
 */
@CheckReturnValue
public record PublishedOutcome(Outcome outcome, double time, double value, double rounding, OptionalInt patients) {

    private static final double PERCENT = 100;
    private static final double HALF = 0.5;

    /**
     * A checked figure.
     *
     * @param outcome which outcome
     * @param time the time it speaks of, &gt; 0
     * @param value the probability, 0 to 1
     * @param rounding half a unit of the last printed digit, 0 to 0.5
     * @param patients the number of patients behind it, empty where not known
     * @throws InvalidArgumentException when a number is out of range or NaN
     */
    public PublishedOutcome {
        Require.positive("time", time);
        Require.probability(outcome.label(), value);
        if (!(rounding >= 0 && rounding <= HALF)) {
            throw InvalidArgumentException.of("rounding", rounding, "0 <= rounding <= 0.5");
        }
        if (patients.isPresent()) {
            Require.atLeast("patients", patients.getAsInt(), 1);
        }
    }

    /**
     * A percentage as printed; its digits say how it was rounded.
     *
     * @param outcome which outcome
     * @param time the time it speaks of, &gt; 0
     * @param percent the printed text, such as "35" or "52.6"
     * @return the figure, without patients
     * @throws InvalidArgumentException when the text is not a percentage
     */
    public static PublishedOutcome printed(Outcome outcome, double time, String percent) {
        double value = NumberText.parse(percent);
        if (!(value >= 0 && value <= PERCENT)) {
            throw InvalidArgumentException.ofText(outcome.label(), percent, "a percentage, 0 to 100");
        }
        int point = percent.indexOf('.');
        int decimals = point < 0 ? 0 : percent.length() - point - 1;
        double rounding = HALF * Math.pow(10, -decimals) / PERCENT;
        return new PublishedOutcome(outcome, time, value / PERCENT, rounding, OptionalInt.empty());
    }

    /**
     * A row of an evidence table.
     *
     * @param outcome which outcome its endpoint is
     * @param rate the row, a percentage
     * @param time the time, in case the row has none or another; &gt; 0
     * @return the figure with the row's rounding and patients
     * @throws InvalidArgumentException when the row is not one percentage
     */
    public static PublishedOutcome of(Outcome outcome, PublishedRate rate, double time) {
        PublishedOutcome figure = printed(outcome, time, rate.isProbability() ? rate.estimate() : failing(rate));
        return new PublishedOutcome(outcome, time, figure.value, figure.rounding, rate.n());
    }

    private static String failing(PublishedRate rate) {
        return String.valueOf(rate.probability());
    }

    /**
     * The same figure with its patients.
     *
     * @param n the number, at least 1
     * @return the figure
     */
    public PublishedOutcome withPatients(int n) {
        return new PublishedOutcome(outcome, time, value, rounding, OptionalInt.of(n));
    }

    /**
     * Subgroups together, each weighted by its patients: value and rounding are the weighted means.
     *
     * @param groups figures of one outcome at one time, each with its patients
     * @return the figure of all their patients
     * @throws InvalidArgumentException when there is none, outcomes or times differ, or patients are missing
     */
    public static PublishedOutcome pooled(List<PublishedOutcome> groups) {
        if (groups.isEmpty()) {
            throw InvalidArgumentException.of("subgroups", "empty", "one or more");
        }
        PublishedOutcome first = groups.get(0);
        double value = 0;
        double rounding = 0;
        int n = 0;
        for (PublishedOutcome group : groups) {
            if (group.outcome != first.outcome || group.time != first.time) {
                throw new InvalidArgumentException("subgroups are of " + first.outcome.label() + " at " + first.time
                        + " and " + group.outcome.label() + " at " + group.time + "; allowed: one outcome at one time");
            }
            int size = group.patients.orElseThrow(() -> InvalidArgumentException.of(
                    "patients of a subgroup", "missing", "a number, as subgroups are weighted by it"));
            value += size * group.value;
            rounding += size * group.rounding;
            n += size;
        }
        return new PublishedOutcome(first.outcome, first.time, value / n, rounding / n, OptionalInt.of(n));
    }
}

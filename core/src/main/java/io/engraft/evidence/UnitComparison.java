package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.jspecify.annotations.Nullable;

/**
 * One unit's count beside a published range: are 22 relapses of 60 compatible with "30 to 40 percent"? The answer has the
 * exact interval of the unit's own probability, the exact two-sided p-value against both ends and the middle of the range,
 * the counts to be expected of as many patients if the range is right, and one plain sentence.
 *
 * <p>"Compatible" means not contradicted at the level; a small unit contradicts little. It assumes that every patient was
 * followed until the time that the range speaks of.
 */
@CheckReturnValue
public final class UnitComparison {

    private final double level;
    private final @Nullable ExactProportion published;

    private UnitComparison(double level, @Nullable ExactProportion published) {
        this.level = level;
        this.published = published;
    }

    /**
     * At level 0.95, without the count behind the range.
     *
     * @return the procedure
     */
    public static UnitComparison withDefaults() {
        return new UnitComparison(0.95, null);
    }

    /**
     * Another level.
     *
     * @param value strictly between 0 and 1
     * @return the procedure with it
     */
    public UnitComparison withLevel(double value) {
        return new UnitComparison(Require.properFraction("level", value), published);
    }

    /**
     * The published count, for the predictive range.
     *
     * @param events how many had the event
     * @param patients of how many
     * @return the procedure with it
     */
    public UnitComparison withPublished(int events, int patients) {
        return new UnitComparison(level, ExactProportion.of(events, patients));
    }

    @Override
    public String toString() {
        return "comparison of a unit with published figures, level " + Brief.number(level);
    }

    /**
     * Compares.
     *
     * @param events how many of the unit's patients had the event
     * @param patients of how many
     * @param low the low end of the published range, a probability
     * @param high its high end, at least {@code low}; the same for a single figure
     * @return the answer
     */
    public Result compare(int events, int patients, double low, double high) {
        Require.probability("low end", low);
        Require.probability("high end", high);
        if (!(low <= high)) {
            throw new InvalidArgumentException("range is " + low + " to " + high + "; allowed: low end <= high end");
        }
        ExactProportion unit = ExactProportion.of(events, patients);
        return new Result(unit, low, high, level, published);
    }

    /** How far the count agrees with the range. */
    public enum Verdict {
        /** No value of the range is rejected. */
        COMPATIBLE,
        /** Some values of the range are rejected and some are not. */
        PARTLY,
        /** Every value of the range is rejected. */
        NOT_COMPATIBLE
    }

    /** The answer. Immutable. */
    public static final class Result implements Tabular {

        private final ExactProportion unit;
        private final double low;
        private final double high;
        private final double level;
        private final int expectedLow;
        private final int expectedHigh;
        private final @Nullable PredictiveRange predictive;

        Result(ExactProportion unit, double low, double high, double level, @Nullable ExactProportion published) {
            this.unit = unit;
            this.low = low;
            this.high = high;
            this.level = level;
            this.expectedLow = count((1 - level) / 2, low);
            this.expectedHigh = count((1 + level) / 2, high);
            this.predictive = published == null ? null : published.predictive(unit.patients(), level);
        }

        /** The smallest count whose cumulative binomial probability reaches a share. */
        private int count(double share, double p) {
            int n = unit.patients();
            int below = -1;
            int reached = n;
            while (reached - below > 1) {
                int middle = (below + reached) >>> 1;
                double atMost = RegularizedBeta.complement(p, middle + 1.0, n - middle);
                if (atMost >= share) {
                    reached = middle;
                } else {
                    below = middle;
                }
            }
            return reached;
        }

        /**
         * The unit's count.
         *
         * @return the proportion, with further intervals
         */
        public ExactProportion unit() {
            return unit;
        }

        /**
         * The exact (Clopper-Pearson) interval of the unit's probability.
         *
         * @return the interval at the chosen level
         */
        public Interval interval() {
            return unit.clopperPearson(level);
        }

        /**
         * The exact p-value against the low end.
         *
         * @return two-sided, by minimum likelihood
         */
        public double pLow() {
            return unit.pValue(low);
        }

        /**
         * The exact p-value against the middle of the range.
         *
         * @return two-sided, by minimum likelihood
         */
        public double pMiddle() {
            return unit.pValue((low + high) / 2);
        }

        /**
         * The exact p-value against the high end.
         *
         * @return two-sided, by minimum likelihood
         */
        public double pHigh() {
            return unit.pValue(high);
        }

        /**
         * The fewest events to be expected of as many patients: the lower binomial quantile at the low end.
         *
         * @return a count
         */
        public int expectedLow() {
            return expectedLow;
        }

        /**
         * The most events to be expected: the upper binomial quantile at the high end.
         *
         * @return a count
         */
        public int expectedHigh() {
            return expectedHigh;
        }

        /**
         * The predictive range for as many patients, given the published count.
         *
         * @return the range with Jeffreys' prior; empty where no count was given
         */
        public Optional<PredictiveRange> predictive() {
            return Optional.ofNullable(predictive);
        }

        /**
         * The verdict, from the p-values at the ends and whether the proportion lies in the range.
         *
         * @return how far count and range agree
         */
        public Verdict verdict() {
            double alpha = 1 - level;
            boolean lowFits = pLow() >= alpha;
            boolean highFits = pHigh() >= alpha;
            if (lowFits && highFits) {
                return Verdict.COMPATIBLE;
            }
            double p = unit.proportion();
            boolean within = low <= p && p <= high;
            return lowFits || highFits || within ? Verdict.PARTLY : Verdict.NOT_COMPATIBLE;
        }

        @Override
        public String toString() {
            return sentence();
        }

        /**
         * The answer in one sentence.
         *
         * @return plain words with the numbers
         */
        public String sentence() {
            Interval own = interval();
            String range = low == high ? percent(low) + " %" : percent(low) + " to " + percent(high) + " %";
            String found = switch (verdict()) {
                case COMPATIBLE -> "compatible with ";
                case PARTLY -> "compatible with some values of, and not with others of, ";
                case NOT_COMPATIBLE -> "not compatible with ";
            };
            String text = unit.events() + " of " + unit.patients() + " is " + percent(unit.proportion()) + " % (exact "
                    + percent(level) + " % interval " + percent(own.lower().orElseThrow()) + " to "
                    + percent(own.upper().orElseThrow()) + " %), " + found + range + "; of " + unit.patients()
                    + " patients " + expectedLow + " to " + expectedHigh + " would be expected at " + range;
            return predictive == null
                    ? text + "."
                    : text + ", and " + predictive.lower() + " to " + predictive.upper() + " given "
                            + predictive.basis() + ".";
        }

        private static String percent(double share) {
            String text = String.format(Locale.ROOT, "%.1f", 100 * share);
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }

        @Override
        public TidyTable tidy() {
            TidyTable.Builder table = TidyTable.builder().text("quantity").number("value");
            Interval own = interval();
            table.row("proportion", unit.proportion());
            table.row("lower", own.lower().orElseThrow());
            table.row("upper", own.upper().orElseThrow());
            table.row("p_low", pLow());
            table.row("p_middle", pMiddle());
            table.row("p_high", pHigh());
            table.row("expected_low", (double) expectedLow);
            table.row("expected_high", (double) expectedHigh);
            if (predictive != null) {
                table.row("predictive_low", (double) predictive.lower());
                table.row("predictive_high", (double) predictive.upper());
            }
            return table.build();
        }
    }
}

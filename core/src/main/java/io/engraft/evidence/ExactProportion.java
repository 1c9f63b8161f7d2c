package io.engraft.evidence;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.BetaTails;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * x of n patients, each followed long enough to know: intervals and tests for the probability, from the binomial
 * distribution itself. (Where some are censored, a count of n is not a binomial count: use a curve.)
 *
 * <ol>
 *   <li>C. J. Clopper, E. S. Pearson (1934). The use of confidence or fiducial limits illustrated in the case of the
 *       binomial. Biometrika 26, 404-413.
 *   <li>E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
 *       Statistical Association 22, 209-212.
 *   <li>L. D. Brown, T. T. Cai, A. DasGupta (2001). Interval estimation for a binomial proportion. Statistical Science 16,
 *       101-133.
 * </ol>
 */
public final class ExactProportion implements Tabular {

    /** Probabilities within this factor of the observed one count as equally likely, as in R's binom.test. */
    private static final double TIES = 1 + 1e-7;

    private static final double JEFFREYS = 0.5;
    private static final double TIDY_LEVEL = 0.95;

    private final int events;
    private final int patients;

    private ExactProportion(int events, int patients) {
        this.events = events;
        this.patients = patients;
    }

    /**
     * A count.
     *
     * @param events how many had the event
     * @param patients of how many
     * @return the proportion
     * @throws InvalidArgumentException unless 0 &lt;= events &lt;= patients and patients &gt;= 1
     */
    public static ExactProportion of(int events, int patients) {
        Require.atLeast("patients", patients, 1);
        if (events < 0 || events > patients) {
            throw InvalidArgumentException.of("events", events, "0 <= events <= " + patients + ", the patients");
        }
        return new ExactProportion(events, patients);
    }

    /**
     * How many had the event.
     *
     * @return x
     */
    public int events() {
        return events;
    }

    /**
     * Of how many.
     *
     * @return n
     */
    public int patients() {
        return patients;
    }

    /**
     * The observed proportion.
     *
     * @return x / n
     */
    public double proportion() {
        return (double) events / patients;
    }

    /**
     * The Clopper-Pearson interval: every p that neither one-sided exact test rejects at (1 - level) / 2. Its coverage is at
     * least the level. Its limits are the beta quantiles of (x, n - x + 1) and (x + 1, n - x); 0 at x = 0, 1 at x = n.
     *
     * @param level the level, strictly between 0 and 1
     * @return the interval
     */
    public Interval clopperPearson(double level) {
        double tail = (1 - Require.properFraction("level", level)) / 2;
        int rest = patients - events;
        double lower = events == 0 ? 0 : BetaTails.lowerQuantile(tail, events, rest + 1.0);
        double upper = rest == 0 ? 1 : BetaTails.upperQuantile(tail, events + 1.0, rest);
        return Interval.of(lower, upper, level);
    }

    /**
     * The Wilson (score) interval, without continuity correction: every p with |x - n p| &lt;= z sqrt(n p (1 - p)). Its
     * coverage is the level on average.
     *
     * @param level the level, strictly between 0 and 1
     * @return the interval; 0 is its lower limit at x = 0, 1 its upper at x = n
     */
    public Interval wilson(double level) {
        double z = NormalDistribution.of(0, 1)
                .inverseSurvivalProbability((1 - Require.properFraction("level", level)) / 2);
        double n = patients;
        double z2 = z * z / n;
        double p = proportion();
        double half = z * Math.sqrt((p * (1 - p) + z2 / 4) / n);
        double centre = p + z2 / 2;
        double high = (centre + half) / (1 + z2);
        // the roots' product is p^2 / (1 + z^2 / n): no difference of nearly equal numbers at small p
        double low = p * p / (centre + half);
        return Interval.of(low, events == patients ? 1 : Math.min(1, high), level);
    }

    /**
     * The Jeffreys interval: central quantiles of Beta(x + 1/2, n - x + 1/2), with 0 as the lower limit at x = 0 and 1 as
     * the upper at x = n (Brown, Cai and DasGupta).
     *
     * @param level the level, strictly between 0 and 1
     * @return the interval
     */
    public Interval jeffreys(double level) {
        double tail = (1 - Require.properFraction("level", level)) / 2;
        double a = events + JEFFREYS;
        double b = patients - events + JEFFREYS;
        double lower = events == 0 ? 0 : BetaTails.lowerQuantile(tail, a, b);
        double upper = events == patients ? 1 : BetaTails.upperQuantile(tail, a, b);
        return Interval.of(lower, upper, level);
    }

    /**
     * The exact two-sided test of a probability by minimum likelihood: the probability, under p, of all counts that are no
     * more likely than the observed one (counts within a factor of 1 + 1e-7 of it are as likely, as R's binom.test has it).
     *
     * @param p the hypothesis, from 0 to 1
     * @return the p-value
     */
    public double pValue(double p) {
        Require.probability("hypothesis", p);
        if (p == 0 || p == 1) {
            return events == (p == 0 ? 0 : patients) ? 1 : 0;
        }
        double mean = patients * p;
        if (events == mean) {
            return 1;
        }
        BinomialDistribution binomial = BinomialDistribution.of(patients, p);
        double bound = binomial.logProbability(events) + Math.log(TIES);
        if (events < mean) {
            long other = firstUnlikelyAbove(binomial, (int) Math.ceil(mean), bound);
            return Math.min(1, atMost(events, p) + atLeast(other, p));
        }
        long other = lastUnlikelyBelow(binomial, (int) Math.floor(mean), bound);
        return Math.min(1, atMost(other, p) + atLeast(events, p));
    }

    /** The smallest count from {@code from} on that is no more likely than the bound; n + 1 where there is none. */
    private long firstUnlikelyAbove(BinomialDistribution binomial, int from, double bound) {
        long low = from;
        long high = patients + 1L;
        while (low < high) {
            long middle = (low + high) >> 1;
            if (binomial.logProbability((int) middle) <= bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The largest count up to {@code to} that is no more likely than the bound; -1 where there is none. */
    private static long lastUnlikelyBelow(BinomialDistribution binomial, int to, double bound) {
        long low = -1;
        long high = to;
        while (low < high) {
            long middle = (low + high + 1) >> 1;
            if (binomial.logProbability((int) middle) <= bound) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private double atMost(long count, double p) {
        if (count < 0 || count >= patients) {
            return count < 0 ? 0 : 1;
        }
        return RegularizedBeta.complement(p, count + 1.0, (double) (patients - count));
    }

    private double atLeast(long count, double p) {
        if (count <= 0 || count > patients) {
            return count <= 0 ? 1 : 0;
        }
        return RegularizedBeta.value(p, (double) count, patients - count + 1.0);
    }

    /**
     * How many of future patients will have the event, with Jeffreys' prior Beta(1/2, 1/2).
     *
     * @param future the number of future patients, from 1 to 10,000,000: the distribution is held count by count
     * @param level the level of the range, strictly between 0 and 1
     * @return the beta-binomial distribution and its central range
     */
    public PredictiveRange predictive(int future, double level) {
        return predictive(future, level, JEFFREYS, JEFFREYS);
    }

    /**
     * How many of future patients will have the event.
     *
     * @param future the number of future patients, from 1 to 10,000,000: the distribution is held count by count
     * @param level the level of the range, strictly between 0 and 1
     * @param priorA the first parameter of the beta prior, &gt; 0
     * @param priorB the second, &gt; 0; both 1 for the uniform prior
     * @return the beta-binomial distribution and its central range
     */
    public PredictiveRange predictive(int future, double level, double priorA, double priorB) {
        Require.positive("prior a", priorA);
        Require.positive("prior b", priorB);
        String basis = events + " of " + patients + " patients, prior Beta(" + priorA + ", " + priorB + ")";
        return PredictiveRange.betaBinomial(future, events + priorA, patients - events + priorB, level, basis);
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("method")
                .count("events")
                .count("patients")
                .number("proportion")
                .number("lower")
                .number("upper")
                .number("level");
        addRow(table, "clopper-pearson", clopperPearson(TIDY_LEVEL));
        addRow(table, "wilson", wilson(TIDY_LEVEL));
        addRow(table, "jeffreys", jeffreys(TIDY_LEVEL));
        return table.build();
    }

    private void addRow(TidyTable.Builder table, String method, Interval interval) {
        table.row(
                method,
                events,
                patients,
                proportion(),
                interval.lower().orElseThrow(),
                interval.upper().orElseThrow(),
                interval.level());
    }

    @Override
    public String toString() {
        return events + " of " + patients + ": " + Brief.number(proportion());
    }
}

package io.engraft.evidence;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;

/**
 * How many of m future patients will have the event, given x of n that had it: the beta-binomial distribution
 *
 * <pre>
 *   P(k) = C(m, k) B(k + a + x, m - k + b + n - x) / B(a + x, b + n - x),   k = 0 ... m,
 * </pre>
 *
 * <p>where Beta(a, b) is the stated prior of the probability. The range is central: each limit is the smallest count whose
 * cumulative probability reaches (1 - level) / 2 and (1 + level) / 2, so it holds at least the level.
 *
 * <p>A. Gelman, J. B. Carlin, H. S. Stern, D. B. Rubin (2004). Bayesian Data Analysis, 2nd ed., section 2.3 and table A.2.
 */
public final class PredictiveRange implements Tabular {

    /** The distribution is held count by count: 160 MB at this number. */
    private static final int MOST_PATIENTS = 10_000_000;

    private final String basis;
    private final double level;
    private final double[] probability;
    private final double[] cumulative;
    private final int lower;
    private final int upper;

    private PredictiveRange(String basis, double level, double[] probability) {
        this.basis = basis;
        this.level = level;
        this.probability = probability;
        this.cumulative = probability.clone();
        for (int k = 1; k < cumulative.length; k++) {
            cumulative[k] += cumulative[k - 1];
        }
        this.lower = reach((1 - level) / 2);
        this.upper = reach((1 + level) / 2);
    }

    /** Of m patients, the probability drawn from Beta(a, b). */
    static PredictiveRange betaBinomial(int m, double a, double b, double level, String basis) {
        if (m < 1 || m > MOST_PATIENTS) {
            throw InvalidArgumentException.of(
                    "future patients", m, "1 to " + MOST_PATIENTS + ", as the distribution is held count by count");
        }
        Require.properFraction("level", level);
        double[] weight = new double[m + 1];
        int start = (int) Math.min(m, Math.rint(m * (a / (a + b))));
        weight[start] = 1;
        for (int k = start; k < m; k++) {
            weight[k + 1] = weight[k] * ((m - k) * (k + a)) / ((k + 1) * (m - k - 1 + b));
        }
        for (int k = start; k > 0; k--) {
            weight[k - 1] = weight[k] * (k * (m - k + b)) / ((m - k + 1) * (k - 1 + a));
        }
        double total = 0;
        for (double w : weight) {
            total += w;
        }
        for (int k = 0; k <= m; k++) {
            weight[k] /= total;
        }
        return new PredictiveRange(basis, level, weight);
    }

    private int reach(double p) {
        // the sum of m + 1 rounded terms may end a little below 1
        double slack = 1e-13;
        int k = 0;
        while (k < cumulative.length - 1 && cumulative[k] < p - slack) {
            k++;
        }
        return k;
    }

    /**
     * The number of future patients.
     *
     * @return m
     */
    public int patients() {
        return probability.length - 1;
    }

    /**
     * The smallest count in the range.
     *
     * @return a count of patients
     */
    public int lower() {
        return lower;
    }

    /**
     * The largest count in the range.
     *
     * @return a count of patients
     */
    public int upper() {
        return upper;
    }

    /**
     * The level that was asked for.
     *
     * @return strictly between 0 and 1
     */
    public double level() {
        return level;
    }

    /**
     * The probability that the range holds, at least the level.
     *
     * @return P(lower &lt;= K &lt;= upper)
     */
    public double coverage() {
        double sum = 0;
        for (int k = lower; k <= upper; k++) {
            sum += probability[k];
        }
        return Math.min(1, sum);
    }

    /**
     * The expected count.
     *
     * @return the mean of K
     */
    public double mean() {
        double sum = 0;
        for (int k = 1; k < probability.length; k++) {
            sum += k * probability[k];
        }
        return sum;
    }

    /**
     * The probability of one count.
     *
     * @param count from 0 to {@link #patients()}
     * @return P(K = count)
     */
    public double probability(int count) {
        return probability[checked(count)];
    }

    /**
     * The probability of a count or fewer.
     *
     * @param count from 0 to {@link #patients()}
     * @return P(K &lt;= count)
     */
    public double atMost(int count) {
        return Math.min(1, cumulative[checked(count)]);
    }

    private int checked(int count) {
        if (count < 0 || count >= probability.length) {
            throw InvalidArgumentException.of("count", count, "0 <= count <= " + patients());
        }
        return count;
    }

    /**
     * Whether a count lies in the range.
     *
     * @param count from 0 to {@link #patients()}
     * @return true where lower &lt;= count &lt;= upper
     */
    public boolean holds(int count) {
        return lower <= checked(count) && count <= upper;
    }

    /**
     * What it rests on.
     *
     * @return data and prior in words
     */
    public String basis() {
        return basis;
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table =
                TidyTable.builder().count("count").number("probability").number("at_most");
        for (int k = 0; k < probability.length; k++) {
            table.row(k, probability[k], Math.min(1, cumulative[k]));
        }
        return table.build();
    }

    @Override
    public String toString() {
        return lower + " to " + upper + " of " + Brief.count(probability.length - 1, "patient") + " ("
                + Brief.number(level * 100) + " %), " + basis;
    }
}

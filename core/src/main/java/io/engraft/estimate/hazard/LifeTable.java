package io.engraft.estimate.hazard;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The actuarial life table: follow-up cut into intervals [b0, b1), [b1, b2) and so on, with n entering an interval, w
 * withdrawn (censored) in it and d events. Withdrawals count as at risk for half of the interval:
 *
 * <pre>
 *   n' = n - w / 2,   q = d / n',   p = 1 - q,
 *   S at the start of an interval = product of p over the intervals before it,   S at its end = the same with its own,
 *   var S = S^2 times the sum of q / (n' p) over those intervals                                  (Greenwood)
 *   density  f = S(start) q / h,    se = f sqrt(sum of q / (n' p) before + p / (n' q))
 *   hazard   l = 2 q / (h (1 + p)), se = l sqrt((1 - (l h / 2)^2) / (n' q))
 * </pre>
 *
 * <p>with h the width; density and hazard are per unit of time, at the middle of the interval. The last border may be
 * infinity; that interval has neither. Every status code of 1 or more is an event. A time within the tie tolerance below a
 * border counts as the border. Frequency weights count as repeated rows; delayed entry is refused, since the
 * half-interval rule is not about it.
 *
 * <ol>
 *   <li>E. A. Gehan (1969). Estimating survival functions from the life table. Journal of Chronic Diseases 21, 629-644.
 *   <li>J. P. Klein, M. L. Moeschberger (2003). Survival Analysis, 2nd edition, section 5.4. Springer.
 * </ol>
 */
@CheckReturnValue
public final class LifeTable {

    private static final int MOST_INTERVALS = 1_000_000;

    private final double[] borders;
    private final TieRule tieRule;

    private LifeTable(double[] borders, TieRule tieRule) {
        this.borders = borders;
        this.tieRule = tieRule;
    }

    /**
     * A life table over given intervals.
     *
     * @param borders the first at 0, ascending, at least two; the last may be infinity
     * @return the procedure
     */
    public static LifeTable of(double... borders) {
        Require.atLeast("number of borders", borders.length, 2);
        if (borders[0] != 0) {
            throw InvalidArgumentException.of("first border", borders[0], "0");
        }
        for (int j = 1; j < borders.length; j++) {
            if (!(borders[j] > borders[j - 1])) {
                throw InvalidArgumentException.of("border " + (j + 1), borders[j], "more than " + borders[j - 1]);
            }
        }
        return new LifeTable(borders.clone(), TieRule.DEFAULT);
    }

    /**
     * Intervals of one width.
     *
     * @param width the width, &gt; 0
     * @param intervals how many, 1 to 1,000,000
     * @return the procedure
     */
    public static LifeTable ofWidth(double width, int intervals) {
        Require.positive("width", width);
        Require.atLeast("intervals", intervals, 1);
        Require.atMost("intervals", intervals, MOST_INTERVALS, "as each is a row of the table");
        double[] borders = new double[intervals + 1];
        for (int j = 0; j <= intervals; j++) {
            borders[j] = j * width;
        }
        return of(borders);
    }

    /**
     * Another rule for times next to a border.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public LifeTable withTieRule(TieRule rule) {
        return new LifeTable(borders, rule);
    }

    /**
     * One life table a group.
     *
     * @param data follow-up without late entry, unweighted or with frequency weights, one row a patient
     * @return the tables, in level order; the one group "all" without a group column
     * @throws InvalidArgumentException when there are clusters or several rows a patient
     * @throws InvalidDataException when a time lies at or beyond the last border
     */
    public Grouped<LifeTableEstimate> fit(SurvivalData data) {
        Clusters.of(data).requireRows("a life table");
        Map<String, LifeTableEstimate> tables = new LinkedHashMap<>();
        EventTable.byGroup(data).forEach((name, table) -> tables.put(name, fit(table)));
        return Grouped.of(tables, t -> t);
    }

    /**
     * The life table of counts.
     *
     * @param table counts without late entry, unweighted or with frequency weights
     * @return the table
     * @throws InvalidDataException when a time lies at or beyond the last border
     */
    public LifeTableEstimate fit(EventTable table) {
        if (table.hasEntry()) {
            throw new InvalidArgumentException(
                    "the data have delayed entry; allowed for a life table: rows at risk from 0");
        }
        RiskSets sets = RiskSets.of(List.of(table), TieRule.EXACT).get(0);
        int m = borders.length - 1;
        double[] withdrawn = new double[m];
        double[] events = new double[m];
        int j = 0;
        for (int p = 0; p < sets.size(); p++) {
            j = interval(j, sets.time(p));
            events[j] += sets.events(p);
            withdrawn[j] += sets.censored(p);
        }
        return new LifeTableEstimate(borders, sets.atRisk(0), withdrawn, events);
    }

    /** The interval of a time that is at or after some interval. */
    private int interval(int from, double t) {
        int j = from;
        while (j + 1 < borders.length && (borders[j + 1] <= t || tieRule.joins(t, borders[j + 1]))) {
            j++;
        }
        if (j == borders.length - 1) {
            throw new InvalidDataException(
                    DataProblem.ofWhole("time " + t + " is at or beyond the last border, which is " + borders[j]
                            + "; allowed: a larger last border, or infinity"));
        }
        return j;
    }

    @Override
    public String toString() {
        return "life table of " + Brief.count(borders.length - 1, "interval") + " with borders "
                + Brief.numbers(borders);
    }
}

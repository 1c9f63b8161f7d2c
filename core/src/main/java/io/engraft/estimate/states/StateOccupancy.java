package io.engraft.estimate.states;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.DurationUnit;
import io.engraft.data.Grouped;
import io.engraft.data.MultiStateData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.history.TransplantHistory;
import io.engraft.history.TransplantState;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Aalen-Johansen estimate of state occupation probabilities, for any states and transitions, reversible ones too.
 * With dN_jk(u) transitions from j to k among n_j(u) at risk in j at time u, and the transition matrix H(u) with entries
 * dN_jk(u) / n_j(u) beside the diagonal and rows that sum to 1,
 *
 * <pre>
 *   p(t) = p(s) P(s, t),       P(s, t) = product over s &lt; u &lt;= t of H(u)
 * </pre>
 *
 * <p>The start distribution p(s) is given, or estimated as the shares of those under observation at the start s (entry
 * &lt;= s &lt; time); where nobody is, of those at risk at the first transition after it. P(s, t) needs the Markov
 * assumption to be read as transition probabilities; occupation probabilities from the start on do not [2].
 *
 * <p>The variance is {@link OccupancyVariance#DELTA} (Greenwood-type, section IV.4 of [1]) or
 * {@link OccupancyVariance#ROBUST}, the infinitesimal jackknife over subjects or clusters; the default takes the robust
 * one where subjects have several stays. Both count the uncertainty of an estimated start distribution.
 *
 * <ol>
 *   <li>P. K. Andersen, &#216;. Borgan, R. D. Gill, N. Keiding (1993). Statistical Models Based on Counting Processes.
 *       Springer.
 *   <li>S. Datta, G. A. Satten (2001). Validity of the Aalen-Johansen estimators of stage occupation probabilities and
 *       Nelson-Aalen estimators of integrated transition hazards for non-Markov models. Statistics &amp; Probability
 *       Letters 55, 403-411.
 * </ol>
 */
@CheckReturnValue
public final class StateOccupancy {

    private static final double SUM_TOLERANCE = 1e-9;

    private final OccupancySettings s;

    private StateOccupancy(OccupancySettings settings) {
        this.s = settings;
    }

    /**
     * The procedure with Engraft's conventions: 95 % log-log intervals, ties within 1e-8 relative, from time 0, the start
     * distribution estimated, the variance chosen by the data.
     *
     * @return the procedure
     */
    public static StateOccupancy withDefaults() {
        return new StateOccupancy(OccupancySettings.DEFAULT);
    }

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public StateOccupancy withLevel(double level) {
        Require.properFraction("level", level);
        return new StateOccupancy(new OccupancySettings(
                level, s.confidenceType(), s.profile(), s.tieRule(), s.start(), s.given(), s.variance()));
    }

    /**
     * Another scale of the intervals of probabilities.
     *
     * @param type the scale
     * @return the changed procedure
     */
    public StateOccupancy withConfidenceType(ConfidenceType type) {
        return new StateOccupancy(
                new OccupancySettings(s.level(), type, s.profile(), s.tieRule(), s.start(), s.given(), s.variance()));
    }

    /**
     * Another system's conventions for intervals, its interval type included.
     *
     * @param profile the profile
     * @return the changed procedure
     */
    public StateOccupancy withProfile(Profile profile) {
        return new StateOccupancy(new OccupancySettings(
                s.level(), profile.confidenceType(), profile, s.tieRule(), s.start(), s.given(), s.variance()));
    }

    /**
     * Another rule for ties, which holds over all groups' times.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public StateOccupancy withTieRule(TieRule rule) {
        return new StateOccupancy(new OccupancySettings(
                s.level(), s.confidenceType(), s.profile(), rule, s.start(), s.given(), s.variance()));
    }

    /**
     * Another start: probabilities at t &gt; start of those whose states at the start are distributed as estimated then,
     * or given. Transitions at the start itself lie before it.
     *
     * @param start the time, &gt;= 0
     * @return the changed procedure
     */
    public StateOccupancy withStart(double start) {
        Require.nonNegative("start", start);
        return new StateOccupancy(new OccupancySettings(
                s.level(), s.confidenceType(), s.profile(), s.tieRule(), start, s.given(), s.variance()));
    }

    /**
     * A given start distribution, without uncertainty.
     *
     * @param shares the probability of each state by name, 0 for those left out; they sum to 1
     * @return the changed procedure
     */
    public StateOccupancy withStartDistribution(Map<String, Double> shares) {
        double sum = 0;
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            sum += Require.probability("start probability of state '" + share.getKey() + "'", share.getValue());
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw InvalidArgumentException.of("sum of the start distribution", sum, "1");
        }
        return new StateOccupancy(new OccupancySettings(
                s.level(), s.confidenceType(), s.profile(), s.tieRule(), s.start(), Map.copyOf(shares), s.variance()));
    }

    /**
     * Another variance.
     *
     * @param variance the variance
     * @return the changed procedure
     */
    public StateOccupancy withVariance(OccupancyVariance variance) {
        return new StateOccupancy(new OccupancySettings(
                s.level(), s.confidenceType(), s.profile(), s.tieRule(), s.start(), s.given(), variance));
    }

    /**
     * One estimate a group.
     *
     * @param data multi-state rows
     * @return the estimates, in level order; the one group "all" without a group column
     * @throws InvalidArgumentException when the start distribution names an unknown state, nobody is at risk after the
     *     start in a group, sampling weights meet the delta variance, or the tie rule would swallow a row
     */
    public Grouped<OccupancyEstimate> fit(MultiStateData data) {
        for (String state : s.given().keySet()) {
            if (!data.states().contains(state)) {
                throw InvalidArgumentException.of("state of the start distribution", state, "one of " + data.states());
            }
        }
        OccupancyVariance variance = resolve(data);
        StayTimes times = StayTimes.of(data, s.tieRule());
        boolean[] absorbing = new boolean[data.states().size()];
        for (String name : data.absorbing()) {
            absorbing[data.states().indexOf(name)] = true;
        }
        Map<String, StateRiskSets> sets = new LinkedHashMap<>();
        List<String> groups = data.group().map(Categories::levels).orElse(List.of("all"));
        int[][] byGroup = byGroup(data, groups.size());
        for (int g = 0; g < groups.size(); g++) {
            int[] rows = byGroup[g];
            if (rows.length > 0) {
                int[] kept =
                        Arrays.stream(rows).filter(i -> counts(data, times, i)).toArray();
                requireSomebody(groups.get(g), kept, rows, times);
                StateRiskSets found = new StateRiskSets(data, kept, times, s, absorbing);
                if (variance == OccupancyVariance.ROBUST) {
                    Clusters.of(data).requireSeveral(groups.get(g), kept.length, found.clusterFactor.length);
                }
                sets.put(groups.get(g), found);
            }
        }
        OccupancySettings settings = new OccupancySettings(
                s.level(), s.confidenceType(), s.profile(), s.tieRule(), s.start(), s.given(), variance);
        String weights = data.weightType().map(WeightType::label).orElse("none");
        return Grouped.of(sets, of -> new OccupancyEstimate(of, settings, weights));
    }

    private static int[][] byGroup(MultiStateData data, int groups) {
        Categories column = data.group().orElse(null);
        int[] order = data.canonicalOrder();
        if (column == null) {
            return new int[][] {order};
        }
        int[] size = new int[groups];
        Arrays.stream(order).forEach(i -> size[column.code(i)]++);
        int[][] rows = Arrays.stream(size).mapToObj(int[]::new).toArray(int[][]::new);
        for (int k = order.length - 1; k >= 0; k--) {
            int g = column.code(order[k]);
            rows[g][--size[g]] = order[k];
        }
        return rows;
    }

    /** Rows of weight 0 are nobody; those that end by a later start are gone. */
    private boolean counts(MultiStateData data, StayTimes times, int row) {
        double exit = times.exit(row);
        boolean later = exit > s.start() && !s.tieRule().joins(s.start(), exit);
        return data.weight(row) > 0 && (s.start() == 0 || later);
    }

    private void requireSomebody(String group, int[] kept, int[] rows, StayTimes times) {
        if (kept.length > 0) {
            return;
        }
        double last = Arrays.stream(rows).mapToDouble(times::exit).max().orElse(0);
        if (s.start() > 0) {
            throw InvalidArgumentException.of(
                    "start", s.start(), "before the last time of group '" + group + "', which is " + last);
        }
        throw new InvalidArgumentException("all weights of group '" + group + "' are 0; allowed: one above 0");
    }

    private OccupancyVariance resolve(MultiStateData data) {
        boolean sampling = data.weightType().orElse(WeightType.FREQUENCY) == WeightType.SAMPLING;
        if (s.variance() == OccupancyVariance.DELTA && sampling) {
            throw InvalidArgumentException.of(
                    "variance", s.variance().label(), "robust, as the weights are sampling weights");
        }
        if (s.variance() != OccupancyVariance.AUTOMATIC) {
            return s.variance();
        }
        return Clusters.askForRobust(data, s.tieRule()) ? OccupancyVariance.ROBUST : OccupancyVariance.DELTA;
    }

    /**
     * Current leukaemia-free survival after transplantation: the probability of being alive and in remission at a time,
     * after rescue by a second transplantation too. Unlike disease-free survival it can rise.
     *
     * <p>J. P. Klein, R. M. Szydlo, C. Craddock, J. M. Goldman (2000). Estimation of current leukaemia-free survival
     * following donor lymphocyte infusion therapy for patients with leukaemia who relapse after allografting: application
     * of a multistate model. Statistics in Medicine 19, 3005-3016.
     *
     * @param histories what happened, each patient once
     * @param unit the unit of the times to give
     * @return the sum of the states {@link TransplantState#CURRENTLY_LEUKAEMIA_FREE}
     */
    public OccupancySum currentLeukaemiaFreeSurvival(List<TransplantHistory> histories, DurationUnit unit) {
        List<String> free = Arrays.stream(TransplantState.values())
                .filter(TransplantState.CURRENTLY_LEUKAEMIA_FREE::contains)
                .map(TransplantState::label)
                .toList();
        return fit(TransplantState.rows(histories, unit)).get("all").sum(free);
    }

    @Override
    public String toString() {
        return "state occupancy, level " + Brief.number(s.level()) + ", intervals "
                + s.confidenceType().label();
    }
}

package io.engraft.estimate.resample;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jackknife pseudo-values: what each row contributes to an estimate, to be used as an outcome that every row has,
 * censored or not. With n rows, T the estimate from all and T(-i) the one without row i,
 *
 * <pre>
 *   pseudo-value of row i = n T - (n - 1) T(-i)
 * </pre>
 *
 * <p>T is the Kaplan-Meier S(t), its restricted mean up to tau, the Aalen-Johansen F(t) of a cause, or the time lost to
 * a cause up to tau (the area under F), in the unit of the data where it is a time. Leaving out is exact, ties included,
 * from products and sums from both ends: O(n log n) once and O(n) a time. Without censoring the pseudo-values are the
 * indicators 1(T &gt; t), min(T, tau), 1(T &lt;= t, cause) and (tau - T) 1(T &lt;= tau, cause) themselves.
 *
 * <p>A time must lie within the follow-up of the whole sample (beyond it only where S is 0). Without its last row a
 * sample may end before the time: then its curve is taken to stay level from its end, as R's {@code prodlim::jackknife}
 * does. A risk set that empties when a row is left out drops out of the product. (R's {@code survival::pseudo} in
 * version 3.5 takes the infinitesimal jackknife instead, which differs by terms of order 1/n.)
 *
 * <p>Frequency weights count as copies of a row, and must be whole and at least 1: one copy is left out, and all copies
 * of a row share their pseudo-value. Sampling weights, delayed entry and several rows a patient are refused.
 *
 * <p>P. K. Andersen, J. P. Klein, S. Rosthoj (2003). Generalised linear models for correlated pseudo-observations, with
 * applications to multi-state models. Biometrika 90, 15-27.
 */
@CheckReturnValue
public final class PseudoValues {

    private static final PseudoValues DEFAULT = new PseudoValues(TieRule.DEFAULT, false);

    private final TieRule tieRule;
    private final boolean groupsApart;

    private PseudoValues(TieRule tieRule, boolean groupsApart) {
        this.tieRule = tieRule;
        this.groupsApart = groupsApart;
    }

    /**
     * The procedure over the whole sample, groups together, with ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static PseudoValues withDefaults() {
        return DEFAULT;
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public PseudoValues withTieRule(TieRule rule) {
        return new PseudoValues(rule, groupsApart);
    }

    /**
     * Whether a row is left out of the estimate of its own group, as where censoring depends on the group, instead of
     * the whole sample's.
     *
     * @param apart true for an estimate a group
     * @return the changed procedure
     */
    public PseudoValues withGroupsApart(boolean apart) {
        return new PseudoValues(tieRule, apart);
    }

    /**
     * Pseudo-values of S(t).
     *
     * @param data follow-up without late entry, unweighted or with frequency weights
     * @param times the times, each &gt;= 0
     * @return one value a row and time
     * @throws NotEstimableException when a time lies beyond the follow-up of a sample
     */
    public PseudoValueTable survival(SurvivalData data, double... times) {
        return values("survival", data, 0, times, (loo, points, t) -> loo.survival(points));
    }

    /**
     * Pseudo-values of the restricted mean survival time.
     *
     * @param data follow-up without late entry, unweighted or with frequency weights
     * @param taus the horizons, each &gt; 0
     * @return one value a row and horizon
     * @throws NotEstimableException when a horizon lies beyond the follow-up of a sample
     */
    public PseudoValueTable restrictedMean(SurvivalData data, double... taus) {
        requirePositive(taus);
        return values(
                "restricted mean",
                data,
                0,
                taus,
                (loo, points, t) -> loo.jumps(points, true, t).from(t));
    }

    /**
     * Pseudo-values of the cumulative incidence F(t) of a cause.
     *
     * @param data follow-up without late entry, unweighted or with frequency weights
     * @param cause the cause's label
     * @param times the times, each &gt;= 0
     * @return one value a row and time
     * @throws NotEstimableException when a time lies beyond the follow-up of a sample
     */
    public PseudoValueTable incidence(SurvivalData data, String cause, double... times) {
        return incidence(data, CauseChoice.code("cause", cause, data.causes()), times);
    }

    /**
     * Pseudo-values of the cumulative incidence F(t) of a cause.
     *
     * @param data follow-up without late entry, unweighted or with frequency weights
     * @param code the cause's status code, from 1
     * @param times the times, each &gt;= 0
     * @return one value a row and time
     * @throws NotEstimableException when a time lies beyond the follow-up of a sample
     */
    public PseudoValueTable incidence(SurvivalData data, int code, double... times) {
        String what = "incidence of " + CauseChoice.label("cause", code, data.causes());
        return values(what, data, code, times, (loo, points, t) -> loo.jumps(points, false, t));
    }

    /**
     * Pseudo-values of the time lost to a cause: the area under its cumulative incidence.
     *
     * @param data follow-up without late entry, unweighted or with frequency weights
     * @param cause the cause's label
     * @param taus the horizons, each &gt; 0
     * @return one value a row and horizon
     * @throws NotEstimableException when a horizon lies beyond the follow-up of a sample
     */
    public PseudoValueTable timeLost(SurvivalData data, String cause, double... taus) {
        return timeLost(data, CauseChoice.code("cause", cause, data.causes()), taus);
    }

    /**
     * Pseudo-values of the time lost to a cause: the area under its cumulative incidence.
     *
     * @param data follow-up without late entry, unweighted or with frequency weights
     * @param code the cause's status code, from 1
     * @param taus the horizons, each &gt; 0
     * @return one value a row and horizon
     * @throws NotEstimableException when a horizon lies beyond the follow-up of a sample
     */
    public PseudoValueTable timeLost(SurvivalData data, int code, double... taus) {
        requirePositive(taus);
        String what = "time lost to " + CauseChoice.label("cause", code, data.causes());
        return values(what, data, code, taus, (loo, points, t) -> loo.jumps(points, true, t));
    }

    /** What is read from a sample at one time, given the number of points up to it. */
    private interface Reading {

        LeaveOneOut.Values read(LeaveOneOut sample, int points, double time);
    }

    private static void requirePositive(double[] taus) {
        for (double tau : taus) {
            Require.positive("tau", tau);
        }
    }

    private PseudoValueTable values(String what, SurvivalData data, int cause, double[] times, Reading reading) {
        Require.atLeast("number of times", times.length, 1);
        requireWholeRows(data);
        Categories groups = groupsApart ? data.group().orElse(null) : null;
        List<String> names = groups == null ? List.of("all") : groups.levels();
        List<EventTable> tables = groups == null
                ? List.of(EventTable.of(data))
                : List.copyOf(EventTable.byGroup(data).values());
        List<RiskSets> sets = RiskSets.of(tables, tieRule);
        List<LeaveOneOut> samples = new ArrayList<>();
        double[][] full = new double[sets.size()][times.length];
        LeaveOneOut.Values[][] read = new LeaveOneOut.Values[sets.size()][times.length];
        for (int g = 0; g < sets.size(); g++) {
            LeaveOneOut sample = new LeaveOneOut(sets.get(g), cause);
            requireEnough(names.get(g), sample);
            samples.add(sample);
            for (int j = 0; j < times.length; j++) {
                read[g][j] = reading.read(sample, pointsUpTo(sets.get(g), names.get(g), times[j]), times[j]);
                full[g][j] = read[g][j].full();
            }
        }
        double[][] values = new double[times.length][data.size()];
        for (int i = 0; i < data.size(); i++) {
            int g = groups == null ? 0 : groups.code(i);
            int point = sets.get(g).pointAt(data.time(i));
            double n = samples.get(g).total();
            boolean event = data.status(i) > 0;
            boolean own = event && (cause == 0 || data.status(i) == cause);
            for (int j = 0; j < times.length; j++) {
                double change = full[g][j] - read[g][j].without(point, event, own);
                values[j][i] = full[g][j] + (n - 1) * change;
            }
        }
        return new PseudoValueTable(what, times, values, names, groupOf(data, groups), full);
    }

    private static int[] groupOf(SurvivalData data, @Nullable Categories groups) {
        int[] codes = new int[data.size()];
        for (int i = 0; groups != null && i < codes.length; i++) {
            codes[i] = groups.code(i);
        }
        return codes;
    }

    private static void requireEnough(String name, LeaveOneOut sample) {
        if (!(sample.total() >= 2)) {
            throw new NotEstimableException("sample '" + name + "' has one row, and nothing is left without it");
        }
    }

    private static int pointsUpTo(RiskSets sets, String name, double t) {
        int last = sets.pointAt(t);
        int end = sets.size() - 1;
        if (sets.isBeyond(t) && sets.events(end) < sets.atRisk(end)) {
            throw new NotEstimableException("the time is " + NumberText.format(t) + " and follow-up of sample '" + name
                    + "' ends at " + Brief.time(sets.lastTime()));
        }
        return last + 1;
    }

    private static void requireWholeRows(SurvivalData data) {
        if (data.hasEntry()) {
            throw new InvalidArgumentException(
                    "data have delayed entry, with which leaving a row out is not exact here; allowed: rows at risk from 0");
        }
        data.id()
                .ifPresent(id -> Clusters.firstRepeat(id).ifPresent(i -> {
                    throw new InvalidDataException(DataProblem.ofRow(
                                    data.sourceRow(i),
                                    "id",
                                    id.value(i),
                                    "allowed for pseudo-values: one row a patient")
                            .inSource(data.source()));
                }));
        if (data.weightType().orElse(WeightType.SAMPLING) == WeightType.FREQUENCY) {
            for (int i = 0; i < data.size(); i++) {
                double w = data.weight(i);
                if (!(w >= 1 && w == Math.rint(w))) {
                    throw new InvalidDataException(DataProblem.ofRow(
                                    data.sourceRow(i), "weight", w, "allowed for pseudo-values: a whole number >= 1")
                            .inSource(data.source()));
                }
            }
        }
    }

    @Override
    public String toString() {
        return "pseudo-values " + (groupsApart ? "within each group" : "over the whole sample");
    }
}

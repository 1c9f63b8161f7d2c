package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The Kaplan-Meier estimate of survival. With d(s) events among n(s) at risk at time s,
 *
 * <pre>
 *   S(t) = product over s &lt;= t of (1 - d(s) / n(s)),
 *   var S(t) = S(t)^2 sum over s &lt;= t of d(s) / (n(s) (n(s) - d(s)))      (Greenwood)
 * </pre>
 *
 * <p>Every status code of 1 or more is an event; take {@link EventTable#causeSpecific} for one cause alone. A row is at
 * risk on (entry, time], so a censoring at the time of an event is at risk for it. Frequency weights count as repeated
 * rows. Sampling weights, clusters and ids with several rows make the variance robust: see
 * {@link #withRobustVariance()}. Two other estimators are at hand: {@link SurvivalEstimator}. Cost: linear in the rows on
 * a grid of days, one sort otherwise.
 *
 * <ol>
 *   <li>E. L. Kaplan, P. Meier (1958). Nonparametric estimation from incomplete observations. Journal of the American
 *       Statistical Association 53, 457-481.
 *   <li>M. Greenwood (1926). The natural duration of cancer. Reports on Public Health and Medical Subjects 33. HMSO.
 *   <li>L. A. Jaeckel (1972). The infinitesimal jackknife. Memorandum MM 72-1215-11, Bell Laboratories.
 * </ol>
 */
public final class KaplanMeier {

    private final Settings settings;

    private KaplanMeier(Settings settings) {
        this.settings = settings;
    }

    /**
     * How a curve is estimated and reported.
     *
     * @param level the level of intervals
     * @param confidenceType the scale of intervals
     * @param profile the conventions
     * @param tieRule which times count as one
     * @param start the time that everybody has survived; 0 unless the curve is conditional
     * @param estimator how survival is estimated
     * @param robust whether a robust variance was asked for
     * @param incidence which variance of cumulative incidence
     */
    record Settings(
            double level,
            ConfidenceType confidenceType,
            Profile profile,
            TieRule tieRule,
            double start,
            SurvivalEstimator estimator,
            boolean robust,
            IncidenceVariance incidence) {

        static final Settings DEFAULT = new Settings(
                0.95,
                Profile.ENGRAFT.confidenceType(),
                Profile.ENGRAFT,
                TieRule.DEFAULT,
                0,
                SurvivalEstimator.KAPLAN_MEIER,
                false,
                IncidenceVariance.DELTA);

        Settings withLevel(double value) {
            Require.properFraction("level", value);
            return new Settings(value, confidenceType, profile, tieRule, start, estimator, robust, incidence);
        }

        Settings withConfidenceType(ConfidenceType value) {
            return new Settings(level, value, profile, tieRule, start, estimator, robust, incidence);
        }

        /** Sets everything that the profile has an opinion on. */
        Settings withProfile(Profile value) {
            return new Settings(level, value.confidenceType(), value, tieRule, start, estimator, robust, incidence);
        }

        Settings withTieRule(TieRule value) {
            return new Settings(level, confidenceType, profile, value, start, estimator, robust, incidence);
        }

        Settings withStart(double value) {
            Require.nonNegative("start", value);
            return new Settings(level, confidenceType, profile, tieRule, value, estimator, robust, incidence);
        }

        Settings withEstimator(SurvivalEstimator value) {
            return new Settings(level, confidenceType, profile, tieRule, start, value, robust, incidence);
        }

        Settings withRobust() {
            return new Settings(level, confidenceType, profile, tieRule, start, estimator, true, incidence);
        }

        Settings withIncidence(IncidenceVariance value) {
            return new Settings(level, confidenceType, profile, tieRule, start, estimator, robust, value);
        }

        RiskSets read(EventTable table) {
            return read(table, Reading.EVENTS);
        }

        RiskSets read(EventTable table, Reading reading) {
            RiskSets sets = readCounts(List.of(reading.table(table)), reading).get(0);
            return robust || isSampling(table) ? sets.with(InfluenceRows.of(sets, reading)) : sets;
        }

        private static boolean isSampling(EventTable table) {
            return table.weightType().orElse(WeightType.FREQUENCY) == WeightType.SAMPLING;
        }

        private List<RiskSets> readCounts(List<EventTable> tables, Reading reading) {
            List<RiskSets> sets = new ArrayList<>();
            for (EventTable table : EventTable.joinTies(tables, tieRule)) {
                sets.add(RiskSets.of(start > 0 ? table.after(lastBefore(table)) : table, tieRule, start, reading));
            }
            return sets;
        }

        /** A group in which nobody is left at the start is named, as it stops all the others. */
        private void requireSomebodyAfterStart(String group, EventTable table) {
            double last = table.time(table.size() - 1);
            if (!(start < last)) {
                throw InvalidArgumentException.of(
                        "start", start, "before the last time of group '" + group + "', which is " + last);
            }
        }

        /** The start, or the table's time just above it that counts as one with it. */
        private double lastBefore(EventTable joined) {
            double below = Double.NaN;
            for (int i = 0; i < joined.size(); i++) {
                double t = joined.time(i);
                if (t > start) {
                    boolean taken = tieRule.joins(below, start);
                    return !taken && tieRule.joins(start, t) ? t : start;
                }
                below = t;
            }
            return start;
        }

        Map<String, RiskSets> read(SurvivalData data) {
            return read(data, Reading.EVENTS);
        }

        /** The risk sets by group, with the rows behind them where sampling weights or clusters ask for them. */
        Map<String, RiskSets> read(SurvivalData data, Reading reading) {
            Map<String, EventTable> tables = EventTable.byGroup(data);
            if (start > 0) {
                tables.forEach(this::requireSomebodyAfterStart);
            }
            List<RiskSets> sets =
                    readCounts(tables.values().stream().map(reading::table).toList(), reading);
            Map<String, RiskSets> named = new LinkedHashMap<>();
            int g = 0;
            for (String name : tables.keySet()) {
                named.put(name, sets.get(g++));
            }
            boolean clusters = InfluenceRows.clusters(data) != null;
            if (!clusters && !robust && data.weightType().orElse(WeightType.FREQUENCY) != WeightType.SAMPLING) {
                return named;
            }
            if (!clusters && !data.hasEntry()) {
                named.replaceAll((name, group) -> group.with(InfluenceRows.of(group, reading)));
                return named;
            }
            Map<String, InfluenceRows> rows = InfluenceRows.of(named, data, reading);
            named.replaceAll((name, group) -> group.with(Objects.requireNonNull(rows.get(name))));
            return named;
        }

        /** What was in force, for the result; the variance named is that without weights or clusters. */
        Map<String, String> conventions(String variance, RiskSets sets) {
            InfluenceRows rows = sets.rows();
            Map<String, String> all = new LinkedHashMap<>();
            all.put("profile", profile.label());
            if (estimator != SurvivalEstimator.KAPLAN_MEIER) {
                all.put("estimator", estimator.label());
            }
            all.put("interval", confidenceType.label());
            all.put("level", String.valueOf(level));
            all.put("variance", rows == null ? variance : "robust (infinitesimal jackknife)");
            if (rows != null) {
                all.put("clusters", rows.origin());
            }
            all.put("atRisk", "entry < t <= time");
            all.put("tieTolerance", String.valueOf(tieRule.tolerance()));
            if (start > 0) {
                all.put("conditionalOn", "survival to " + start);
            }
            sets.table().weightType().ifPresent(type -> all.put("weights", type.label()));
            return all;
        }
    }

    /**
     * The procedure with Engraft's conventions: 95 % log-log intervals, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static KaplanMeier withDefaults() {
        return new KaplanMeier(Settings.DEFAULT);
    }

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public KaplanMeier withLevel(double level) {
        return new KaplanMeier(settings.withLevel(level));
    }

    /**
     * Another scale of intervals.
     *
     * @param type the scale
     * @return the changed procedure
     */
    public KaplanMeier withConfidenceType(ConfidenceType type) {
        return new KaplanMeier(settings.withConfidenceType(type));
    }

    /**
     * Another system's conventions, its interval type included.
     *
     * @param profile the profile
     * @return the changed procedure
     */
    public KaplanMeier withProfile(Profile profile) {
        return new KaplanMeier(settings.withProfile(profile));
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public KaplanMeier withTieRule(TieRule rule) {
        return new KaplanMeier(settings.withTieRule(rule));
    }

    /**
     * The curve conditional on survival to a time: S(t | start) = S(t) / S(start) for t &gt; start, estimated from those
     * at risk after it.
     *
     * @param start the time, &gt;= 0; 0 for the unconditional curve
     * @return the changed procedure
     */
    public KaplanMeier withStart(double start) {
        return new KaplanMeier(settings.withStart(start));
    }

    /**
     * Another estimator of survival.
     *
     * @param estimator the estimator
     * @return the changed procedure
     */
    public KaplanMeier withEstimator(SurvivalEstimator estimator) {
        return new KaplanMeier(settings.withEstimator(estimator));
    }

    /**
     * The robust variance even where neither sampling weights nor clusters ask for it: the infinitesimal jackknife, the
     * sum over clusters (or rows, where there are none) of the squared sum of each row's weighted influence. For
     * Kaplan-Meier without weights, clusters and delayed entry it equals Greenwood's.
     *
     * @return the changed procedure
     */
    public KaplanMeier withRobustVariance() {
        return new KaplanMeier(settings.withRobust());
    }

    /**
     * One curve a group. With sampling weights, clusters, or an id with several rows the variance is robust.
     *
     * @param data follow-up
     * @return the curves, in level order; the one group "all" without a group column
     */
    public Grouped<SurvivalEstimate> fit(SurvivalData data) {
        return Grouped.of(settings.read(data), sets -> new SurvivalEstimate(sets, settings));
    }

    /**
     * The curve of one table. With sampling weights the variance is robust.
     *
     * @param table counts
     * @return the curve
     * @throws InvalidArgumentException when the variance must be robust and rows enter late, which takes the rows
     *     themselves
     */
    public SurvivalEstimate fit(EventTable table) {
        return new SurvivalEstimate(settings.read(table), settings);
    }

    /**
     * The curve of plain follow-up, without an intermediate copy: the fast path.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 or more for events
     * @return the curve
     */
    public SurvivalEstimate fit(double[] time, int[] status) {
        // Not by way of the table's own fit, which would hold the table while the curve is made.
        return new SurvivalEstimate(settings.read(EventTable.of(time, status)), settings);
    }
}

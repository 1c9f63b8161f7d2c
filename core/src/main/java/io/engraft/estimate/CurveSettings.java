package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.Clusters;
import io.engraft.data.DataCheck;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.Reading;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a curve is estimated and reported.
 *
 * @param level the level of intervals
 * @param confidenceType the scale of intervals
 * @param interval intervals of survival that are on no scale; null where they are on {@code confidenceType}
 * @param profile the conventions
 * @param tieRule which times count as one
 * @param start the time that everybody has survived; 0 unless the curve is conditional
 * @param estimator how survival is estimated
 * @param robust whether a robust variance was asked for
 * @param incidence which variance of cumulative incidence
 */
record CurveSettings(
        double level,
        ConfidenceType confidenceType,
        @Nullable SurvivalInterval interval,
        Profile profile,
        TieRule tieRule,
        double start,
        SurvivalEstimator estimator,
        boolean robust,
        IncidenceVariance incidence) {

    static final CurveSettings DEFAULT = new CurveSettings(
            0.95,
            Profile.ENGRAFT.confidenceType(),
            null,
            Profile.ENGRAFT,
            TieRule.DEFAULT,
            0,
            SurvivalEstimator.KAPLAN_MEIER,
            false,
            IncidenceVariance.DELTA);

    CurveSettings withLevel(double value) {
        Require.properFraction("level", value);
        return new CurveSettings(
                value, confidenceType, interval, profile, tieRule, start, estimator, robust, incidence);
    }

    CurveSettings withConfidenceType(ConfidenceType value) {
        return new CurveSettings(level, value, null, profile, tieRule, start, estimator, robust, incidence);
    }

    CurveSettings withInterval(SurvivalInterval value) {
        return new CurveSettings(level, confidenceType, value, profile, tieRule, start, estimator, robust, incidence);
    }

    String intervalLabel() {
        return interval == null ? confidenceType.label() : interval.label();
    }

    /** Sets everything that the profile has an opinion on. */
    CurveSettings withProfile(Profile value) {
        return new CurveSettings(
                level, value.confidenceType(), null, value, tieRule, start, estimator, robust, incidence);
    }

    CurveSettings withTieRule(TieRule value) {
        return new CurveSettings(level, confidenceType, interval, profile, value, start, estimator, robust, incidence);
    }

    CurveSettings withStart(double value) {
        Require.nonNegative("start", value);
        return new CurveSettings(
                level, confidenceType, interval, profile, tieRule, value, estimator, robust, incidence);
    }

    CurveSettings withEstimator(SurvivalEstimator value) {
        return new CurveSettings(level, confidenceType, interval, profile, tieRule, start, value, robust, incidence);
    }

    CurveSettings withRobust() {
        return new CurveSettings(level, confidenceType, interval, profile, tieRule, start, estimator, true, incidence);
    }

    CurveSettings withIncidence(IncidenceVariance value) {
        return new CurveSettings(level, confidenceType, interval, profile, tieRule, start, estimator, robust, value);
    }

    RiskSets read(EventTable table) {
        return read(table, Reading.EVENTS);
    }

    RiskSets read(EventTable table, Reading reading) {
        RiskSets sets = readCounts(List.of(reading.table(table)), reading)
                .get(0)
                .withWarnings(DataCheck.undeclaredCoding(table).stream().toList());
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
            named.put(name, sets.get(g++).withWarnings(data.warnings()));
        }
        boolean clusters = !Clusters.of(data).areRows();
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

    static String clusters(InfluenceRows rows) {
        return rows.unit() == Clusters.Unit.ROW ? "rows" : rows.unit().label();
    }

    /** What was in force, for the result; the variance named is that without weights or clusters. */
    Map<String, String> conventions(String variance, RiskSets sets) {
        InfluenceRows rows = sets.rows();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("profile", profile.label());
        if (estimator != SurvivalEstimator.KAPLAN_MEIER) {
            all.put("estimator", estimator.label());
        }
        all.put("interval", intervalLabel());
        all.put("level", String.valueOf(level));
        all.put("variance", rows == null ? variance : "robust (infinitesimal jackknife)");
        if (rows != null) {
            all.put("clusters", clusters(rows));
        }
        all.put("atRisk", "entry < t <= time");
        all.put("tieTolerance", String.valueOf(tieRule.tolerance()));
        if (start > 0) {
            all.put("conditionalOn", "survival to " + NumberText.format(start));
        }
        sets.table().weightType().ifPresent(type -> all.put("weights", type.label()));
        return all;
    }
}

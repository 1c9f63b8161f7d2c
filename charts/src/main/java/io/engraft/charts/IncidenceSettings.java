package io.engraft.charts;

import io.engraft.curve.FollowUp;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is special to figures of cumulative incidence.
 *
 * @param causeLabels words for causes
 * @param followUps counts of groups whose curves do not bring them
 * @param confidence how limits are drawn, null for what suits the number of curves
 * @param endLabels labels at the ends or a legend, null for what suits the number of curves
 * @param riskTable the table, null for numbers at risk where there are counts
 */
record IncidenceSettings(
        Map<String, String> causeLabels,
        Map<String, FollowUp> followUps,
        @Nullable ConfidenceStyle confidence,
        @Nullable Boolean endLabels,
        @Nullable RiskTable riskTable) {

    static final IncidenceSettings DEFAULTS = new IncidenceSettings(Map.of(), Map.of(), null, null, null);

    IncidenceSettings withCauseLabel(String cause, String label) {
        Map<String, String> labels = new LinkedHashMap<>(causeLabels);
        labels.put(cause, label);
        return new IncidenceSettings(Map.copyOf(labels), followUps, confidence, endLabels, riskTable);
    }

    IncidenceSettings withFollowUp(String group, FollowUp counts) {
        Map<String, FollowUp> longer = new LinkedHashMap<>(followUps);
        longer.put(group, counts);
        return new IncidenceSettings(causeLabels, Map.copyOf(longer), confidence, endLabels, riskTable);
    }

    IncidenceSettings withConfidence(ConfidenceStyle style) {
        return new IncidenceSettings(causeLabels, followUps, style, endLabels, riskTable);
    }

    IncidenceSettings withEndLabels(boolean shown) {
        return new IncidenceSettings(causeLabels, followUps, confidence, shown, riskTable);
    }

    IncidenceSettings withRiskTable(RiskTable table) {
        return new IncidenceSettings(causeLabels, followUps, confidence, endLabels, table);
    }
}

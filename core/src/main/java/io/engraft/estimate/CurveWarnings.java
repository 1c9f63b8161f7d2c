package io.engraft.estimate;

import io.engraft.data.Clusters;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import java.util.ArrayList;
import java.util.List;

/** What a reader of an estimated curve should know. */
final class CurveWarnings {

    private static final int FEW_CLUSTERS = 20;

    private CurveWarnings() {}

    static List<String> of(RiskSets sets, double[] survival) {
        List<String> warnings = new ArrayList<>(sets.warnings());
        int last = survival.length - 1;
        int zero = last;
        while (zero > 0 && survival[zero - 1] == 0) {
            zero--;
        }
        if (survival[zero] == 0 && zero < last) {
            warnings.add("survival falls to 0 at time " + sets.time(zero) + ", when all " + sets.atRisk(zero)
                    + " at risk had an event, while others entered or stayed later: the estimate after that time is of "
                    + "little use; start it later, conditional on survival to a time with more at risk");
        }
        InfluenceRows rows = sets.rows();
        if (rows != null && rows.unit() != Clusters.Unit.ROW && rows.clusters() < FEW_CLUSTERS) {
            warnings.add("the robust variance rests on " + rows.clusters() + " clusters: with fewer than "
                    + FEW_CLUSTERS + " it tends to be too small");
        }
        for (double[] gap : sets.gaps()) {
            warnings.add("nobody is at risk from time " + gap[0] + " to " + gap[1]
                    + ": the curve runs flat there for want of anybody to observe, not because nothing happened");
        }
        if (sets.eventTimes().length == 0) {
            warnings.add("nobody had an event: survival stays 1 and has no interval");
        }
        return warnings;
    }
}

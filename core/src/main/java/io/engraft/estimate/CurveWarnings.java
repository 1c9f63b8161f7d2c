package io.engraft.estimate;

import io.engraft.data.Clusters;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.List;

/** What a reader of an estimated curve should know. */
final class CurveWarnings {

    /** A step from so few at risk takes this share of them. */
    private static final double HALF = 0.5;

    private static final double FEW_AT_RISK = 3;

    private CurveWarnings() {}

    static List<String> of(RiskSets sets, double[] survival, boolean boundedAtOne) {
        List<String> warnings = new ArrayList<>(sets.warnings());
        int last = survival.length - 1;
        int zero = last;
        while (zero > 0 && survival[zero - 1] == 0) {
            zero--;
        }
        if (survival[zero] == 0 && zero < last) {
            warnings.add("survival falls to 0 at time " + NumberText.format(sets.time(zero)) + ", when all "
                    + NumberText.format(sets.atRisk(zero))
                    + " at risk had an event, while others entered or stayed later: the estimate after that time is of "
                    + "little use; start it later, conditional on survival to a time with more at risk");
        }
        InfluenceRows rows = sets.rows();
        if (rows != null) {
            Clusters.warning(rows.clusters(), rows.unit()).ifPresent(warnings::add);
        }
        earlyFall(sets, survival, warnings);
        for (double[] gap : sets.gaps()) {
            warnings.add("nobody is at risk from time " + NumberText.format(gap[0]) + " to " + NumberText.format(gap[1])
                    + ": the curve runs flat there for want of anybody to observe, not because nothing happened");
        }
        if (sets.eventTimes().length == 0) {
            warnings.add("nobody had an event: survival stays 1" + (boundedAtOne ? "" : " and has no interval"));
        }
        return warnings;
    }

    /**
     * With delayed entry a few at risk at the start can take away half of the curve or more for good, though many enter
     * later. A fall to 0 is warned of by itself.
     */
    private static void earlyFall(RiskSets sets, double[] survival, List<String> warnings) {
        double later = 0;
        String found = "";
        for (int p = survival.length - 1; p >= 0; p--) {
            double n = sets.atRisk(p);
            double before = p == 0 ? 1 : survival[p - 1];
            if (sets.events(p) > 0
                    && survival[p] > 0
                    && n <= FEW_AT_RISK
                    && survival[p] <= HALF * before
                    && later > n) {
                found = "survival falls from " + Brief.number(before) + " to " + Brief.number(survival[p]) + " at time "
                        + Brief.number(sets.time(p)) + " with only " + Brief.number(n) + " at risk, while up to "
                        + Brief.number(later)
                        + " were at risk later: the whole curve after it hangs on these few; start"
                        + " it later, conditional on survival to a time with more at risk";
            }
            later = Math.max(later, n);
        }
        if (!found.isEmpty()) {
            warnings.add(found);
        }
    }
}

package io.engraft.benchmarks;

import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;

/**
 * One estimate of one cohort, to be run in a heap of a stated size: it ends where that is enough. Arguments: task,
 * "days" or "continuous", rows.
 */
public final class OneRun {

    private OneRun() {}

    /**
     * Runs once.
     *
     * @param args task, times, rows
     */
    public static void main(String[] args) {
        Cohort cohort = Cohort.of(Integer.parseInt(args[2]), args[1].equals("days"));
        double last = switch (args[0]) {
            case "kaplanMeier" -> {
                SurvivalEstimate curve = KaplanMeier.withDefaults().fit(cohort.time, cohort.event);
                yield curve.standardError(curve.size() / 2);
            }
            case "cumulativeIncidence" -> {
                IncidenceEstimate curves = AalenJohansen.withDefaults().fit(cohort.time, cohort.status);
                yield curves.incidence("1").standardError(curves.size() / 2);
            }
            default -> throw new IllegalArgumentException(args[0]);
        };
        if (!(last > 0)) {
            throw new IllegalStateException("no standard error in the middle of the curve");
        }
    }
}

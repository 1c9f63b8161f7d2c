package io.engraft.benchmarks;

import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.RestrictedMeanTest;
import java.util.Arrays;

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
            case "logRank" ->
                LogRankTest.withDefaults()
                        .test(cohort.time, cohort.event, arms(cohort))
                        .statistic();
            case "restrictedMeans" ->
                RestrictedMeanTest.forHorizon(5 * 365.25)
                        .test(cohort.time, cohort.event, arms(cohort))
                        .statistic();
            default -> throw new IllegalArgumentException(args[0]);
        };
        if (!(last >= 0)) {
            throw new IllegalStateException("no number came out: " + last);
        }
    }

    /** Arms that alternate, written over the causes, which these tasks do not read. */
    private static int[] arms(Cohort cohort) {
        Arrays.setAll(cohort.status, i -> 1 + (i & 1));
        return cohort.status;
    }
}

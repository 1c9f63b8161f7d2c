package io.engraft.cli.curves;

import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.CurveOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.TestWeights;
import io.engraft.data.SurvivalData;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.TestResult;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.tests.TestMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The test between the groups whose p-value stands under a chart's title. */
public final class ChartTest {

    private static final String OPTION = "--chart-test";

    private ChartTest() {}

    /** Refuses a test that would not be one of the curves that are drawn, before any work is done. */
    static void check(CurveOptions curves, ChartOptions chart, DataOptions data, boolean incidence) {
        if (curves.test().isEmpty()) {
            return;
        }
        TestMethod method = curves.test().get();
        String option = OPTION + " " + method.label();
        data.requireUse(true, OPTION, chart.file().isPresent(), "without --chart");
        data.requireUse(true, OPTION, data.isGrouped(), "without --group");
        data.requireUse(true, OPTION, curves.start() == 0, "with --start: it compares whole curves");
        boolean simple = method.isRankTest() && method != TestMethod.FLEMING_HARRINGTON;
        data.requireUse(
                true,
                option,
                incidence ? method == TestMethod.GRAY : simple,
                incidence
                        ? "to cuminc; allowed: gray"
                        : "to km; allowed: logrank, gehan, tarone-ware, peto, peto-modified");
        data.requireUse(data.isRobust(), "--robust", !incidence, "to " + option);
    }

    /** What the test of survival found, in words; empty where none was asked for. */
    static String ofSurvival(CurveOptions curves, SurvivalData rows, @Nullable Integer cause, boolean robust) {
        if (curves.test().isEmpty()) {
            return "";
        }
        TestMethod method = curves.test().get();
        LogRankTest test = LogRankTest.withDefaults().withWeight(TestWeights.of(method, 0, 0, curves.profile()));
        test = robust ? test.withRobustVariance() : test;
        return method.title() + ": " + p(test.test(cause == null ? rows : rows.causeSpecific(cause)));
    }

    /** What Gray's test of every cause found, in words; empty where none was asked for. */
    static String ofIncidence(CurveOptions curves, SurvivalData rows) {
        if (curves.test().isEmpty()) {
            return "";
        }
        List<String> found = new ArrayList<>();
        for (int code = 1; code <= rows.causes().size(); code++) {
            found.add(CauseWords.name(rows.causes().get(code - 1)) + " "
                    + p(GrayTest.forCause(code).test(rows)));
        }
        return curves.test().get().title() + ": " + String.join(", ", found);
    }

    /** The p-value of a test, as a figure gives it. */
    public static String p(TestResult result) {
        return result.isEstimable() ? "p = " + NumberText.pValue(result.pValue()) : "no statistic";
    }
}

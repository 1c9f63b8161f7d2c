package io.engraft.examples;

import io.engraft.data.Datasets;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.inference.TestResult;
import java.util.List;

/** Compares groups: log-rank for any event, Gray's test for relapse, and a difference that has a unit. */
public final class CompareGroups {

    private CompareGroups() {}

    public static void main(String[] args) {
        ColumnRoles roles = ColumnRoles.of("months", "status").withCauseLabels(List.of("relapse", "death"));
        SurvivalData byDisease = CsvData.read(CsvSource.of(Datasets.bmtcrr()), roles.withGroup("disease"));
        print("any event", LogRankTest.withDefaults().test(byDisease));
        print("relapse", GrayTest.forCause("relapse").test(byDisease));
        print(
                "months without event, of the first 24",
                RestrictedMeanTest.forHorizon(24).test(byDisease));

        SurvivalData byPhase = CsvData.read(CsvSource.of(Datasets.bmtcrr()), roles.withGroup("phase"));
        print(
                "phases, each pair",
                LogRankTest.withDefaults().withPairs(PairwiseAdjustment.HOLM).test(byPhase));
    }

    private static void print(String what, TestResult result) {
        System.out.println(what + ": " + result);
        result.warnings().forEach(warning -> System.out.println("  " + warning));
    }
}

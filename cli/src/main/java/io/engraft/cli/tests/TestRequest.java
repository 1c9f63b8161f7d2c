package io.engraft.cli.tests;

import io.engraft.cli.options.Levels;
import io.engraft.cli.options.TestWeights;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.inference.TestResult;
import io.engraft.report.tests.TestMethod;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A test with its options, checked. */
record TestRequest(
        TestMethod method,
        @Nullable String cause,
        double rho,
        double gamma,
        double tau,
        double at,
        boolean trend,
        PairwiseAdjustment pairs,
        boolean exact,
        @Nullable Integer permutations,
        long seed,
        double level,
        ConfidenceType scale,
        Profile profile,
        boolean robust) {

    TestResult run(SurvivalData rows) {
        Integer code = Levels.cause(cause, rows);
        if (code != null) {
            // A cause that is not there is named before anything else.
            SurvivalData alone = rows.causeSpecific(code);
            if (!method.comparesIncidence(true)) {
                return run(alone, 1);
            }
        }
        return run(rows, code == null ? 1 : code);
    }

    private TestResult run(SurvivalData rows, int event) {
        return switch (method) {
            case GRAY -> GrayTest.forCause(event).withRho(rho).withPairs(pairs).test(rows);
            case RMST ->
                robustly(RestrictedMeanTest.forHorizon(tau).withLevel(level).withPairs(pairs))
                        .test(rows);
            case FIXED_TIME -> {
                FixedTimeTest test = FixedTimeTest.forTime(at)
                        .withLevel(level)
                        .withScale(scale)
                        .withPairs(pairs);
                test = robust ? test.withRobustVariance() : test;
                yield (cause == null ? test : test.withCause(event)).test(rows);
            }
            default -> rankTest(rows).test(rows);
        };
    }

    private RestrictedMeanTest robustly(RestrictedMeanTest plain) {
        RestrictedMeanTest test = exact ? plain.withExactPermutation() : plain;
        test = permutations == null ? test : test.withPermutations(permutations, seed);
        return robust ? test.withRobustVariance() : test;
    }

    private LogRankTest rankTest(SurvivalData rows) {
        LogRankTest test = LogRankTest.withDefaults()
                .withWeight(TestWeights.of(method, rho, gamma, profile))
                .withPairs(pairs);
        if (trend) {
            int groups = rows.group().orElseThrow().levels().size();
            test = test.withTrendScores(
                    IntStream.rangeClosed(1, groups).mapToDouble(g -> g).toArray());
        }
        if (exact) {
            test = test.withExactPermutation();
        }
        if (permutations != null) {
            test = test.withPermutations(permutations, seed);
        }
        return robust ? test.withRobustVariance() : test;
    }
}

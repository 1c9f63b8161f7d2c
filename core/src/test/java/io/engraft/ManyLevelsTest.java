package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftModel;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More groups or levels than can be computed with are refused at once, with the limit. */
class ManyLevelsTest {

    private static SurvivalData data(int levels) {
        return data(levels, true);
    }

    private static SurvivalData data(int levels, boolean strata) {
        int n = 2 * levels;
        Categories column = Categories.of(
                IntStream.range(0, n).mapToObj(i -> "l" + i % levels).toList());
        SurvivalData.Builder builder = SurvivalData.builder(
                        IntStream.range(0, n)
                                .mapToDouble(i -> 1 + i * 7919L % n)
                                .toArray(),
                        IntStream.range(0, n).map(i -> 1).toArray())
                .group(column)
                .covariate("level", column);
        return (strata ? builder.strata(column) : builder).build();
    }

    private static void refused(Supplier<?> call, String message) {
        long start = System.nanoTime();
        assertThatThrownBy(call::get)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 2000, 70_000})
    void groups(int levels) {
        SurvivalData data = data(levels);
        SurvivalData plain = SurvivalData.builder(new double[2 * levels], new int[2 * levels])
                .group(data.group().orElseThrow())
                .build();
        String message = "number of groups is " + levels
                + "; allowed: at most 500, as the covariance of all of them is summed at every event time";
        refused(() -> LogRankTest.withDefaults().test(data), message);
        refused(() -> LogRankTest.withDefaults().withRobustVariance().test(data), message);
        refused(() -> GrayTest.forCause(1).test(data), message);
        refused(() -> RestrictedMeanTest.forHorizon(1).test(plain), message);
        refused(() -> FixedTimeTest.forTime(1).test(plain), message);
    }

    @Test
    void pairs() {
        SurvivalData data = data(300);
        String message =
                "number of groups compared in pairs is 300; allowed: at most 100, as each pair is a test of its"
                        + " own, here 44850";
        refused(
                () -> LogRankTest.withDefaults()
                        .withPairs(PairwiseAdjustment.HOLM)
                        .test(data),
                message);
        assertThat(LogRankTest.withDefaults()
                        .withPairs(PairwiseAdjustment.HOLM)
                        .test(data(20, false))
                        .contrasts())
                .hasSize(190);
    }

    @Test
    void columns() {
        String message = "number of columns that covariates or strata take is 1999; allowed: at most 500, as the"
                + " information of every pair of them is summed over all rows; a factor takes one a level beside the"
                + " first";
        AftModel model = AftModel.of(AftDistribution.WEIBULL);
        SurvivalData data = data(2000);
        refused(() -> model.withCovariates("level").fit(data), message);
        refused(() -> model.withStrataOnScale().fit(data), message);
    }
}

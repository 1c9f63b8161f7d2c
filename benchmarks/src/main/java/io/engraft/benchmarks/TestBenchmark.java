package io.engraft.benchmarks;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.inference.TestResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Two arms, from unsorted arrays, as R receives them, to a result; the input changes a little between calls.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 15)
@Measurement(iterations = 15)
public class TestBenchmark {

    /** Rows. */
    @Param({"10000", "100000", "1000000"})
    public int n;

    /** Whole days, or continuous times. */
    @Param({"days", "continuous"})
    public String times = "days";

    private Cohort cohort = Cohort.of(1, true);
    private int[] arm = {1};
    private int round;

    /** Makes the cohort; arms alternate. */
    @Setup(Level.Trial)
    public void make() {
        cohort = Cohort.of(n, times.equals("days"));
        arm = new int[n];
        for (int i = 0; i < n; i++) {
            arm[i] = 1 + (i & 1);
        }
    }

    /** Changes the input. */
    @Setup(Level.Invocation)
    public void stir() {
        cohort.stir(round++);
    }

    /** Log-rank test from arrays. */
    @Benchmark
    public double logRank() {
        return LogRankTest.withDefaults().test(cohort.time, cohort.event, arm).pValue();
    }

    /** Log-rank test from a data object, its making included. */
    @Benchmark
    public double logRankOfData() {
        return LogRankTest.withDefaults().test(data(cohort.event)).pValue();
    }

    /** Difference, ratios and intervals of restricted means to five years, from arrays. */
    @Benchmark
    public double restrictedMeans() {
        TestResult result = RestrictedMeanTest.forHorizon(5 * 365.25).test(cohort.time, cohort.event, arm);
        return result.contrasts().stream()
                .mapToDouble(TestResult.Contrast::pValue)
                .sum();
    }

    /** Gray's test, data object included. */
    @Benchmark
    public double gray() {
        return GrayTest.forCause(1).test(data(cohort.status)).pValue();
    }

    private SurvivalData data(int[] status) {
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            codes[i] = arm[i] - 1;
        }
        return SurvivalData.builder(cohort.time, status)
                .group(Categories.ofCodes(codes, List.of("A", "B")))
                .build();
    }
}

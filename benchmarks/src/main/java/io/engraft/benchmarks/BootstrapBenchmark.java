package io.engraft.benchmarks;

import io.engraft.curve.Interval;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.resample.BootstrapStatistic;
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
 * A thousand replicates on all cores, from unsorted arrays to a percentile interval; the input changes a little between
 * calls.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 300)
@Measurement(iterations = 40)
public class BootstrapBenchmark {

    private static final double TWO_YEARS = 730.5;

    /** Rows. */
    @Param({"1000", "10000"})
    public int n;

    /** Whole days, or continuous times. */
    @Param({"days", "continuous"})
    public String times = "days";

    private Cohort cohort = Cohort.of(1, true);
    private int round;

    /** Makes the cohort. */
    @Setup(Level.Trial)
    public void make() {
        cohort = Cohort.of(n, times.equals("days"));
    }

    /** Changes the input. */
    @Setup(Level.Invocation)
    public void stir() {
        cohort.stir(round++);
    }

    /** S at a time within follow-up. */
    @Benchmark
    public double survival() {
        return read(cohort.event, BootstrapStatistic.survival(TWO_YEARS));
    }

    /** The lower quartile. */
    @Benchmark
    public double quartile() {
        return read(cohort.event, BootstrapStatistic.quantile(0.25));
    }

    /** The restricted mean. */
    @Benchmark
    public double restrictedMean() {
        return read(cohort.event, BootstrapStatistic.restrictedMean(TWO_YEARS));
    }

    /** The cumulative incidence of the first of two causes. */
    @Benchmark
    public double incidence() {
        return read(cohort.status, BootstrapStatistic.incidence("1", TWO_YEARS));
    }

    private double read(int[] status, BootstrapStatistic statistic) {
        Interval interval = Bootstrap.withDefaults()
                .withSeed(round)
                .fit(SurvivalData.of(cohort.time, status), statistic)
                .percentile();
        return interval.lower().orElse(0) + interval.upper().orElse(0);
    }
}

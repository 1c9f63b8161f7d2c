package io.engraft.benchmarks;

import io.engraft.curve.Limits;
import io.engraft.data.EventTable;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
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
 * From unsorted arrays, as R receives them, to a result whose intervals have been read; the input changes a little
 * between calls.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 15)
@Measurement(iterations = 15)
public class CurveBenchmark {

    /** Rows. */
    @Param({"10000", "100000", "1000000", "10000000"})
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

    /** The event table alone. */
    @Benchmark
    public EventTable eventTable() {
        return EventTable.of(cohort.time, cohort.status);
    }

    /** Kaplan-Meier with 95 % log-log intervals at every point. */
    @Benchmark
    public double kaplanMeier() {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(cohort.time, cohort.event);
        return read(curve.limits());
    }

    /** Cumulative incidence of two causes with delta variance and 95 % log-log intervals at every point. */
    @Benchmark
    public double cumulativeIncidence() {
        IncidenceEstimate curves = AalenJohansen.withDefaults().fit(cohort.time, cohort.status);
        double sum = 0;
        for (String cause : curves.causes()) {
            sum += read(curves.incidence(cause).limits());
        }
        return sum;
    }

    private static double read(Limits limits) {
        double sum = 0;
        for (int i = 0; i < limits.size(); i++) {
            sum += limits.lower(i) + limits.upper(i);
        }
        return sum;
    }
}

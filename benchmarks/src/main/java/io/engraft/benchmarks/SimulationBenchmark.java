package io.engraft.benchmarks;

import io.engraft.multistate.FateModel;
import io.engraft.pathway.PathwayModel;
import io.engraft.simulate.PathSimulator;
import io.engraft.simulate.SimulationResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Paths of the JMML model over 20 years, summarised at four times; another seed each call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class SimulationBenchmark {

    private static final double HORIZON = 240;

    /** Patients. */
    @Param({"10000", "100000", "1000000", "10000000"})
    public int n;

    /** Threads. */
    @Param({"1", "2"})
    public int threads;

    private final FateModel model = PathwayModel.jmml().model();
    private long seed;

    /** Simulates and reads the share alive and never relapsed at five years. */
    @Benchmark
    public double simulate() {
        SimulationResult result = PathSimulator.withDefaults()
                .withPatients(n)
                .withHorizon(HORIZON)
                .withThreads(threads)
                .withTimes(6, 12, 24, 60)
                .withSeed(seed++)
                .simulate(model);
        return result.probabilityAt("remission", 60).estimate();
    }
}

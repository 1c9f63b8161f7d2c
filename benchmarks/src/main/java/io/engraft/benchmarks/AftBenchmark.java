package io.engraft.benchmarks;

import io.engraft.data.SurvivalData;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.regression.Coefficient;
import java.util.SplittableRandom;
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

/** Accelerated failure time models with five covariates, from plain arrays to intervals that have been read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 12)
@Measurement(iterations = 12)
public class AftBenchmark {

    private static final int COVARIATES = 5;

    /** Rows. */
    @Param({"10000", "100000", "1000000"})
    public int n;

    private Cohort cohort = Cohort.of(1, true);
    private double[][] x = new double[COVARIATES][1];
    private int round;

    /** Makes the cohort: covariates as in peers/common.R, the first three with an effect on time. */
    @Setup(Level.Trial)
    public void make() {
        cohort = Cohort.of(n, true);
        x = new double[COVARIATES][n];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < COVARIATES; j++) {
                x[j][i] =
                        Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
            }
            x[1][i] = x[1][i] < -0.385 ? 1 : 0;
            x[2][i] = x[2][i] < 0 ? 1 : 0;
            double effect = -0.3 * (0.3 * x[0][i] + 0.5 * x[1][i] - 0.4 * x[2][i]);
            cohort.time[i] = Math.max(1, Math.ceil(cohort.time[i] * Math.exp(effect)));
        }
    }

    /** Changes the input. */
    @Setup(Level.Invocation)
    public void stir() {
        cohort.stir(round++);
    }

    /** Weibull, five covariates. */
    @Benchmark
    public double weibull() {
        return read(model(AftDistribution.WEIBULL));
    }

    /** Log-normal, five covariates. */
    @Benchmark
    public double logNormal() {
        return read(model(AftDistribution.LOG_NORMAL));
    }

    /** Weibull without covariates. */
    @Benchmark
    public double weibullAlone() {
        return read(AftModel.of(AftDistribution.WEIBULL).fit(SurvivalData.of(cohort.time, cohort.event)));
    }

    private AftFit model(AftDistribution distribution) {
        SurvivalData.Builder data = SurvivalData.builder(cohort.time, cohort.event);
        String[] names = new String[COVARIATES];
        for (int j = 0; j < COVARIATES; j++) {
            names[j] = "x" + (j + 1);
            data.covariate(names[j], x[j]);
        }
        return AftModel.of(distribution).withCovariates(names).fit(data.build());
    }

    private static double read(AftFit fit) {
        double sum = fit.logLikelihood();
        for (Coefficient c : fit.coefficients()) {
            sum += c.value().interval().lower().orElse(Double.NaN)
                    + c.value().interval().upper().orElse(Double.NaN);
        }
        return sum;
    }
}

package io.engraft.multistate.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** 32 threads that start at once on a fit from which nothing has been predicted get the bits that one thread gets. */
class ManyThreadsTest {

    private static final int THREADS = 32;
    private static final int TIMES = 10_000;
    private static final int PATIENTS = 50;

    private static SurvivalData data() {
        Random random = new Random(1);
        int n = 120;
        double[] time = new double[n];
        int[] status = new int[n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
            time[i] = 1 + random.nextInt(40);
            status[i] = random.nextInt(3);
        }
        return SurvivalData.builder(time, status).covariate("x", x).build();
    }

    private static CovariateProfile patient(int i) {
        return CovariateProfile.empty().with("x", -1.5 + 3.0 * i / PATIENTS);
    }

    /** What the patients get, three numbers each, bit by bit. */
    private static long[] bits(IntFunction<PointEstimate> predicted, int patient) {
        PointEstimate at = predicted.apply(patient);
        return new long[] {
            Double.doubleToLongBits(at.estimate()),
            Double.doubleToLongBits(at.standardError().orElse(-1)),
            Double.doubleToLongBits(at.interval().upper().orElse(-1))
        };
    }

    private static void same(IntFunction<PointEstimate> shared, IntFunction<PointEstimate> alone, int times)
            throws InterruptedException, ExecutionException {
        long[][] expected = new long[PATIENTS][];
        Arrays.setAll(expected, i -> bits(alone, i));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> found = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t;
            found.add(pool.submit(() -> {
                start.await();
                int equal = 0;
                for (int k = 0; k < times; k++) {
                    int patient = (first + k) % PATIENTS;
                    equal += Arrays.equals(bits(shared, patient), expected[patient]) ? 1 : 0;
                }
                return equal;
            }));
        }
        start.countDown();
        for (Future<Integer> one : found) {
            assertThat(one.get()).isEqualTo(times);
        }
        pool.shutdown();
    }

    @Test
    void survivalByOneCoxFit() throws Exception {
        CoxModel model = CoxModel.withDefaults().withCovariates("x");
        CoxFit shared = model.fit(data());
        CoxFit alone = model.fit(data());
        same(
                i -> shared.predict(patient(i)).survivalAt(12),
                i -> alone.predict(patient(i)).survivalAt(12),
                TIMES);
    }

    @Test
    void absoluteRisksByOneFitOfAllCauses() throws Exception {
        CauseSpecificCox cox = CauseSpecificCox.of(CoxModel.withDefaults().withCovariates("x"));
        CauseSpecificFit shared = cox.fit(data());
        CauseSpecificFit alone = cox.fit(data());
        same(
                i -> shared.risk(1, patient(i)).incidenceAt(12),
                i -> alone.risk(1, patient(i)).incidenceAt(12),
                TIMES / 10);
    }
}

package io.engraft.benchmarks;

import java.util.SplittableRandom;

/**
 * A cohort like that of {@code peers/common.R}: about 36 % relapse, most of it in the first year, about 17 % non-relapse
 * mortality, censoring uniform on 1 to 10 years; times in days, whole or continuous.
 */
final class Cohort {

    private static final double YEAR = 365.25;

    final double[] time;
    final int[] status;
    final int[] event;

    private Cohort(int n, boolean days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        time = new double[n];
        status = new int[n];
        event = new int[n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            double end = Double.POSITIVE_INFINITY;
            int fate = 0;
            if (u < 0.36) {
                end = random.nextDouble() < 0.85 ? weibull(random, 1.1, 0.6) : weibull(random, 1, 2);
                fate = 1;
            } else if (u < 0.53) {
                end = weibull(random, 0.8, 0.5);
                fate = 2;
            }
            double censoring = 1 + 9 * random.nextDouble();
            status[i] = end > censoring ? 0 : fate;
            event[i] = status[i] > 0 ? 1 : 0;
            double t = Math.min(end, censoring) * YEAR;
            time[i] = days ? Math.max(1, Math.ceil(t)) : Math.max(t, 1e-6);
        }
    }

    static Cohort of(int n, boolean days) {
        return new Cohort(n, days, 20261122);
    }

    private static double weibull(SplittableRandom random, double shape, double scale) {
        return scale * Math.pow(-Math.log1p(-random.nextDouble()), 1 / shape);
    }

    /** Swaps two rows, so that no run sees the very same input as the one before. */
    void stir(int round) {
        int n = time.length;
        int a = (int) ((round * 2_654_435_761L & 0x7fffffffL) % n);
        int b = (int) ((round * 40_503L + 17) % n);
        double t = time[a];
        time[a] = time[b];
        time[b] = t;
        int s = status[a];
        status[a] = status[b];
        status[b] = s;
        int e = event[a];
        event[a] = event[b];
        event[b] = e;
    }
}

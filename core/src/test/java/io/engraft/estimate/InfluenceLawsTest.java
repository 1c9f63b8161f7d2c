package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.RandomFollowUp;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The linear recursion against influences written out, row by row and time by time, from the derivatives of each
 * estimator; on a thousand seeded data sets with weights, clusters, and delayed entry in a third of them.
 */
class InfluenceLawsTest {

    private static final int SEEDS = 1000;
    private static final List<SurvivalEstimator> ESTIMATORS = List.of(SurvivalEstimator.values());

    /** The derivatives of the curves by every row's weight, after each time. */
    private static final class Written {

        final double[] times;
        final double[][] hazard;
        final double[][] incidence;
        final double[] survival;

        Written(RandomFollowUp rows, double[] w, SurvivalEstimator estimator) {
            int n = rows.size();
            times = Arrays.stream(rows.time).sorted().distinct().toArray();
            hazard = new double[times.length][n];
            incidence = new double[times.length][n];
            survival = new double[times.length];
            double[] ofH = new double[n];
            double[] ofF = new double[n];
            double s = 1;
            double cumulative = 0;
            for (int j = 0; j < times.length; j++) {
                double t = times[j];
                boolean[] risk = new boolean[n];
                double atRisk = 0;
                double d = 0;
                double dk = 0;
                int events = 0;
                for (int i = 0; i < n; i++) {
                    risk[i] = rows.time[i] >= t && (!rows.hasEntry || rows.entry[i] < t);
                    atRisk += risk[i] ? w[i] : 0;
                    if (rows.time[i] == t && rows.status[i] > 0) {
                        d += w[i];
                        events++;
                        dk += rows.status[i] == 1 ? w[i] : 0;
                    }
                }
                boolean all = Math.abs(atRisk - d) < 1e-12 * d;
                for (int i = 0; i < n && events > 0; i++) {
                    double own = rows.time[i] == t && rows.status[i] > 0 ? 1 : 0;
                    double cause = own == 1 && rows.status[i] == 1 ? 1 : 0;
                    if (risk[i]) {
                        ofF[i] += s * (-ofH[i] * dk / atRisk + (cause - dk / atRisk) / atRisk);
                        ofH[i] += all && estimator == SurvivalEstimator.KAPLAN_MEIER
                                ? 0
                                : step(estimator, own, d, atRisk, events);
                    } else {
                        ofF[i] += s * -ofH[i] * dk / atRisk;
                    }
                }
                cumulative += events > 0 ? size(estimator, d, atRisk, events) : 0;
                s = estimator == SurvivalEstimator.KAPLAN_MEIER
                        ? s * (events == 0 ? 1 : all ? 0 : 1 - d / atRisk)
                        : Math.exp(-cumulative);
                survival[j] = s;
                hazard[j] = ofH.clone();
                incidence[j] = ofF.clone();
            }
        }

        /** The derivative of the step of H by the weight of a row at risk, with an event (1) or not (0). */
        private static double step(SurvivalEstimator estimator, double own, double d, double n, int rows) {
            return switch (estimator) {
                case KAPLAN_MEIER -> (own - 1) / (n - d) + 1 / n;
                case BRESLOW -> own / n - d / (n * n);
                case FLEMING_HARRINGTON -> {
                    double sum = 0;
                    for (int j = 0; j < rows; j++) {
                        double left = n - j * d / rows;
                        sum += own / rows / left - d / rows * (1 - own * j / rows) / (left * left);
                    }
                    yield sum;
                }
            };
        }

        private static double size(SurvivalEstimator estimator, double d, double n, int rows) {
            if (estimator != SurvivalEstimator.FLEMING_HARRINGTON) {
                return d / n;
            }
            return IntStream.range(0, rows)
                    .mapToDouble(j -> d / rows / (n - j * d / rows))
                    .sum();
        }
    }

    private static double variance(double[] influence, double[] w, int[] cluster) {
        double[] sums = new double[influence.length + 1];
        for (int i = 0; i < influence.length; i++) {
            sums[cluster[i]] += w[i] * influence[i];
        }
        return Arrays.stream(sums).map(x -> x * x).sum();
    }

    private static double[] weights(RandomFollowUp rows) {
        SplittableRandom random = new SplittableRandom(rows.seed + 5);
        return Arrays.stream(rows.time).map(t -> 0.2 + 2 * random.nextDouble()).toArray();
    }

    private static int[] clusters(RandomFollowUp rows) {
        SplittableRandom random = new SplittableRandom(rows.seed + 6);
        int most = rows.seed % 2 == 0 ? rows.size() : 1 + rows.size() / 4;
        int[] drawn =
                Arrays.stream(rows.time).mapToInt(t -> random.nextInt(most)).toArray();
        // The first row is a cluster of its own, as one cluster alone is refused.
        drawn[0] = most;
        return drawn;
    }

    private static SurvivalData data(RandomFollowUp rows, double[] w, int[] cluster) {
        SurvivalData.Builder data = SurvivalData.builder(rows.time, rows.status)
                .causes(rows.labels())
                .weights(w, WeightType.SAMPLING)
                .cluster(Categories.of(
                        Arrays.stream(cluster).mapToObj(String::valueOf).toList()));
        return rows.hasEntry ? data.entry(rows.entry).build() : data.build();
    }

    private static void near(String what, double expected, double actual) {
        if (!(Math.abs(expected - actual) <= 1e-9 * Math.abs(expected) + 1e-15)) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }

    @Test
    void survivalHazardAndArea() {
        int zero = 0;
        for (long seed = 3000; seed < 3000 + SEEDS; seed++) {
            RandomFollowUp rows = RandomFollowUp.of(seed);
            double[] w = weights(rows);
            int[] cluster = clusters(rows);
            SurvivalEstimator estimator = ESTIMATORS.get((int) (seed % 3));
            SurvivalEstimate curve = KaplanMeier.withDefaults()
                    .withEstimator(estimator)
                    .fit(data(rows, w, cluster))
                    .get("all");
            Written written = new Written(rows, w, estimator);
            double tau = written.times[written.times.length / 2] + 0.3;
            double[] area = new double[rows.size()];
            for (int j = 0; j < written.times.length; j++) {
                String what = "seed " + seed + ", " + estimator + " at " + written.times[j];
                double s = written.survival[j];
                near(what, s, curve.survival(j));
                double to = Math.min(tau, j + 1 < written.times.length ? written.times[j + 1] : tau);
                for (int i = 0; i < area.length && written.times[j] < tau; i++) {
                    area[i] += s * written.hazard[j][i] * (to - written.times[j]);
                }
                if (curve.survival(j) == 0) {
                    zero++;
                    continue;
                }
                near(what, s * s * variance(written.hazard[j], w, cluster), square(curve.standardError(j)));
            }
            if (tau <= curve.time(curve.size() - 1)) {
                double se = curve.restrictedMean(tau).standardError().orElseThrow();
                near("seed " + seed + ", area", variance(area, w, cluster), se * se);
            }
        }
        assertThat(zero).isPositive();
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void incidenceAndTimeLost() {
        for (long seed = 5000; seed < 5000 + SEEDS; seed++) {
            RandomFollowUp rows = RandomFollowUp.of(seed);
            double[] w = weights(rows);
            int[] cluster = clusters(rows);
            CauseIncidence curve = AalenJohansen.withDefaults()
                    .fit(data(rows, w, cluster))
                    .get("all")
                    .incidence("a");
            Written written = new Written(rows, w, SurvivalEstimator.KAPLAN_MEIER);
            double tau = written.times[written.times.length / 2] + 0.3;
            double[] area = new double[rows.size()];
            for (int j = 0; j < written.times.length; j++) {
                double to = Math.min(tau, j + 1 < written.times.length ? written.times[j + 1] : tau);
                for (int i = 0; i < area.length && written.times[j] < tau; i++) {
                    area[i] += written.incidence[j][i] * (to - written.times[j]);
                }
                near(
                        "seed " + seed + " at " + written.times[j],
                        variance(written.incidence[j], w, cluster),
                        square(curve.standardError(j)));
            }
            if (tau <= curve.time(curve.size() - 1)) {
                double se = curve.restrictedMeanTimeLost(tau).standardError().orElseThrow();
                near("seed " + seed + ", area", variance(area, w, cluster), se * se);
            }
        }
    }
}

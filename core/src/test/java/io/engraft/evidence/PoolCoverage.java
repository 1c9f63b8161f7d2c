package io.engraft.evidence;

import io.engraft.curve.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How often the intervals of pooled proportions hold what they are of: k studies of 10 to 60 patients, logits normal about
 * that of p with standard deviation tau. The table in docs/models.md is of 2,000 replications of every setting:
 *
 * <pre>
 *   java ... io.engraft.evidence.PoolCoverage 2000
 * </pre>
 */
final class PoolCoverage {

    private PoolCoverage() {}

    /** Shares of replications. */
    record Shares(double pooled, double prediction) {}

    /** The fewest and the most patients of a study. */
    private static final int FEWEST = 10;

    private static final int MOST = 60;

    static List<StudyProportion> studies(int k, double mu, double tau, SplittableRandom random) {
        List<StudyProportion> studies = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int n = FEWEST + random.nextInt(MOST - FEWEST + 1);
            double p = StudyLikelihood.logistic(mu + tau * normal(random));
            int x = 0;
            for (int j = 0; j < n; j++) {
                x += random.nextDouble() < p ? 1 : 0;
            }
            studies.add(StudyProportion.of("study " + i, x, n));
        }
        return studies;
    }

    private static double normal(SplittableRandom random) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(random.nextDouble());
    }

    static Shares of(ProportionPool pool, int k, double p, double tau, int replications) {
        SplittableRandom random = new SplittableRandom(Objects.hash(k, tau, p));
        double mu = Math.log(p / (1 - p));
        int pooled = 0;
        int further = 0;
        int predictions = 0;
        for (int r = 0; r < replications; r++) {
            List<StudyProportion> studies = studies(k, mu, tau, random);
            double next = StudyLikelihood.logistic(mu + tau * normal(random));
            PooledProportion fit = pool.fit(studies);
            pooled += holds(fit.proportion().interval(), p) ? 1 : 0;
            if (fit.prediction().isEstimable()) {
                predictions++;
                further += holds(fit.prediction(), next) ? 1 : 0;
            }
        }
        return new Shares((double) pooled / replications, (double) further / predictions);
    }

    private static boolean holds(Interval interval, double value) {
        return interval.lower().orElse(0) <= value && value <= interval.upper().orElse(1);
    }

    /** The table; the argument is the number of replications. */
    public static void main(String[] args) {
        ProportionPool likelihood = ProportionPool.withDefaults();
        ProportionPool normal = likelihood.withInterval(PoolingInterval.HARTUNG_KNAPP);
        int replications = Integer.parseInt(args[0]);
        double[] taus = args.length > 1 ? new double[] {Double.parseDouble(args[1])} : new double[] {0, 0.5, 1};
        for (double tau : taus) {
            for (int k : new int[] {2, 3, 5, 10}) {
                for (double p : new double[] {0.02, 0.1, 0.35}) {
                    Shares own = of(likelihood, k, p, tau, replications);
                    Shares other = of(normal, k, p, tau, replications);
                    System.out.printf(
                            Locale.ROOT,
                            "| %d | %.1f | %.2f | %.3f | %.3f | %.3f | %.3f |%n",
                            k,
                            tau,
                            p,
                            own.pooled(),
                            own.prediction(),
                            other.pooled(),
                            other.prediction());
                }
            }
        }
    }
}

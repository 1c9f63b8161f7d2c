package io.engraft.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Random intercepts: x_i ~ Binomial(n_i, p_i), logit p_i ~ N(mu, tau^2), by maximum likelihood. Studies are summed in the
 * order of their counts, so that the result does not depend on the order in which they were given. At least one patient had
 * the event and at least one had not: without that mu has no maximum.
 */
final class BinomialNormal {

    private static final double RELATIVE = 1e-15;
    private static final int EVALUATIONS = 200;
    private static final int MOST_STEPS = 200;
    private static final double LONGEST_STEP = 3;
    /** The step after one of this size would be its square. */
    private static final double SMALL_STEP = 1e-8;
    /** A tau below this is 0. */
    private static final double LEAST = 1e-5;
    /** The grid for tau. */
    private static final double SMALL = 0.02;

    private static final double MOST = 100;
    private static final int GRID = 24;

    private final StudyLikelihood[] studies;
    private final double mu;
    private final double tau;
    private final double[] top;

    private BinomialNormal(StudyLikelihood[] studies) {
        this.studies = studies;
        this.tau = maximum();
        this.mu = Double.isInfinite(tau) ? Double.NaN : best(tau, start());
        this.top = Double.isInfinite(tau) ? new double[0] : at(mu, tau);
    }

    private BinomialNormal(BinomialNormal other) {
        this.studies = Arrays.stream(other.studies)
                .map(s -> new StudyLikelihood((int) (s.patients() - s.events()), (int) s.patients()))
                .toArray(StudyLikelihood[]::new);
        this.mu = -other.mu;
        this.tau = other.tau;
        this.top = other.top;
    }

    static BinomialNormal fit(List<StudyProportion> given) {
        return new BinomialNormal(given.stream()
                .sorted(Comparator.comparingInt(StudyProportion::events).thenComparingInt(StudyProportion::patients))
                .map(s -> new StudyLikelihood(s.events(), s.patients()))
                .toArray(StudyLikelihood[]::new));
    }

    /** The same with event and no event exchanged, at the same maximum. */
    BinomialNormal mirrored() {
        return new BinomialNormal(this);
    }

    /** The log-likelihood with its derivatives: l, mu, tau, mu mu, mu tau, tau tau. */
    double[] at(double m, double t) {
        double[] sums = new double[6];
        for (StudyLikelihood study : studies) {
            study.addTo(sums, m, t);
        }
        return sums;
    }

    private double start() {
        double x = 0;
        double n = 0;
        for (StudyLikelihood study : studies) {
            x += study.events();
            n += study.patients();
        }
        return Math.log(x / (n - x));
    }

    /** The best mu for a tau: the likelihood is log-concave in mu, as the binomial and the normal are. */
    double best(double t, double near) {
        return root(
                m -> {
                    double[] d = at(m, t);
                    return new double[] {d[1], d[3]};
                },
                near,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
    }

    /** Every zero of the profile's score is a candidate, and so is 0; infinity where the profile still rises at the end. */
    private double maximum() {
        if (studies.length == 1) {
            return 0;
        }
        double[] m = {start()};
        double best = 0;
        double most = at(m[0], 0)[0];
        double below = LEAST;
        double before = score(LEAST, m);
        for (int i = 0; i <= GRID; i++) {
            double t = SMALL * Math.pow(MOST / SMALL, (double) i / GRID);
            double now = score(t, m);
            if (before > 0 && now <= 0) {
                double candidate = new BrentSolver(RELATIVE, 0, 0).solve(EVALUATIONS, v -> score(v, m), below, t);
                double value = at(best(candidate, m[0]), candidate)[0];
                if (value > most) {
                    most = value;
                    best = candidate;
                }
            }
            below = t;
            before = now;
        }
        return before > 0 && at(best(MOST, m[0]), MOST)[0] > most ? Double.POSITIVE_INFINITY : best;
    }

    private double score(double t, double[] m) {
        m[0] = best(t, m[0]);
        return at(m[0], t)[2];
    }

    /**
     * The zero of a falling function, which comes with its derivative: Newton's steps, between limits that close in.
     */
    static double root(DoubleFunction<double[]> falling, double start, double low, double high) {
        double a = low;
        double b = high;
        double x = start;
        for (int i = 0; i < MOST_STEPS; i++) {
            double[] f = falling.apply(x);
            if (f[0] == 0) {
                return x;
            }
            if (f[0] > 0) {
                a = x;
            } else {
                b = x;
            }
            double step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, -f[0] / f[1]));
            double next = x + step;
            if (!(next > a && next < b)) {
                next = Double.isInfinite(a) || Double.isInfinite(b)
                        ? x + Math.copySign(LONGEST_STEP, f[0])
                        : 0.5 * (a + b);
            }
            if (Math.abs(next - x) <= SMALL_STEP * (1 + Math.abs(x))) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** Whether the likelihood has a maximum at a finite tau. */
    boolean hasMaximum() {
        return !Double.isInfinite(tau);
    }

    double mu() {
        return mu;
    }

    double tau() {
        return tau;
    }

    double logLikelihood() {
        return top[0];
    }

    /** From the observed information; at tau = 0 with tau known. */
    double error() {
        if (tau == 0) {
            return Math.sqrt(-1 / top[3]);
        }
        return Math.sqrt(-top[5] / (top[3] * top[5] - top[4] * top[4]));
    }
}

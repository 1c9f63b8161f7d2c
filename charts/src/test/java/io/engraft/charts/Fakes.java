package io.engraft.charts;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.FollowUp;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.curve.StateProbabilities;
import io.engraft.curve.SurvivalFunction;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Small hand-written curves, so that the figures are tested without any estimator. */
final class Fakes {

    private Fakes() {}

    /** Kaplan-Meier with Greenwood's variance, log-log limits. */
    static final class KaplanMeier extends FakeCohort implements SurvivalFunction {

        private final double[] jumps;
        private final double[] level;
        private final double[] error;

        KaplanMeier(double[] times, int[] status) {
            super(times, status);
            List<double[]> points = new ArrayList<>();
            double s = 1;
            double sum = 0;
            for (double t : distinct) {
                double d = events(t, 0);
                if (d > 0) {
                    double n = atRiskAt(t);
                    s *= 1 - d / n;
                    sum += d / (n * (n - d));
                    points.add(new double[] {t, s, s == 0 ? 0 : s * Math.sqrt(sum)});
                }
            }
            jumps = points.stream().mapToDouble(p -> p[0]).toArray();
            level = points.stream().mapToDouble(p -> p[1]).toArray();
            error = points.stream().mapToDouble(p -> p[2]).toArray();
        }

        private int index(double t) {
            int i = Arrays.binarySearch(jumps, Require.time(t));
            return i >= 0 ? i : -i - 2;
        }

        private boolean beyond(double t) {
            boolean dead = level.length > 0 && level[level.length - 1] == 0;
            return t > horizon() && !dead;
        }

        @Override
        public PointEstimate survivalAt(double t) {
            int i = index(t);
            if (beyond(t)) {
                return PointEstimate.notEstimable("beyond the last observation");
            }
            double s = i < 0 ? 1 : level[i];
            double se = i < 0 ? 0 : error[i];
            return PointEstimate.of(s, se, ConfidenceType.LOG_LOG.interval(s, se, 0.95, Profile.ENGRAFT));
        }

        @Override
        public double[] survivalValues(double[] at) {
            return Arrays.stream(at)
                    .map(t -> beyond(t) ? Double.NaN : index(t) < 0 ? 1 : level[index(t)])
                    .toArray();
        }

        @Override
        public PointEstimate quantile(double p) {
            for (int i = 0; i < jumps.length; i++) {
                if (level[i] <= 1 - p) {
                    return PointEstimate.of(
                            jumps[i], Double.NaN, Interval.partial(jumps[i] / 2, Double.NaN, 0.95, "upper limit high"));
                }
            }
            return PointEstimate.notEstimable("the curve stays above");
        }

        @Override
        public PointEstimate restrictedMean(double tau) {
            return PointEstimate.notEstimable("not needed");
        }

        @Override
        public double[][] survivalCovariance(double[] at) {
            return new double[at.length][at.length];
        }

        @Override
        public double horizon() {
            return distinct[distinct.length - 1];
        }

        @Override
        public double[] jumpTimes() {
            return jumps.clone();
        }
    }

    /** A curve whose every patient stands for many. */
    record Scaled(KaplanMeier one, double factor) implements SurvivalFunction, FollowUp {

        @Override
        public PointEstimate survivalAt(double t) {
            return one.survivalAt(t);
        }

        @Override
        public double[] survivalValues(double[] times) {
            return one.survivalValues(times);
        }

        @Override
        public PointEstimate quantile(double p) {
            return one.quantile(p);
        }

        @Override
        public PointEstimate restrictedMean(double tau) {
            return one.restrictedMean(tau);
        }

        @Override
        public double[][] survivalCovariance(double[] times) {
            return one.survivalCovariance(times);
        }

        @Override
        public double horizon() {
            return one.horizon();
        }

        @Override
        public double[] jumpTimes() {
            return one.jumpTimes();
        }

        @Override
        public double atRiskAt(double t) {
            return factor * one.atRiskAt(t);
        }

        @Override
        public double eventsUpTo(double t) {
            return factor * one.eventsUpTo(t);
        }

        @Override
        public double censoredUpTo(double t) {
            return factor * one.censoredUpTo(t);
        }

        @Override
        public double[] censoringTimes() {
            return one.censoringTimes();
        }
    }

    /** Aalen-Johansen of one cause with a rough binomial standard error. */
    static final class Incidence extends FakeCohort implements IncidenceFunction {

        private final String cause;
        private final double[] jumps;
        private final double[] level;

        Incidence(String cause, double[] times, int[] status, int code) {
            super(times, status);
            this.cause = cause;
            List<double[]> points = new ArrayList<>();
            double s = 1;
            double f = 0;
            for (double t : distinct) {
                double n = atRiskAt(t);
                double all = events(t, 0);
                f += s * events(t, code) / n;
                s *= 1 - all / n;
                if (all > 0) {
                    points.add(new double[] {t, f});
                }
            }
            jumps = points.stream().mapToDouble(p -> p[0]).toArray();
            level = points.stream().mapToDouble(p -> p[1]).toArray();
        }

        private double value(double t) {
            int i = Arrays.binarySearch(jumps, Require.time(t));
            int k = i >= 0 ? i : -i - 2;
            return t > horizon() ? Double.NaN : k < 0 ? 0 : level[k];
        }

        @Override
        public String cause() {
            return cause;
        }

        @Override
        public PointEstimate incidenceAt(double t) {
            double f = value(t);
            if (Double.isNaN(f)) {
                return PointEstimate.notEstimable("beyond the last observation");
            }
            double se = Math.sqrt(f * (1 - f) / times.length);
            return PointEstimate.of(f, se, ConfidenceType.LOG_LOG.interval(f, se, 0.95, Profile.ENGRAFT));
        }

        @Override
        public double[] incidenceValues(double[] at) {
            return Arrays.stream(at).map(this::value).toArray();
        }

        @Override
        public double horizon() {
            return distinct[distinct.length - 1];
        }

        @Override
        public double[] jumpTimes() {
            return jumps.clone();
        }
    }

    /** A smooth survival curve without end. */
    static SurvivalFunction smooth(DoubleUnaryOperator s) {
        return new SurvivalFunction() {
            @Override
            public PointEstimate survivalAt(double t) {
                return PointEstimate.exact(s.applyAsDouble(Require.time(t)));
            }

            @Override
            public double[] survivalValues(double[] times) {
                return Arrays.stream(times).map(s).toArray();
            }

            @Override
            public PointEstimate quantile(double p) {
                for (double t = 0; t < 1000; t += 0.01) {
                    if (s.applyAsDouble(t) <= 1 - p) {
                        return PointEstimate.exact(t);
                    }
                }
                return PointEstimate.notEstimable("a share is cured");
            }

            @Override
            public PointEstimate restrictedMean(double tau) {
                return PointEstimate.notEstimable("not needed");
            }

            @Override
            public double[][] survivalCovariance(double[] times) {
                return new double[times.length][times.length];
            }

            @Override
            public double horizon() {
                return Double.POSITIVE_INFINITY;
            }

            @Override
            public double[] jumpTimes() {
                return new double[0];
            }
        };
    }

    /** A Weibull mixture with a cured share. */
    static SurvivalFunction cure(double cured, double shape, double scale) {
        return smooth(t -> cured + (1 - cured) * Math.exp(-Math.pow(t / scale, shape)));
    }

    static IncidenceFunction smoothIncidence(String cause, DoubleUnaryOperator f) {
        return new IncidenceFunction() {
            @Override
            public String cause() {
                return cause;
            }

            @Override
            public PointEstimate incidenceAt(double t) {
                return PointEstimate.exact(f.applyAsDouble(t));
            }

            @Override
            public double[] incidenceValues(double[] times) {
                return Arrays.stream(times).map(f).toArray();
            }

            @Override
            public double horizon() {
                return Double.POSITIVE_INFINITY;
            }

            @Override
            public double[] jumpTimes() {
                return new double[0];
            }
        };
    }

    /** States as functions of time that sum to one. */
    static StateProbabilities states(List<String> names, List<DoubleUnaryOperator> functions, double horizon) {
        return new StateProbabilities() {
            @Override
            public List<String> states() {
                return names;
            }

            @Override
            public PointEstimate probabilityAt(String state, double t) {
                return PointEstimate.exact(functions.get(names.indexOf(state)).applyAsDouble(t));
            }

            @Override
            public double[][] probabilityValues(double[] times) {
                return functions.stream()
                        .map(f -> Arrays.stream(times).map(f).toArray())
                        .toArray(double[][]::new);
            }

            @Override
            public double[][] covariance(double[] times) {
                return new double[0][0];
            }

            @Override
            public double horizon() {
                return horizon;
            }

            @Override
            public double[] jumpTimes() {
                return new double[0];
            }
        };
    }

    /** Simulated patients: a cured share, Weibull times of the others, uniform censoring. */
    static KaplanMeier simulated(long seed, int n, double cured, double scale, double lastVisit) {
        Random random = new Random(seed);
        double[] times = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            double event = random.nextDouble() < cured
                    ? Double.POSITIVE_INFINITY
                    : scale * Math.pow(-Math.log(random.nextDouble()), 1.1);
            double visit = lastVisit * (0.3 + 0.7 * random.nextDouble());
            times[i] = Math.round(100 * Math.min(event, visit)) / 100.0 + 0.01;
            status[i] = event <= visit ? 1 : 0;
        }
        return new KaplanMeier(times, status);
    }

    /** Simulated patients with two causes; gives the curve of one. */
    static Incidence competing(long seed, int n, double relapse, double death, int code, String cause) {
        Random random = new Random(seed);
        double[] times = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            int fate = u < relapse ? 1 : u < relapse + death ? 2 : 0;
            double event = fate == 0 ? Double.POSITIVE_INFINITY : -9 * Math.log(random.nextDouble()) * fate;
            double visit = 20 + 60 * random.nextDouble();
            times[i] = Math.round(10 * Math.min(event, visit)) / 10.0 + 0.1;
            status[i] = event <= visit ? fate : 0;
        }
        return new Incidence(cause, times, status, code);
    }
}

package io.engraft.regression.adjusted;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.StepCrossing;
import io.engraft.regression.HazardCombination;
import io.engraft.regression.PredictedSurvival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The survival curve of a cohort in which all had one level of a covariate, by a Cox model. Right-continuous with steps at the
 * event times; intervals on the scale of log(-log S). A value costs work linear in the cohort's patients. Immutable.
 */
public final class AdjustedSurvival implements SurvivalFunction, Tabular {

    private final AdjustedCohort cohort;
    private final String level;
    private final PredictedSurvival[] patients;

    AdjustedSurvival(AdjustedCohort cohort, String level, PredictedSurvival[] patients) {
        this.cohort = cohort;
        this.level = level;
        this.patients = patients;
    }

    double leastHorizon() {
        return Arrays.stream(patients)
                .mapToDouble(PredictedSurvival::lastTime)
                .min()
                .orElse(0);
    }

    /**
     * The level that all have.
     *
     * @return its name
     */
    public String level() {
        return level;
    }

    /** S(t) as a mean. */
    AdjustedCohort.Mean mean(double t) {
        double[] at = {t};
        double[] each = new double[patients.length];
        HazardCombination.Builder sum = HazardCombination.of(cohort.fit());
        double mean = 0;
        for (int i = 0; i < patients.length; i++) {
            each[i] = patients[i].survivalValues(at)[0];
            double share = cohort.weight(i) / cohort.total();
            mean += share * each[i];
            sum.add(-share * each[i], patients[i], t);
        }
        return new AdjustedCohort.Mean(mean, sum.build(), each);
    }

    /** The area up to tau as a mean. */
    AdjustedCohort.Mean area(double tau) {
        double[] each = new double[patients.length];
        HazardCombination.Builder sum = HazardCombination.of(cohort.fit());
        double mean = 0;
        for (int i = 0; i < patients.length; i++) {
            double share = cohort.weight(i) / cohort.total();
            double[] times = patients[i].jumpTimes();
            double[] survival = patients[i].survivalValues(times);
            int count = 0;
            while (count < times.length && times[count] < tau) {
                count++;
            }
            double[] multiples = new double[count];
            double area = 0;
            double until = tau;
            for (int k = count - 1; k >= 0; k--) {
                area += (until - times[k]) * survival[k];
                multiples[k] = -share * area;
                until = times[k];
            }
            each[i] = area + until;
            mean += share * each[i];
            sum.addSteps(patients[i], multiples);
        }
        return new AdjustedCohort.Mean(mean, sum.build(), each);
    }

    private double error(AdjustedCohort.Mean mean) {
        return Math.sqrt(cohort.covariance(List.of(mean))[0][0]);
    }

    @Override
    public PointEstimate survivalAt(double t) {
        if (!cohort.isKnown(Require.time(t))) {
            return cohort.unknown();
        }
        AdjustedCohort.Mean mean = mean(t);
        double error = error(mean);
        Interval interval = Double.isNaN(error)
                ? Interval.notEstimable(cohort.fit().level(), cohort.noErrors())
                : ConfidenceType.LOG_LOG.interval(
                        mean.value(), error, cohort.fit().level(), Profile.ENGRAFT);
        return PointEstimate.of(mean.value(), error, interval);
    }

    @Override
    public double[] survivalValues(double[] times) {
        double[] values = new double[times.length];
        for (int i = 0; i < patients.length; i++) {
            double[] of = patients[i].survivalValues(times);
            for (int j = 0; j < values.length; j++) {
                values[j] += cohort.weight(i) / cohort.total() * of[j];
            }
        }
        return values;
    }

    @Override
    public PointEstimate quantile(double p) {
        Require.properFraction("share", p);
        double[] times = jumpTimes();
        double[] values = survivalValues(times);
        StepCrossing steps = new StepCrossing() {
            @Override
            public int size() {
                return times.length;
            }

            @Override
            public boolean falls(int point) {
                return true;
            }

            @Override
            public double time(int point) {
                return times[point];
            }

            @Override
            public double lastTime() {
                return horizon();
            }
        };
        double tolerance = Profile.ENGRAFT.quantileTolerance();
        double time = steps.crossing(1 - p, tolerance, k -> values[k]);
        // Both limits go over the same points, each of which goes through the cohort.
        @Nullable Interval[] known = new @Nullable Interval[times.length];
        double lower = steps.crossing(1 - p, tolerance, k -> limit(k, known, times, values, true));
        double upper = steps.crossing(1 - p, tolerance, k -> limit(k, known, times, values, false));
        Interval interval = Interval.partial(
                lower, upper, cohort.fit().level(), "a limit of S does not come down to " + Brief.number(1 - p));
        return Double.isNaN(time)
                ? PointEstimate.notEstimable(
                        "S stays above " + Brief.number(1 - p) + " up to " + Brief.time(horizon()), interval)
                : PointEstimate.of(time, Double.NaN, interval);
    }

    private double limit(int k, @Nullable Interval[] known, double[] times, double[] values, boolean isLower) {
        Interval interval = known[k];
        if (interval == null) {
            interval = survivalAt(times[k]).interval();
            known[k] = interval;
        }
        return (isLower ? interval.lower() : interval.upper()).orElse(values[k]);
    }

    /** The mean time without the event within the first tau, with a plain interval within [0, tau]. */
    @Override
    public PointEstimate restrictedMean(double tau) {
        Require.positive("tau", tau);
        if (!cohort.isKnown(tau)) {
            return cohort.unknown();
        }
        AdjustedCohort.Mean mean = area(tau);
        double error = error(mean);
        double at = cohort.fit().level();
        if (!(error > 0)) {
            String reason = Double.isNaN(error) ? cohort.noErrors() : "its standard error is 0, which says nothing";
            return PointEstimate.of(mean.value(), Double.NaN, Interval.notEstimable(at, reason));
        }
        double half = ConfidenceType.normalQuantile(at) * error;
        return PointEstimate.of(
                mean.value(),
                error,
                Interval.of(Math.max(mean.value() - half, 0), Math.min(mean.value() + half, tau), at));
    }

    @Override
    public double[][] survivalCovariance(double[] times) {
        List<AdjustedCohort.Mean> means = new ArrayList<>();
        boolean[] known = new boolean[times.length];
        for (int j = 0; j < times.length; j++) {
            known[j] = cohort.isKnown(Require.time(times[j]));
            means.add(mean(known[j] ? times[j] : 0));
        }
        double[][] v = cohort.covariance(means);
        for (int a = 0; a < v.length; a++) {
            for (int b = 0; b < v.length; b++) {
                v[a][b] = known[a] && known[b] ? v[a][b] : Double.NaN;
            }
        }
        return v;
    }

    @Override
    public double horizon() {
        return cohort.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return Arrays.stream(cohort.times()).filter(t -> cohort.isKnown(t)).toArray();
    }

    /**
     * The curve as a table. The standard error of each row goes through the whole cohort.
     *
     * @return one row an event time: time, survival, std_error, lower, upper; NaN where there is no limit
     */
    @Override
    public TidyTable tidy() {
        return PointEstimate.table("survival", jumpTimes(), this::survivalAt);
    }

    @Override
    public String toString() {
        return "adjusted survival, " + cohort.covariate() + " " + level + ", "
                + Brief.count(jumpTimes().length, "event time");
    }
}

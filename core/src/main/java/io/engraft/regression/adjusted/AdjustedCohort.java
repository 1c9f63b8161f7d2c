package io.engraft.regression.adjusted;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.HazardCombination;
import io.engraft.regression.PredictedSurvival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** The adjusted curves of one cohort, with what compares them. Immutable. */
public final class AdjustedCohort {

    private static final int FEWEST_DRAWS = 1000;
    private static final int MOST_TIMES = 200;

    private final CoxFit fit;
    private final String covariate;
    private final Map<String, AdjustedSurvival> curves = new LinkedHashMap<>();
    private final boolean fixed;
    /** By patient, those alike taken as one: the weight, and the sum of squares of the weights of all who are. */
    private final double[] weight;

    private final double[] squares;
    private final double total;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final double[] times;
    private final double horizon;

    AdjustedCohort(
            CoxFit fit,
            SurvivalData cohort,
            String covariate,
            Map<String, IntFunction<CovariateProfile>> levels,
            boolean fixed) {
        this.fit = fit;
        this.covariate = covariate;
        this.fixed = fixed;
        List<String> strata = fit.strata();
        Categories column = cohort.strata().orElse(null);
        if (!strata.isEmpty() && column == null) {
            throw new InvalidArgumentException(
                    "the cohort has no strata and the model has; allowed: a strata column with " + strata);
        }
        IntFunction<String> stratum = strata.isEmpty() || column == null ? i -> "" : column::value;
        IntFunction<CovariateProfile> first = levels.values().iterator().next();
        boolean replicates =
                cohort.weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        Map<List<String>, Integer> alike = new LinkedHashMap<>();
        List<Integer> rows = new ArrayList<>();
        double[] weights = new double[cohort.size()];
        double[] sums = new double[cohort.size()];
        for (int i = 0; i < cohort.size(); i++) {
            double w = cohort.weight(i);
            if (w > 0) {
                List<String> key = List.of(first.apply(i).toString(), stratum.apply(i));
                Integer known = alike.putIfAbsent(key, rows.size());
                int at = known == null ? rows.size() : known;
                if (known == null) {
                    rows.add(i);
                }
                weights[at] += w;
                sums[at] += replicates ? w : w * w;
            }
        }
        if (rows.isEmpty()) {
            throw InvalidArgumentException.of("number of patients with weight", 0, "at least 1");
        }
        this.weight = Arrays.copyOf(weights, rows.size());
        this.squares = Arrays.copyOf(sums, rows.size());
        this.total = Arrays.stream(weight).sum();
        fit.cause()
                .ifPresent(
                        cause -> warnings.add(
                                "the fit is of one cause, " + cause + ", and other causes censor: the curves are"
                                        + " those of a world without the other causes, and 1 - S is not the share with the cause"));
        levels.forEach((level, profile) -> {
            PredictedSurvival[] patients = new PredictedSurvival[rows.size()];
            for (int x = 0; x < patients.length; x++) {
                CovariateProfile patient = profile.apply(rows.get(x));
                patients[x] =
                        strata.isEmpty() ? fit.predict(patient) : fit.predict(patient, stratum.apply(rows.get(x)));
                warnings.addAll(patients[x].warnings());
            }
            curves.put(level, new AdjustedSurvival(this, level, patients));
        });
        AdjustedSurvival any = curves.values().iterator().next();
        this.times = fit.baseline().stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.jumpTimes()))
                .sorted()
                .distinct()
                .toArray();
        this.horizon = any.leastHorizon();
    }

    /** A mean over the cohort with what it is made of. */
    static final class Mean {
        private final double value;
        private final HazardCombination sum;
        private final double[] each;

        Mean(double value, HazardCombination sum, double[] each) {
            this.value = value;
            this.sum = sum;
            this.each = each;
        }

        double value() {
            return value;
        }
    }

    CoxFit fit() {
        return fit;
    }

    double weight(int patient) {
        return weight[patient];
    }

    double total() {
        return total;
    }

    double[] times() {
        return times;
    }

    /** The end of what is known of every patient. */
    double horizon() {
        return horizon;
    }

    boolean isKnown(double t) {
        return t <= horizon || fit.tieRule().joins(horizon, t);
    }

    PointEstimate unknown() {
        return PointEstimate.notEstimable("follow-up ends at " + Brief.time(horizon) + " for some of the cohort");
    }

    String noErrors() {
        return "the fit ended " + fit.status() + ": " + fit.statusReason();
    }

    double[][] covariance(List<Mean> means) {
        double[][] v = fit.covariance(means.stream().map(m -> m.sum).toList());
        for (int a = 0; a < v.length && !fixed; a++) {
            for (int b = 0; b < v.length; b++) {
                double sum = 0;
                for (int i = 0; i < weight.length; i++) {
                    sum += squares[i]
                            * (means.get(a).each[i] - means.get(a).value())
                            * (means.get(b).each[i] - means.get(b).value());
                }
                v[a][b] += sum / total / total;
            }
        }
        return v;
    }

    /**
     * The levels that are compared.
     *
     * @return their names
     */
    public List<String> levels() {
        return List.copyOf(curves.keySet());
    }

    /**
     * The covariate whose levels are compared.
     *
     * @return its name
     */
    public String covariate() {
        return covariate;
    }

    /**
     * The curve of one level.
     *
     * @param level one of {@link #levels()}
     * @return the curve
     * @throws InvalidArgumentException when there is no such level
     */
    public AdjustedSurvival curve(String level) {
        AdjustedSurvival curve = curves.get(level);
        if (curve == null) {
            throw InvalidArgumentException.ofText("level", level, "one of " + levels());
        }
        return curve;
    }

    /**
     * What a reader should know: that the fit is of one cause among several, covariates outside of what the fitted rows had, as a level may put a patient where nobody was.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * S_a(t) - S_b(t), with a plain interval.
     *
     * @param level a
     * @param against b
     * @param t the time, t &gt;= 0
     * @return the difference; not estimable beyond follow-up
     * @throws InvalidArgumentException when there is no such level
     */
    public PointEstimate difference(String level, String against, double t) {
        if (!isKnown(Require.time(t))) {
            return unknown();
        }
        return difference(curve(level).mean(t), curve(against).mean(t), -1, 1);
    }

    /**
     * The difference of the areas under the curves up to a time: the mean time without the event that a level gains within it.
     *
     * @param level a
     * @param against b
     * @param tau the time, tau &gt; 0
     * @return the difference, with a plain interval; not estimable beyond follow-up
     * @throws InvalidArgumentException when there is no such level
     */
    public PointEstimate restrictedMeanDifference(String level, String against, double tau) {
        Require.positive("tau", tau);
        if (!isKnown(tau)) {
            return unknown();
        }
        return difference(curve(level).area(tau), curve(against).area(tau), -tau, tau);
    }

    private PointEstimate difference(Mean a, Mean b, double least, double most) {
        double[][] v = covariance(List.of(a, b));
        double variance = v[0][0] + v[1][1] - v[0][1] - v[1][0];
        double value = a.value() - b.value();
        double error = Math.sqrt(Math.max(variance, 0));
        if (!(error > 0)) {
            String reason = Double.isNaN(variance) ? noErrors() : "its standard error is 0, which says nothing";
            return PointEstimate.of(value, Double.NaN, Interval.notEstimable(fit.level(), reason));
        }
        double half = ConfidenceType.normalQuantile(fit.level()) * error;
        return PointEstimate.of(
                value, error, Interval.of(Math.max(value - half, least), Math.min(value + half, most), fit.level()));
    }

    /**
     * (1 - S_a(t)) / (1 - S_b(t)), the ratio of the shares with the event, with an interval on the log scale.
     *
     * @param level a
     * @param against b
     * @param t the time, t &gt;= 0
     * @return the ratio; not estimable beyond follow-up and where a share is 0
     * @throws InvalidArgumentException when there is no such level
     */
    public PointEstimate ratio(String level, String against, double t) {
        if (!isKnown(Require.time(t))) {
            return unknown();
        }
        Mean a = curve(level).mean(t);
        Mean b = curve(against).mean(t);
        double x = 1 - a.value();
        double y = 1 - b.value();
        if (!(x > 0) || !(y > 0)) {
            return PointEstimate.notEstimable("nobody is predicted to have the event by " + Brief.time(t));
        }
        double[][] v = covariance(List.of(a, b));
        double ofLog = Math.sqrt(Math.max(v[0][0] / x / x + v[1][1] / y / y - 2 * v[0][1] / x / y, 0));
        double ratio = x / y;
        if (Double.isNaN(ofLog)) {
            return PointEstimate.of(ratio, Double.NaN, Interval.notEstimable(fit.level(), noErrors()));
        }
        double half = ConfidenceType.normalQuantile(fit.level()) * ofLog;
        return PointEstimate.of(
                ratio, ratio * ofLog, Interval.of(ratio * Math.exp(-half), ratio * Math.exp(half), fit.level()));
    }

    /**
     * A band that holds the whole difference S_a - S_b over a range of times with the level of the fit: the estimate and so many
     * standard errors on either side, the largest of all times of normal draws with the joint covariance.
     *
     * @param level a
     * @param against b
     * @param from the first time, with a difference that can be estimated
     * @param to the last time, within follow-up
     * @param draws how many draws, 1,000 or more
     * @param seed of the draws
     * @return the band at the event times of the range, or at 200 of them, evenly spread
     * @throws InvalidArgumentException when there is no such level, the range is empty or beyond follow-up, or draws are fewer
     * @throws io.engraft.NotEstimableException when the fit has no standard errors
     */
    public AdjustedBand differenceBand(String level, String against, double from, double to, int draws, long seed) {
        double[] at = timesIn(from, to);
        List<Mean> means = new ArrayList<>();
        for (double t : at) {
            means.add(curve(level).mean(t));
            means.add(curve(against).mean(t));
        }
        double[][] v = covariance(means);
        double[] value = new double[at.length];
        double[][] ofDifference = new double[at.length][at.length];
        for (int i = 0; i < at.length; i++) {
            value[i] = means.get(2 * i).value() - means.get(2 * i + 1).value();
            for (int j = 0; j < at.length; j++) {
                ofDifference[i][j] =
                        v[2 * i][2 * j] + v[2 * i + 1][2 * j + 1] - v[2 * i][2 * j + 1] - v[2 * i + 1][2 * j];
            }
        }
        return AdjustedBand.of(
                at, value, ofDifference, fit.level(), Require.draws("draws", draws, FEWEST_DRAWS), seed, noErrors());
    }

    private double[] timesIn(double from, double to) {
        if (!isKnown(Require.time(to))) {
            throw InvalidArgumentException.of("end of the band", to, "up to " + horizon + ", the end of follow-up");
        }
        double[] in = Arrays.stream(times).filter(t -> t >= from && t <= to).toArray();
        if (in.length == 0) {
            throw new InvalidArgumentException("there is no event time from " + from + " to " + to
                    + "; allowed: a range that holds one of the " + times.length + " event times");
        }
        if (in.length <= MOST_TIMES) {
            return in;
        }
        double[] some = new double[MOST_TIMES];
        for (int i = 0; i < MOST_TIMES; i++) {
            some[i] = in[(int) Math.round((double) i * (in.length - 1) / (MOST_TIMES - 1))];
        }
        return some;
    }

    @Override
    public String toString() {
        return "adjusted survival by " + covariate + ", levels " + levels();
    }
}

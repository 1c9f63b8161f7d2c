package io.engraft.estimate.states;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * State occupation probabilities of one group: right-continuous step functions with one point a distinct exit time after
 * the start. A time costs work linear in the rows and points; the standard errors of all points are made together when
 * first asked for. Immutable.
 */
public final class OccupancyEstimate implements StateProbabilities, Tabular {

    private final StateRiskSets sets;
    private final OccupancySettings settings;
    private final String weights;
    private final double[] p;
    /** Made when first asked for; threads that race make equal ones. */
    private volatile double @Nullable [][] variances;

    OccupancyEstimate(StateRiskSets sets, OccupancySettings settings, String weights) {
        this.sets = sets;
        this.settings = settings;
        this.weights = weights;
        this.p = sets.forward(0, sets.startDistribution);
    }

    @Override
    public List<String> states() {
        return sets.states;
    }

    /**
     * The number of points.
     *
     * @return distinct exit times after the start
     */
    public int size() {
        return sets.size();
    }

    /**
     * A point's time.
     *
     * @param i from 0, ascending
     * @return the exit time
     */
    public double time(int i) {
        return sets.time[i];
    }

    /**
     * The probability of a state at a point.
     *
     * @param state its name
     * @param i from 0
     * @return the estimate
     */
    public double probability(String state, int i) {
        return p[(i + 1) * sets.k + sets.state(state)];
    }

    /**
     * The standard error of a probability at a point.
     *
     * @param state its name
     * @param i from 0
     * @return the standard error
     */
    public double standardError(String state, int i) {
        int j = sets.state(state);
        return error(p[(i + 1) * sets.k + j], allVariances()[j][i]);
    }

    /**
     * The number at risk in a state at a point, just before it.
     *
     * @param state its name
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public double atRisk(String state, int i) {
        return sets.atRisk[i * sets.k + sets.state(state)];
    }

    /**
     * The time from which the probabilities are.
     *
     * @return the start, 0 unless another was chosen
     */
    @Override
    public double start() {
        return sets.start;
    }

    @Override
    public OptionalDouble numberAtRisk(double t) {
        int before = sets.pointAt(t);
        int next = before >= 0 && sets.time[before] >= t ? before : before + 1;
        double sum = 0;
        for (int j = 0; j < sets.k && next < sets.size(); j++) {
            sum += sets.atRisk[next * sets.k + j];
        }
        return OptionalDouble.of(sum);
    }

    /**
     * The distribution over the states at the start.
     *
     * @return shares by state, given or estimated
     */
    public Map<String, Double> startDistribution() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int j = 0; j < sets.k; j++) {
            shares.put(sets.states.get(j), sets.startDistribution[j]);
        }
        return shares;
    }

    /**
     * The number of rows behind the estimate.
     *
     * @return rows under observation after the start, not weighted
     */
    public long rows() {
        return sets.rows;
    }

    /**
     * What was in force when the probabilities were estimated.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("profile", settings.profile().label());
        all.put("interval", settings.confidenceType().label());
        all.put("level", String.valueOf(settings.level()));
        all.put(
                "variance",
                isRobust() ? "robust (infinitesimal jackknife over subjects or clusters)" : "delta (Greenwood-type)");
        all.put("atRisk", "entry < t <= time");
        all.put("tieTolerance", String.valueOf(settings.tieRule().tolerance()));
        all.put("start", String.valueOf(settings.start()));
        all.put("startDistribution", settings.given().isEmpty() ? "estimated at the start" : "given");
        all.put("weights", weights);
        return all;
    }

    /**
     * What a reader of the curves should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return OccupancyWarnings.of(sets, p);
    }

    boolean isRobust() {
        return settings.variance() == OccupancyVariance.ROBUST;
    }

    StateRiskSets sets() {
        return sets;
    }

    OccupancySettings settings() {
        return settings;
    }

    /** A state that is sure, or sure not to be, has no error, whatever rounding leaves. */
    private static double error(double p, double variance) {
        return p == 0 || p == 1 ? 0 : Math.sqrt(Math.max(0, variance));
    }

    private double[][] allVariances() {
        double[][] known = variances;
        if (known == null) {
            known = variances(identity());
            variances = known;
        }
        return known;
    }

    private double[][] identity() {
        double[][] units = new double[sets.k][sets.k];
        for (int j = 0; j < sets.k; j++) {
            units[j][j] = 1;
        }
        return units;
    }

    /** Variances of sums of states at all points. */
    double[][] variances(double[][] contrasts) {
        if (!isRobust()) {
            return DeltaSweep.variances(sets, p, contrasts);
        }
        double[] startInfluence = to(-1, sets.start).influence(p, true);
        return RobustSweep.variances(sets, p, startInfluence, contrasts);
    }

    /** All states at a time as columns. */
    private BackwardPass to(int point, double t) {
        double[] units = new double[sets.k * sets.k];
        for (int j = 0; j < sets.k; j++) {
            units[j * sets.k + j] = 1;
        }
        return new BackwardPass(sets, 0, sets.start, point, t, sets.k, units, new double[0], new double[0]);
    }

    /** The estimate and variance of a single column. */
    private double[] estimate(BackwardPass pass) {
        double[][] covariance;
        if (isRobust()) {
            covariance = BackwardPass.square(sets, pass.influence(p, true), 1);
        } else {
            covariance = pass.delta(p, p);
            pass.addStart(covariance);
        }
        return new double[] {pass.values(sets.startDistribution)[0], covariance[0][0]};
    }

    boolean isKnown(double t) {
        return !sets.isBefore(t) && (!sets.isBeyond(t) || isSettled());
    }

    /** Whether at the end everybody is in a state that nobody leaves. */
    private boolean isSettled() {
        for (int j = 0; j < sets.k; j++) {
            if (!sets.absorbing[j] && p[sets.size() * sets.k + j] > 0) {
                return false;
            }
        }
        return true;
    }

    String reason(double t) {
        return sets.isBefore(t)
                ? "the probabilities start at " + NumberText.format(sets.start)
                : "follow-up ends at " + Brief.time(sets.lastTime());
    }

    PointEstimate at(double[] contrast, double t) {
        int point = sets.pointAt(t);
        if (!isKnown(t)) {
            return PointEstimate.notEstimable(reason(t));
        }
        double sum = sum(contrast, point);
        BackwardPass pass = new BackwardPass(sets, 0, sets.start, point, t, 1, contrast, new double[0], new double[0]);
        return settings.probability(sum, error(sum, estimate(pass)[1]));
    }

    /** A sum of states after a point. */
    double sum(double[] contrast, int point) {
        double sum = 0;
        boolean all = true;
        for (int j = 0; j < sets.k; j++) {
            double share = p[(point + 1) * sets.k + j];
            sum += contrast[j] * share;
            all &= contrast[j] == 1 || share == 0;
        }
        return all ? 1 : Math.min(1, sum);
    }

    double[] values(double[] contrast, double[] times) {
        double[] values = new double[times.length];
        for (int x = 0; x < times.length; x++) {
            int point = sets.pointAt(times[x]);
            values[x] = isKnown(times[x]) ? sum(contrast, point) : Double.NaN;
        }
        return values;
    }

    double[] unit(int state) {
        double[] contrast = new double[sets.k];
        contrast[state] = 1;
        return contrast;
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        return at(unit(sets.state(state)), t);
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        double[][] values = new double[sets.k][];
        for (int j = 0; j < sets.k; j++) {
            values[j] = values(unit(j), times);
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        int[] last = new int[times.length];
        for (int x = 0; x < times.length; x++) {
            int point = sets.pointAt(times[x]);
            last[x] = isKnown(times[x]) ? point : -2;
        }
        if (!isRobust()) {
            int[] order = IntStream.range(0, times.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(x -> times[x]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return DeltaSweep.covariance(sets, p, order, last);
        }
        int k = sets.k;
        int columns = times.length * k;
        double[] influence = new double[sets.clusterFactor.length * columns];
        for (int x = 0; x < times.length; x++) {
            if (last[x] != -2) {
                double[] part = to(last[x], times[x]).influence(p, true);
                for (int c = 0; c < sets.clusterFactor.length; c++) {
                    System.arraycopy(part, c * k, influence, c * columns + x * k, k);
                }
            }
        }
        double[][] matrix = BackwardPass.square(sets, influence, columns);
        for (int a = 0; a < columns; a++) {
            for (int b = 0; b < columns; b++) {
                matrix[a][b] = last[a / k] == -2 || last[b / k] == -2 ? Double.NaN : matrix[a][b];
            }
        }
        return matrix;
    }

    /**
     * The probability of being in any of some states, such as alive and in remission.
     *
     * @param some names of states, at least one, distinct
     * @return the curve
     * @throws InvalidArgumentException when a state is unknown, or there twice
     */
    public OccupancySum sum(List<String> some) {
        if (some.isEmpty() || new LinkedHashSet<>(some).size() != some.size()) {
            throw InvalidArgumentException.of("states to sum", some, "one or more, distinct");
        }
        double[] contrast = new double[sets.k];
        some.forEach(name -> contrast[sets.state(name)] = 1);
        return new OccupancySum(this, some, contrast);
    }

    /**
     * The expected time spent in a state from the start to tau (mean sojourn; restricted mean).
     *
     * @param state its name
     * @param tau the horizon, above the start
     * @return the time with a plain interval cut to [0, tau - start]; not estimable where tau is beyond the end
     */
    public PointEstimate timeIn(String state, double tau) {
        return timeIn(unit(sets.state(state)), tau);
    }

    PointEstimate timeIn(double[] contrast, double tau) {
        Require.positive("tau", tau);
        if (!(tau > sets.start)) {
            return PointEstimate.notEstimable(
                    "tau is " + Brief.time(tau) + " and the probabilities start at " + NumberText.format(sets.start));
        }
        if (!isKnown(tau)) {
            return PointEstimate.notEstimable(
                    "tau is " + Brief.time(tau) + " and follow-up ends at " + Brief.time(sets.lastTime()));
        }
        double length = tau - sets.start;
        // As a share of the whole time, since the square of a huge or tiny time leaves the range of doubles.
        double scale = Math.max(length, Double.MIN_NORMAL);
        double[] reward = Arrays.stream(contrast).map(c -> c / scale).toArray();
        double[] found = estimate(new BackwardPass(
                sets, 0, sets.start, sets.pointAt(tau), tau, 1, new double[sets.k], reward, new double[0]));
        return settings.time(scale * found[0], scale * Math.sqrt(Math.max(0, found[1])), length);
    }

    /**
     * The expected number of transitions into a state from the start to t; the start itself is not one.
     *
     * @param state its name
     * @param t the time, &gt;= 0
     * @return the number with an interval on the log scale; not estimable beyond the end
     */
    public PointEstimate visits(String state, double t) {
        double[] reward = unit(sets.state(state));
        int point = sets.pointAt(t);
        if (!isKnown(t)) {
            return PointEstimate.notEstimable(reason(t));
        }
        double[] found =
                estimate(new BackwardPass(sets, 0, sets.start, point, t, 1, new double[sets.k], new double[0], reward));
        return settings.positive(found[0], Math.sqrt(Math.max(0, found[1])), "nobody entered the state by then");
    }

    /**
     * The Nelson-Aalen estimate of a transition's cumulative hazard.
     *
     * @param from the state that is left, by name
     * @param to the state that is entered, by name
     * @return the curve; 0 where the transition was never seen
     * @throws InvalidArgumentException when a state is unknown, or both are the same
     */
    public TransitionHazard hazard(String from, String to) {
        return new TransitionHazard(this, sets.state(from), sets.state(to));
    }

    /**
     * The transition probabilities P(s, t), which need the Markov assumption.
     *
     * @param s the earlier time, at or after the start
     * @param t the later time, &gt;= s
     * @return the matrix
     * @throws InvalidArgumentException when s is before the start, t before s, or t beyond the end of follow-up
     */
    public TransitionProbabilities transitions(double s, double t) {
        if (!(s >= sets.start) || !(s < Double.POSITIVE_INFINITY)) {
            throw InvalidArgumentException.of("s", s, "at or after the start, which is " + sets.start);
        }
        if (!(t >= s) || sets.isBeyond(t)) {
            throw InvalidArgumentException.of("t", t, "s to the end of follow-up, which is " + sets.lastTime());
        }
        return new TransitionProbabilities(this, s, t);
    }

    @Override
    public double horizon() {
        return isSettled() ? Double.POSITIVE_INFINITY : sets.lastTime();
    }

    @Override
    public double[] jumpTimes() {
        return IntStream.range(0, size())
                .filter(sets::hasTransitions)
                .mapToDouble(i -> sets.time[i])
                .toArray();
    }

    /** The states below each other, one row a point and state. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("at_risk")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (String state : states()) {
            double[] values = IntStream.range(0, size())
                    .mapToDouble(i -> probability(state, i))
                    .toArray();
            double[] errors = IntStream.range(0, size())
                    .mapToDouble(i -> standardError(state, i))
                    .toArray();
            Limits limits = Limits.of(settings.confidenceType(), values, errors, settings.level(), settings.profile());
            for (int i = 0; i < size(); i++) {
                table.row(state, time(i), atRisk(state, i), values[i], errors[i], limits.lower(i), limits.upper(i));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (String state : states()) {
            parts.add(state + " " + Brief.number(probability(state, size() - 1)));
        }
        return "Aalen-Johansen: " + Brief.count(rows(), "row") + ", at " + Brief.number(time(size() - 1)) + " "
                + String.join(", ", parts);
    }
}

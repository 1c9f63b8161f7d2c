package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.Transition;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import io.engraft.regression.CovariatePath;
import io.engraft.regression.HazardCombination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The probabilities of states over time that Cox models of the transitions predict for one patient who is in a known state
 * at a start,
 *
 * <pre>
 *   P(s, t) = product over event times u in (s, t] of (I + dH(u | covariates))
 * </pre>
 *
 * <p>with dH of each transition the step of its predicted cumulative hazard, along a path of covariates too; see
 * {@link SurvivalForm} for what stays. Without covariates it is the Aalen-Johansen estimate. Variances are by the delta
 * method on the joint covariance of all hazards of all transitions and the coefficients that they share, model-based or, for
 * robust fits, as the sum over clusters of squared influences. Intervals are log-log of the probability. Right-continuous
 * step functions. Immutable.
 *
 * <ol>
 *   <li>P. K. Andersen, &#216;. Borgan, R. D. Gill, N. Keiding (1993). Statistical Models Based on Counting Processes.
 *       Springer.
 * </ol>
 */
public final class PredictedStates implements StateProbabilities, Tabular {

    private final HazardCourse course;
    private final CovariatePath path;
    private final double start;
    private final int from;
    private final double level;
    /** How many times are at or before the start. */
    private final int first;
    /** By number of times after the start, the probabilities. */
    private final double[][] p;

    PredictedStates(HazardCourse course, CovariatePath path, String from, double start, double level) {
        this.course = course;
        this.path = path;
        this.from = state(course.states(), from);
        this.start = Require.time(start);
        this.level = level;
        if (!course.isKnown(start)) {
            throw InvalidArgumentException.of("start", start, "up to " + course.horizon() + ", the end of follow-up");
        }
        this.first = course.countUpTo(start);
        this.p = course.forward(first, this.from);
    }

    private static int state(List<String> states, String name) {
        int at = states.indexOf(name);
        if (at < 0) {
            throw InvalidArgumentException.ofText("state", name, "one of " + states);
        }
        return at;
    }

    HazardCourse course() {
        return course;
    }

    double level() {
        return level;
    }

    @Override
    public List<String> states() {
        return course.states();
    }

    @Override
    public double start() {
        return start;
    }

    /**
     * Where the patient is at the start.
     *
     * @return the state
     */
    public String from() {
        return course.states().get(from);
    }

    /**
     * The covariates for which this is predicted.
     *
     * @return the path; one profile where they do not change
     */
    public CovariatePath path() {
        return path;
    }

    @Override
    public double horizon() {
        return course.horizon();
    }

    @Override
    public double[] jumpTimes() {
        double[] times = course.times();
        return Arrays.copyOfRange(times, first, times.length);
    }

    /** How many times are at or before t, no fewer than at the start. */
    private int upTo(double t) {
        return Math.max(course.countUpTo(t), first);
    }

    private boolean isKnown(double t) {
        return t >= start && course.isKnown(t);
    }

    private PointEstimate unknown(double t) {
        return PointEstimate.notEstimable(
                t < start
                        ? "the prediction starts at " + Brief.time(start)
                        : "follow-up ends at " + Brief.time(course.horizon()));
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        int j = state(states(), state);
        if (!isKnown(Require.time(t))) {
            return unknown(t);
        }
        int until = upTo(t);
        double variance = course.covariance(first, List.of(change(j, until)))[0][0];
        return estimate(p[until - first][j], variance);
    }

    private double[] change(int state, int until) {
        double[] last = new double[states().size()];
        last[state] = 1;
        return course.derivatives(p, first, until, last, new double[0], 0);
    }

    private PointEstimate estimate(double value, double variance) {
        double probability = Math.min(Math.max(value, 0), 1);
        if (Double.isNaN(variance)) {
            return PointEstimate.of(probability, Double.NaN, Interval.notEstimable(level, noErrors()));
        }
        double error = Math.sqrt(Math.max(variance, 0));
        return PointEstimate.of(
                probability, error, ConfidenceType.LOG_LOG.interval(probability, error, level, Profile.ENGRAFT));
    }

    private String noErrors() {
        return course.ways().stream()
                .map(HazardCourse.Way::fit)
                .filter(fit -> Double.isNaN(
                        fit.covariance(List.of(HazardCombination.of(fit).build()))[0][0]))
                .findFirst()
                .map(fit -> "the fit ended " + fit.status() + ": " + fit.statusReason())
                .orElse("a fit has no standard errors");
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        double[][] values = new double[states().size()][times.length];
        for (int i = 0; i < times.length; i++) {
            boolean known = isKnown(Require.time(times[i]));
            double[] at = known ? p[upTo(times[i]) - first] : new double[0];
            for (int j = 0; j < values.length; j++) {
                values[j][i] = known ? Math.min(Math.max(at[j], 0), 1) : Double.NaN;
            }
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        int k = states().size();
        List<double[]> changes = new ArrayList<>();
        boolean[] known = new boolean[times.length * k];
        for (int i = 0; i < times.length; i++) {
            boolean is = isKnown(Require.time(times[i]));
            for (int j = 0; j < k; j++) {
                known[i * k + j] = is;
                changes.add(is ? change(j, upTo(times[i])) : new double[0]);
            }
        }
        double[][] v = course.covariance(first, changes);
        for (int a = 0; a < v.length; a++) {
            for (int b = 0; b < v.length; b++) {
                if (!known[a] || !known[b]) {
                    v[a][b] = Double.NaN;
                }
            }
        }
        return v;
    }

    /**
     * The expected time in a state from the start to a time, with a plain interval within what is possible.
     *
     * @param state a state
     * @param tau the time, after the start
     * @return the integral of its probability over (start, tau]; not estimable beyond follow-up
     * @throws InvalidArgumentException when the state is unknown, or tau is not after the start
     */
    public PointEstimate meanTime(String state, double tau) {
        int j = state(states(), state);
        if (!(tau > start)) {
            throw InvalidArgumentException.of("tau", tau, "tau > " + start);
        }
        if (!course.isKnown(tau)) {
            return unknown(tau);
        }
        int until = upTo(tau);
        double mean = course.spent(p, first, start, until, tau)[j];
        double[] reward = new double[states().size()];
        reward[j] = 1;
        double[] change = course.derivatives(p, first, until, new double[reward.length], reward, tau);
        double variance = course.covariance(first, List.of(change))[0][0];
        if (!(variance > 0)) {
            String reason = Double.isNaN(variance) ? noErrors() : "its standard error is 0, which says nothing";
            return PointEstimate.of(mean, Double.NaN, Interval.notEstimable(level, reason));
        }
        double error = Math.sqrt(variance);
        double half = ConfidenceType.normalQuantile(level) * error;
        return PointEstimate.of(
                mean, error, Interval.of(Math.max(mean - half, 0), Math.min(mean + half, tau - start), level));
    }

    /**
     * The incidence of the first entry into a state: the same as its probability where nobody leaves it.
     *
     * @param state a state other than {@link #from()}
     * @return the curve of P(the state has been entered by t)
     * @throws InvalidArgumentException when the state is unknown or the patient starts in it
     */
    public PredictedEntry entry(String state) {
        int j = state(states(), state);
        if (j == from) {
            throw InvalidArgumentException.ofText("state", state, "one that the patient does not start in");
        }
        boolean isLeft =
                course.ways().stream().anyMatch(way -> way.transition().from().equals(state));
        return new PredictedEntry(
                isLeft ? new PredictedStates(course.staying(state), path, from(), start, level) : this, state);
    }

    /**
     * This as a model of step hazards, to be solved with others and simulated from.
     *
     * @param unit the unit of the times
     * @return the model of a patient who is in {@link #from()} at time 0
     * @throws InvalidArgumentException when the prediction starts later than at 0, or its probabilities are not those of
     *     {@link SurvivalForm#PRODUCT_LIMIT}
     */
    public EmpiricalMultiStateModel model(DurationUnit unit) {
        if (start != 0) {
            throw InvalidArgumentException.of("start of the prediction", start, "0");
        }
        if (course.form() != SurvivalForm.PRODUCT_LIMIT) {
            throw InvalidArgumentException.ofText("form", course.form().label(), "product limit");
        }
        EmpiricalMultiStateModel.Builder builder = EmpiricalMultiStateModel.builder(unit, states())
                .start(from(), 1)
                .horizon(course.horizon());
        course.steps()
                .forEach((transition, steps) ->
                        builder.transition(transition.from(), transition.to(), steps[0], steps[1]));
        return builder.build();
    }

    /**
     * What a reader of the curves should know: covariates outside of what the fitted rows had, hazards too large for a
     * patient, and that a path of covariates measured on the patient predicts nobody's future.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        course.ways().stream()
                .flatMap(way -> way.curve().warnings().stream())
                .distinct()
                .forEach(all::add);
        if (!Double.isNaN(course.tooLarge())) {
            all.add("at time " + Brief.time(course.tooLarge())
                    + " the hazards predicted for this patient add to more than 1:"
                    + " all move there, in proportion; so few are at risk, or so far is the patient from them, that the"
                    + " probabilities from there on say little");
        }
        return all;
    }

    /**
     * The transitions whose hazards were predicted.
     *
     * @return their names
     */
    public List<Transition> transitions() {
        return course.ways().stream().map(HazardCourse.Way::transition).toList();
    }

    /**
     * The curves as a table. The standard errors of each row go through all steps before it.
     *
     * @return one row a state and time of a step: state, time, probability, std_error, lower, upper; NaN where there is no
     *     limit
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table =
                TidyTable.builder().text("state").number("time").number("probability");
        for (String column : List.of("std_error", "lower", "upper")) {
            table.number(column);
        }
        for (String state : states()) {
            for (double t : jumpTimes()) {
                PointEstimate at = probabilityAt(state, t);
                table.row(
                        state,
                        t,
                        at.estimate(),
                        at.standardError().orElse(Double.NaN),
                        at.interval().lower().orElse(Double.NaN),
                        at.interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "predicted states " + states() + " from " + from() + " at " + Brief.time(start) + ", covariates " + path;
    }
}

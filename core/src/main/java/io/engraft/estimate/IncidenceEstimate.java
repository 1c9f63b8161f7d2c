package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.TidyTable;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Aalen-Johansen estimates of all causes together, with the probability of being free of any event as their first
 * state: right-continuous step functions with one point a distinct exit time. Immutable.
 */
public final class IncidenceEstimate extends ObservedCurve implements StateProbabilities {

    /** The name of the state before any event. */
    public static final String EVENT_FREE = "event-free";

    private final CurveSettings settings;
    private final int causes;
    private final double[][] incidence;
    private final double[][] variance;
    private final boolean endsAtZero;
    /** Made when first asked for, where the variance did not need it; threads that race make equal ones. */
    private double @Nullable [] eventFree;
    /** Made when first asked for; threads that race make equal ones. */
    private @Nullable SurvivalEstimate eventFreeCurve;

    IncidenceEstimate(RiskSets sets, CurveSettings settings) {
        super(sets);
        this.settings = settings;
        this.causes = sets.table().causes().size();
        requireVariance();
        IncidenceSweep sweep = new IncidenceSweep(sets, settings.incidence());
        this.eventFree = sweep.eventFree();
        this.endsAtZero = sweep.endsAtZero();
        this.incidence = sweep.incidence();
        this.variance = sweep.variance();
    }

    private void requireVariance() {
        InfluenceRows rows = sets.rows();
        IncidenceVariance asked = settings.incidence();
        if (asked == IncidenceVariance.DELTA) {
            return;
        }
        if (rows != null) {
            throw InvalidArgumentException.of(
                    "variance of the incidence",
                    asked.label(),
                    IncidenceVariance.DELTA.label() + ", as the variance must be robust here (over "
                            + CurveSettings.clusters(rows) + ")");
        }
        boolean plain = !sets.table().hasEntry() && sets.table().weightType().isEmpty();
        if (asked == IncidenceVariance.CMPRSK && !plain) {
            throw InvalidArgumentException.of(
                    "variance of the incidence",
                    asked.label(),
                    "delta or aalen with weights or delayed entry, which cmprsk does not have");
        }
    }

    /**
     * The cumulative incidence of one cause.
     *
     * @param cause its label
     * @return the curve
     * @throws InvalidArgumentException when there is no such cause
     */
    public CauseIncidence incidence(String cause) {
        return incidence(CauseChoice.code("cause", cause, causes()));
    }

    /**
     * The cumulative incidence of one cause.
     *
     * @param code its status code, from 1
     * @return the curve
     * @throws InvalidArgumentException when there is no such cause
     */
    public CauseIncidence incidence(int code) {
        return new CauseIncidence(this, CauseChoice.code("cause", code, causes()) - 1);
    }

    /**
     * The probability of being free of any event: the Kaplan-Meier curve of the same data.
     *
     * @return the curve
     */
    public SurvivalEstimate eventFree() {
        SurvivalEstimate known = eventFreeCurve;
        if (known == null) {
            known = new SurvivalEstimate(sets, settings);
            eventFreeCurve = known;
        }
        return known;
    }

    /**
     * One minus the Kaplan-Meier estimate of one cause, other causes censored, and what it overstates: see
     * {@link OneMinusKaplanMeier}.
     *
     * @param cause its label
     * @return the curve beside the incidence
     * @throws InvalidArgumentException when there is no such cause
     */
    public OneMinusKaplanMeier oneMinusKaplanMeier(String cause) {
        return oneMinusKaplanMeier(CauseChoice.code("cause", cause, causes()));
    }

    /**
     * One minus the Kaplan-Meier estimate of one cause, other causes censored, and what it overstates: see
     * {@link OneMinusKaplanMeier}.
     *
     * @param code its status code, from 1
     * @return the curve beside the incidence
     * @throws InvalidArgumentException when there is no such cause
     */
    public OneMinusKaplanMeier oneMinusKaplanMeier(int code) {
        CauseIncidence curve = incidence(code);
        return new OneMinusKaplanMeier(curve, new SurvivalEstimate(sets.causeSpecific(code), settings));
    }

    /**
     * The causes.
     *
     * @return labels of codes 1 to K
     */
    public List<String> causes() {
        return sets.table().causes();
    }

    /**
     * What was in force when the curves were estimated.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        String variance = settings.incidence().label();
        boolean ofSurvfit = settings.profile() != Profile.R
                || settings.incidence() != IncidenceVariance.DELTA
                || !sets.table().hasEntry();
        return settings.conventions(
                ofSurvfit
                        ? variance
                        : variance + " (Greenwood-type; survfit's with delayed entry is the robust variance)",
                sets);
    }

    /**
     * What a reader of the curves should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return CurveWarnings.of(sets, eventFreeValues(), false);
    }

    @Override
    public List<String> states() {
        List<String> states = new ArrayList<>();
        states.add(EVENT_FREE);
        states.addAll(causes());
        return List.copyOf(states);
    }

    private double[] eventFreeValues() {
        double[] known = eventFree;
        if (known == null) {
            known = IncidenceSweep.eventFree(sets);
            eventFree = known;
        }
        return known;
    }

    double incidence(int cause, int point) {
        return incidence[cause][point];
    }

    double standardError(int cause, int point) {
        return Math.sqrt(variance[cause][point]);
    }

    Limits limits(int cause) {
        double[] squares = variance[cause];
        return Limits.of(
                settings.confidenceType(),
                incidence[cause],
                p -> Math.sqrt(squares[p]),
                settings.level(),
                settings.profile());
    }

    PointEstimate at(int cause, double t) {
        int point = sets.pointAt(t);
        if (!isKnown(t)) {
            return PointEstimate.notEstimable(reason(t));
        }
        double f = point < 0 ? 0 : incidence[cause][point];
        double error = point < 0 ? 0 : standardError(cause, point);
        Interval interval = settings.confidenceType().interval(f, error, settings.level(), settings.profile());
        return PointEstimate.of(f, error, interval);
    }

    private boolean isKnown(double t) {
        return !sets.isBefore(t) && (!sets.isBeyond(t) || endsAtZero);
    }

    private String reason(double t) {
        return sets.isBefore(t) ? beforeStart() : "follow-up ends at " + Brief.time(sets.lastTime());
    }

    private String beforeStart() {
        return "the curves are conditional on no event up to " + sets.start();
    }

    PointEstimate timeLost(int cause, double tau) {
        Require.positive("tau", tau);
        if (!(tau > sets.start())) {
            return PointEstimate.notEstimable(beforeStart());
        }
        if (!isKnown(tau)) {
            return PointEstimate.notEstimable("tau is " + Brief.time(tau) + " and " + reason(tau));
        }
        return LostTime.of(sets, cause, incidence[cause], eventFreeValues(), tau, settings.level());
    }

    /** The clusters' influences on F at a time, where variances are robust. */
    double[] influences(int cause, double t) {
        InfluenceTarget target = InfluenceTarget.incidence(sets, cause + 1, eventFreeValues());
        return InfluenceSweep.at(Objects.requireNonNull(sets.rows()), target, sets.pointAt(t));
    }

    double[] values(int cause, double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            int point = sets.pointAt(times[j]);
            values[j] = !isKnown(times[j]) ? Double.NaN : point < 0 ? 0 : incidence[cause][point];
        }
        return values;
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        int index = states().indexOf(state);
        if (index < 0) {
            throw InvalidArgumentException.of("state", state, "one of " + states());
        }
        return index == 0 ? eventFree().survivalAt(t) : at(index - 1, t);
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        double[][] values = new double[causes + 1][];
        for (int k = 0; k < causes; k++) {
            values[k + 1] = values(k, times);
        }
        values[0] = new double[times.length];
        double[] free = eventFreeValues();
        for (int j = 0; j < times.length; j++) {
            int point = sets.pointAt(times[j]);
            values[0][j] = !isKnown(times[j]) ? Double.NaN : point < 0 ? 1 : free[point];
        }
        return values;
    }

    /** The joint covariance by the delta method; by influences where the variance is robust. */
    @Override
    public double[][] covariance(double[] times) {
        InfluenceRows rows = sets.rows();
        if (rows != null) {
            return robustCovariance(rows, times);
        }
        Integer[] order = IntStream.range(0, times.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(j -> times[j]));
        JointCovariance joint = new JointCovariance(causes, times.length);
        double[] h = new double[causes];
        double[] free = eventFreeValues();
        int next = 0;
        for (int j : order) {
            int last = sets.pointAt(times[j]);
            for (; next <= last; next++) {
                if (sets.events(next) > 0) {
                    double n = sets.atRisk(next);
                    for (int k = 0; k < causes; k++) {
                        h[k] = sets.table().eventWeight(sets.row(next), k + 1) / n;
                    }
                    double stay = (n - sets.events(next)) / n;
                    joint.step(h, stay, n, next == 0 ? 1 : free[next - 1]);
                }
            }
            joint.mark(j, isKnown(times[j]));
        }
        return joint.matrix();
    }

    private double[][] robustCovariance(InfluenceRows rows, double[] times) {
        int states = causes + 1;
        List<Influences> influences = new ArrayList<>();
        influences.add(Influences.of(rows, InfluenceTarget.hazard(sets, SurvivalEstimator.KAPLAN_MEIER), sets, times));
        for (int k = 1; k < states; k++) {
            influences.add(Influences.of(rows, InfluenceTarget.incidence(sets, k, eventFreeValues()), sets, times));
        }
        double[][] values = probabilityValues(times);
        double[][] matrix = new double[times.length * states][times.length * states];
        for (int a = 0; a < matrix.length; a++) {
            for (int b = 0; b < matrix.length; b++) {
                double scale = scale(values, a, states) * scale(values, b, states);
                Influences other = influences.get(b % states);
                matrix[a][b] = scale == 0 || Double.isNaN(scale)
                        ? scale
                        : scale * influences.get(a % states).covariance(a / states, other, b / states);
            }
        }
        return matrix;
    }

    /** What turns the influence on a state's curve at a time into that on its probability: -S from the hazard to S. */
    private static double scale(double[][] values, int place, int states) {
        double value = values[place % states][place / states];
        return place % states == 0 || Double.isNaN(value) ? -value : 1;
    }

    @Override
    public OptionalDouble numberAtRisk(double t) {
        return OptionalDouble.of(atRiskAt(t));
    }

    @Override
    public double horizon() {
        return endsAtZero ? Double.POSITIVE_INFINITY : sets.lastTime();
    }

    /** The causes below each other, one row a point and cause. */
    @Override
    public TidyTable tidy() {
        int points = size();
        @Nullable String[] cause = new @Nullable String[causes * points];
        double[][] columns = new double[7][causes * points];
        for (int k = 0; k < causes; k++) {
            Limits limits = limits(k);
            Arrays.fill(cause, k * points, (k + 1) * points, causes().get(k));
            for (int p = 0; p < points; p++) {
                int row = k * points + p;
                columns[0][row] = time(p);
                columns[1][row] = atRisk(p);
                columns[2][row] = sets.table().eventWeight(sets.row(p), k + 1);
                columns[3][row] = incidence[k][p];
                columns[4][row] = standardError(k, p);
                columns[5][row] = limits.lower(p);
                columns[6][row] = limits.upper(p);
            }
        }
        return TidyTable.builder()
                .texts("cause", cause)
                .numbers("time", columns[0])
                .numbers("at_risk", columns[1])
                .numbers("events", columns[2])
                .numbers("incidence", columns[3])
                .numbers("std_error", columns[4])
                .numbers("lower", columns[5])
                .numbers("upper", columns[6])
                .build();
    }

    @Override
    public String toString() {
        int last = size() - 1;
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < causes; k++) {
            parts.add(causes().get(k) + " " + Brief.number(incidence[k][last]));
        }
        return "Aalen-Johansen: " + Brief.count(rows(), "row") + ", by " + Brief.number(time(last)) + " "
                + String.join(", ", parts);
    }
}

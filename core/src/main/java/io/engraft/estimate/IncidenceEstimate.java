package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.FollowUp;
import io.engraft.curve.Interval;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Require;
import io.engraft.internal.RunningProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Aalen-Johansen estimates of all causes together, with the probability of being free of any event as their first
 * state: right-continuous step functions with one point a distinct exit time. Immutable.
 */
public final class IncidenceEstimate implements StateProbabilities, FollowUp, Tabular {

    /** The name of the state before any event. */
    public static final String EVENT_FREE = "event-free";

    private final RiskSets sets;
    private final KaplanMeier.Settings settings;
    private final int causes;
    private final double[] eventFree;
    private final double[][] incidence;
    private final double[][] variance;
    /** Made when first asked for; threads that race make equal ones. */
    private @Nullable SurvivalEstimate eventFreeCurve;

    IncidenceEstimate(RiskSets sets, KaplanMeier.Settings settings) {
        this.sets = sets;
        this.settings = settings;
        this.causes = sets.table().causes().size();
        int points = sets.size();
        this.eventFree = new double[points];
        this.incidence = new double[causes][points];
        this.variance = new double[causes][points];
        sweep();
    }

    /**
     * One pass over the points. With h_k = d_k / n, h their sum, S and F_k just before the point:
     * var S, cov(S, F_k) and var F_k after it follow from those before it and the multinomial variance of the h_k.
     */
    private void sweep() {
        RunningProduct product = new RunningProduct();
        double varS = 0;
        double[] f = new double[causes];
        double[] rest = new double[causes];
        double[] varF = new double[causes];
        double[] covSF = new double[causes];
        for (int p = 0; p < eventFree.length; p++) {
            double d = sets.events(p);
            if (d > 0) {
                double n = sets.atRisk(p);
                int row = sets.row(p);
                double stay = (n - d) / n;
                double s = product.value();
                double noise = s * s / n;
                for (int k = 0; k < causes; k++) {
                    double hk = sets.table().eventWeight(row, k + 1) / n;
                    // What an addition loses is kept, so that a million small steps add up.
                    double step = s * hk + rest[k];
                    double sum = f[k] + step;
                    rest[k] = step - (sum - f[k]);
                    f[k] = sum;
                    varF[k] += 2 * hk * covSF[k] + hk * hk * varS + noise * hk * (1 - hk);
                    covSF[k] = stay * (covSF[k] + hk * varS - noise * hk);
                }
                varS = stay * (stay * varS + noise * (d / n));
                product.multiply(n - d, n);
                if (product.value() == 0) {
                    settleOnlyCause(f, varF);
                }
            }
            eventFree[p] = product.value();
            for (int k = 0; k < causes; k++) {
                // Sums of products can pass 1 by a rounding error.
                incidence[k][p] = Math.min(1, f[k]);
                variance[k][p] = varF[k];
            }
        }
    }

    /** Where everybody had an event and all of one cause, its incidence is 1, which the sum may miss by rounding. */
    private void settleOnlyCause(double[] f, double[] varF) {
        for (int k = 0; k < causes; k++) {
            boolean only = f[k] > 0;
            for (int other = 0; other < causes; other++) {
                only &= other == k || f[other] == 0;
            }
            if (only) {
                f[k] = 1;
                varF[k] = 0;
            }
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
        int k = sets.table().causes().indexOf(cause);
        if (k < 0) {
            throw InvalidArgumentException.of("cause", cause, "one of " + causes());
        }
        return new CauseIncidence(this, k);
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
     * The causes.
     *
     * @return labels of codes 1 to K
     */
    public List<String> causes() {
        return sets.table().causes();
    }

    /**
     * The number of points.
     *
     * @return distinct exit times
     */
    public int size() {
        return eventFree.length;
    }

    /**
     * A point's time.
     *
     * @param i from 0, ascending
     * @return the exit time
     */
    public double time(int i) {
        return sets.time(i);
    }

    /**
     * The number at risk at a point, just before it.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public double atRisk(int i) {
        return sets.atRisk(i);
    }

    /**
     * The number of rows behind the estimate.
     *
     * @return rows, not weighted
     */
    public long rows() {
        return sets.table().rows();
    }

    /**
     * What was in force when the curves were estimated.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        return settings.conventions("delta", sets.table().weightType().isPresent());
    }

    /**
     * What a reader of the curves should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return CurveWarnings.of(sets, eventFree);
    }

    @Override
    public List<String> states() {
        List<String> states = new ArrayList<>();
        states.add(EVENT_FREE);
        states.addAll(causes());
        return List.copyOf(states);
    }

    RiskSets sets() {
        return sets;
    }

    double incidence(int cause, int point) {
        return incidence[cause][point];
    }

    double standardError(int cause, int point) {
        return Math.sqrt(Math.max(0, variance[cause][point]));
    }

    Limits limits(int cause) {
        double[] errors = IntStream.range(0, size())
                .mapToDouble(p -> standardError(cause, p))
                .toArray();
        return Limits.of(settings.confidenceType(), incidence[cause], errors, settings.level(), settings.profile());
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
        return !sets.isBefore(t) && (!sets.isBeyond(t) || eventFree[size() - 1] == 0);
    }

    private String reason(double t) {
        return sets.isBefore(t)
                ? "the curves are conditional on no event up to " + sets.start()
                : "follow-up ends at " + sets.lastTime();
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
        for (int j = 0; j < times.length; j++) {
            int point = sets.pointAt(times[j]);
            values[0][j] = !isKnown(times[j]) ? Double.NaN : point < 0 ? 1 : eventFree[point];
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        Integer[] order = IntStream.range(0, times.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(j -> times[j]));
        JointCovariance joint = new JointCovariance(causes, times.length);
        double[] h = new double[causes];
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
                    joint.step(h, stay, n, next == 0 ? 1 : eventFree[next - 1]);
                }
            }
            joint.mark(j, isKnown(times[j]));
        }
        return joint.matrix();
    }

    @Override
    public double horizon() {
        return eventFree[size() - 1] == 0 ? Double.POSITIVE_INFINITY : sets.lastTime();
    }

    @Override
    public double[] jumpTimes() {
        return sets.eventTimes();
    }

    @Override
    public double atRiskAt(double t) {
        return sets.atRiskAt(t);
    }

    @Override
    public double eventsUpTo(double t) {
        return sets.eventsUpTo(Require.time(t));
    }

    @Override
    public double censoredUpTo(double t) {
        return sets.censoredUpTo(Require.time(t));
    }

    @Override
    public double[] censoringTimes() {
        return sets.censoringTimes();
    }

    /** The causes below each other, one row a point and cause. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("cause")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("incidence")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (int k = 0; k < causes; k++) {
            Limits limits = limits(k);
            for (int p = 0; p < size(); p++) {
                table.row(
                        causes().get(k),
                        time(p),
                        atRisk(p),
                        sets.table().eventWeight(sets.row(p), k + 1),
                        incidence[k][p],
                        standardError(k, p),
                        limits.lower(p),
                        limits.upper(p));
            }
        }
        return table.build();
    }
}

package io.engraft.regression.internal;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.CensoredData;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is known of each time, laid out for the likelihood. */
public final class Rows {

    public static final byte RIGHT = 0;
    public static final byte EXACT = 1;
    public static final byte LEFT = 2;
    public static final byte INTERVAL = 3;

    /** Squares of numbers up to this, and of 1 over it, can be summed. */
    private static final double HUGE = 1e100;

    public final int size;
    public final byte[] kind;
    /** The time of exact and right-censored rows, the upper end of the others. */
    public final double[] time;

    public final double[] logTime;
    public final double @Nullable [] lower;
    public final double @Nullable [] entry;
    public final double @Nullable [] weight;
    public final double @Nullable [] background;
    private final boolean replicates;
    private final boolean eventsOnly;

    private Rows(
            byte[] kind,
            double[] time,
            double[] logTime,
            double @Nullable [] lower,
            double @Nullable [] entry,
            double @Nullable [] weight,
            double @Nullable [] background,
            boolean replicates,
            boolean eventsOnly) {
        this.size = time.length;
        this.kind = kind;
        this.time = time;
        this.logTime = logTime;
        this.lower = lower;
        this.entry = entry;
        this.weight = weight;
        this.background = background;
        this.replicates = replicates;
        this.eventsOnly = eventsOnly;
    }

    /** Follow-up in which every event counts (cause 0) or one cause alone. */
    public static Rows of(SurvivalData data, int cause, String backgroundColumn) {
        return of(data, cause, backgroundColumn, true);
    }

    /** The same; a law of time itself, not of its logarithm, knows a time of 0. */
    public static Rows of(SurvivalData data, int cause, String backgroundColumn, boolean onLogTime) {
        int n = data.size();
        byte[] kind = new byte[n];
        double[] time = new double[n];
        double[] logTime = new double[n];
        boolean usable = true;
        for (int i = 0; i < n; i++) {
            time[i] = data.time(i);
            kind[i] = (cause == 0 ? data.status(i) > 0 : data.status(i) == cause) ? EXACT : RIGHT;
            usable &= onLogTime ? time[i] > 0 : time[i] <= HUGE;
        }
        if (!usable) {
            String reason = onLogTime
                    ? "parametric models need a positive time; allowed: time > 0"
                    : "the squares of such times cannot be summed; allowed: times up to " + HUGE + ", in a larger unit";
            throw problems(data, "time", time, t -> onLogTime ? t > 0 : t <= HUGE, reason);
        }
        Chunks.forRange(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                logTime[i] = Math.log(time[i]);
            }
        });
        return new Rows(
                kind,
                time,
                logTime,
                null,
                entry(data),
                weight(data),
                background(data, backgroundColumn),
                replicates(data),
                false);
    }

    public static Rows of(CensoredData data, String backgroundColumn) {
        int n = data.size();
        SurvivalData columns = data.columns();
        byte[] kind = new byte[n];
        double[] time = new double[n];
        double[] logTime = new double[n];
        double[] lower = new double[n];
        double[] entry = entry(columns);
        for (int i = 0; i < n; i++) {
            double from = data.left(i);
            double to = data.right(i);
            lower[i] = from;
            time[i] = columns.time(i);
            logTime[i] = Math.log(time[i]);
            if (from == to) {
                kind[i] = EXACT;
            } else if (to == Double.POSITIVE_INFINITY) {
                kind[i] = RIGHT;
            } else {
                lower[i] = entry == null ? from : Math.max(from, entry[i]);
                kind[i] = lower[i] > 0 ? INTERVAL : LEFT;
            }
        }
        return new Rows(
                kind,
                time,
                logTime,
                lower,
                entry,
                weight(columns),
                background(columns, backgroundColumn),
                replicates(columns),
                false);
    }

    private static double @Nullable [] entry(SurvivalData data) {
        if (!data.hasEntry()) {
            return null;
        }
        double[] entry = new double[data.size()];
        boolean late = false;
        for (int i = 0; i < entry.length; i++) {
            entry[i] = data.entry(i);
            late |= entry[i] > 0;
        }
        return late ? entry : null;
    }

    private static double @Nullable [] weight(SurvivalData data) {
        if (data.weightType().isEmpty()) {
            return null;
        }
        double[] weight = new double[data.size()];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = data.weight(i);
        }
        DoublePredicate sums = w -> w == 0 || (w <= HUGE && w >= 1 / HUGE);
        if (!Arrays.stream(weight).allMatch(sums)) {
            String reason = "the squares of such weights cannot be summed; allowed: 0, and " + 1 / HUGE + " to " + HUGE;
            throw problems(data, "weight", weight, sums, reason);
        }
        return weight;
    }

    private static double @Nullable [] background(SurvivalData data, String column) {
        if (column.isEmpty()) {
            return null;
        }
        double[] hazard = data.numericCovariate(column);
        if (!Arrays.stream(hazard).allMatch(h -> h >= 0)) {
            throw problems(data, column, hazard, h -> h >= 0, "allowed: a hazard >= 0");
        }
        return hazard;
    }

    /** The first bad rows in the order of the source. */
    private static InvalidDataException problems(
            SurvivalData data, String column, double[] values, DoublePredicate allowed, String text) {
        return new InvalidDataException(IntStream.range(0, values.length)
                .filter(i -> !allowed.test(values[i]))
                .boxed()
                .sorted(Comparator.comparingLong(data::sourceRow))
                .limit(DataCheck.MOST_PROBLEMS)
                .map(i -> DataProblem.ofRow(data.sourceRow(i), column, values[i], text)
                        .inSource(data.source()))
                .toList());
    }

    /** For starting values of those who will have the event: exposure and events of rows with an event alone. */
    public Rows untilLastEvent() {
        return new Rows(kind, time, logTime, lower, entry, weight, background, replicates, true);
    }

    private static boolean replicates(SurvivalData data) {
        return data.weightType().orElse(WeightType.SAMPLING) == WeightType.FREQUENCY;
    }

    /** How many rows a row stands for: its frequency weight, else 1. */
    public double frequency(int i) {
        return replicates ? weightOf(i) : 1;
    }

    public double weightOf(int i) {
        return weight == null ? 1 : weight[i];
    }

    /** The middle of the interval, for starting values. */
    public double middle(int i) {
        return kind[i] == INTERVAL && lower != null
                ? 0.5 * (lower[i] + time[i])
                : kind[i] == LEFT ? 0.5 * time[i] : time[i];
    }

    /** The mean of the weights above 0; 1 where they count rows. */
    public double meanWeight() {
        return meanOf(weight, replicates);
    }

    /** The mean of the weights above 0; 1 without any, or where they count rows. */
    public static double meanOf(double @Nullable [] weight, boolean replicates) {
        if (weight == null || replicates) {
            return 1;
        }
        double sum = 0;
        int rows = 0;
        for (double w : weight) {
            sum += w;
            rows += w > 0 ? 1 : 0;
        }
        return rows == 0 ? 1 : sum / rows;
    }

    public double sumOfWeights() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += weightOf(i);
        }
        return sum;
    }

    /** Rows with an event, replicated by frequency weights. */
    public double events() {
        double count = 0;
        for (int i = 0; i < size; i++) {
            count += kind[i] != RIGHT && weightOf(i) > 0 ? frequency(i) : 0;
        }
        return count;
    }

    /** Rows, replicated by frequency weights. */
    public double count() {
        return replicates ? sumOfWeights() : size;
    }

    public double censoredShare() {
        double censored = 0;
        for (int i = 0; i < size; i++) {
            censored += kind[i] == RIGHT ? weightOf(i) : 0;
        }
        return censored / sumOfWeights();
    }

    /** The log times of events, replicated by frequency weights; intervals count at their middle. */
    public Replicated logTimesOfEvents() {
        int[] events = IntStream.range(0, size)
                .filter(i -> kind[i] != RIGHT && weightOf(i) > 0)
                .toArray();
        double[] logs =
                IntStream.of(events).mapToDouble(i -> Math.log(middle(i))).toArray();
        return Replicated.of(
                logs,
                replicates ? IntStream.of(events).mapToDouble(this::weightOf).toArray() : null);
    }

    /** log of time at risk per event. */
    public double logMeanTimePerEvent() {
        double exposure = 0;
        double events = 0;
        for (int i = 0; i < size; i++) {
            double w = weightOf(i);
            if (kind[i] != RIGHT) {
                events += w;
            } else if (eventsOnly) {
                continue;
            }
            exposure += w * Math.max(middle(i) - (entry == null ? 0 : entry[i]), 0);
        }
        return Math.log(exposure / events);
    }

    /** Mean and standard deviation of the times. */
    public double[] moments() {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < size; i++) {
            sum += weightOf(i) * middle(i);
            weights += weightOf(i);
        }
        double mean = sum / weights;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += weightOf(i) * (middle(i) - mean) * (middle(i) - mean);
        }
        double sd = Math.sqrt(squares / weights);
        return new double[] {mean, sd > 0 ? sd : mean};
    }
}

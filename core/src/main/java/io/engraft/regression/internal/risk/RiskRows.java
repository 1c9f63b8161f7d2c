package io.engraft.regression.internal.risk;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.JoinedTimes;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.internal.RunningProduct;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At which event times each row is at risk. Event times, called places here, are numbered stratum by stratum, ascending
 * within; a row is at risk at those in (entry, time], which are a range of places. Rows of weight 0 are at risk nowhere.
 */
public final class RiskRows {

    public final int size;
    /** By stratum its first place, and at the end the number of places. */
    public final int[] begin;
    /** The stratum of each place. */
    public final int[] stratum;
    /** The time of each place. */
    public final double[] time;
    /** By stratum, the latest time of a row that counts; NaN without one. */
    public final double[] lastTime;
    /** What the strata are called; one without a name where there are none. */
    public final List<String> strata;
    /** The range of a row; none where first is above last. */
    public final int[] first;

    public final int[] last;
    /** The place at which a row has its event, -1 for none. */
    public final int[] event;

    public final double @Nullable [] weight;
    /** Whether weights stand for repeated rows. */
    public final boolean replicates;
    /** By place, how many events: rows, or their frequencies. */
    public final double[] events;
    /** By place, what the events weigh. */
    public final double[] eventWeight;
    /** Rows that stay at risk after another cause; null where none do. */
    final @Nullable Lingering lingering;

    private RiskRows(
            int[] begin,
            double[] time,
            double[] lastTime,
            List<String> strata,
            int[] first,
            int[] last,
            int[] event,
            double @Nullable [] weight,
            boolean replicates,
            @Nullable Lingering lingering) {
        this.lingering = lingering;
        this.size = first.length;
        this.begin = begin;
        this.time = time;
        this.lastTime = lastTime;
        this.strata = strata;
        this.first = first;
        this.last = last;
        this.event = event;
        this.weight = weight;
        this.replicates = replicates;
        this.stratum = new int[places()];
        for (int s = 0; s + 1 < begin.length; s++) {
            Arrays.fill(stratum, begin[s], begin[s + 1], s);
        }
        this.events = new double[places()];
        this.eventWeight = new double[places()];
        for (int i = 0; i < size; i++) {
            if (event[i] >= 0) {
                double w = weightOf(i);
                events[event[i]] += replicates ? w : 1;
                eventWeight[event[i]] += w;
            }
        }
    }

    /**
     * The rows of follow-up.
     *
     * @param cause the status that is the event, 0 for any of 1 or more
     */
    public static RiskRows of(SurvivalData data, int cause, TieRule rule) {
        return of(data, data.strata().orElse(null), cause, rule, Double.POSITIVE_INFINITY, null);
    }

    /**
     * The rows of follow-up, those with another cause staying at risk.
     *
     * @param cause the status that is the event
     * @param eventsFirst whether rows with an event are no longer at risk of being censored at its time
     */
    public static RiskRows ofSubdistribution(SurvivalData data, int cause, TieRule rule, boolean eventsFirst) {
        return of(data, data.strata().orElse(null), cause, rule, Double.POSITIVE_INFINITY, eventsFirst);
    }

    /**
     * The rows of follow-up, of which later events count as none.
     *
     * @param cause the status that is the event, 0 for any of 1 or more
     * @param latest the last time at which an event counts, ties by the rule
     */
    public static RiskRows of(SurvivalData data, int cause, TieRule rule, double latest) {
        return of(data, data.strata().orElse(null), cause, rule, latest, null);
    }

    /** All rows with all strata as one. */
    public static RiskRows pooled(SurvivalData data, int cause, TieRule rule) {
        return of(data, null, cause, rule, Double.POSITIVE_INFINITY, null);
    }

    private static RiskRows of(
            SurvivalData data,
            @Nullable Categories strata,
            int cause,
            TieRule rule,
            double latest,
            @Nullable Boolean eventsFirst) {
        return new Placed(data, strata, rule, latest).of(cause, eventsFirst);
    }

    /** The rows of follow-up on their times, from which those of each cause come. */
    public static Placed placed(SurvivalData data, TieRule rule) {
        return new Placed(data, data.strata().orElse(null), rule, Double.POSITIVE_INFINITY);
    }

    /** Rows whose times are joined and in order, before it is said which cause is the event. */
    public static final class Placed {

        private final SurvivalData data;
        private final @Nullable Categories strata;
        private final JoinedTimes times;
        /** The last place at which an event counts. */
        private final int most;

        private final int[] exitPlace;
        private final int[] entryPlace;
        private final double @Nullable [] weight;
        /** A stratum and a joined time as one number: the event times are the distinct ones of events, in order. */
        private final long[] key;

        private final long span;
        private final double[] lastTime;

        private Placed(SurvivalData data, @Nullable Categories strata, TieRule rule, double latest) {
            this.data = data;
            this.strata = strata;
            int n = data.size();
            double[] exit = new double[n];
            double[] entry = new double[data.hasEntry() ? n : 0];
            for (int i = 0; i < n; i++) {
                exit[i] = data.time(i);
            }
            for (int i = 0; i < entry.length; i++) {
                entry[i] = data.entry(i);
            }
            this.times = JoinedTimes.of(rule, exit, entry);
            int last = times.placeOf(latest);
            this.most = last + 1 < times.size() && rule.joins(latest, times.time(last + 1)) ? last + 1 : last;
            this.exitPlace = times.placesOf(exit);
            this.entryPlace = times.placesOf(entry);
            this.weight = data.weightType().isPresent() ? new double[n] : null;
            this.span = times.size();
            this.key = new long[n];
            this.lastTime = new double[strata == null ? 1 : strata.levels().size()];
            Arrays.fill(lastTime, Double.NaN);
            for (int i = 0; i < n; i++) {
                int s = stratum(i);
                key[i] = s * span + exitPlace[i];
                if (weight != null) {
                    weight[i] = data.weight(i);
                }
                if (counts(i)) {
                    requireInterval(i, rule);
                    lastTime[s] = Double.isNaN(lastTime[s]) ? exit[i] : Math.max(lastTime[s], exit[i]);
                }
            }
        }

        /** A row whose entry is joined with its time would be at risk nowhere, its event included. */
        private void requireInterval(int row, TieRule rule) {
            if (entryPlace.length > 0 && entryPlace[row] == exitPlace[row]) {
                throw new InvalidArgumentException(
                        "a row's (entry, time] is (" + data.entry(row) + ", " + data.time(row)
                                + "], within the tie tolerance " + rule.tolerance()
                                + "; allowed: a smaller tolerance, TieRule.EXACT for none");
            }
        }

        private int stratum(int row) {
            return strata == null ? 0 : strata.code(row);
        }

        private boolean counts(int row) {
            return weight == null || weight[row] > 0;
        }

        /**
         * The rows with one cause as the event.
         *
         * @param cause the status that is the event, 0 for any of 1 or more
         */
        public RiskRows of(int cause) {
            return of(cause, null);
        }

        private RiskRows of(int cause, @Nullable Boolean eventsFirst) {
            int n = data.size();
            long[] ofEvents = new long[n];
            boolean[] isEvent = new boolean[n];
            int found = 0;
            for (int i = 0; i < n; i++) {
                isEvent[i] = exitPlace[i] <= most
                        && counts(i)
                        && (cause == 0 ? data.status(i) > 0 : data.status(i) == cause);
                if (isEvent[i]) {
                    ofEvents[found++] = key[i];
                }
            }
            int[] begin = new int[lastTime.length + 1];
            Keys keys = new Keys(Arrays.copyOf(ofEvents, found), span * (begin.length - 1), n);
            long[] places = keys.distinct;
            for (int k = 0; k < places.length; k++) {
                begin[(int) (places[k] / span) + 1]++;
            }
            for (int s = 0; s + 1 < begin.length; s++) {
                begin[s + 1] += begin[s];
            }
            double[] timeOf = new double[places.length];
            for (int k = 0; k < places.length; k++) {
                timeOf[k] = times.time((int) (places[k] % span));
            }
            int[] first = new int[n];
            int[] last = new int[n];
            int[] event = new int[n];
            for (int i = 0; i < n; i++) {
                last[i] = keys.lastAtOrBefore(key[i]);
                int entered = entryPlace.length == 0 ? -1 : entryPlace[i];
                first[i] = 1 + keys.lastAtOrBefore(stratum(i) * span + entered);
                if (!counts(i)) {
                    last[i] = first[i] - 1;
                }
                event[i] = isEvent[i] ? last[i] : -1;
            }
            boolean replicates =
                    data.weightType().filter(WeightType.FREQUENCY::equals).isPresent();
            List<String> names = strata == null ? List.of("") : strata.levels();
            Lingering lingering = eventsFirst == null
                    ? null
                    : Lingering.of(data, cause, eventsFirst, times, key, new Lingering.Places(begin, timeOf, keys));
            return new RiskRows(begin, timeOf, lastTime, names, first, last, event, weight, replicates, lingering);
        }
    }

    public double weightOf(int row) {
        return weight == null ? 1 : weight[row];
    }

    /** What a row counts in the distributions of censoring and entry, over its weight. */
    double shareOfWeight(int row) {
        return replicates ? 1 : 1 / weightOf(row);
    }

    /** How many event times there are. */
    public int places() {
        return begin[begin.length - 1];
    }

    public boolean isAtRisk(int row) {
        return first[row] <= last[row];
    }

    /** Whether rows stay at risk after another cause. */
    public boolean hasLingering() {
        return lingering != null;
    }

    /** Whether a row is at risk at some place, be it after its time. */
    boolean counts(int row) {
        return isAtRisk(row) || (lingering != null && lingering.has(row));
    }

    /** The stratum of a row that counts. */
    int stratumOf(int row) {
        return stratum[lingering == null || isAtRisk(row) ? last[row] : lingering.place[row]];
    }

    /** Whether a row is at risk from the first event time of its stratum. */
    boolean fromBegin(int row) {
        return first[row] == begin[stratumOf(row)];
    }

    /** By place, how many are at risk: rows, or their frequencies. */
    public double[] atRisk() {
        RangeSums sums = new RangeSums(begin, 1, anyLate(), false);
        double[] one = {1};
        for (int i = 0; i < size; i++) {
            if (isAtRisk(i)) {
                sums.add(fromBegin(i), first[i], last[i], replicates ? weightOf(i) : 1, 0, one);
            }
        }
        return sums.atPlaces().value;
    }

    /** By place, the Kaplan-Meier estimate just before it, of rows by their frequency. */
    public double[] survivalBefore() {
        double[] atRisk = atRisk();
        double[] survival = new double[places()];
        for (int s = 0; s + 1 < begin.length; s++) {
            RunningProduct stay = new RunningProduct();
            for (int k = begin[s]; k < begin[s + 1]; k++) {
                survival[k] = stay.value();
                stay.multiply(atRisk[k] - events[k], atRisk[k]);
            }
        }
        return survival;
    }

    public boolean anyLate() {
        for (int i = 0; i < size; i++) {
            if (isAtRisk(i) && !fromBegin(i)) {
                return true;
            }
        }
        return false;
    }

    /** What all events weigh. */
    double totalEventWeight() {
        return Arrays.stream(eventWeight).sum();
    }

    /** All events, by their frequencies. */
    public double totalEvents() {
        return Arrays.stream(events).sum();
    }
}

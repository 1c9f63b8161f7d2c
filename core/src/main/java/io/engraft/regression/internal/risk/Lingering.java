package io.engraft.regression.internal.risk;

import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.InnerEnds;
import io.engraft.data.JoinedTimes;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.internal.csv.NumberText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that stay at risk after their time, as another cause came first: at a later event time t with the weight
 *
 * <pre>
 *   G(t-) H(t-) / (G(T-) H(T-))
 * </pre>
 *
 * <p>where T is the time of the row, G the chance of not being censored yet and H that of having entered. A row joins at
 * the first event time after its own; from one event time to the next all weights change by one factor, so that sums over
 * these rows are a recursion over the event times, without a division by what may be small.
 */
final class Lingering {

    /** By row the place at which it joins, -1 for none, and its weight there. */
    final int[] place;

    final double[] weight;
    /** By place, weights there over those at the place before. */
    private final double[] decay;

    /** By row the first departure after its end. */
    private final int[] after;

    private final int[] begin;
    private final Departures departures;
    /** By departure, the first place that is not before it; -1 for none in its stratum. */
    private final int[] next;

    /** The event times. */
    static final class Places {

        private final int[] begin;
        private final double[] time;
        private final Keys keys;

        /**
         * The event times.
         *
         * @param begin by stratum its first place, and at the end their number
         * @param time by place
         * @param keys by place its stratum times the number of joined times, and the place of the time among them
         */
        Places(int[] begin, double[] time, Keys keys) {
            this.begin = begin;
            this.time = time;
            this.keys = keys;
        }
    }

    /** The rows that linger; null where no row ends with another cause. */
    static @Nullable Lingering of(
            SurvivalData data, int cause, boolean eventsFirst, JoinedTimes times, long[] exit, Places at) {
        int n = exit.length;
        boolean[] competing = new boolean[n];
        boolean any = false;
        for (int i = 0; i < n; i++) {
            competing[i] = data.status(i) > 0 && data.status(i) != cause && data.weight(i) > 0;
            any |= competing[i];
        }
        if (!any) {
            return null;
        }
        long span = times.size();
        long[] entry = null;
        if (data.hasEntry()) {
            entry = new long[n];
            for (int i = 0; i < n; i++) {
                entry[i] = exit[i] / span * span + times.placeOf(data.entry(i));
            }
        }
        Departures departures = new Departures(at.begin.length - 1, span, exit, entry, rows(data, times), eventsFirst);
        return new Lingering(at, span, exit, competing, departures);
    }

    private static Departures.Row rows(SurvivalData data, JoinedTimes times) {
        boolean replicates =
                data.weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        InnerEnds inner = InnerEnds.of(data);
        Categories id = data.id().orElse(null);
        long span = times.size();
        Set<Long> met = new HashSet<>();
        for (int i = 0; inner.any() && id != null && i < data.size(); i++) {
            if (inner.at(i)) {
                met.add(id.code(i) * span + times.placeOf(data.time(i)));
            }
        }
        return new Departures.Row() {
            @Override
            public double count(int row) {
                return replicates || !(data.weight(row) > 0) ? data.weight(row) : 1;
            }

            @Override
            public boolean isCensored(int row) {
                return data.status(row) == 0 && !inner.at(row);
            }

            @Override
            public boolean hasEvent(int row) {
                return data.status(row) > 0;
            }

            @Override
            public boolean isStart(int row) {
                return met.isEmpty()
                        || id == null
                        || !met.contains(id.code(row) * span + times.placeOf(data.entry(row)));
            }
        };
    }

    private Lingering(Places at, long span, long[] exit, boolean[] competing, Departures departures) {
        long[] places = at.keys.distinct;
        this.begin = at.begin;
        this.departures = departures;
        int count = departures.key.length;
        this.next = new int[count];
        // By departure, the product of the factors from it on, up to the next place.
        double[] toNext = new double[count];
        for (int g = count - 1; g >= 0; g--) {
            long key = departures.key[g];
            int end = begin[departures.stratum[g] + 1];
            int found = at.keys.firstNotBefore(key);
            next[g] = found < end ? found : -1;
            int later = found < end && places[found] == key ? found + 1 : found;
            toNext[g] = departures.factor(g);
            if (g + 1 < count && later < end && departures.key[g + 1] < places[later]) {
                toNext[g] *= toNext[g + 1];
            }
        }
        this.decay = new double[places.length];
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s] + 1; k < begin[s + 1]; k++) {
                decay[k] = between(places[k - 1], places[k], toNext);
            }
        }
        this.place = new int[exit.length];
        this.weight = new double[exit.length];
        this.after = new int[exit.length];
        for (int i = 0; i < exit.length; i++) {
            int k = at.keys.firstNotBefore(exit[i] + 1);
            boolean lingers = competing[i] && k < places.length && places[k] / span == exit[i] / span;
            place[i] = lingers ? k : -1;
            after[i] = lingers ? departures.firstAfter(i, (int) (exit[i] / span)) : 0;
            weight[i] = lingers ? between(exit[i], places[k], toNext) : 0;
        }
        requireFinite(at.time);
    }

    /** The product of the factors at from or later, before to. */
    private double between(long from, long to, double[] toNext) {
        int g = departures.firstNotBefore(from);
        return g < toNext.length && departures.key[g] < to ? toNext[g] : 1;
    }

    /** Where all who are at risk have just entered, nothing is known of those before. */
    private void requireFinite(double[] time) {
        boolean[] joins = new boolean[decay.length];
        for (int i = 0; i < place.length; i++) {
            if (place[i] >= 0) {
                joins[place[i]] |= weight[i] > 0;
                requireFinite(weight[i], place[i], time);
            }
        }
        for (int s = 0; s + 1 < begin.length; s++) {
            boolean any = false;
            for (int k = begin[s]; k < begin[s + 1]; k++) {
                if (any) {
                    requireFinite(decay[k], k, time);
                }
                decay[k] = any ? decay[k] : 0;
                any = joins[k] || (any && decay[k] > 0);
            }
        }
    }

    private static void requireFinite(double factor, int k, double[] time) {
        if (!(factor < Double.POSITIVE_INFINITY)) {
            throw new NotEstimableException("the weights at time " + NumberText.format(time[k])
                    + " of rows with another cause before, as at some time between all rows at risk had just entered, so that"
                    + " the distribution of entry says nothing of those before; allowed: entry times that leave somebody"
                    + " at risk from then on, such as the late rows alone");
        }
    }

    boolean has(int row) {
        return place[row] >= 0;
    }

    /** Turns what rows add at the places where they join into sums over those who linger at each place. */
    void run(Vectors joined) {
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s] + 1; k < begin[s + 1]; k++) {
                joined.add(k, decay[k], joined, k - 1);
                joined.lower(k);
            }
        }
    }

    /** By place, the sum of what is laid out there and later, for one who lingers with a weight of 1 there. */
    Vectors tails(Vectors laid) {
        Vectors tails = laid.copy();
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s + 1] - 2; k >= begin[s]; k--) {
                tails.add(k, decay[k + 1], tails, k + 1);
                tails.lower(k);
            }
        }
        return tails;
    }

    /** Adds what a row meets while it lingers. */
    void addMet(int row, Vectors tails, Vectors met) {
        if (place[row] >= 0) {
            met.add(0, weight[row], tails, place[row]);
        }
    }

    /**
     * What each row does, by way of the weights, to a sum over those who linger. With r a row's factor and x its columns,
     * the sum is that of weight r (x a - b) over rows and places.
     *
     * @param r by row, the number and its level
     * @param run by place the sums of weight r (1, x) over those who linger
     * @param laid by place (a, b) where there is an a, else b
     * @param hasA whether there is an a, which has as many columns of x as b has columns
     */
    Departures.Influence influence(Vectors r, double[] x, Vectors run, Vectors laid, boolean hasA) {
        Vectors behind = behind(r, x, run);
        Vectors tails = tails(laid);
        int stride = run.width;
        int before = hasA ? 1 : 0;
        int width = laid.width - before;
        double[] pull = new double[next.length * width];
        for (int g = 0; g < next.length; g++) {
            int k = next[g];
            if (k < 0 || tails.levelAt(k) == Vectors.NONE) {
                continue;
            }
            behind.settle(g, -tails.levelAt(k));
            int tail = k * laid.width;
            for (int j = 0; j < width; j++) {
                double ofA = hasA ? behind.value[g * stride + 1 + j] * tails.value[tail] : 0;
                pull[g * width + j] = -(ofA - behind.value[g * stride] * tails.value[tail + before + j]);
            }
        }
        return departures.influence(pull, width);
    }

    /** By departure, the sums of weight r (1, x) at the next place over those who ended before the departure. */
    private Vectors behind(Vectors r, double[] x, Vectors run) {
        int width = run.width - 1;
        Vectors sums = new Vectors(next.length, run.width, run.isWide());
        double[] row = new double[run.width];
        row[0] = 1;
        for (int i = 0; i < place.length; i++) {
            if (place[i] < 0) {
                continue;
            }
            int g = after[i];
            if (g < next.length && next[g] == place[i]) {
                System.arraycopy(x, i * width, row, 1, width);
                sums.add(g, r.value[i] * weight[i], row, 0, r.levelAt(i));
            }
        }
        for (int g = 1; g < next.length; g++) {
            if (next[g] >= 0 && next[g] == next[g - 1]) {
                sums.add(g, 1, sums, g - 1);
            }
        }
        for (int g = 0; g < next.length; g++) {
            int k = next[g];
            if (k > begin[departures.stratum[g]]) {
                sums.add(g, decay[k], run, k - 1);
            }
        }
        return sums;
    }
}

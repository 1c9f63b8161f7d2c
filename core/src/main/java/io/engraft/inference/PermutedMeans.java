package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.JoinedTimes;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.PatientStream;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The reference distributions of the standardised comparisons of two restricted means: patients are assigned to the two
 * groups anew, and each assignment's comparison is divided by its own standard error. Where an assignment leaves a group
 * whose follow-up ends before the horizon, its curve goes on at its last value.
 */
final class PermutedMeans {

    /** Comparisons by place: of the difference, the ratio and the ratio of the time lost. */
    static final int DIFFERENCE = 0;

    static final int RATIO = 1;
    static final int LOST_RATIO = 2;
    private static final int MEASURES = 3;

    /** All assignments are looked at up to this number: 12 against 12 are 2,704,156. */
    private static final int MOST_ASSIGNMENTS = 3_000_000;

    private static final int MOST_PATIENTS = 10_000_000;
    private static final int CHUNK = 64;
    /** The purpose of the stream of draws. */
    private static final long SHUFFLES = 0x726d7374706572L;
    /** Standardised values that differ by less, relatively or from 0, count as equal. */
    private static final double SLACK = 1e-10;

    private static final double ZERO = 1e-12;

    private final double tau;
    /** Patients in order of time, then status, then group: no result depends on the order of the rows. */
    private final double[] time;

    private final boolean[] event;
    private final int[] label;
    private final int first;

    PermutedMeans(SurvivalData data, TieRule rule, double tau) {
        PermutedSums.requireExchangeable(data);
        Categories group = Samples.group(data);
        if (data.hasEntry() || group.levels().size() != 2) {
            throw new InvalidArgumentException("a permutation test of restricted means was asked for of "
                    + (data.hasEntry() ? "rows that enter late" : group.levels().size() + " groups")
                    + "; allowed: two groups, followed from time 0");
        }
        this.tau = tau;
        JoinedTimes times = JoinedTimes.of(EventTable.of(data).joinTies(rule));
        double total = 0;
        for (int i = 0; i < data.size(); i++) {
            total += data.weight(i);
        }
        if (!(total <= MOST_PATIENTS)) {
            throw InvalidArgumentException.of("number of patients", total, "at most " + MOST_PATIENTS);
        }
        int n = (int) total;
        int[] row = new int[n];
        int next = 0;
        for (int i = 0; i < data.size(); i++) {
            for (int copy = 0; copy < data.weight(i); copy++) {
                row[next++] = i;
            }
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> row[i]);
        Arrays.sort(
                order,
                Comparator.comparingInt((Integer i) -> times.placeOf(data.time(i)))
                        .thenComparing(i -> data.status(i) > 0)
                        .thenComparingInt(group::code));
        this.time = new double[n];
        this.event = new boolean[n];
        this.label = new int[n];
        int ones = 0;
        for (int k = 0; k < n; k++) {
            time[k] = times.time(times.placeOf(data.time(order[k])));
            event[k] = data.status(order[k]) > 0;
            label[k] = group.code(order[k]);
            ones += label[k];
        }
        this.first = n - ones;
    }

    /** All assignments, or random ones. */
    Reference of(Permutation permutation) {
        return permutation.draws() == 0 ? exact() : random(permutation);
    }

    private Reference exact() {
        double all = Arrangements.multinomial(label.length, new int[] {first, label.length - first});
        if (!(all <= MOST_ASSIGNMENTS)) {
            throw new InvalidArgumentException(
                    "the exact permutation test has " + all + " assignments to look at; allowed: " + MOST_ASSIGNMENTS
                            + " at most, or withPermutations(draws, seed), which draws some");
        }
        double[][] found = new double[MEASURES][(int) all];
        Worker worker = new Worker();
        int[] chosen = new int[first];
        Arrays.setAll(chosen, i -> i);
        int n = label.length;
        for (int k = 0; k < (int) all; k++) {
            Arrays.fill(worker.own, 1);
            for (int c : chosen) {
                worker.own[c] = 0;
            }
            worker.compare(found, k);
            int i = first - 1;
            while (i >= 0 && chosen[i] == n - first + i) {
                i--;
            }
            if (i >= 0) {
                chosen[i]++;
                for (int j = i + 1; j < first; j++) {
                    chosen[j] = chosen[j - 1] + 1;
                }
            }
        }
        return new Reference(found, 0, "exact studentized permutation of " + (long) all + " assignments to groups");
    }

    private Reference random(Permutation permutation) {
        int draws = permutation.draws();
        double[][] found = new double[MEASURES][draws];
        int chunks = (draws + CHUNK - 1) / CHUNK;
        ChunkedRun.run(chunks, Runtime.getRuntime().availableProcessors(), thread -> {
            Worker worker = new Worker();
            return chunk -> {
                int last = Math.min(draws, (chunk + 1) * CHUNK);
                for (int draw = chunk * CHUNK; draw < last; draw++) {
                    worker.shuffle(PatientStream.of(permutation.seed(), SHUFFLES, draw));
                    worker.compare(found, draw);
                }
            };
        });
        return new Reference(
                found, 1, "Monte Carlo studentized permutation, " + draws + " draws, seed " + permutation.seed());
    }

    /** What the assignments gave: the sizes of the standardised comparisons, and how many are counted beside them. */
    static final class Reference {

        private final double[][] sorted;
        /** 1 where the observed assignment is added to random ones, 0 where it is among all. */
        private final int extra;

        private final String words;

        Reference(double[][] found, int extra, String words) {
            this.sorted = found;
            this.extra = extra;
            this.words = words;
            for (double[] measure : found) {
                Arrays.sort(measure);
            }
        }

        String words() {
            return words;
        }

        double pValue(int measure, double z) {
            double[] all = sorted[measure];
            double threshold = Math.abs(z) * (1 - SLACK) - ZERO;
            int below = 0;
            int above = all.length;
            while (below < above) {
                int middle = (below + above) >>> 1;
                if (all[middle] < threshold) {
                    below = middle + 1;
                } else {
                    above = middle;
                }
            }
            return (extra + (double) (all.length - below)) / (extra + (double) all.length);
        }

        /** The largest size whose p-value is not below alpha; infinite where no p-value can be. */
        double critical(int measure, double alpha) {
            double[] all = sorted[measure];
            // Rounding up by less than a rank, so that 0.05 of 1,000 is 50.
            int needed = (int) Math.ceil(alpha * (extra + (double) all.length) - extra - 1e-9);
            // A little more, since sizes within the slack count as reached.
            return needed <= 0
                    ? Double.POSITIVE_INFINITY
                    : all[all.length - Math.min(needed, all.length)] * (1 + 2 * SLACK) + 2 * ZERO;
        }
    }

    /** One assignment at a time. Not for use by several threads. */
    private final class Worker {

        private final int[] own = label.clone();
        private final double[] from = new double[label.length];
        private final double[] level = new double[label.length];
        private final double[] step = new double[label.length];
        private final double[] mean = new double[2];
        private final double[] variance = new double[2];

        /** From the observed order each time, so that a draw does not depend on those before it. */
        void shuffle(PatientStream stream) {
            System.arraycopy(label, 0, own, 0, own.length);
            for (int i = own.length - 1; i > 0; i--) {
                int j = (int) (stream.next() * (i + 1));
                int kept = own[i];
                own[i] = own[j];
                own[j] = kept;
            }
        }

        void compare(double[][] found, int place) {
            area(0, first);
            area(1, label.length - first);
            found[DIFFERENCE][place] = size(mean[1] - mean[0], variance[0] + variance[1]);
            found[RATIO][place] = ratio(mean[1], mean[0]);
            found[LOST_RATIO][place] = ratio(1 - mean[1], 1 - mean[0]);
        }

        private double ratio(double top, double bottom) {
            if (top <= 0 || bottom <= 0) {
                return top == bottom ? 0 : Double.POSITIVE_INFINITY;
            }
            return size(Math.log(top / bottom), variance[1] / (top * top) + variance[0] / (bottom * bottom));
        }

        private double size(double difference, double spread) {
            double apart = Math.abs(difference);
            return apart <= ZERO ? 0 : apart / Math.sqrt(spread);
        }

        /** Restricted mean and variance of a group, as shares of tau. */
        private void area(int group, int members) {
            double s = 1;
            int left = members;
            int steps = 0;
            for (int i = 0, to; i < own.length && time[i] <= tau; i = to) {
                int leave = 0;
                int die = 0;
                for (to = i; to < own.length && time[to] == time[i]; to++) {
                    leave += own[to] == group ? 1 : 0;
                    die += own[to] == group && event[to] ? 1 : 0;
                }
                if (die > 0) {
                    int stay = left - die;
                    s *= stay / (double) left;
                    from[steps] = time[i] / tau;
                    level[steps] = s;
                    step[steps++] = stay == 0 ? 0 : die / ((double) left * stay);
                }
                left -= leave;
            }
            double sum = 0;
            double after = 0;
            double right = 1;
            for (int k = steps - 1; k >= 0; k--) {
                after += level[k] * (right - from[k]);
                right = from[k];
                sum += after * after * step[k];
            }
            mean[group] = after + right;
            variance[group] = sum;
        }
    }
}

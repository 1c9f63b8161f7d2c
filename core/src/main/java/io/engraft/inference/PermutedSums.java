package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.JoinedTimes;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.internal.PatientStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rank statistic as a function of who is in which group. Weights, numbers at risk and events of all groups together
 * do not depend on that, and going back from the last time the numbers at risk by group add up.
 */
final class PermutedSums {

    /** How many distinct assignments are looked at. */
    static final int MOST_PATTERNS = 20_000_000;

    /** How many kinds of patients are shared out: more are too deep, even where the assignments are few. */
    static final int MOST_KINDS = 500;

    private static final int MOST_PATIENTS = 10_000_000;
    private static final double MOST_WORK = 1e8;
    /** Statistics that differ by less, relatively or from 0, count as equal. */
    private static final double SLACK = 1e-10;

    private static final double ZERO = 1e-12;

    /** A patient: place of exit and entry among the times, whether with an event, and group. */
    private record Patient(int exit, int entry, boolean event, int group) {}

    /** What does not depend on the assignment at an event time of a stratum. */
    record Step(double atRisk, double events, double weight) {

        double spread() {
            return atRisk > 1 ? weight * weight * events * (atRisk - events) / (atRisk - 1) : 0;
        }
    }

    private final int groups;
    private final List<Patient[]> strata = new ArrayList<>();
    private final List<Step[]> steps = new ArrayList<>();
    private final double threshold;

    PermutedSums(SurvivalData data, RankWeight weight, TieRule rule) {
        requireExchangeable(data);
        Categories group = Samples.group(data);
        this.groups = group.levels().size();
        EventTable table = EventTable.of(data).joinTies(rule);
        JoinedTimes times = JoinedTimes.of(table);
        Categories stratum = data.strata().orElse(null);
        List<List<Patient>> lists = new ArrayList<>();
        for (int s = 0; s < (stratum == null ? 1 : stratum.levels().size()); s++) {
            lists.add(new ArrayList<>());
        }
        for (int i = 0; i < data.size(); i++) {
            int entry = data.hasEntry() ? times.placeOf(data.entry(i)) : -1;
            Patient patient = new Patient(times.placeOf(data.time(i)), entry, data.status(i) > 0, group.code(i));
            for (int copy = 0; copy < data.weight(i); copy++) {
                lists.get(stratum == null ? 0 : stratum.code(i)).add(patient);
            }
        }
        for (List<Patient> list : lists) {
            list.sort(Comparator.comparingInt((Patient p) -> -p.exit())
                    .thenComparing(Patient::event)
                    .thenComparingInt(p -> -p.entry())
                    .thenComparingInt(Patient::group));
            Patient[] sorted = list.toArray(new Patient[0]);
            strata.add(sorted);
            steps.add(steps(sorted, times.size(), weight));
        }
        Shuffle observed = shuffle();
        this.threshold = observed.statistic() * (1 - SLACK) - ZERO;
    }

    /** Refuses rows that cannot be exchanged for each other. */
    static void requireExchangeable(SurvivalData data) {
        if (Clusters.askForRobust(data)) {
            throw new InvalidArgumentException(
                    "the data have sampling weights, clusters or several rows a patient, whose"
                            + " rows cannot be exchanged; allowed in permutation tests: patients that stand for themselves");
        }
        double total = 0;
        for (int i = 0; i < data.size(); i++) {
            total += data.weight(i);
        }
        if (total > MOST_PATIENTS) {
            throw InvalidArgumentException.of(
                    "number of patients", total, "at most " + MOST_PATIENTS + " in permutation tests");
        }
    }

    /** The steps by place of their time; null where nobody has an event. */
    private static Step[] steps(Patient[] sorted, int times, RankWeight weight) {
        double[] atRisk = new double[times + 1];
        double[] events = new double[times];
        for (Patient p : sorted) {
            atRisk[p.exit()]++;
            events[p.exit()] += p.event() ? 1 : 0;
            if (p.entry() >= 0) {
                atRisk[p.entry()]--;
            }
        }
        for (int i = times - 1; i >= 0; i--) {
            atRisk[i] += atRisk[i + 1];
        }
        Step[] steps = new Step[times];
        double survival = 1;
        double peto = 1;
        for (int i = 0; i < times; i++) {
            double n = atRisk[i];
            double d = events[i];
            peto *= 1 - d / (n + 1);
            steps[i] = new Step(n, d, d > 0 ? weight.at(n, survival, peto) : 0);
            survival *= d > 0 ? (n - d) / n : 1;
        }
        return steps;
    }

    /** A worker of its own for random assignments; starts with the observed one. */
    Shuffle shuffle() {
        return new Shuffle();
    }

    /** One assignment of groups to patients, that can be shuffled. Not for use by several threads. */
    final class Shuffle {

        private final int[][] label;
        private final Score score = new Score(groups);

        private Shuffle() {
            label = strata.stream()
                    .map(list -> Arrays.stream(list).mapToInt(Patient::group).toArray())
                    .toArray(int[][]::new);
        }

        /** Draws an assignment and says whether its statistic is at least the observed one. */
        boolean reaches(PatientStream stream) {
            for (int s = 0; s < label.length; s++) {
                Patient[] list = strata.get(s);
                int[] own = label[s];
                // From the observed order each time, so that a draw does not depend on those before it.
                Arrays.setAll(own, i -> list[i].group());
                for (int i = own.length - 1; i > 0; i--) {
                    int j = (int) (stream.next() * (i + 1));
                    int kept = own[i];
                    own[i] = own[j];
                    own[j] = kept;
                }
            }
            return statistic() >= threshold;
        }

        double statistic() {
            score.clear();
            for (int s = 0; s < label.length; s++) {
                add(strata.get(s), steps.get(s), label[s]);
            }
            return score.statistic();
        }

        private void add(Patient[] list, Step[] step, int[] own) {
            double[] n = new double[groups];
            double[] d = new double[groups];
            Integer[] late = late(list);
            int gone = 0;
            for (int from = 0, to; from < list.length; from = to) {
                int t = list[from].exit();
                Arrays.fill(d, 0);
                for (to = from; to < list.length && list[to].exit() == t; to++) {
                    n[own[to]]++;
                    d[own[to]] += list[to].event() ? 1 : 0;
                }
                for (; gone < late.length && list[late[gone]].entry() >= t; gone++) {
                    n[own[late[gone]]]--;
                }
                score.add(step[t], n, d);
            }
        }

        /** Those who enter late, the last first. */
        private Integer[] late(Patient[] list) {
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < list.length; i++) {
                if (list[i].entry() >= 0) {
                    rows.add(i);
                }
            }
            rows.sort(Comparator.comparingInt(i -> -list[i].entry()));
            return rows.toArray(new Integer[0]);
        }
    }

    /** How many assignments differ in more than the exchange of like patients; where that is costly to say, a bound. */
    double patterns() {
        double product = 1;
        for (Patient[] list : strata) {
            product *= patterns(list);
        }
        return product;
    }

    /** How many kinds of patients there are, those of different strata apart. */
    int kinds() {
        return strata.stream().mapToInt(list -> kinds(list).length).sum();
    }

    private double patterns(Patient[] list) {
        int[] size = sizes(list);
        double states = 1;
        for (int g = 0; g + 1 < groups; g++) {
            states *= size[g] + 1.0;
        }
        int[] kinds = kinds(list);
        if (states * list.length > MOST_WORK || kinds.length > MOST_KINDS) {
            return Arrangements.multinomial(list.length, size);
        }
        return Arrangements.patterns(kinds, size);
    }

    int[] sizes(Patient[] list) {
        int[] size = new int[groups];
        for (Patient p : list) {
            size[p.group()]++;
        }
        return size;
    }

    /** How many patients there are of each kind, in order. */
    private static int[] kinds(Patient[] list) {
        int[] count = new int[list.length];
        int kinds = 0;
        for (int i = 0; i < list.length; i++) {
            kinds += i == 0 || !alike(list[i - 1], list[i]) ? 1 : 0;
            count[kinds - 1]++;
        }
        return Arrays.copyOf(count, kinds);
    }

    private static boolean alike(Patient a, Patient b) {
        return a.exit() == b.exit() && a.entry() == b.entry() && a.event() == b.event();
    }

    /** The number of assignments with a statistic at least the observed one, and of all. */
    double[] enumerate() {
        List<Arrangements.Kind> kinds = new ArrayList<>();
        List<int[]> sizes = new ArrayList<>();
        for (int s = 0; s < strata.size(); s++) {
            Patient[] list = strata.get(s);
            sizes.add(sizes(list));
            for (int from = 0, to; from < list.length; from = to) {
                Patient p = list[from];
                to = from + 1;
                while (to < list.length && alike(p, list[to])) {
                    to++;
                }
                boolean last = to == list.length || list[to].exit() != p.exit();
                kinds.add(new Arrangements.Kind(
                        s, to - from, p.exit(), p.entry(), p.event(), last ? steps.get(s)[p.exit()] : null));
            }
        }
        return new Arrangements(groups, kinds, sizes, threshold).count();
    }

    /** The rank sums of one assignment. */
    static final class Score {

        private final int groups;
        private final double[] score;
        private final double[][] variance;

        Score(int groups) {
            this.groups = groups;
            this.score = new double[groups];
            this.variance = new double[groups][groups];
        }

        void clear() {
            Arrays.fill(score, 0);
            for (double[] row : variance) {
                Arrays.fill(row, 0);
            }
        }

        void set(Score other) {
            System.arraycopy(other.score, 0, score, 0, groups);
            for (int g = 0; g < groups; g++) {
                System.arraycopy(other.variance[g], 0, variance[g], 0, groups);
            }
        }

        void add(Step step, double[] n, double[] d) {
            if (step.events() == 0) {
                return;
            }
            double spread = step.spread();
            double all = step.atRisk();
            for (int g = 0; g < groups; g++) {
                double share = n[g] / all;
                score[g] += step.weight() * (d[g] - step.events() * share);
                for (int h = 0; h < groups; h++) {
                    variance[g][h] += spread * share * (g == h ? (all - n[g]) / all : -n[h] / all);
                }
            }
        }

        double statistic() {
            if (groups == 2) {
                return variance[0][0] > 0 ? score[0] * score[0] / variance[0][0] : 0;
            }
            return QuadraticForm.of(score, variance).statistic();
        }
    }
}

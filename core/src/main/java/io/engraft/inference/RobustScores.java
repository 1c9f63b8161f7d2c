package io.engraft.inference;

import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.JoinedTimes;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rank sums whose covariance comes from the rows' own contributions, added up by cluster. A row's contribution is its own
 * event less what was to be expected over (entry, time], a difference of two running sums, so that all cost one pass.
 */
final class RobustScores {

    private final SurvivalData data;
    private final RankWeight weight;
    /** Rows by stratum. */
    private final int[][] strata;

    private final Clusters clusters;
    /** How many alike each cluster stands for. */
    private final double[] replication;

    /** The place of each row's exit and entry among the joined times; -1 for entry from the start. */
    private final int[] exit;

    private final int[] entry;
    private final Categories group;

    RobustScores(SurvivalData data, RankWeight weight, TieRule rule) {
        this.data = data;
        this.weight = weight;
        this.group = Samples.group(data);
        this.strata = strata(data);
        int n = data.size();
        this.clusters = Clusters.of(data);
        this.replication = new double[clusters.count()];
        for (int i = 0; i < n; i++) {
            replication[clusters.of(i)] = clusters.replication(i);
        }
        JoinedTimes times = JoinedTimes.of(EventTable.of(data).joinTies(rule));
        this.exit = IntStream.range(0, n).map(i -> times.placeOf(data.time(i))).toArray();
        this.entry = IntStream.range(0, n)
                .map(i -> data.hasEntry() ? times.placeOf(data.entry(i)) : -1)
                .toArray();
    }

    private static int[][] strata(SurvivalData data) {
        Categories column = data.strata().orElse(null);
        int[] all = IntStream.range(0, data.size()).toArray();
        if (column == null) {
            return new int[][] {all};
        }
        int[] size = new int[column.levels().size()];
        Arrays.stream(all).forEach(i -> size[column.code(i)]++);
        int[][] rows = Arrays.stream(size).mapToObj(int[]::new).toArray(int[][]::new);
        int[] next = new int[size.length];
        Arrays.stream(all).forEach(i -> rows[column.code(i)][next[column.code(i)]++] = i);
        return rows;
    }

    /** The sums of some of the groups, among themselves. */
    RankSums sums(List<String> groups) {
        int k = groups.size();
        int[] index = group.levels().stream().mapToInt(groups::indexOf).toArray();
        double[][] contribution = new double[k][replication.length];
        double[] observed = new double[k];
        double[] expected = new double[k];
        boolean[] seen = new boolean[replication.length];
        for (int[] rows : strata) {
            int[] members = Arrays.stream(rows)
                    .filter(i -> index[group.code(i)] >= 0 && data.weight(i) > 0)
                    .toArray();
            for (int i : members) {
                seen[clusters.of(i)] = true;
            }
            if (members.length > 0) {
                new Stratum(members, index, k).add(contribution, observed, expected);
            }
        }
        double[][] covariance = new double[k][k];
        for (int g = 0; g < k; g++) {
            for (int h = 0; h <= g; h++) {
                double sum = 0;
                for (int c = 0; c < replication.length; c++) {
                    sum += replication[c] * contribution[g][c] * contribution[h][c];
                }
                covariance[g][h] = sum;
                covariance[h][g] = sum;
            }
        }
        RankSums sums = new RankSums(k, weight);
        sums.set(observed, expected, covariance, clusters.areRows() ? 0 : count(seen), clusters.unit());
        return sums;
    }

    private static int count(boolean[] seen) {
        int found = 0;
        for (boolean one : seen) {
            found += one ? 1 : 0;
        }
        return found;
    }

    /** The rows of one stratum, its times numbered from 0. */
    private final class Stratum {

        private final int[] rows;
        private final int[] index;
        private final int groups;
        private final int[] places;
        private final double[][] events;
        private final double[][] atRisk;
        private final double[] weights;
        /** Up to each place: the sum of w d / n, and for each group that of w d n_g / n^2. */
        private final double[] hazard;

        private final double[][] shared;

        Stratum(int[] rows, int[] index, int groups) {
            this.rows = rows;
            this.index = index;
            this.groups = groups;
            this.places = IntStream.concat(
                            Arrays.stream(rows).map(i -> exit[i]),
                            Arrays.stream(rows).map(i -> entry[i]).filter(e -> e >= 0))
                    .sorted()
                    .distinct()
                    .toArray();
            this.events = new double[groups][places.length];
            this.atRisk = new double[groups][places.length];
            this.weights = new double[places.length];
            this.hazard = new double[places.length];
            this.shared = new double[groups][places.length];
            count();
        }

        private int at(int place) {
            return place < 0 ? -1 : Arrays.binarySearch(places, place);
        }

        private void count() {
            int m = places.length;
            double[][] change = new double[groups][m + 1];
            int[][] rowChange = new int[groups][m + 1];
            for (int i : rows) {
                int g = index[group.code(i)];
                int x = at(exit[i]);
                int from = at(entry[i]);
                events[g][x] += data.status(i) > 0 ? data.weight(i) : 0;
                change[g][x] += data.weight(i);
                rowChange[g][x]++;
                if (from >= 0) {
                    change[g][from] -= data.weight(i);
                    rowChange[g][from]--;
                }
            }
            for (int g = 0; g < groups; g++) {
                double left = 0;
                int rowsLeft = 0;
                for (int p = m - 1; p >= 0; p--) {
                    left += change[g][p];
                    rowsLeft += rowChange[g][p];
                    // Sums of weights that come and go leave dust behind; the rows tell when nobody is there.
                    left = rowsLeft == 0 ? 0 : left;
                    atRisk[g][p] = left;
                }
            }
        }

        private void add(double[][] contribution, double[] observed, double[] expected) {
            weigh(observed, expected);
            for (int i : rows) {
                int own = index[group.code(i)];
                int x = at(exit[i]);
                int from = at(entry[i]);
                double total = total(atRisk, x);
                double w = clusters.weight(i);
                for (int g = 0; g < groups; g++) {
                    double mine = g == own ? 1 : 0;
                    double value = data.status(i) > 0 ? weights[x] * (mine - atRisk[g][x] / total) : 0;
                    value -= mine * (hazard[x] - (from < 0 ? 0 : hazard[from]))
                            - (shared[g][x] - (from < 0 ? 0 : shared[g][from]));
                    contribution[g][clusters.of(i)] += w * value;
                }
            }
        }

        private void weigh(double[] observed, double[] expected) {
            double survival = 1;
            double peto = 1;
            for (int p = 0; p < places.length; p++) {
                double n = total(atRisk, p);
                double d = total(events, p);
                double before = p == 0 ? 0 : hazard[p - 1];
                double step = 0;
                if (d > 0) {
                    peto *= 1 - d / (n + 1);
                    weights[p] = weight.at(n, survival, peto);
                    step = weights[p] * d / n;
                    survival *= Math.max(0, n - d) / n;
                }
                hazard[p] = before + step;
                for (int g = 0; g < groups; g++) {
                    double share = n > 0 ? atRisk[g][p] / n : 0;
                    shared[g][p] = (p == 0 ? 0 : shared[g][p - 1]) + step * share;
                    observed[g] += weights[p] * events[g][p];
                    expected[g] += weights[p] * d * share;
                }
            }
        }

        private double total(double[][] columns, int p) {
            double sum = 0;
            for (double[] column : columns) {
                sum += column[p];
            }
            return sum;
        }
    }
}

package io.engraft.estimate.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.InnerEnds;
import io.engraft.data.JoinedTimes;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a robust variance needs them: the points at which each enters and leaves, its weight, and the cluster whose
 * influences are summed before they are squared. A cluster's square counts as often as its share says. Immutable.
 */
public final class InfluenceRows {

    private final Clusters.Unit unit;
    /** The column whose levels are the clusters; null where every row is on its own. */
    private final @Nullable Categories column;
    /** The level of each cluster in the column, by which those of two groups are matched. */
    private final int[] level;

    private final double[] share;
    private final int[] cluster;
    private final double[] weight;
    private final int[] status;
    /** Rows in the order of leaving; those of point p stand from exitFrom[p] to exitFrom[p + 1]. */
    private final int[] exitFrom;

    private final int[] exitRow;
    private final int[] enterFrom;
    private final int[] enterRow;

    private InfluenceRows(
            Clusters.Unit unit, @Nullable Categories column, int[] level, double[] share, Collected rows, int points) {
        this.unit = unit;
        this.column = column;
        this.level = level;
        this.share = share;
        this.cluster = rows.cluster;
        this.weight = rows.weight;
        this.status = rows.status;
        this.exitFrom = new int[points + 1];
        this.exitRow = order(rows.exit, rows.count, exitFrom);
        this.enterFrom = new int[points + 1];
        this.enterRow = order(rows.enter, rows.count, enterFrom);
    }

    private InfluenceRows(InfluenceRows rows, int[] status) {
        this.unit = rows.unit;
        this.column = rows.column;
        this.level = rows.level;
        this.share = rows.share;
        this.cluster = rows.cluster;
        this.weight = rows.weight;
        this.status = status;
        this.exitFrom = rows.exitFrom;
        this.exitRow = rows.exitRow;
        this.enterFrom = rows.enterFrom;
        this.enterRow = rows.enterRow;
    }

    private static int[] order(int[] place, int count, int[] from) {
        for (int i = 0; i < count; i++) {
            from[place[i] + 1]++;
        }
        for (int p = 1; p < from.length; p++) {
            from[p] += from[p - 1];
        }
        int[] next = Arrays.copyOf(from, from.length - 1);
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[next[place[i]]++] = i;
        }
        return rows;
    }

    /** Rows while they are collected. */
    private static final class Collected {
        private final int[] cluster;
        private final double[] weight;
        private final int[] status;
        private final int[] enter;
        private final int[] exit;
        private int count;

        Collected(int most) {
            this.cluster = new int[most];
            this.weight = new double[most];
            this.status = new int[most];
            this.enter = new int[most];
            this.exit = new int[most];
        }

        void add(int ofCluster, double weighing, int withStatus, int from, int to) {
            cluster[count] = ofCluster;
            weight[count] = weighing;
            status[count] = withStatus;
            enter[count] = from;
            exit[count++] = to;
        }
    }

    /**
     * The rows of some data, group by group.
     *
     * @param sets risk sets by group, as read from the same data
     */
    public static Map<String, InfluenceRows> of(Map<String, RiskSets> sets, SurvivalData data, Reading reading) {
        Clusters clusters = Clusters.of(data);
        Clusters.Numbering numbering = clusters.numbering();
        InnerEnds ends = InnerEnds.of(data);
        Categories group = data.group().orElse(null);
        int levels = group == null ? 1 : group.levels().size();
        int[][] rows = byLevel(data.canonicalOrder(), levels, group == null ? i -> 0 : group::code);
        Map<String, InfluenceRows> all = new HashMap<>();
        for (int g = 0; g < levels; g++) {
            String name = group == null ? "all" : group.levels().get(g);
            RiskSets ofGroup = sets.get(name);
            if (ofGroup != null) {
                InfluenceRows found = of(ofGroup, data, rows[g], reading, ends, clusters, numbering.of(rows[g]));
                clusters.requireSeveral(name, rows[g].length, found.clusters());
                all.put(name, found);
            }
        }
        return all;
    }

    private static int[][] byLevel(int[] rows, int levels, IntUnaryOperator level) {
        int[] from = new int[levels + 1];
        int[] sorted = order(Arrays.stream(rows).map(level).toArray(), rows.length, from);
        int[][] groups = new int[levels][];
        for (int g = 0; g < levels; g++) {
            groups[g] = Arrays.stream(sorted, from[g], from[g + 1])
                    .map(place -> rows[place])
                    .toArray();
        }
        return groups;
    }

    private static InfluenceRows of(
            RiskSets sets,
            SurvivalData data,
            int[] rows,
            Reading reading,
            InnerEnds ends,
            Clusters clusters,
            Clusters.Part part) {
        JoinedTimes points = JoinedTimes.of(sets.times());
        Collected collected = new Collected(rows.length);
        for (int k = 0; k < rows.length; k++) {
            int row = rows[k];
            int enter = data.hasEntry() ? points.placeOf(data.entry(row)) + 1 : 0;
            boolean inner = ends.at(row);
            int status = inner ? 0 : reading.status(data.status(row));
            boolean first = status == 0 && !inner && reading.othersLeaveFirst();
            int exit = points.placeOf(data.time(row)) - (first ? 1 : 0);
            if (enter <= exit) {
                collected.add(part.cluster(k), clusters.weight(row), status, enter, exit);
            }
        }
        Categories column = clusters.column().orElse(null);
        int[] level = new int[column == null ? 0 : part.count()];
        Arrays.setAll(level, c -> clusters.of(part.firstRow(c)));
        double[] share = new double[part.count()];
        Arrays.setAll(share, c -> clusters.replication(part.firstRow(c)));
        return new InfluenceRows(clusters.unit(), column, level, share, collected, points.size());
    }

    /**
     * The rows behind a table: those that leave together with one status have the same influence.
     *
     * @throws InvalidArgumentException when rows enter late, as the table does not say who leaves when
     */
    public static InfluenceRows of(RiskSets sets, Reading reading) {
        EventTable table = sets.table();
        if (table.hasEntry()) {
            throw new InvalidArgumentException("an event table with delayed entry does not say which row leaves when, "
                    + "which a robust variance must know; allowed: the rows, as SurvivalData");
        }
        boolean frequency = table.weightType().orElse(WeightType.SAMPLING) == WeightType.FREQUENCY;
        int causes = table.causes().size();
        Collected collected = new Collected(sets.size() * (causes + 1));
        double[] share = new double[sets.size() * (causes + 1)];
        for (int p = 0; p < sets.size(); p++) {
            int row = sets.row(p);
            for (int s = 0; s <= causes; s++) {
                double square = !frequency
                        ? table.squaredWeight(row, s)
                        : s == 0 ? table.censoredWeight(row) : table.eventWeight(row, s);
                int exit = p - (s == 0 && reading.othersLeaveFirst() ? 1 : 0);
                if (square > 0 && exit >= 0) {
                    share[collected.count] = square;
                    collected.add(collected.count, 1, s, 0, exit);
                }
            }
        }
        return new InfluenceRows(
                Clusters.Unit.ROW, null, new int[0], Arrays.copyOf(share, collected.count), collected, sets.size());
    }

    /** The same rows with one cause as the only event, of code 1. */
    public InfluenceRows causeSpecific(int cause) {
        return new InfluenceRows(
                this, Arrays.stream(status).map(s -> s == cause ? 1 : 0).toArray());
    }

    /** Whose influences are summed. */
    public Clusters.Unit unit() {
        return unit;
    }

    /** The column whose levels are the clusters; null where every row is on its own. */
    @Nullable
    public Categories column() {
        return column;
    }

    /** The level of a cluster in the column. */
    public int level(int ofCluster) {
        return level[ofCluster];
    }

    public int clusters() {
        return share.length;
    }

    public double share(int ofCluster) {
        return share[ofCluster];
    }

    public int cluster(int row) {
        return cluster[row];
    }

    public double weight(int row) {
        return weight[row];
    }

    public int status(int row) {
        return status[row];
    }

    public int leavingFrom(int point) {
        return exitFrom[point];
    }

    public int leaving(int place) {
        return exitRow[place];
    }

    public int enteringFrom(int point) {
        return enterFrom[point];
    }

    public int entering(int place) {
        return enterRow[place];
    }
}

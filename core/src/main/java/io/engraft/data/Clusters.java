package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which rows belong together, for robust variances: the one place that decides it. With u_i the influence of row i on an
 * estimate, the robust variance is
 *
 * <pre>
 *   sum over clusters c of  replication(c) * (sum over rows i of c of  weight(i) u_i)^2
 * </pre>
 *
 * <ul>
 *   <li>The clusters are the levels of the cluster column where there is one; else the patients, where an id has several
 *       rows; else the rows. Ids of which each occurs once are no clusters.
 *   <li>A sampling weight counts in the influence.
 *   <li>A frequency weight counts as so many rows alike: of one cluster where a cluster column is declared (they add up
 *       before the square); else of patients on their own, each with the same influence (their squares add up). Where the
 *       rows of one patient have different frequency weights, they cannot be patients alike, and count as rows of that one.
 * </ul>
 *
 * <p>So a frequency weight gives what the repeated rows give. Immutable.
 */
public final class Clusters {

    /** What the rows of one cluster share. */
    public enum Unit {
        /** Each row is on its own. */
        ROW("row", "row"),
        /** The id of a patient, where one has several rows. */
        ID("id", "patient"),
        /** The level of the declared cluster column. */
        CLUSTER("cluster", "cluster");

        private final String label;
        private final String noun;

        Unit(String label, String noun) {
            this.label = label;
            this.noun = noun;
        }

        /**
         * What there is one of.
         *
         * @return "row", "patient" or "cluster"
         */
        public String noun() {
            return noun;
        }

        /**
         * The unit in a word.
         *
         * @return "row", "id" or "cluster"
         */
        public String label() {
            return label;
        }
    }

    /** Below this many clusters robust errors are known to be too small. */
    private static final int MANY = 40;

    private final Unit unit;
    private final @Nullable Categories column;
    private final int rows;
    private final double @Nullable [] weight;
    private final boolean frequency;
    /** By cluster; null where none stands for several. */
    private final double @Nullable [] replication;

    private Clusters(
            int rows,
            @Nullable Categories cluster,
            @Nullable Categories id,
            double @Nullable [] weight,
            boolean frequency) {
        this.rows = rows;
        this.weight = weight;
        this.frequency = frequency;
        if (cluster != null) {
            this.unit = Unit.CLUSTER;
            this.column = cluster;
        } else {
            this.column = id != null && firstRepeat(id).isPresent() ? id : null;
            this.unit = column == null ? Unit.ROW : Unit.ID;
        }
        this.replication =
                frequency && weight != null && unit == Unit.ID && column != null ? alike(column, weight) : null;
    }

    /**
     * The clusters of follow-up.
     *
     * @param data the rows
     * @return its clusters
     */
    public static Clusters of(SurvivalData data) {
        return new Clusters(
                data.size(),
                data.cluster().orElse(null),
                data.id().orElse(null),
                data.rawWeight(),
                data.weightType().filter(WeightType.FREQUENCY::equals).isPresent());
    }

    /**
     * The clusters of stays in states.
     *
     * @param data the rows
     * @return its clusters
     */
    public static Clusters of(MultiStateData data) {
        return new Clusters(
                data.size(),
                data.cluster().orElse(null),
                data.id().orElse(null),
                data.rawWeight(),
                data.weightType().filter(WeightType.FREQUENCY::equals).isPresent());
    }

    /** The weight that all rows of a level have, 1 where they differ; rows of weight 0 are not there. */
    private static double[] alike(Categories id, double[] weight) {
        double[] alike = new double[id.levels().size()];
        boolean[] differs = new boolean[alike.length];
        for (int i = 0; i < weight.length; i++) {
            int c = id.code(i);
            if (weight[i] > 0) {
                differs[c] |= alike[c] > 0 && alike[c] != weight[i];
                alike[c] = weight[i];
            }
        }
        for (int c = 0; c < alike.length; c++) {
            alike[c] = differs[c] || alike[c] == 0 ? 1 : alike[c];
        }
        return alike;
    }

    /**
     * The first row that is not the first of its level.
     *
     * @param id such as the patients
     * @return the row, empty where each level has one row at the most
     */
    public static OptionalInt firstRepeat(Categories id) {
        boolean[] seen = new boolean[id.levels().size()];
        for (int i = 0; i < id.size(); i++) {
            if (seen[id.code(i)]) {
                return OptionalInt.of(i);
            }
            seen[id.code(i)] = true;
        }
        return OptionalInt.empty();
    }

    /**
     * What makes a cluster.
     *
     * @return the unit
     */
    public Unit unit() {
        return unit;
    }

    /**
     * Whether each row is on its own.
     *
     * @return false with a cluster column, or where an id has several rows
     */
    public boolean areRows() {
        return column == null;
    }

    /**
     * The column whose levels are the clusters.
     *
     * @return the cluster or id column; empty where each row is on its own
     */
    public Optional<Categories> column() {
        return Optional.ofNullable(column);
    }

    /**
     * How many clusters there may be.
     *
     * @return the number of levels of the column, or of rows
     */
    public int count() {
        return column == null ? rows : column.levels().size();
    }

    /**
     * How many clusters have a row.
     *
     * @return the number of levels that occur, or of rows
     */
    public int occurring() {
        if (column == null) {
            return rows;
        }
        boolean[] seen = new boolean[column.levels().size()];
        int found = 0;
        for (int i = 0; i < rows; i++) {
            found += seen[column.code(i)] ? 0 : 1;
            seen[column.code(i)] = true;
        }
        return found;
    }

    /**
     * The cluster of a row.
     *
     * @param row from 0
     * @return its number, from 0 to {@link #count()} - 1
     */
    public int of(int row) {
        return column == null ? row : column.code(row);
    }

    /**
     * How many clusters alike one stands for.
     *
     * @param row a row of the cluster
     * @return the frequency of its rows where they are patients alike, else 1
     */
    public double replication(int row) {
        if (!frequency || weight == null || unit == Unit.CLUSTER) {
            return 1;
        }
        return replication == null ? weight[row] : replication[of(row)];
    }

    /**
     * By what a row counts in the influence of its cluster.
     *
     * @param row from 0
     * @return its weight, less what {@link #replication} says
     */
    public double weight(int row) {
        if (weight == null) {
            return 1;
        }
        double alike = replication(row);
        // A row of weight 0 is not there, whatever it would stand for.
        return weight[row] == 0 ? 0 : weight[row] / alike;
    }

    /**
     * For procedures whose variance is only known for rows that are on their own.
     *
     * @param estimate what has no variance, for the message
     * @throws InvalidArgumentException when rows belong together
     */
    public void requireRows(String estimate) {
        if (!areRows()) {
            throw new InvalidArgumentException("the data have clusters or several rows a patient, for which " + estimate
                    + " has no variance; allowed: one row a patient");
        }
    }

    /**
     * For robust variances: the influences of all rows sum to 0, so a single declared cluster would show a variance of 0.
     *
     * @param group whose rows they are
     * @param ofGroup how many rows
     * @param clusters in how many clusters
     * @throws NotEstimableException when a cluster column is declared, and all of several rows are in one cluster
     */
    public void requireSeveral(String group, int ofGroup, int clusters) {
        if (unit == Unit.CLUSTER && ofGroup > 1 && clusters == 1) {
            throw new NotEstimableException(
                    "all rows of group '" + group + "' are in one cluster, which shows no variance"
                            + " between clusters; allowed: two clusters or more a group, or data without the cluster column");
        }
    }

    /**
     * For robust variances of a model's coefficients. The scores of all clusters sum to 0 at the estimates: with one
     * cluster every error would show as 0, and with fewer clusters than coefficients those of many combinations of them.
     * Each row on its own passes.
     *
     * @param coefficients how many are estimated
     * @throws NotEstimableException when there is one cluster, or there are fewer clusters than coefficients
     */
    public void requireFor(int coefficients) {
        int found = counting();
        if (column != null && (found < 2 || found < coefficients)) {
            throw new NotEstimableException("a robust variance of " + coefficients
                    + (coefficients == 1 ? " coefficient" : " coefficients") + " from "
                    + found + (found == 1 ? " cluster" : " clusters") + " by " + unit.label()
                    + ", which would show errors near 0 that are not; allowed: two clusters or more, and at least as many"
                    + " as coefficients, or data without the " + unit.label() + " column");
        }
    }

    /**
     * What a reader of robust errors should know.
     *
     * @return a sentence where there are fewer than 40 clusters, else empty
     */
    public Optional<String> warning() {
        return column == null ? Optional.empty() : warning(counting(), unit);
    }

    /**
     * The same of a part of the rows.
     *
     * @param clusters how many clusters the errors rest on
     * @param unit what makes a cluster
     * @return a sentence where there are fewer than 40 clusters of several rows, else empty
     */
    public static Optional<String> warning(int clusters, Unit unit) {
        return unit == Unit.ROW || clusters >= MANY
                ? Optional.empty()
                : Optional.of("robust standard errors from " + clusters + (clusters == 1 ? " cluster" : " clusters")
                        + " by " + unit.label() + ": with fewer than about " + MANY
                        + " they tend to be too small, limits too narrow and p-values too low");
    }

    /**
     * How many clusters have a row of a weight above 0.
     *
     * @return the number of levels with such a row, or of rows
     */
    public int counting() {
        if (column == null) {
            return rows;
        }
        boolean[] seen = new boolean[column.levels().size()];
        int found = 0;
        for (int i = 0; i < rows; i++) {
            if (weight == null || weight[i] > 0) {
                found += seen[column.code(i)] ? 0 : 1;
                seen[column.code(i)] = true;
            }
        }
        return found;
    }

    /**
     * Whether the usual variance does not hold, so that a robust one is taken without being asked for.
     *
     * @param data the rows
     * @return true with sampling weights, with a cluster column, and where an id has several rows
     */
    public static boolean askForRobust(SurvivalData data) {
        return data.weightType().filter(WeightType.SAMPLING::equals).isPresent() || !of(data).areRows();
    }

    /**
     * Whether the usual variance of the laws of single transitions does not hold. Several rows of a subject ask for no
     * robust one: they split the time at risk, or are stays that are independent given the past.
     *
     * @param data the rows
     * @return true with sampling weights, and with a cluster column
     */
    public static boolean askForRobust(MultiStateData data) {
        return data.weightType().filter(WeightType.SAMPLING::equals).isPresent()
                || data.cluster().isPresent();
    }

    /**
     * Whether the usual variance of state occupation does not hold, as it leans on the Markov assumption.
     *
     * @param data the rows
     * @param rule which times are one
     * @return true with sampling weights, with a cluster column, and where a subject is seen in two states, or in one with
     *     a gap between
     */
    public static boolean askForRobust(MultiStateData data, TieRule rule) {
        return askForRobust(data)
                || data.id().filter(id -> haveSeveralStays(data, id, rule)).isPresent();
    }

    private static boolean haveSeveralStays(MultiStateData data, Categories id, TieRule rule) {
        int[] order = RowsById.sorted(id, data::time, data::entry);
        for (int x = 1; x < order.length; x++) {
            int before = order[x - 1];
            int row = order[x];
            double low = Math.min(data.time(before), data.entry(row));
            double high = Math.max(data.time(before), data.entry(row));
            boolean goesOn = data.from(before) == data.from(row) && rule.joins(low, high);
            if (id.code(before) == id.code(row) && !goesOn) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return unit == Unit.ROW
                ? rows + " rows, each on its own"
                : rows + " rows in " + occurring() + " clusters by " + unit.label();
    }

    /**
     * Numbers the clusters of parts of the rows, such as groups.
     *
     * @return a numbering, whose work space serves one part after another; not for use by several threads
     */
    public Numbering numbering() {
        return new Numbering();
    }

    /** The clusters of parts of the rows, numbered from 0 in the order in which they come. */
    public final class Numbering {

        private final int[] number =
                new int[column == null ? 0 : column.levels().size()];

        private Numbering() {
            Arrays.fill(number, -1);
        }

        /**
         * The clusters of some rows.
         *
         * @param some the rows
         * @return their clusters
         */
        public Part of(int[] some) {
            int[] cluster = new int[some.length];
            int[] first = new int[some.length];
            int found = 0;
            for (int k = 0; k < some.length; k++) {
                int c = column == null ? found : number[column.code(some[k])];
                if (c < 0 || column == null) {
                    c = found++;
                    first[c] = some[k];
                    if (column != null) {
                        number[column.code(some[k])] = c;
                    }
                }
                cluster[k] = c;
            }
            if (column != null) {
                for (int row : some) {
                    number[column.code(row)] = -1;
                }
            }
            return new Part(cluster, Arrays.copyOf(first, found));
        }

        @Override
        public String toString() {
            return "numbers for parts of " + Clusters.this;
        }
    }

    /** The clusters of some rows, which are known by their place among them. */
    public static final class Part {

        private final int[] cluster;
        private final int[] first;

        private Part(int[] cluster, int[] first) {
            this.cluster = cluster;
            this.first = first;
        }

        /**
         * How many clusters there are.
         *
         * @return the number of clusters with a row in the part
         */
        public int count() {
            return first.length;
        }

        /**
         * The cluster of a row.
         *
         * @param place the row's place in the part
         * @return its number, from 0
         */
        public int cluster(int place) {
            return cluster[place];
        }

        /**
         * A row of a cluster, by which its level and replication are known.
         *
         * @param ofCluster its number
         * @return the first row, numbered as in the data
         */
        public int firstRow(int ofCluster) {
            return first[ofCluster];
        }

        @Override
        public String toString() {
            return cluster.length + " rows in " + first.length + " clusters";
        }
    }
}

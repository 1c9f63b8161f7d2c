package io.engraft.estimate.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that two groups of one fit both have rows of. The covariance of the groups' estimates is the sum over them
 * of the product of a cluster's influences on either.
 */
public final class SharedClusters {

    private static final SharedClusters NONE = new SharedClusters(new int[0], new int[0]);

    /** Their numbers in the one group. */
    private final int[] some;
    /** Their numbers in the other, in the same order. */
    private final int[] other;

    private SharedClusters(int[] some, int[] other) {
        this.some = some;
        this.other = other;
    }

    /**
     * Matches clusters.
     *
     * @param some the rows of the one, null where its variance is not robust
     * @param other the rows of the other
     * @throws InvalidArgumentException when their clusters are levels of different columns
     */
    public static SharedClusters of(@Nullable InfluenceRows some, @Nullable InfluenceRows other) {
        if (some == null || other == null) {
            return NONE;
        }
        Categories column = some.column();
        if (column == null || other.column() == null) {
            return NONE;
        }
        if (column != other.column()) {
            throw new InvalidArgumentException("the two estimates have clusters of different data, which cannot be"
                    + " matched; allowed: estimates of one fit, or of fits to the same data");
        }
        int[] number = new int[column.levels().size()];
        Arrays.fill(number, -1);
        for (int c = 0; c < other.clusters(); c++) {
            number[other.level(c)] = c;
        }
        int[] mine = new int[some.clusters()];
        int[] theirs = new int[some.clusters()];
        int found = 0;
        for (int c = 0; c < some.clusters(); c++) {
            int match = number[some.level(c)];
            if (match >= 0) {
                mine[found] = c;
                theirs[found++] = match;
            }
        }
        return new SharedClusters(Arrays.copyOf(mine, found), Arrays.copyOf(theirs, found));
    }

    public boolean isEmpty() {
        return some.length == 0;
    }

    /** The sum of products of influences, by cluster of either group. */
    public double sum(double[] ofSome, double[] ofOther) {
        RunningSum sum = new RunningSum();
        for (int i = 0; i < some.length; i++) {
            sum.addProduct(ofSome[some[i]], ofOther[other[i]]);
        }
        return sum.value();
    }
}

package io.engraft.data;

import io.engraft.internal.count.ExactSums;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums of weights beside the counts of an {@link EventTable}: one a time and mark (0 censored, 1 to K causes,
 * K + 1 entered), and of their squares where a robust variance will need them.
 */
final class TableWeights {

    private final WeightType type;
    private final ExactSums[] sums;
    private final ExactSums @Nullable [] squares;

    private TableWeights(WeightType type, ExactSums[] sums, ExactSums @Nullable [] squares) {
        this.type = type;
        this.sums = sums;
        this.squares = squares;
    }

    static TableWeights empty(WeightType type, int marks, int times) {
        return new TableWeights(type, cells(marks, times), type == WeightType.SAMPLING ? cells(marks, times) : null);
    }

    private static ExactSums[] cells(int marks, int times) {
        ExactSums[] all = new ExactSums[marks];
        for (int m = 0; m < marks; m++) {
            all[m] = new ExactSums(times);
        }
        return all;
    }

    WeightType type() {
        return type;
    }

    void add(int mark, int i, double weight) {
        sums[mark].add(i, weight);
        if (squares != null) {
            squares[mark].add(i, weight * weight);
        }
    }

    /** Takes away what {@link #add} adds. */
    void take(int mark, int i, double weight) {
        sums[mark].add(i, -weight);
        if (squares != null) {
            squares[mark].add(i, -(weight * weight));
        }
    }

    /** Adds sums that were made elsewhere; the squares count for sampling weights only. */
    void addExact(int mark, int i, BigDecimal sum, BigDecimal squareSum) {
        sums[mark].add(i, sum);
        if (squares != null) {
            squares[mark].add(i, squareSum);
        }
    }

    BigDecimal exactSum(int mark, int i) {
        return sums[mark].exact(i);
    }

    BigDecimal exactSquare(int mark, int i) {
        return Objects.requireNonNull(squares, "frequency weights keep no squares")[mark].exact(i);
    }

    double value(int mark, int i) {
        return sums[mark].value(i);
    }

    /** The exact sum of a time's events of all causes, rounded once. */
    double ofAllCauses(int causes, int i) {
        ExactSums sum = new ExactSums(1);
        for (int c = 1; c <= causes; c++) {
            sum.add(0, sums[c], i);
        }
        return sum.value(0);
    }

    /** The weight at risk just before each time: what leaves from there on less what enters, each rounded once. */
    double[] atRisk(int causes) {
        double[] weight = new double[sums[0].size()];
        ExactSums left = new ExactSums(1);
        for (int i = weight.length - 1; i >= 0; i--) {
            for (int m = 0; m <= causes; m++) {
                left.add(0, sums[m], i);
            }
            if (sums.length > causes + 1) {
                left.subtract(0, sums[causes + 1], i);
            }
            weight[i] = left.value(0);
        }
        return weight;
    }

    double square(int mark, int i) {
        return Objects.requireNonNull(squares, "frequency weights keep no squares")[mark].value(i);
    }

    /** The sums at new places; several times may share one. */
    TableWeights rearrange(int[] place, int times) {
        TableWeights moved = empty(type, sums.length, times);
        for (int m = 0; m < sums.length; m++) {
            moved.addMark(m, this, m, place);
        }
        return moved;
    }

    /** The sums from a place on. */
    TableWeights after(int cut) {
        TableWeights later = empty(type, sums.length, sums[0].size() - cut);
        for (int m = 0; m < sums.length; m++) {
            for (int i = cut; i < sums[m].size(); i++) {
                later.sums[m].add(i - cut, sums[m], i);
                if (squares != null && later.squares != null) {
                    later.squares[m].add(i - cut, squares[m], i);
                }
            }
        }
        return later;
    }

    /** One mark (0 censored, or a cause) as the only event; the others become censored. */
    TableWeights keepOne(int cause, int causes) {
        int times = sums[0].size();
        boolean entries = sums.length > causes + 1;
        TableWeights kept = empty(type, entries ? 3 : 2, times);
        int[] same = java.util.stream.IntStream.range(0, times).toArray();
        for (int m = 0; m <= causes; m++) {
            kept.addMark(m == cause ? 1 : 0, this, m, same);
        }
        if (entries) {
            kept.addMark(2, this, causes + 1, same);
        }
        return kept;
    }

    static TableWeights merge(
            TableWeights a,
            int causesOfA,
            int[] placeOfA,
            TableWeights b,
            int causesOfB,
            int[] placeOfB,
            int causes,
            int times) {
        boolean entries = a.sums.length > causesOfA + 1 || b.sums.length > causesOfB + 1;
        TableWeights all = empty(a.type, causes + (entries ? 2 : 1), times);
        all.addAll(a, causesOfA, placeOfA, causes);
        all.addAll(b, causesOfB, placeOfB, causes);
        return all;
    }

    private void addAll(TableWeights other, int otherCauses, int[] place, int causes) {
        for (int m = 0; m < other.sums.length; m++) {
            addMark(m > otherCauses ? causes + 1 : m, other, m, place);
        }
    }

    private void addMark(int mark, TableWeights other, int otherMark, int[] place) {
        for (int i = 0; i < place.length; i++) {
            sums[mark].add(place[i], other.sums[otherMark], i);
            if (squares != null && other.squares != null) {
                squares[mark].add(place[i], other.squares[otherMark], i);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TableWeights that) || type != that.type || sums.length != that.sums.length) {
            return false;
        }
        for (int m = 0; m < sums.length; m++) {
            for (int i = 0; i < sums[m].size(); i++) {
                if (value(m, i) != that.value(m, i)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return type.hashCode() * 31 + sums.length;
    }
}

package io.engraft.regression.internal.risk;

/**
 * Sums over stretches of places within a stratum. They are differences of running sums; where what is laid out is wide, a
 * difference would leave nothing of a stretch that is small beside what came before, and they are sums of their own.
 */
final class Stretches {

    private final int[] begin;
    private final int width;
    private final boolean wide;
    private final double[] running;
    private final RangeSums sums;

    Stretches(int[] begin, Vectors laid) {
        this.begin = begin;
        this.width = laid.width;
        this.wide = laid.isWide();
        this.running = wide ? new double[0] : running(begin, laid);
        this.sums = new RangeSums(wide ? begin : new int[] {0}, width, wide, wide);
        if (wide) {
            sums.lay(laid);
        }
    }

    private static double[] running(int[] begin, Vectors laid) {
        double[] sums = laid.value.clone();
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int m = (begin[s] + 1) * laid.width; m < begin[s + 1] * laid.width; m++) {
                sums[m] += sums[m - laid.width];
            }
        }
        return sums;
    }

    /** The sum over places of a stratum from the one after {@code after}, as one vector; 0 for a stretch of none. */
    Vectors over(int stratum, int after, int upTo) {
        Vectors sum = new Vectors(1, width, wide);
        if (wide && after < upTo) {
            sums.over(false, after + 1, upTo, sum);
        } else if (wide) {
            sum.settle(0, 0);
        } else {
            for (int j = 0; j < width; j++) {
                sum.value[j] = upTo(stratum, upTo, j) - upTo(stratum, after, j);
            }
        }
        return sum;
    }

    private double upTo(int stratum, int place, int j) {
        return place < begin[stratum] ? 0 : running[place * width + j];
    }
}

package io.engraft.calibrate.rates;

import io.engraft.law.TimingTarget;
import java.math.BigDecimal;

/**
 * Printed figures stand for what rounds to them: shares to whole per cents, or to the decimals that they have where these
 * are more; times to the last decimal that they have, whole units at the least.
 */
final class Printed {

    private static final int PER_CENT = 2;
    private static final double LEAST = 1e-6;
    /** Two points nearer than this part of the median say one thing, when their shares are the same. */
    private static final double NEAR = 0.05;

    private Printed() {}

    static double half(double value, int leastDecimals) {
        int decimals = BigDecimal.valueOf(value).stripTrailingZeros().scale();
        return 0.5 * Math.pow(10, -Math.max(leastDecimals, decimals));
    }

    /** A share that rounds to the printed one, evenly, with the uniform given. */
    static double share(double printed, double uniform) {
        return Math.min(1 - LEAST, Math.max(LEAST, rate(printed, uniform)));
    }

    /** The same where 0 and 1 are possible. */
    static double rate(double printed, double uniform) {
        return Math.min(1, Math.max(0, printed + half(printed, PER_CENT) * (2 * uniform - 1)));
    }

    static double time(double printed, double uniform) {
        double half = half(printed, 0);
        // A time of 0.4 printed as 0 is none that can be given.
        return Math.max(printed + half * (2 * uniform - 1), printed / 2);
    }

    /** Whether a share by a time is a half by about the median: such two figures are one. */
    static boolean sameAsMedian(TimingTarget by, double median) {
        boolean half = Math.abs(by.share() - 0.5) <= half(by.share(), PER_CENT) * (1 + 1e-9);
        return half && Math.abs(by.time() - median) <= NEAR * median + half(median, 0);
    }
}

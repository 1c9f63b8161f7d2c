package io.engraft.internal;

import org.apache.commons.rng.core.source64.Philox4x64;

/**
 * Whole numbers below a bound, in bulk, without bias: the stream of one replicate of a bootstrap, a function of seed,
 * replicate and sample alone. Each draw takes 32 bits of a counter-based generator (two a word, the low half first);
 * the high half of its product with the bound is the number, and draws whose low half would favour some numbers are
 * thrown away.
 *
 * <p>D. Lemire (2019). Fast random integer generation in an interval. ACM Transactions on Modeling and Computer
 * Simulation 29, 3.
 */
public final class BoundedDraws {

    private static final long PURPOSE = 0x626F6F7473747270L;
    private static final long HALF = 0xFFFFFFFFL;

    private final Philox4x64 source;
    private long word;
    private boolean hasHalf;

    private BoundedDraws(Philox4x64 source) {
        this.source = source;
    }

    public static BoundedDraws of(long seed, long replicate, long sample) {
        return new BoundedDraws(new Philox4x64(new long[] {seed, PURPOSE, 0, 0, replicate, sample}));
    }

    /** The next number, 0 &lt;= number &lt; bound. */
    public int next(int bound) {
        long product = half() * bound;
        if ((product & HALF) < bound) {
            product = again(product, bound);
        }
        return (int) (product >>> 32);
    }

    /** Draws as many places as there are, each from all of them, and counts what stands at them. */
    public void tally(int[] place, int[] counts) {
        int bound = place.length;
        int pairs = hasHalf ? 0 : bound / 2;
        for (int i = 0; i < pairs; i++) {
            long both = source.nextLong();
            long first = (both & HALF) * bound;
            long second = (both >>> 32) * bound;
            if ((first & HALF) < bound || (second & HALF) < bound) {
                word = both;
                hasHalf = true;
                first = (both & HALF) * bound;
                if ((first & HALF) < bound) {
                    first = again(first, bound);
                }
                counts[place[(int) (first >>> 32)]]++;
                rest(2 * i + 1, place, counts);
                return;
            }
            counts[place[(int) (first >>> 32)]]++;
            counts[place[(int) (second >>> 32)]]++;
        }
        rest(2 * pairs, place, counts);
    }

    private void rest(int drawn, int[] place, int[] counts) {
        for (int i = drawn; i < place.length; i++) {
            counts[place[next(place.length)]]++;
        }
    }

    private long half() {
        if (hasHalf) {
            hasHalf = false;
            return word >>> 32;
        }
        word = source.nextLong();
        hasHalf = true;
        return word & HALF;
    }

    private long again(long product, int bound) {
        long threshold = (1L << 32) % bound;
        long kept = product;
        while ((kept & HALF) < threshold) {
            kept = half() * bound;
        }
        return kept;
    }
}

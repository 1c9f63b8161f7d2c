package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;

/**
 * A reference distribution from assignments of patients to groups within strata.
 *
 * @param draws the number of random assignments, 0 for all
 * @param seed the seed of random ones
 */
record Permutation(int draws, long seed) {

    static final Permutation EXACT = new Permutation(0, 0);

    /** The purpose of the stream of draws. */
    private static final long SHUFFLES = 0x7065726D75746573L;

    private static final int CHUNK = 64;

    static Permutation random(int draws, long seed) {
        return new Permutation(Require.draws("draws", draws, 1), seed);
    }

    /** What a permutation gives: a p-value, and from what. */
    record Outcome(double pValue, String reference) {}

    Outcome of(PermutedSums sums) {
        return draws == 0 ? exact(sums) : monteCarlo(sums, Runtime.getRuntime().availableProcessors());
    }

    private static Outcome exact(PermutedSums sums) {
        double patterns = sums.patterns();
        int kinds = sums.kinds();
        if (!(patterns <= PermutedSums.MOST_PATTERNS) || kinds > PermutedSums.MOST_KINDS) {
            throw new InvalidArgumentException(
                    "the exact permutation test has " + NumberText.format(patterns) + " distinct assignments of "
                            + kinds + " kinds of patients to look at; allowed: " + PermutedSums.MOST_PATTERNS + " of "
                            + PermutedSums.MOST_KINDS + " at most, or withPermutations(draws, seed), which draws some");
        }
        double[] shares = sums.enumerate();
        return new Outcome(
                shares[0] / shares[1],
                "exact permutation within strata of " + NumberText.format(shares[1]) + " assignments to groups");
    }

    Outcome monteCarlo(PermutedSums sums, int threads) {
        int chunks = (draws + CHUNK - 1) / CHUNK;
        int[] hits = new int[chunks];
        ChunkedRun.run(chunks, threads, k -> {
            PermutedSums.Shuffle shuffle = sums.shuffle();
            return chunk -> {
                int last = Math.min(draws, (chunk + 1) * CHUNK);
                for (int draw = chunk * CHUNK; draw < last; draw++) {
                    hits[chunk] += shuffle.reaches(PatientStream.of(seed, SHUFFLES, draw)) ? 1 : 0;
                }
            };
        });
        long sum = 0;
        for (int h : hits) {
            sum += h;
        }
        return new Outcome(
                (1.0 + sum) / (1.0 + draws),
                "Monte Carlo permutation within strata, " + draws + " draws, seed " + seed + ", p = (1 + " + sum
                        + ") / (1 + " + draws + ")");
    }
}

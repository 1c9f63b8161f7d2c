package io.engraft.internal;

import org.apache.commons.rng.core.source64.Philox4x64;

/**
 * The stream of random numbers of one patient (or one parameter draw): a function of seed, purpose and index alone, so
 * that it does not depend on threads, chunks or order, and can be replayed.
 */
public final class PatientStream {

    /** Paths of simulated patients. */
    public static final long PATIENTS = 0x7061746869656E74L;
    /** Draws of parameters. */
    public static final long PARAMETERS = 0x706172616D657465L;

    private final Philox4x64 source;

    private PatientStream(Philox4x64 source) {
        this.source = source;
    }

    public static PatientStream of(long seed, long purpose, long index) {
        return new PatientStream(new Philox4x64(new long[] {seed, purpose, 0, 0, index, 0}));
    }

    /** The next uniform, strictly between 0 and 1: an odd multiple of 2^-53. */
    public double next() {
        return ((source.nextLong() >>> 12) + 0.5) * 0x1p-52;
    }
}

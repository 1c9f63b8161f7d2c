package io.engraft.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;

/** Runs numbered pieces of work on the common pool, the caller's thread included. */
public final class Parallel {

    private Parallel() {}

    /** How many pieces are worth making: one a core, and none smaller than {@code least} items. */
    public static int pieces(int items, int least) {
        int cores = ForkJoinPool.getCommonPoolParallelism() + 1;
        return Math.max(1, Math.min(cores, items / least));
    }

    /** Runs {@code work} for 0 to pieces - 1 and returns when all are done, also where one failed: its error is thrown. */
    public static void run(int pieces, IntConsumer work) {
        List<ForkJoinTask<?>> tasks = new ArrayList<>(pieces - 1);
        for (int p = 1; p < pieces; p++) {
            int piece = p;
            tasks.add(ForkJoinPool.commonPool().submit(() -> work.accept(piece)));
        }
        try {
            work.accept(0);
        } finally {
            tasks.forEach(ForkJoinTask::quietlyJoin);
        }
        tasks.forEach(ForkJoinTask::join);
    }

    /** The first item of a piece when {@code items} are divided evenly. */
    public static int start(int items, int pieces, int piece) {
        return (int) ((long) items * piece / pieces);
    }
}

package io.engraft.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs numbered chunks of work on some threads. Which thread takes which chunk is open: results must not depend on it. */
public final class ChunkedRun {

    private ChunkedRun() {}

    /**
     * Runs chunks 0 .. chunks - 1.
     *
     * @param workers makes the worker of thread k; called in the calling thread, in order of k
     */
    public static void run(int chunks, int threads, IntFunction<IntConsumer> workers) {
        int used = Math.max(1, Math.min(threads, chunks));
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread[] helpers = new Thread[used - 1];
        IntConsumer own = workers.apply(0);
        for (int k = 1; k < used; k++) {
            IntConsumer worker = workers.apply(k);
            helpers[k - 1] = new Thread(() -> work(next, chunks, worker, failure), "engraft-" + k);
            helpers[k - 1].setDaemon(true);
        }
        for (Thread helper : helpers) {
            helper.start();
        }
        work(next, chunks, own, failure);
        join(helpers);
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private static void work(
            AtomicInteger next, int chunks, IntConsumer worker, AtomicReference<@Nullable Throwable> failure) {
        try {
            for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
                worker.accept(chunk);
            }
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
            next.set(chunks);
        }
    }

    private static void join(Thread[] helpers) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelTest {

    @Test
    void everyPieceIsDoneOnce() {
        int[] done = new int[100];
        Parallel.run(100, p -> done[p]++);
        assertThat(done).containsOnly(1);
    }

    @Test
    void aFailureIsThrownOnlyWhenNoPieceRunsAnyMore() {
        AtomicInteger finished = new AtomicInteger();
        CountDownLatch failing = new CountDownLatch(1);
        assertThatThrownBy(() -> Parallel.run(8, p -> {
                    if (p == 0) {
                        failing.countDown();
                        throw new InvalidArgumentException("piece 0 fails");
                    }
                    await(failing);
                    finished.incrementAndGet();
                }))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("piece 0 fails");
        assertThat(finished).hasValue(7);
    }

    private static void await(CountDownLatch latch) {
        try {
            // The failing thread may not have left its piece yet; the others take their time.
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

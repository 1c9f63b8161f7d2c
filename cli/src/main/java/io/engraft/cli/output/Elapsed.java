package io.engraft.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells somebody who watches that a call is at work: after two silent seconds a line on standard error counts on, and is
 * gone before anything else is written.
 */
public final class Elapsed implements AutoCloseable {

    private final String what;
    private final PrintStream err;
    private final long patience;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService clock;
    private final Console console;
    private long silentSince = start;
    private String shown = "";

    /**
     * Starts to count.
     *
     * @param what the command
     * @param patience milliseconds of silence before the line, and between its changes at the most a second
     */
    public Elapsed(String what, Console around, long patience) {
        this.what = what;
        this.err = around.err();
        this.patience = TimeUnit.MILLISECONDS.toNanos(patience);
        this.console = new Console(
                around.in(),
                new Heard(around.out()),
                new PrintStream(new Heard(around.err()), true, StandardCharsets.UTF_8),
                around.watched(),
                around.debug());
        this.clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "elapsed");
            thread.setDaemon(true);
            return thread;
        });
        long step = Math.min(patience, 1000);
        ScheduledFuture<?> unused = clock.scheduleAtFixedRate(this::tick, patience, step, TimeUnit.MILLISECONDS);
    }

    /** The surroundings that the call is to use. */
    public Console console() {
        return console;
    }

    private synchronized void tick() {
        long now = System.nanoTime();
        if (now - silentSince < patience) {
            return;
        }
        shown = "engraft " + what + ": " + TimeUnit.NANOSECONDS.toSeconds(now - start) + " s";
        err.print("\r" + shown);
        err.flush();
    }

    private synchronized void heard() {
        if (!shown.isEmpty()) {
            err.print("\r" + " ".repeat(shown.length()) + "\r");
            err.flush();
            shown = "";
        }
        silentSince = System.nanoTime();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        heard();
    }

    /** Passes on what is written, and takes the line away before. */
    private final class Heard extends OutputStream {

        private final OutputStream target;

        private Heard(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            heard();
            target.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            heard();
            target.write(bytes, from, count);
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}

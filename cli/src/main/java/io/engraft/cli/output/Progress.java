package io.engraft.cli.output;

import java.io.PrintStream;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error. It costs start-up time: made only for long work that somebody watches. */
public final class Progress implements LongConsumer, AutoCloseable {

    private static final int WIDTH = 80;

    private final ProgressBar bar;

    public Progress(long total, PrintStream err) {
        this.bar = new ProgressBarBuilder()
                .setTaskName("simulate")
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
    }

    @Override
    public synchronized void accept(long done) {
        // Threads report out of order; the bar does not go back.
        if (done > bar.getCurrent()) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}

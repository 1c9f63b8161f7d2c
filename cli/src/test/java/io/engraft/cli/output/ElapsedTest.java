package io.engraft.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ElapsedTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Console terminal() {
        return new Console(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                false);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSilentCallSaysThatItIsAtWorkAndCleansUpBeforeItsResult() throws Exception {
        try (Elapsed elapsed = new Elapsed("aft", terminal(), 20)) {
            while (shown().isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(shown()).startsWith("\rengraft aft: 0 s");
            elapsed.console().out().write("result\n".getBytes(StandardCharsets.UTF_8));
            assertThat(shown()).endsWith("\r" + " ".repeat("engraft aft: 0 s".length()) + "\r");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
    }

    @Test
    void aCallThatEndsSoonSaysNothing() throws Exception {
        try (Elapsed elapsed = new Elapsed("km", terminal(), 60_000)) {
            elapsed.console().out().write('x');
            elapsed.console().err().println("a note");
        }
        assertThat(shown()).isEqualTo("a note" + System.lineSeparator());
    }
}

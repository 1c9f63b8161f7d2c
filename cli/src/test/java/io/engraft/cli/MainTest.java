package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.output.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void showsVersionAndHelp() {
        assertThat(Run.of("--version").out()).matches("engraft \\d+\\.\\d+\\S*\\R");
        Run help = Run.of("--help");
        assertThat(help.status()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains(
                        "km",
                        "cuminc",
                        "aft",
                        "cox",
                        "finegray",
                        "endpoints",
                        "pool",
                        "reconstruct",
                        "calibrate",
                        "simulate",
                        "compare",
                        "datasets",
                        "batch",
                        "demo")
                .contains("Exit status: 0 done; 1 the data cannot be used; 2 wrong usage; 3 internal fault.")
                .doesNotContain("mscox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "km",
                "cuminc",
                "test",
                "aft",
                "cox",
                "finegray",
                "endpoints",
                "pool",
                "reconstruct",
                "calibrate",
                "simulate",
                "compare",
                "datasets",
                "batch",
                "demo"
            })
    void everyCommandHasHelpThatFitsATerminal(String command) {
        Run help = Run.of(command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: engraft " + command).doesNotContain("null");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 110);
    }

    @Test
    void asksWhichCommand() {
        assertThat(Run.of().status()).isEqualTo(2);
        assertThat(Run.of().out()).isEmpty();
        assertThat(Run.of().err()).contains("there is no command; allowed: km, cuminc");
        assertThat(Run.of("coxph").status()).isEqualTo(2);
        assertThat(Run.of("coxph").err()).contains("coxph");
    }

    @Test
    void saysAFaultInOneLine() {
        Run run = faulty(false);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("internal fault", "ENGRAFT_DEBUG=1").doesNotContain("\tat ");
    }

    @Test
    void showsWhereAFaultWasWhenAsked() {
        assertThat(faulty(true).err()).contains("\tat ");
    }

    private static Run faulty(boolean debug) {
        InputStream in = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("made\nfor the test");
            }

            @Override
            public int read(byte[] target, int from, int length) {
                return read();
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(in, out, new PrintStream(err, true, StandardCharsets.UTF_8), false, debug);
        int status = Main.run(new String[] {"km", "-", "--time", "t", "--status", "s"}, console);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void knowsItsProcess() {
        Console console = Console.ofProcess();
        assertThat(console.in()).isNotInstanceOf(ByteArrayInputStream.class);
        assertThat(console.watched()).isFalse();
    }

    @Test
    void givesItsCommandLineToThoseWhoDescribeIt() {
        assertThat(Main.commandLine().getCommandName()).isEqualTo("engraft");
        assertThat(Main.commandLine().getSubcommands()).containsKeys("km", "aft", "demo");
    }
}

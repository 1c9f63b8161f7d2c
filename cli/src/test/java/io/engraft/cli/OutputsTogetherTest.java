package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of one call that fail only while they are written, or never end: none of the others is left. */
class OutputsTogetherTest {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void input() {
        Run.write(folder, "in.csv", "t,s,g,id,from,to,e\n1,1,a,1,x,y,0\n2,0,b,2,x,,0\n3,1,a,3,x,y,0\n4,1,b,4,x,y,0\n");
        Run.write(folder, "curve.csv", "time,survival\n0,1\n3,0.8\n6,0.6\n12,0.5\n");
    }

    private String[] call(String command, Path beside, Path out) {
        List<String> args = new ArrayList<>();
        for (String word : command.split(" ")) {
            args.add(word.equals("IN") ? folder.resolve("in.csv").toString() : word);
        }
        if (args.get(0).equals("reconstruct")) {
            args.add(1, folder.resolve("curve.csv").toString());
            args.add("--data-out");
        } else {
            args.add("--chart");
        }
        args.addAll(List.of(beside.toString(), "--out", out.toString()));
        return args.toArray(String[]::new);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "km IN --time t --status s",
                "cuminc IN --time t --status s",
                "test IN --time t --status s --group g",
                "aft IN --time t --status s --distribution weibull",
                "cox IN --time t --status s",
                "finegray IN --time t --status s --cause 1",
                "fit IN --time t --status s --family weibull",
                "states IN --id id --from from --to to --entry e --time t",
                "reconstruct --n 50 --draws 0"
            })
    void neitherFileIsLeftWhereTheOtherCannotBeWritten(String command) throws IOException {
        assumeTrue(Files.isWritable(FULL));
        Path full = Files.createSymbolicLink(folder.resolve("full.svg"), FULL);
        Path own = Run.write(folder, "own.svg", "old");
        List<String> before = names();

        Run chart = Run.of(call(command, full, folder.resolve("result.json")));
        assertThat(chart.status()).as(chart.err()).isEqualTo(3);
        assertThat(chart.err())
                .contains(full + " cannot be written: No space left on device")
                .doesNotContain("wrote");
        assertThat(names()).isEqualTo(before);

        Run result = Run.of(call(command, own, full));
        assertThat(result.status()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).doesNotContain("wrote");
        assertThat(own).hasContent("old");
        assertThat(names()).isEqualTo(before);

        Run both = Run.of(call(command, own, folder.resolve("result.json")));
        assertThat(both.status()).as(both.err()).isZero();
        assertThat(both.err()).contains("wrote " + own, "wrote " + folder.resolve("result.json"));
        assertThat(Files.size(own)).isGreaterThan(3);
    }

    /** Also where a launcher loads the tests from places of its own. */
    private static String classPath() {
        Stream<String> own = Main.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath)
                : Stream.of();
        return Stream.concat(own, Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A pipe that nobody reads holds the call up once everything else is made; then it is told to end. */
    @ParameterizedTest
    @CsvSource({"result.json, pipe.svg", "pipe.svg, figure.svg"})
    void anInterruptLeavesNothing(String out, String beside) throws IOException, InterruptedException {
        assumeTrue(!File.separator.equals("\\"));
        Path pipe = folder.resolve("pipe.svg");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        List<String> before = names();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "io.engraft.cli.Main"));
        command.addAll(List.of(call("km IN --time t --status s", folder.resolve(beside), folder.resolve(out))));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            // The other file stands beside its place, under a name of its own.
            while (names().equals(before)) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(20);
            }
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isNotZero();
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void standardOutputHoldsNoDocumentWhoseChartFailed() throws IOException {
        Path tooLong = folder.resolve("x".repeat(240) + ".svg");
        Run run = Run.of(
                "km",
                folder.resolve("in.csv").toString(),
                "--time",
                "t",
                "--status",
                "s",
                "--chart",
                tooLong.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("cannot be written");
    }
}

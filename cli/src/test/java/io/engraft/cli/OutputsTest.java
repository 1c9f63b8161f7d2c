package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several files that a command writes, all are there or none. */
class OutputsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Run run(String command, Path beside, Path out) {
        Path curve = Run.write(folder, "curve.csv", "time,survival\n0,1\n3,0.8\n6,0.6\n12,0.5\n");
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        if (args.get(0).equals("reconstruct")) {
            args.addAll(List.of(curve.toString(), "--n", "50", "--draws", "0", "--data-out"));
        } else {
            args.addAll(List.of("@bmtcrr", "--time", "months", "--status", "status", "--chart"));
        }
        args.addAll(List.of(beside.toString(), "--out", out.toString()));
        return Run.of(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"km", "cuminc", "test --group disease", "aft --distribution weibull", "reconstruct"})
    void nothingIsLeftBehindWhereOneCannotBeWritten(String command) throws IOException {
        Path beside = folder.resolve("first.svg");
        Path out = folder.resolve("none").resolve("second.svg");
        Run run = run(command, beside, out);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(out + " cannot be written: the folder");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("curve.csv"));
        }
        assertThat(run(command, out, beside).status()).isEqualTo(1);
        assertThat(beside).doesNotExist();

        Run twice = run(command, beside, folder.resolve(".").resolve("first.svg"));
        assertThat(twice.status()).isEqualTo(2);
        assertThat(twice.err()).contains("are the same file");
        assertThat(run(command, beside, folder.resolve("second.json")).status()).isZero();
        assertThat(beside).isNotEmptyFile();
    }

    @Test
    void aReportWithoutRoomForOneOfItsFilesLeavesNone() throws IOException {
        Path report = Files.createDirectory(folder.resolve("report"));
        Files.createDirectory(report.resolve("index.html"));
        Run run = Run.of("demo", "--out", report.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("index.html is a folder");
        try (Stream<Path> left = Files.list(report)) {
            assertThat(left).containsExactly(report.resolve("index.html"));
        }
    }
}

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
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Every file option of a command, and the file that it reads. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "km IN --time t --status s --chart OUT                                  | in.svg",
                "km IN --time t --status s --out OUT                                    | in.csv",
                "cuminc IN --time t --status s --chart OUT                              | in.svg",
                "cuminc IN --time t --status s --out OUT                                | in.csv",
                "test IN --time t --status s --group g --out OUT                        | in.csv",
                "test IN --time t --status s --group g --chart OUT                      | in.pdf",
                "aft IN --time t --status s --distribution weibull --chart OUT          | in.png",
                "aft @bmtcrr --time months --status status --covariates age --distribution weibull --newdata IN"
                        + " --out OUT | in.csv",
                "cox IN --time t --status s --chart OUT                                 | in.png",
                "finegray IN --time t --status s --cause 1 --chart OUT                  | in.png",
                "finegray @bmtcrr --time months --status status --cause 1 --covariates age --newdata IN"
                        + " --out OUT | in.csv",
                "endpoints IN --out OUT                                                 | in.csv",
                "pool IN --out OUT                                                      | in.csv",
                "reconstruct IN --n 5 --data-out OUT                                    | in.csv",
                "reconstruct IN --n 5 --out OUT                                         | in.csv",
                "simulate --model IN --out OUT                                          | in.json",
            })
    void noCommandWritesOverWhatItReads(String call, String name) throws IOException {
        String text = "t,s,g\n1,1,a\n2,0,b\n3,1,a\n4,1,b\n";
        Path input = Run.write(folder, name, text);
        Path hard = Files.createLink(folder.resolve("hard-" + name), input);
        Path soft = Files.createSymbolicLink(folder.resolve("soft-" + name), input);
        for (Path same : List.of(input, hard, soft, folder.resolve(".").resolve(name))) {
            String[] args = Stream.of(call.strip().split(" +"))
                    .map(a -> a.equals("IN") ? input.toString() : a.equals("OUT") ? same.toString() : a)
                    .toArray(String[]::new);
            Run run = Run.of(args);
            assertThat(run.status()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains("is the file that").contains("is read from; allowed: another");
            assertThat(input).hasContent(text);
        }
        assertThat(soft).isSymbolicLink();
    }

    @Test
    void twoNamesOfOneFileAreOneFile() throws IOException {
        Path file = Run.write(folder, "a.svg", "old");
        Path hard = Files.createLink(folder.resolve("b.svg"), file);
        Run run = run("km", file, hard);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("are the same file");
        assertThat(file).hasContent("old");
        Path later = Files.createSymbolicLink(folder.resolve("later.svg"), Path.of("new.svg"));
        assertThat(run("km", later, folder.resolve("new.svg")).status()).isEqualTo(2);
        assertThat(run("km", later, folder.resolve("c.json")).status()).isZero();
        assertThat(later).isSymbolicLink();
        assertThat(folder.resolve("new.svg")).isNotEmptyFile();
    }

    @Test
    void aReportKeepsLinksAndModesOfItsFiles() throws IOException {
        Path report = Files.createDirectory(folder.resolve("report"));
        Path real = Run.write(folder, "page.html", "old");
        Path link = Files.createSymbolicLink(report.resolve("index.html"), real);
        assertThat(Run.of("demo", "--out", report.toString()).status()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(real).content().startsWith("<!DOCTYPE html>");

        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("none"));
        Run run = Run.of("demo", "--out", nowhere.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("it is a link to nothing");
        assertThat(nowhere).isSymbolicLink();
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

package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DemoTest {

    private static final List<String> FIGURES = List.of(
            "event-free-survival",
            "event-free-survival-by-disease",
            "cumulative-incidence",
            "jmml-event-free-survival",
            "jmml-cumulative-incidence",
            "jmml-states");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path report;

    @SuppressWarnings("NullAway.Init")
    private static Run run;

    @BeforeAll
    static void makeReport() {
        report = folder.resolve("my report");
        run = Run.of("demo", "--out", report.toString());
    }

    private static Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(report)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        report.relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void refusesAFolderWithoutAName() {
        for (String name : new String[] {"", " "}) {
            Run run = Run.of("demo", "--out", name);
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).startsWith("engraft demo: --out is empty; allowed: a folder, . for this one\n");
        }
    }

    @Test
    void makesAWholeFolderAndNothingBesideIt() throws IOException {
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        Map<String, String> contents = contents();
        for (String figure : FIGURES) {
            for (String ending : List.of("svg", "png", "pdf")) {
                assertThat(contents).containsKey("charts/" + figure + "." + ending);
            }
        }
        assertThat(contents)
                .containsKeys(
                        "index.html",
                        "results/km.json",
                        "results/cuminc.json",
                        "results/calibrate.json",
                        "results/simulate.json",
                        "tables/event-free-survival.csv",
                        "tables/jmml-assumptions.csv");
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(report);
        }
    }

    @Test
    void writesAPageThatStandsAlone() throws Exception {
        String html = Files.readString(report.resolve("index.html"));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document page = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(html.replaceFirst("<!DOCTYPE html>", ""))));

        assertThat(page.getElementsByTagNameNS("*", "svg").getLength()).isEqualTo(FIGURES.size());
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(html)
                .contains("no individual prognosis")
                .contains("32.7% (25.9 to 39.6)")
                .contains("27.1%", "42.7%")
                .contains("Nothing that was read fixes the others")
                .contains("Nothing read fixes it")
                .contains("0.80", "0.97")
                .contains("Licence of the data: MIT")
                .contains("Scrucca L")
                .contains("Locatelli et al., Blood 105:410, 2005")
                .contains("Second transplant")
                .contains("F1 *", "F2 *", "deaths without relapse make up the rest")
                .contains("no share in the table below differs from the model by more than 0.")
                .contains("no median is given, as the model has none")
                .contains("solved from the model, but for rows marked simulated")
                .doesNotContain("can be trusted with each other", "Model Model");
    }

    @Test
    void printsKeyFiguresAndThePlaceOfTheReport() {
        assertThat(run.out())
                .contains("177 patients")
                .contains("32.7 % (26 to 40)")
                .contains("29.4 % (22 to 40)")
                .contains("no individual prognosis")
                .contains("95 % intervals. Those of JMML are what 100 patients behind the published rates and the")
                .contains("ranges of what the model assumes (A1 and on) leave open together: see \"What the JMML model")
                .contains("has had a second transplant (simulated)")
                .doesNotContain("nothing that was read fixes")
                .contains("Report: " + report.resolve("index.html").toAbsolutePath());
    }

    @Test
    void holdsTheSameEstimatesAsTheCommands() throws IOException {
        Json km = Json.parse(Files.readString(report.resolve("results/km.json")));
        Json command = Run.of(
                        "km",
                        "@bmtcrr",
                        "--time",
                        "months",
                        "--status",
                        "status",
                        "--at",
                        "12,24,60",
                        "--tau",
                        "60",
                        "--format",
                        "json")
                .json();

        assertThat(km).isEqualTo(command);
        assertThat(Json.parse(Files.readString(report.resolve("results/simulate.json"))))
                .isEqualTo(Run.of(
                                "simulate",
                                "--patients",
                                "100000",
                                "--horizon",
                                "60",
                                "--draws",
                                "1000",
                                "--at",
                                "12,24,60",
                                "--format",
                                "json")
                        .json());
        assertThat(Json.parse(Files.readString(report.resolve("results/calibrate.json"))))
                .isEqualTo(Run.of("calibrate", "--n", "100", "--family", "all", "--format", "json")
                        .json());
    }

    @Test
    void replacesItsOwnFilesAndLeavesOthersAlone() throws IOException {
        Map<String, String> before = contents();
        Path own = Files.writeString(report.resolve("notes.txt"), "mine");
        Files.writeString(report.resolve("index.html"), "old");

        Run again = Run.of("demo", "--out", report.toString(), "--format", "json");

        assertThat(again.status()).isZero();
        assertThat(own).hasContent("mine");
        Files.delete(own);
        assertThat(contents()).isEqualTo(before);
        assertThat(again.json().text("command")).isEqualTo("demo");
        assertThat(again.json().size("files")).isEqualTo(before.size());
        assertThat(again.json().number("figures/0/points/0/probability")).isBetween(0.326, 0.327);

        // The model's limits hold shares, times and their law together, as calibrate's do.
        Json calibrated = Run.of("calibrate", "--n", "100", "--at", "12,24,60", "--format", "json")
                .json()
                .at("models/0");
        List<String> curves = List.of("survival", "relapse", "nrm");
        for (int curve = 0; curve < curves.size(); curve++) {
            for (int i = 0; i < 3; i++) {
                for (String limit : List.of("lower", "upper")) {
                    assertThat(again.json().number("figures/" + (3 + curve) + "/points/" + i + "/" + limit))
                            .isEqualTo(calibrated.number("points/" + i + "/" + limit + "/" + curves.get(curve)));
                }
            }
        }
    }

    @Test
    void writesItsSummaryAsRows() {
        Run csv = Run.of("demo", "--out", folder.resolve("my report").toString(), "--format", "csv");

        assertThat(csv.out()).startsWith("id,text,time,probability,std_error,lower,upper\nevent-free,");
        assertThat(csv.out().lines()).hasSize(1 + 8 * 3);
    }

    @Test
    void refusesPlacesThatCannotBeWrittenBeforeAnyWork() throws IOException {
        Path file = Files.writeString(Files.createTempFile("engraft", ".txt"), "");
        Run onFile = Run.of("demo", "--out", file.toString());
        assertThat(onFile.status()).isEqualTo(1);
        assertThat(onFile.err()).contains("cannot be written: it is a file, not a folder");
        assertThat(onFile.out()).isEmpty();
        Files.delete(file);

        Run nowhere = Run.of("demo", "--out", folder.resolve("no/such/report").toString());
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.err()).contains("does not exist");
    }
}

package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.output.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch gives, line by line, the bytes of single calls. */
class BatchTest {

    private static final String KM =
            "{\"args\":[\"km\",\"@bmtcrr\",\"--time\",\"months\",\"--status\",\"status\",\"--at\",\"12\"]}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run single(List<String> request) {
        List<String> args = new ArrayList<>(request);
        args.addAll(1, List.of("--format", "json"));
        return Run.of(args.toArray(String[]::new));
    }

    @Test
    void givesTheBytesOfAThousandSingleCalls() throws IOException {
        List<List<String>> requests = MixedRequests.make(folder, 1000, 20261129);
        Run batch = Run.withInput(MixedRequests.lines(requests), "batch");
        String[] lines = batch.out().split("(?<=\n)");
        assertThat(lines).hasSize(1000);

        StringBuilder messages = new StringBuilder();
        int worst = 0;
        int failed = 0;
        for (int i = 0; i < requests.size(); i++) {
            List<String> request = requests.get(i);
            Run single = single(request);
            worst = Math.max(worst, single.status());
            boolean elsewhere = request.contains("--out") && !request.get(0).equals("demo");
            if (single.status() == 0) {
                assertThat(lines[i]).as(request.toString()).isEqualTo(elsewhere ? "null\n" : single.out());
                messages.append(single.err());
            } else {
                failed++;
                // What was said before the call failed stays where it was; the error is the last line.
                int error = single.err().lastIndexOf("{\"error\":");
                assertThat(lines[i])
                        .as(request.toString())
                        .isEqualTo(single.err().substring(error));
                messages.append(single.err(), 0, error);
            }
        }
        assertThat(batch.err()).isEqualTo(messages.toString());
        assertThat(batch.status()).isEqualTo(worst);
        assertThat(failed).isBetween(50, 400);
    }

    @Test
    void readsAFileAndWritesFiles() throws IOException {
        Path out = folder.resolve("km.json");
        Path chart = folder.resolve("km.svg");
        List<String> args = List.of("km", "@bmtcrr", "--time", "months", "--status", "status");
        List<String> written = new ArrayList<>(args);
        written.addAll(List.of("--out", out.toString(), "--chart", chart.toString()));
        Path file = Files.writeString(folder.resolve("requests.jsonl"), MixedRequests.line(written) + KM);

        Run batch = Run.of("batch", file.toString());
        assertThat(batch.status()).as(batch.err()).isZero();
        assertThat(batch.out()).startsWith("null\n{\"command\":\"km\"").endsWith("}\n");
        assertThat(out).hasContent(single(args).out());
        assertThat(chart).content().contains("<svg");
        assertThat(batch.err())
                .isEqualTo("wrote " + chart + System.lineSeparator() + "wrote " + out + System.lineSeparator());
    }

    @Test
    void noRequestWritesOverTheRequests() throws IOException {
        Path file = folder.resolve("requests.svg");
        List<String> args = List.of("km", "@bmtcrr", "--time", "months", "--status", "status");
        StringBuilder requests = new StringBuilder();
        for (String option : List.of("--out", "--chart")) {
            List<String> apart = new ArrayList<>(args);
            apart.addAll(List.of(option, file.toString()));
            List<String> joined = new ArrayList<>(args);
            joined.add(option + "=" + file);
            requests.append(MixedRequests.line(apart)).append(MixedRequests.line(joined));
        }
        Files.writeString(file, requests + KM);

        Run batch = Run.of("batch", file.toString());
        assertThat(batch.status()).isEqualTo(2);
        assertThat(batch.out().lines().toList()).hasSize(5);
        assertThat(batch.out().lines().limit(4))
                .allSatisfy(line -> assertThat(line).contains("the file of requests; allowed: another file"));
        assertThat(batch.out().lines().toList().get(4)).startsWith("{\"command\":\"km\"");
        assertThat(file).hasContent(requests + KM);
    }

    @Test
    void answersTheRequestsThatThePageShows() throws IOException {
        String requests = Files.readString(Path.of("../docs/json.md"))
                .lines()
                .filter(line -> line.startsWith("    {\"args\":"))
                .collect(Collectors.joining("\n"));
        Run batch = Run.withInput(requests, "batch");
        assertThat(batch.status()).as(batch.out()).isZero();
        assertThat(batch.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"command\":"));
    }

    @Test
    void nothingInIsNothingOut() {
        assertThat(Run.withInput("", "batch")).isEqualTo(new Run(0, "", ""));
    }

    /** What is no request, or may not be one, is an error in its place, and the next is answered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"args\":[\"km\"                      | not valid JSON",
                "``                                     | request 1: an empty line; allowed: ",
                "{\"args\":[],\"id\":7}              | value '7': unknown key",
                "[]                                     | expected an object",
                "{}                                     | the key 'args' is missing",
                "{\"args\":\"km\"}                      | expected a list",
                "{\"args\":[\"km\",12]}                 | expected a text in quotes",
                "{\"args\":[],\"id\":1}                 | unknown key",
                "{\"args\":[],\"args\":[]}              | Duplicate",
                "{\"args\":[]} {\"args\":[]}            | more text after the document",
                "{\"args\":[]}                          | there is no command; allowed: km",
                "{\"args\":[\"batch\"]}                 | a batch within a batch",
                "{\"args\":[\"km\",\"--help\"]}         | does not print a document on one line",
                "{\"args\":[\"datasets\",\"--format\",\"csv\"]} | does not print a document on one line",
                "{\"args\":[\"simulate\",\"--print-model\"]} | does not print a document on one line",
                "{\"args\":[\"km\",\"-\",\"--time\",\"t\",\"--status\",\"s\"]} | data of a request of a batch is -",
                "{\"args\":[\"km\",\"@bmtcrr\",\"--status\",\"s\",\"--time\"]} | Missing required parameter",
            })
    void goesOnAfterWrongUsage(String line, String message) {
        Run batch = Run.withInput(line + "\r\n" + KM, "batch");
        assertThat(batch.status()).isEqualTo(2);
        List<String> lines = batch.out().lines().toList();
        assertThat(lines).hasSize(2);
        Run.Json error = Run.Json.parse(lines.get(0));
        assertThat(error.text("error/kind")).isEqualTo("usage");
        assertThat(error.text("error/message")).contains(message);
        assertThat(lines.get(1)).startsWith("{\"command\":\"km\"");
        assertThat(batch.err()).isEmpty();
    }

    @Test
    void givesTheLargestStatus() {
        String missing = "{\"args\":[\"km\",\"nowhere.csv\",\"--time\",\"t\",\"--status\",\"s\",\"--format=csv\"]}\n";
        Run batch = Run.withInput(missing + KM, "batch");
        assertThat(batch.status()).isEqualTo(1);
        // Errors are JSON here, whatever the request's format.
        assertThat(batch.out()).startsWith("{\"error\":{\"kind\":\"file\"");
        assertThat(Run.withInput(missing + "{}\n" + KM, "batch").status()).isEqualTo(2);
    }

    @Test
    void saysWhichFileCannotBeRead() {
        String missing = folder.resolve("none.jsonl").toString();
        Run run = Run.of("batch", missing);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(missing + " does not exist");

        Run aFolder = Run.of("batch", folder.toString());
        assertThat(aFolder.status()).isEqualTo(1);
        assertThat(aFolder.err()).contains(folder + " cannot be read");
    }

    @Test
    void stopsWhereNobodyListens() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        InputStream in = new ByteArrayInputStream((KM + "\n" + KM).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                new String[] {"batch"},
                new Console(in, gone, new PrintStream(err, true, StandardCharsets.UTF_8), false, false));
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("standard output cannot be written: Broken pipe");
    }

    /** A service writes a request, reads its answer, and only then writes the next. */
    @Test
    @Timeout(60)
    void answersBeforeTheNextRequestComes() throws Exception {
        PipedOutputStream ask = new PipedOutputStream();
        PipedInputStream answers = new PipedInputStream(1 << 20);
        PipedOutputStream answer = new PipedOutputStream(answers);
        Console console = new Console(new PipedInputStream(ask), answer, System.err, false, false);
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> Main.run(new String[] {"batch"}, console));
        String expected = Run.withInput(KM, "batch").out();
        for (int i = 0; i < 3; i++) {
            ask.write((KM + "\n").getBytes(StandardCharsets.UTF_8));
            ask.flush();
            assertThat(new String(
                            answers.readNBytes(expected.getBytes(StandardCharsets.UTF_8).length),
                            StandardCharsets.UTF_8))
                    .isEqualTo(expected);
        }
        ask.close();
        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void isListedByTheHelp() {
        assertThat(Run.of("--help").out()).contains("batch");
        assertThat(Run.of("batch", "--help").out()).contains("engraft batch [FILE]");
    }
}

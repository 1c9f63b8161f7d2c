package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.output.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that cannot be used: the status is 1, standard output is empty, the message says where. */
class BadInputTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static void assertRefused(Run run, int status, String... words) {
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(run.status()).as(run.err()).isEqualTo(status);
    }

    private Run km(String content, String... more) throws IOException {
        return km(content.getBytes(StandardCharsets.UTF_8), more);
    }

    private Run km(byte[] content, String... more) throws IOException {
        Path file = folder.resolve("in.csv");
        Files.write(file, content);
        List<String> args = new ArrayList<>(List.of("km", file.toString(), "--time", "time", "--status", "status"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN,0      | time   | NaN      | missing value",
                "Infinity,0 | time   | Infinity | not a number",
                "1e999,0    | time   | 1e999    | ",
                "-3,0       | time   | -3       | allowed: 0 <= time < infinity",
                "abc,0      | time   | abc      | not a number",
                "1d,0       | time   | 1d       | not a number",
                "2,x        | status | x        | not a status code",
                "2,-1       | status | -1       | allowed: 0 for censored",
                "2,99       | status | 99       | allowed: 0 for censored",
                "2,1.5      | status | 1.5      | whole number",
                "2,         | status | ''       | missing value",
                "NA,1       | time   | NA       | missing value"
            })
    void namesFileRowLineColumnAndValue(String row, String column, String value, String reason) throws IOException {
        Run run = km("time,status\n1,1\n" + row.strip() + "\n");

        assertRefused(
                run,
                1,
                "in.csv, row 2, line 3, column '" + column + "', value '" + value + "'",
                reason == null ? "" : reason);
    }

    @Test
    void listsEveryBadRow() throws IOException {
        Run run = km("time,status\n-1,1\n2,1\n-2,0\n");

        assertRefused(run, 1, "row 1, line 2", "row 3, line 4");
    }

    @Test
    void refusesEntryAtOrAfterTheTime() throws IOException {
        Run run = km("time,status,e\n1,1,0\n2,0,2\n3,1,5\n", "--entry", "e");

        assertRefused(run, 1, "row 2, line 3, column 'e', value '2': allowed: entry < time", "row 3, line 4");
    }

    @Test
    void refusesBadWeights() throws IOException {
        Run run = km("time,status,w\n1,1,1\n2,0,-1\n3,1,x\n", "--weight", "w", "--weight-type", "frequency");

        assertRefused(run, 1, "row 2, line 3, column 'w', value '-1'", "row 3, line 4, column 'w', value 'x'");
    }

    @Test
    void refusesColumnsThatAreMissingOrTwiceThere() throws IOException {
        assertRefused(km("a,status\n1,1\n"), 1, "in.csv, column 'time'", "allowed: a, status");
        assertRefused(km("time,status,time\n1,1,2\n"), 1, "column 'time': columns 1 and 3 have the same name");
    }

    @Test
    void refusesFilesWithoutRows() throws IOException {
        assertRefused(km(""), 1, "in.csv: the file is empty");
        assertRefused(km("time,status\n"), 1, "in.csv: there is a header and no row");
    }

    @Test
    void refusesMalformedText() throws IOException {
        byte[] latin = "time,status\n1,1\n2\u00ff,0\n".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(km(latin), 1, "in.csv, line 3", "UTF-8");
        assertRefused(km("time,status\n1,1\n\"2,0\n3,1\n"), 1, "in.csv, line 3", "quote");
        assertRefused(km("time,status\n1,1\n2,0,3\n"), 1, "row 2, line 3", "3 fields and the header 2");
    }

    @Test
    void refusesAHugeFieldByLine() throws IOException {
        Run run = km("time,status,note\n1,1,a\n2,0," + "x".repeat(1_000_000) + "\n");

        assertRefused(run, 1, "in.csv", "line 3");
        assertThat(run.err().length()).isLessThan(1000);
    }

    @Test
    void readsAByteOrderMarkAndStandardInput() throws IOException {
        assertThat(km("\ufefftime,status\n1,1\n2,0\n").status()).isZero();
        assertThat(Run.withInput("time,status\n1,1\n", "km", "-", "--time", "time", "--status", "status")
                        .out())
                .contains("standard input: 1 row");
    }

    @Test
    void refusesFilesThatAreNotThere() {
        assertRefused(Run.of("km", "nowhere.csv", "--time", "t", "--status", "s"), 1, "nowhere.csv does not exist");
        assertRefused(
                Run.of("km", "@nothing", "--time", "t", "--status", "s"),
                2,
                "data set is @nothing; allowed: @bmtcrr or @histories");
        assertRefused(Run.of("km", folder.toString(), "--time", "t", "--status", "s"), 1, "cannot be read");
        assertRefused(Run.of("km", "a\0b", "--time", "t", "--status", "s"), 2, "file is 'a?b'");
    }

    @Test
    void namesTheOptionThatHelps() throws IOException {
        String missing = "hint: --na drop leaves such rows out";
        String words = "hint: --events LEVEL,... --censored LEVEL say what statuses in words mean";

        assertRefused(km("time,status\n1,1\n,0\n"), 1, missing);
        assertRefused(km("time,status\n1,dead\n"), 1, words);
        assertThat(km("time,status\n1,dead\n").err()).doesNotContain(missing);
        assertThat(km("time,status\n-1,1\n").err()).doesNotContain("hint:");
        // This command has no such options.
        assertThat(Run.withInput("id,transplant_date\n,2020-01-01\n", "endpoints", "-")
                        .err())
                .doesNotContain("--na");
    }

    @Test
    void refusesAnotherUnitThanThatOfAnEmbeddedDataSet() {
        Run run = Run.of("km", "@bmtcrr", "--time", "months", "--status", "status", "--unit", "days");

        assertRefused(run, 2, "--unit is days; allowed: months, the unit of column 'months' of @bmtcrr");
    }

    @Test
    void refusesPlacesThatCannotBeWritten() throws IOException {
        String rows = "time,status\n1,1\n2,0\n";
        Path nowhere = folder.resolve("no/such/folder.json");
        assertRefused(km(rows, "--out", nowhere.toString()), 1, "cannot be written: the folder", "does not exist");
        assertRefused(km(rows, "--out", folder.toString()), 1, "cannot be written: it is a folder");
        assertRefused(km(rows, "--chart", folder.resolve("no/such/chart.svg").toString()), 1, "chart.svg");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void reportsAStandardOutputThatBreaks() {
        String full = "No space left on device";
        assertThat(into(full, "datasets").status()).isEqualTo(3);
        assertThat(into(full, "datasets").err()).contains("standard output cannot be written: " + full);
        for (String[] call : new String[][] {{"--help"}, {"--version"}, {"km", "--help"}}) {
            assertThat(into(full, call).status()).isEqualTo(3);
            assertThat(into(full, call).err()).isEqualTo("engraft: standard output cannot be written: " + full + "\n");
        }
    }

    /** As {@code | head -1} does. */
    @Test
    void endsQuietlyWhenTheReaderHasGone() {
        for (String[] call : new String[][] {
            {"--help"}, {"datasets"}, {"datasets", "--format", "json"}, {"datasets", "--format", "csv"}
        }) {
            assertThat(into("Broken pipe", call)).isEqualTo(new Run(0, "", ""));
        }
    }

    private static Run into(String failure, String... call) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                broken,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);

        int status = Main.run(call, console);
        return new Run(status, "", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--level 1.5            | level is 1.5; allowed: 0 < level < 1",
                "--level NaN            | 'NaN' is no number",
                "--level 1d             | '1d' is no number",
                "--at 5,x               | 'x' is no number",
                "--at -5                | time -5 is negative",
                "--at 1e999             | is too large",
                "--conf-type wide       | 'wide' is no interval type; allowed: log, log-log, plain, logit, arcsin",
                "--as sas               | 'sas' is no profile; allowed: engraft, r",
                "--unit weeks           | allowed: days, months or years",
                "--na keep              | 'keep' is no treatment of missing values; allowed: fail, drop",
                "--weight w             | --weight and --weight-type go together",
                "--weight-type frequency| --weight and --weight-type go together",
                "--events a,b           | --events and --censored go together",
                "--censored a           | --events and --censored go together",
                "--weight-type guess    | 'guess' is no weight type; allowed: frequency, sampling",
                "--tau 0                | tau is 0.0",
                "--start -1             | start is -1.0",
                "--start 99             | start is 99.0; allowed: before the last time",
                "--format xml           | 'xml' is no format; allowed: text, json, csv",
                "--chart out.jpg        | allowed: .svg, .png, .pdf",
                "--strata g             | Unknown option '--strata' of",
                "--cause one            | cause is one; allowed: 1",
                "--cause \u0661         | cause is \u0661; allowed: 1",
                "--at \u0661\u0662           | '\u0661\u0662' is no number",
                "--level 0.\uFF19\uFF15        | is no number"
            })
    void refusesOptionsOutsideTheirDomain(String options, String message) throws IOException {
        Run run = km("time,status\n1,1\n2,0\n", options.strip().split(" "));

        assertRefused(run, 2, message, "engraft km: ", "try: engraft km --help");
    }

    @Test
    void demandsItsRequiredOptions() {
        assertRefused(Run.of("km", "@bmtcrr", "--time", "months"), 2, "Missing required option: '--status=COL'");
        assertRefused(Run.of("km"), 2, "Missing required");
        assertRefused(Run.of("km", "@bmtcrr", "--time", "months", "--status", "months"), 2, "status column is months");
    }
}

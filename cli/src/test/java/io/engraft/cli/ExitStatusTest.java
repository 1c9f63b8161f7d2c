package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command: 1 for a fault of the data or of a file, 2 for one of usage, 3 for one of the machine. */
class ExitStatusTest {

    private static final String ROWS = " --time time --status status";

    private static final String STAYS = " --id id --from from --to to --entry entry --time time";

    /** One call of every command that ends well. */
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("km", "rows.csv" + ROWS),
            Map.entry("cuminc", "rows.csv" + ROWS),
            Map.entry("test", "rows.csv --group arm" + ROWS),
            Map.entry("aft", "rows.csv --distribution exponential" + ROWS),
            Map.entry("cox", "rows.csv --covariates arm" + ROWS),
            Map.entry("finegray", "rows.csv --cause 1 --covariates arm" + ROWS),
            Map.entry("fit", "rows.csv --family exponential" + ROWS),
            Map.entry("states", "stays.csv" + STAYS),
            Map.entry("endpoints", "histories.csv"),
            Map.entry("pool", "studies.csv"),
            Map.entry("reconstruct", "curve.csv --n 40 --draws 0"),
            Map.entry("calibrate", "--remission 0.5 --relapse 0.35"),
            Map.entry("simulate", "--patients 100 --assumption-draws 0"),
            Map.entry("compare", "jmml --assume F1=0.55 --patients 100 --assumption-draws 0"),
            Map.entry("datasets", ""),
            Map.entry("batch", "requests.txt"),
            Map.entry("demo", "--out report"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void writeFiles() {
        Run.write(folder, "rows.csv", "time,status,arm\n1,1,A\n2,0,A\n3,1,B\n4,1,B\n");
        Run.write(folder, "stays.csv", "id,from,to,entry,time\n1,well,ill,0,5\n1,ill,,5,9\n2,well,,0,4\n");
        Run.write(
                folder,
                "histories.csv",
                "id,transplant_date,relapse,death,last_contact\nP1,2020-01-01,,2020-06-01,2020-06-01\n");
        Run.write(folder, "studies.csv", "study,events,n\nA,4,12\nB,9,30\n");
        Run.write(folder, "curve.csv", "time,survival\n0,1\n6,0.8\n12,0.6\n");
        Run.write(folder, "requests.txt", "{\"args\":[\"datasets\",\"--format\",\"json\"]}\n");
        Run.write(folder, "words.csv", "time,status,arm\nsoon,1,A\nlate,0,B\n");
        Run.write(folder, "model.json", "{\"states\":[");
        Run.write(folder, "header.csv", "a,b\n");
    }

    static Stream<String> commands() {
        return CALLS.keySet().stream().sorted();
    }

    @Test
    void everyCommandIsHere() {
        assertThat(new TreeSet<>(CALLS.keySet()))
                .isEqualTo(new TreeSet<>(Main.commandLine().getSubcommands().keySet()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void doneIsZero(String command) {
        assumeTrue(!command.equals("demo"), "takes seconds, and has tests of its own");
        Run run = run(command + " " + CALLS.get(command));

        assertThat(run.status()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void wrongUsageIsTwo(String command) {
        for (String wrong : List.of("--no-such-option", "--format", "--out", "one two three four", "--format xml")) {
            Run run = run(command + " " + CALLS.get(command) + " " + wrong);

            assertThat(run.status())
                    .as(command + " " + wrong + ": " + run.err())
                    .isEqualTo(2);
            assertThat(run.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "km,          rows.csv, no-such.csv",
        "cuminc,      rows.csv, no-such.csv",
        "test,        rows.csv, no-such.csv",
        "aft,         rows.csv, no-such.csv",
        "cox,         rows.csv, no-such.csv",
        "cox,         rows.csv, words.csv",
        "finegray,    rows.csv, no-such.csv",
        "finegray,    rows.csv, words.csv",
        "fit,         rows.csv, no-such.csv",
        "km,          rows.csv, words.csv",
        "cuminc,      rows.csv, words.csv",
        "test,        rows.csv, words.csv",
        "aft,         rows.csv, words.csv",
        "fit,         rows.csv, words.csv",
        "states,      stays.csv, no-such.csv",
        "endpoints,   histories.csv, no-such.csv",
        "endpoints,   histories.csv, header.csv",
        "pool,        studies.csv, no-such.csv",
        "pool,        studies.csv, header.csv",
        "reconstruct, curve.csv, no-such.csv",
        "reconstruct, curve.csv, header.csv",
        "compare,     jmml, no-such.json",
        "compare,     jmml, model.json",
        "simulate,    --patients, --model no-such.json --patients",
        "simulate,    --patients, --model model.json --patients",
        "batch,       requests.txt, no-such.txt"
    })
    void faultsOfDataAndFilesAreOne(String command, String good, String bad) {
        Run run = run(command + " " + CALLS.getOrDefault(command, "").replace(good, bad));

        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aStandardOutputThatCannotBeWrittenIsThree(String command) throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        for (String format : List.of("", "--format json", "--format csv", "--format html")) {
            if (List.of("batch", "demo").contains(command) && !format.isEmpty()) {
                continue;
            }
            Run run = run(command + " " + CALLS.get(command) + " " + format, full);

            assertThat(run.status()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("standard output cannot be written: No space left on device");
            assertThat(run.err().contains("\"kind\":\"internal\"")).isEqualTo(format.endsWith("json"));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFullDiskIsThree(String command) {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "a device that is always full");
        assumeTrue(!List.of("batch", "demo").contains(command), "writes a folder, or has no --out");

        Run run = run(command + " " + CALLS.get(command) + " --out /dev/full");

        assertThat(run.status()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("/dev/full cannot be written: No space left on device");
    }

    private Run run(String call) {
        return run(call, new ByteArrayOutputStream());
    }

    private Run run(String call, OutputStream out) {
        List<String> arguments = new ArrayList<>();
        for (String word : Arrays.asList(call.strip().split(" +"))) {
            boolean file = word.contains(".csv") || word.contains(".txt") || word.contains(".json");
            arguments.add(file || word.equals("report") ? folder.resolve(word).toString() : word);
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int status = Main.run(arguments.toArray(new String[0]), console);
        String printed = out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
        return new Run(status, printed, err.toString(StandardCharsets.UTF_8));
    }
}

package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import io.engraft.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With JSON asked for, an error is one line of JSON, whatever failed. */
class ErrorJsonTest {

    private static final String[] KEYS = {"kind", "message", "file", "row", "column", "value", "allowed"};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** The error's fields in the order of the keys; whole numbers as text. */
    private static List<@Nullable String> error(Run run) {
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("}\n");
        assertThat(run.err().lines()).hasSize(1);
        Json json = Json.parse(run.err());
        assertThat(json.keys("")).containsExactly("error");
        assertThat(Schemas.problems(run.err())).isEmpty();
        assertThat(json.keys("error")).containsExactly(KEYS);
        List<@Nullable String> fields = new ArrayList<>();
        for (String key : KEYS) {
            Object value = json.at("error/" + key).value();
            fields.add(value == null ? null : String.valueOf(value));
        }
        return fields;
    }

    private static Run km(String input, String... more) {
        String[] args = new String[more.length + 8];
        System.arraycopy(
                new String[] {"km", "-", "--time", "months", "--status", "status", "--format", "json"}, 0, args, 0, 8);
        System.arraycopy(more, 0, args, 8, more.length);
        return Run.withInput(input, args);
    }

    @Test
    void namesTheFirstBadRowAndTellsOfAll() {
        Run run = km("months,status\n3,1\n-2,0\n4,x\n5,-1\n");
        List<@Nullable String> error = error(run);

        assertThat(run.status()).isEqualTo(1);
        assertThat(error.get(0)).isEqualTo("data");
        assertThat(error.get(1)).contains("row 2", "row 3", "row 4");
        assertThat(error.subList(2, 6)).containsExactly("standard input", "2.0", "months", "-2");
        assertThat(error.get(6)).isEqualTo("0 <= time < infinity");
        // The message is the one that a person reads.
        String text = Run.withInput(
                        "months,status\n3,1\n-2,0\n4,x\n5,-1\n", "km", "-", "--time", "months", "--status", "status")
                .err();
        assertThat(text).startsWith("engraft km: " + error.get(1) + "\n");
    }

    @Test
    void namesTheFile() {
        String file = folder.resolve("nowhere.csv").toString();
        Run run = Run.of("km", file, "--time", "t", "--status", "s", "--format=json");

        assertThat(run.status()).isEqualTo(1);
        assertThat(error(run)).containsExactly("file", file + " does not exist", file, null, null, null, null);

        String out = folder.resolve("none").resolve("x.json").toString();
        Run unwritten =
                Run.of("km", "@bmtcrr", "--time", "months", "--status", "status", "--format", "json", "--out", out);
        assertThat(unwritten.status()).isEqualTo(1);
        assertThat(error(unwritten).get(0)).isEqualTo("file");
        assertThat(error(unwritten).get(2)).isEqualTo(out);

        Run model = Run.of("simulate", "--model", "nowhere.json", "--format", "json");
        assertThat(model.status()).isEqualTo(1);
        assertThat(error(model).subList(0, 3)).containsExactly("file", "there is no file nowhere.json", "nowhere.json");
    }

    @Test
    void tellsOfOptionsThatCannotBeParsed() {
        Run run = km("", "--at", "12,x");
        List<@Nullable String> error = error(run);

        assertThat(run.status()).isEqualTo(2);
        assertThat(error.get(0)).isEqualTo("usage");
        assertThat(error.get(1)).contains("--at", "'x' is no number");
        assertThat(error.subList(2, 7)).containsExactly(null, null, null, "12,x", "a finite number such as 12.5");

        Run unknown = km("", "--nonsense");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(error(unknown).get(0)).isEqualTo("usage");
        assertThat(error(unknown).get(5)).isEqualTo("--nonsense");

        Run noCommand = Run.of("kmm", "--format", "json");
        assertThat(noCommand.status()).isEqualTo(2);
        assertThat(error(noCommand).get(0)).isEqualTo("usage");
    }

    @Test
    void tellsOfArgumentsOutsideTheirDomain() {
        Run run =
                Run.of("km", "@bmtcrr", "--time", "months", "--status", "status", "--level", "1.5", "--format", "json");

        assertThat(run.status()).isEqualTo(2);
        assertThat(error(run))
                .containsExactly(
                        "usage", "level is 1.5; allowed: 0 < level < 1", null, null, null, "1.5", "0 < level < 1");
    }

    @Test
    void tellsOfFaults() {
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
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                in, new ByteArrayOutputStream(), new PrintStream(err, true, StandardCharsets.UTF_8), false, false);
        String[] args = {"km", "-", "--time", "t", "--status", "s", "--format", "json"};
        int status = Main.run(args, console);

        assertThat(status).isEqualTo(3);
        assertThat(error(new Run(status, "", err.toString(StandardCharsets.UTF_8))))
                .containsExactly(
                        "internal", "java.lang.IllegalStateException: made for the test", null, null, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"km", "cuminc", "test", "aft", "cox", "finegray", "pool", "reconstruct", "endpoints"})
    void everyCommandThatWantsDataSaysSo(String command) {
        Run run = Run.of(command, "--format", "json");
        assertThat(run.status()).isEqualTo(2);
        assertThat(error(run).get(0)).isEqualTo("usage");
    }

    /** Found out while the document was written, half of it would be there. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void aHorizonThatIsNonePrintsNoPartOfADocument(String tau) {
        Run run = Run.withInput(
                "id,from,to,entry,time\n1,well,ill,0,5\n2,well,,0,9\n",
                ("states - --id id --from from --to to --entry entry --time time --format json --tau " + tau)
                        .split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--tau is " + tau + ", with --start 0; allowed: a horizon after the start");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "km | --time t --status s",
                "cuminc | --time t --status s",
                "reconstruct | --n 5",
                "pool |",
                "endpoints |",
                "batch |"
            })
    void aFileWithoutANameIsWrongUsage(String call) {
        for (String name : List.of("", " ")) {
            List<String> arguments = new ArrayList<>(List.of(call.strip().split(" +")));
            arguments.replaceAll(word -> word.equals("|") ? name : word);
            Run run = Run.of(arguments.toArray(new String[0]));

            assertThat(run.status()).as(call).isEqualTo(2);
            assertThat(run.err()).contains("file is '" + name + "'; allowed: a file's path");
        }
    }

    @Test
    void staysWithWordsForOtherFormats() {
        Run run =
                Run.of("km", "@bmtcrr", "--time", "months", "--status", "status", "--level", "1.5", "--format", "csv");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("engraft km: level is 1.5; allowed: 0 < level < 1\ntry: engraft km --help\n");
    }

    @Test
    void namesTheRowOfTheFileWhereOthersWereDropped() {
        String file = Run.write(folder, "gaps.csv", "t,s,x\n1,1,1\nNA,1,2\n0,1,3\n2,0,4\n")
                .toString();
        String[] fit = {"aft", file, "--time", "t", "--status", "s", "--distribution", "weibull", "--na", "drop"};
        Run zero = Run.of(joined(fit, "--format", "json"));

        assertThat(zero.status()).isEqualTo(1);
        assertThat(error(zero).subList(2, 7)).containsExactly(file, "3.0", "t", "0.0", "time > 0");
        assertThat(Run.of(fit).err()).contains("row 3, column 't'").doesNotContain("counted");

        Run.write(folder, "gaps.csv", "t,s,x\nNA,1,2\n1,1,1\n2,1,0\n2,0,4\n");
        Run log = Run.of(joined(fit, "--covariates", "log(x)", "--format", "json"));
        assertThat(error(log).subList(2, 6)).containsExactly(file, "3.0", "x", "0.0");
    }

    private static String[] joined(String[] args, String... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void namesTheChartThatCannotBeWritten() {
        String[] km = {"km", "@bmtcrr", "--time", "months", "--status", "status", "--format", "json", "--chart"};
        String chart = folder.resolve("none").resolve("x.svg").toString();
        Run run = Run.of(joined(km, chart));

        assertThat(run.status()).isEqualTo(1);
        assertThat(error(run).get(0)).isEqualTo("file");
        assertThat(error(run).get(1)).startsWith(chart + " cannot be written: the folder");
        assertThat(error(run).subList(2, 7)).containsExactly(chart, null, null, null, "an existing folder");

        Run ending = Run.of(joined(km, "x.gif"));
        assertThat(ending.status()).isEqualTo(2);
        assertThat(error(ending).subList(5, 7)).containsExactly("x.gif", ".svg, .png, .pdf");
    }

    @Test
    void givesValuesAsTheyWereTyped() {
        String[] aft = {"aft", "@bmtcrr", "--time", "months", "--status", "status", "--distribution", "weibull"};
        Run level = Run.of(joined(aft, "--covariates", "phase", "--reference", "phase=CR9", "--format", "json"));
        assertThat(error(level).get(1)).startsWith("reference of phase is 'CR9'; allowed: one of [CR1");
        assertThat(error(level).get(5)).isEqualTo("CR9");

        Run study = Run.of("pool", "@jmml", "--endpoint", "CIR", "--leave-out", "Nobody", "--format", "json");
        assertThat(error(study).get(5)).isEqualTo("Nobody");
    }

    @Test
    void namesTheColumnsThatThereAre() {
        Run run = km("time,status,x\n1,1,2\n");
        assertThat(error(run).get(0)).isEqualTo("data");
        assertThat(error(run).get(4)).isEqualTo("months");
        assertThat(error(run).get(6)).isEqualTo("time, status, x");
    }
}

package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every command with every bad value in every option and in every column that it reads. It answers with a document, or with
 * a message that a person can use and nothing on standard output; it never shows a fault of its own, and no number that is
 * none.
 */
@EnabledIfSystemProperty(named = "engraft.matrix", matches = "true", disabledReason = "runs for minutes")
class BadInputMatrixTest {

    private static final List<String> VALUES = List.of(
            "",
            " ",
            ",",
            "NaN",
            "Infinity",
            "-Infinity",
            "-1",
            "0",
            "1e999",
            "1e308",
            "4.9e-324",
            "1d",
            "0x1p3",
            "2147483648",
            "\u0663",
            "\uff11",
            "1,5",
            "1.234,5",
            "=1+1",
            "no-such",
            "a:b",
            "1:2",
            "\u0000",
            "\u202e",
            "x".repeat(5000));

    private static final List<String> CELLS = List.of(
            "NaN",
            "Infinity",
            "-1",
            "1e999",
            "1.797e308",
            "4.9e-324",
            "1d",
            "\u0663",
            "1,5",
            "2023-13-01",
            "0001-01-01",
            "9999-12-31",
            ".",
            "?",
            "=1+1",
            "\u0007",
            "\u202e",
            "\"",
            "1 2",
            "-9",
            "1e161",
            "99");

    private static final String ROWS = """
            id,entry,months,status,arm,stratum,w,age,score
            P1,0,5,1,A,x,1,30,1
            P2,0,8,0,A,x,2,41,2
            P3,1,11,1,A,y,1,52,3
            P4,0,14,2,A,y,1,33,4
            P5,0,20,0,A,x,3,44,5
            P6,2,6,1,B,x,1,55,0
            P7,0,9,2,B,y,1,36,1
            P8,0,12,1,B,y,2,47,2
            P9,0,15,0,B,x,1,58,3
            P10,0,21,1,B,y,1,39,4
            """;

    private static final String HISTORIES = """
            id,transplant_date,engraftment,graft_failure,agvhd_2,agvhd_3,agvhd_4,cgvhd,relapse,death,last_contact
            P1,2020-01-01,2020-01-20,,,,,,2020-06-01,2020-12-01,2020-12-01
            P2,2020-02-01,2020-02-20,,2020-03-01,,,,,,2021-12-01
            """;

    private static final Pattern FAULT = Pattern.compile("Exception|\\tat |\\bNaN and|internal fault|bug");

    private static final Map<String, List<String>> CALLS = calls();

    private static final Map<String, String> FILES = Map.of(
            "rows.csv", ROWS,
            "histories.csv", HISTORIES,
            "curve.csv", "time,survival\n0,1\n6,0.8\n12,0.6\n24,0.5\n",
            "at-risk.csv", "time,at_risk\n0,40\n12,22\n24,10\n",
            "studies.csv", "study,events,patients\nA,4,12\nB,9,30\nC,3,9\n",
            "stays.csv", """
                    id,from,to,entry,time
                    1,alive,relapse,0,5
                    1,relapse,,5,9
                    2,alive,dead,0,4
                    3,alive,,0,12
                    4,alive,relapse,0,3
                    4,relapse,dead,3,7
                    """);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Map<String, List<String>> calls() {
        List<String> rows = List.of("rows.csv", "--time", "months", "--status", "status");
        Map<String, List<String>> calls = new LinkedHashMap<>();
        calls.put("km", with(rows, "--group", "arm"));
        calls.put("cuminc", with(rows, "--group", "arm"));
        calls.put("test", with(rows, "--group", "arm"));
        calls.put("aft", with(rows, "--distribution", "weibull", "--covariates", "age,score"));
        calls.put("fit", with(rows, "--family", "weibull"));
        calls.put(
                "states",
                List.of(
                        "stays.csv",
                        "--id",
                        "id",
                        "--from",
                        "from",
                        "--to",
                        "to",
                        "--entry",
                        "entry",
                        "--time",
                        "time"));
        calls.put("endpoints", List.of("histories.csv"));
        calls.put("pool", List.of("studies.csv"));
        calls.put("reconstruct", List.of("curve.csv", "at-risk.csv"));
        calls.put("calibrate", List.of("--remission", "0.5", "--relapse", "0.35", "--n", "60"));
        calls.put("simulate", List.of("--model", "jmml", "--patients", "200", "--horizon", "24"));
        calls.put("datasets", List.of());
        return calls;
    }

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private void writeFiles() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** The arguments with the folder before names of files. */
    private String[] arguments(String command, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        for (String argument : arguments) {
            all.add(FILES.containsKey(argument) ? folder.resolve(argument).toString() : argument);
        }
        return all.toArray(new String[0]);
    }

    private void assertSound(String what, Run run) {
        String call = what.length() > 300 ? what.substring(0, 300) + ".." : what;
        assertThat(run.status()).as("%s gave: %s", call, run.err()).isBetween(0, 2);
        assertThat(FAULT.matcher(run.err()).find())
                .as("%s gave: %s", call, run.err())
                .isFalse();
        if (run.status() == 0) {
            assertThat(run.out()).as(call).doesNotContain("NaN", "Infinity");
            run.json();
        } else {
            assertThat(run.out()).as(call).isEmpty();
            assertThat(run.err()).as(call).startsWith("{\"error\":{").doesNotContain("\u001b", "\u202e");
            assertThat(run.err().length()).as(call).isLessThan(20_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "km",
                "cuminc",
                "test",
                "aft",
                "fit",
                "states",
                "endpoints",
                "pool",
                "reconstruct",
                "calibrate",
                "simulate",
                "datasets"
            })
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyOptionWithEveryBadValue(String command) throws IOException {
        writeFiles();
        List<String> call = CALLS.getOrDefault(command, List.of());
        assertSound(command, Run.of(arguments(command, with(call, "--format", "json"))));
        assertThat(Run.of(arguments(command, with(call, "--format", "json"))).status())
                .isZero();
        for (OptionSpec option : Objects.requireNonNull(
                        Main.commandLine().getSubcommands().get(command))
                .getCommandSpec()
                .options()) {
            if (option.usageHelp()
                    || Set.of("--out", "--chart", "--data-out", "--threads").contains(option.longestName())) {
                continue;
            }
            List<String> rest = without(call, option.longestName());
            if (option.arity().max() == 0) {
                assertSound(command + " " + option.longestName(), run(command, with(rest, option.longestName())));
                continue;
            }
            for (String value : VALUES) {
                assertSound(
                        command + " " + option.longestName() + " '" + value + "'",
                        run(command, with(rest, option.longestName(), value)));
            }
        }
    }

    private Run run(String command, List<String> arguments) {
        List<String> all = arguments.contains("--format") ? arguments : with(arguments, "--format", "json");
        return Run.of(arguments(command, all));
    }

    private static List<String> without(List<String> call, String option) {
        List<String> rest = new ArrayList<>(call);
        int at = rest.indexOf(option);
        if (at >= 0) {
            rest.remove(at);
            rest.remove(at);
        }
        return rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"km", "cuminc", "test", "aft", "fit", "states", "endpoints", "pool", "reconstruct"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyColumnWithEveryBadCell(String command) throws IOException {
        writeFiles();
        List<String> call = new ArrayList<>(CALLS.getOrDefault(command, List.of()));
        if (call.contains("--status")) {
            call.addAll(List.of("--entry", "entry", "--weight", "w", "--weight-type", "frequency"));
            call.addAll(List.of("--id", "id"));
        }
        for (String file : call.stream().filter(FILES::containsKey).toList()) {
            String[] lines = FILES.getOrDefault(file, "").split("\n");
            int columns = lines[0].split(",", -1).length;
            for (int column = 0; column < columns; column++) {
                for (String cell : CELLS) {
                    String[] row = lines[2].split(",", -1);
                    row[column] = cell;
                    String[] bad = lines.clone();
                    bad[2] = String.join(",", row);
                    Files.writeString(folder.resolve(file), String.join("\n", bad) + "\n");
                    assertSound(
                            command + " " + file + " " + lines[0].split(",")[column] + " '" + cell + "'",
                            run(command, call));
                }
            }
            Files.writeString(folder.resolve(file), FILES.getOrDefault(file, ""));
        }
    }
}

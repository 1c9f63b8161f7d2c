package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every command with every bad value in every option and in every column that it reads. It answers with a document, or with
 * a message that a person can use and nothing on standard output; it never shows a fault of its own, and no number that is
 * none. It comes soon.
 *
 * <p>Every build makes one call in {@value #SOME}; {@code -Dengraft.matrix=true} makes all.
 */
class BadInputMatrixTest {

    private static final int SOME = 24;

    private static final boolean WHOLE = Boolean.getBoolean("engraft.matrix");

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

    private static final Map<String, List<List<String>>> CALLS = calls();

    private static final Map<String, String> FILES = Map.of(
            "rows.csv", ROWS,
            "histories.csv", HISTORIES,
            "curve.csv", "time,survival\n0,1\n6,0.8\n12,0.6\n24,0.5\n",
            "at-risk.csv", "time,at_risk\n0,40\n12,22\n24,10\n",
            "studies.csv", "study,events,n\nA,4,12\nB,9,30\nC,3,9\n",
            "falls.csv", "time,incidence\n0,0\n6,10\n12,20\n24,25\n",
            "stays.csv", """
                    id,from,to,entry,time
                    1,alive,relapse,0,5
                    1,relapse,,5,9
                    2,alive,dead,0,4
                    3,alive,,0,12
                    4,alive,relapse,0,3
                    4,relapse,dead,3,7
                    """);

    private static final Pattern NO_NUMBER = Pattern.compile("NaN|Infinity|\u221e");

    /** Names may be any words. */
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private final List<String> faults = new ArrayList<>();
    private int runs;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Each command in several ways, as many options mean something beside others only. */
    private static Map<String, List<List<String>>> calls() {
        List<String> rows = List.of("rows.csv", "--time", "months", "--status", "status");
        Map<String, List<List<String>>> calls = new LinkedHashMap<>();
        calls.put(
                "km",
                List.of(
                        with(rows, "--group", "arm"),
                        with(
                                rows,
                                words("--entry entry --weight w --weight-type frequency --bands hw --tau 12 --follow-up"
                                        + " --quantiles 0.5 --at 6,12")),
                        with(rows, words("--start 4 --tau 12 --conf-type logit")),
                        with(rows, words("--weight w --weight-type sampling --cluster stratum --bands ep")),
                        words("rows.csv --left entry --right months --group arm")));
        calls.put(
                "cuminc",
                List.of(
                        with(rows, "--group", "arm"),
                        with(rows, words("--entry entry --robust --id id --at 6,12 --start 4")),
                        with(rows, words("--weight w --weight-type frequency --variance aalen"))));
        calls.put(
                "test",
                List.of(
                        with(rows, "--group", "arm"),
                        with(rows, words("--group arm --strata stratum --trend --pairwise holm --entry entry")),
                        with(rows, words("--group arm --method fleming-harrington --permutations 200 --seed 1")),
                        with(rows, words("--group arm --method peto --weight w --weight-type sampling --cluster id")),
                        with(rows, words("--group arm --method gray --cause 1 --rho 0.5")),
                        with(rows, words("--group arm --method rmst --tau 12")),
                        with(rows, words("--group arm --method rmst --tau 12 --permutations 200 --seed 1")),
                        with(rows, words("--group arm --method fixed-time --at 10"))));
        calls.put(
                "aft",
                List.of(
                        with(rows, "--distribution", "weibull", "--covariates", "age,score"),
                        with(
                                rows,
                                words("--distribution lognormal --covariates age,arm --newdata rows.csv --at 6,12"
                                        + " --quantiles 0.5 --weight w --weight-type sampling --strata stratum"))));
        calls.put(
                "cox",
                List.of(
                        with(rows, "--covariates", "age,score"),
                        with(rows, words("--covariates age,arm --strata stratum --entry entry --zph km --baseline")),
                        with(rows, words("--covariates score --offset age --ties breslow --cluster id --zph rank")),
                        with(rows, words("--covariates score --ties exact --profile")),
                        with(
                                rows,
                                words("--covariates age,arm --firth --profile --newdata rows.csv --at 6,12"
                                        + " --quantiles 0.5 --cause 1"))));
        calls.put(
                "finegray",
                List.of(
                        with(rows, words("--cause 1 --covariates age,score --events-before-censorings")),
                        with(rows, words("--cause 2 --covariates age,arm --strata stratum --entry entry --baseline")),
                        with(rows, words("--cause 1 --covariates score --offset age --ties efron --cluster stratum")),
                        with(rows, words("--cause 1 --covariates age,arm --newdata rows.csv --at 6,12 --as r"))));
        calls.put(
                "fit",
                List.of(
                        with(rows, "--family", "weibull"),
                        with(rows, words("--family gengamma --entry entry --robust")),
                        with(rows, words("--family spline:1 --covariates age --newdata rows.csv --at 6,12")),
                        with(rows, words("--family cure:weibull --on shape=arm")),
                        words("rows.csv --left entry --right months --family gompertz")));
        List<String> stays = words("stays.csv --id id --from from --to to --entry entry --time time");
        calls.put("states", List.of(stays, with(stays, words("--tau 6 --at 3,6 --start 2"))));
        calls.put(
                "endpoints",
                List.of(
                        words("histories.csv"),
                        words("histories.csv --time-dependent agvhd-2-4,cgvhd --endpoint os"),
                        words("histories.csv --endpoint efs,relapse --keep-columns")));
        calls.put(
                "pool",
                List.of(
                        words("studies.csv"),
                        words("studies.csv --heterogeneity PM --interval hartung-knapp --correction 0.5"),
                        words("--unit-events 22 --unit-patients 60 --against 0.3,0.4"),
                        words("--unit-events 22 --unit-patients 60 --against 0.3,0.4 --reference 35/100"),
                        words("@jmml --endpoint CIR")));
        calls.put(
                "reconstruct",
                List.of(
                        words("curve.csv at-risk.csv"),
                        words("curve.csv --n 40 --events 20 --tolerance 0.01 --at 6,12"),
                        words("falls.csv --n 40 --leavers competing --percent --precision 0.01 --time-precision 0.1")));
        calls.put(
                "calibrate",
                List.of(
                        words("--remission 0.5 --relapse 0.35 --n 60"),
                        words(
                                "--remission 0.5 --relapse 0.35 --remission-se 0.05 --relapse-se 0.05 --relapse-by 12:0.8"),
                        words("--remission 0.5 --relapse 0.35 --relapse-median 4 --relapse-range 0.5:36 --relapses 20"),
                        words("--family lognormal --nrm-by 6:0.8 --explain 60 --remaining 6,12 --at 6,12")));
        calls.put(
                "simulate",
                List.of(
                        words("--model jmml --patients 200 --horizon 24"),
                        words("--patients 100 --draws 100 --assumption-draws 100 --at 6,12 --assume F1=0.55")));
        calls.put("compare", List.of(words("jmml --assume F1=0.55 --patients 100 --assumption-draws 100")));
        calls.put("datasets", List.of(List.of()));
        return calls;
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static List<String> with(List<String> some, List<String> more) {
        return with(some, more.toArray(String[]::new));
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

    private void check(String where, String command, List<String> call) {
        runs++;
        if (!WHOLE && runs % SOME != 0) {
            return;
        }
        String text = where + command + " " + String.join(" ", call);
        List<String> all = call.contains("--format") ? call : with(call, "--format", "json");
        try {
            Run run = CompletableFuture.supplyAsync(() -> Run.of(arguments(command, all)))
                    .get(2, TimeUnit.MINUTES);
            problem(run, all.contains("json")).ifPresent(p -> fault(text, p));
        } catch (TimeoutException e) {
            fault(text, "did not end");
        } catch (ExecutionException e) {
            fault(text, "threw " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void fault(String call, String what) {
        String fault = brief(call) + " " + brief(what);
        faults.add(fault);
        if (WHOLE) {
            System.out.println(fault);
        }
    }

    private static String brief(String text) {
        return text.length() > 1000 ? text.substring(0, 1000) + ".." : text;
    }

    private static Optional<String> problem(Run run, boolean json) {
        Optional<String> range = Ranges.upsideDown(run.err());
        if (range.isPresent()) {
            return Optional.of("said " + range.get() + ": " + run.err());
        }
        if (run.status() < 0 || run.status() > 2 || FAULT.matcher(run.err()).find()) {
            return Optional.of("gave " + run.status() + ": " + run.err());
        }
        if (run.status() == 0) {
            if (NO_NUMBER.matcher(TEXT.matcher(run.out()).replaceAll("")).find()) {
                return Optional.of("printed no number: " + run.out());
            }
            if (json) {
                try {
                    Optional<String> interval = Ranges.upsideDown(run.json());
                    if (interval.isPresent()) {
                        return Optional.of("printed " + interval.get() + ": " + run.out());
                    }
                } catch (UncheckedIOException | AssertionError e) {
                    return Optional.of("printed no document: " + e);
                }
            }
            return Optional.empty();
        }
        if (!run.out().isEmpty()) {
            return Optional.of("printed beside an error: " + run.out());
        }
        boolean form = !json || run.err().startsWith("{\"error\":{");
        if (!form
                || run.err().contains("\u001b")
                || run.err().contains("\u202e")
                || run.err().length() > 20_000) {
            return Optional.of("said: " + run.err());
        }
        return Optional.empty();
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
                "fit",
                "states",
                "endpoints",
                "pool",
                "reconstruct",
                "calibrate",
                "simulate",
                "compare",
                "datasets"
            })
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyOptionWithEveryBadValue(String command) throws IOException {
        writeFiles();
        for (List<String> call : CALLS.getOrDefault(command, List.of())) {
            Run run = Run.of(arguments(command, with(call, "--format", "json")));
            assertThat(run.status()).as(call + ": " + run.err()).isZero();
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
                    check("", command, with(rest, option.longestName()));
                    continue;
                }
                for (String value : VALUES) {
                    if (value.equals("2147483648") && option.longestName().equals("--patients")) {
                        // A number that may be asked for, if one has the time.
                        continue;
                    }
                    check("", command, with(rest, option.longestName(), value));
                }
            }
        }
        tell(command);
        assertThat(faults).isEmpty();
    }

    private void tell(String command) {
        if (WHOLE) {
            System.out.println(runs + " calls of " + command + ", " + faults.size() + " faults");
        }
    }

    private static List<String> without(List<String> call, String option) {
        List<String> rest = new ArrayList<>(call);
        int at = rest.indexOf(option);
        if (at >= 0) {
            rest.remove(at);
            if (at < rest.size() && !rest.get(at).startsWith("--")) {
                rest.remove(at);
            }
        }
        return rest;
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
                "fit",
                "states",
                "endpoints",
                "pool",
                "reconstruct"
            })
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyColumnWithEveryBadCell(String command) throws IOException {
        writeFiles();
        for (List<String> call : CALLS.getOrDefault(command, List.of())) {
            for (String file :
                    call.stream().filter(FILES::containsKey).distinct().toList()) {
                String[] lines = FILES.getOrDefault(file, "").split("\n");
                int columns = lines[0].split(",", -1).length;
                for (int column = 0; column < columns; column++) {
                    for (String cell : CELLS) {
                        String[] row = lines[2].split(",", -1);
                        row[column] = cell;
                        String[] bad = lines.clone();
                        bad[2] = String.join(",", row);
                        Files.writeString(folder.resolve(file), String.join("\n", bad) + "\n");
                        check(file + " " + lines[0].split(",")[column] + " '" + cell + "' ", command, call);
                    }
                }
                Files.writeString(folder.resolve(file), FILES.getOrDefault(file, ""));
            }
        }
        tell(command);
        assertThat(faults).isEmpty();
    }
}

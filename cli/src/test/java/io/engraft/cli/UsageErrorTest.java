package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of wrong usage say what was given and what would have been allowed, in words and in JSON. */
class UsageErrorTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static final String ROWS = " @bmtcrr --time months --status status";

    private static Run run(String call) {
        return Run.of(call.strip().split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "kmm @bmtcrr | kmm | km, cuminc, | unknown command 'kmm'; commands are: km, cuminc, ",
                "kmm @bmtcrr | kmm | km, cuminc, | ; did you mean km?",
                "kurve | kurve | km, cuminc, | unknown command 'kurve'; commands are: km, ",
                "--foo | --foo | km, cuminc, | '--foo' stands where a command is expected",
                "km ROWS --grp disease | --grp | --as, --at, | Unknown option '--grp' of km",
                "km ROWS --stauts x | --stauts | --as, --at, | Unknown option '--stauts' of km; did you mean --status?",
                "km ROWS more.csv | more.csv | DATA, then | argument 'more.csv' is one too many; allowed: DATA, then",
                "km @bmtcrr | - | --time COL, --status COL | Missing required options: '--time=COL', '--status=COL'",
                "km | - | DATA | Missing required parameter: 'DATA'",
                "fit ROWS | - | --family NAME | Missing required option: '--family=NAME'",
                "km ROWS --at --level 0.9 | --level | --at T,T,... | Expected parameter for option '--at'",
                "km ROWS --level 0.9 --level 0.8 | --level | --level LEVEL once | should be specified only once",
                "test ROWS --group disease --method gray | - | --cause K | --cause is missing",
                "km ROWS --weight age | - | all of them, or none | --weight and --weight-type go together",
                "km ROWS --chart-title x | --chart-title | --chart beside it, | means nothing without --chart",
                "km ROWS --cause 5 | 5 | 1 (relapse) or 2 (competing event) | cause is 5; allowed: 1 (relapse) or 2",
                "demo --out= | '' | a folder, . for this one | --out is empty"
            })
    void namesValueAndAllowed(String call, String value, String allowed, String message) {
        List<String> words =
                new ArrayList<>(Arrays.asList(call.replace(" ROWS", ROWS).split(" ")));
        Run said = Run.of(words.toArray(new String[0]));
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).contains(message, "try: engraft");
        // After what is wrong, as the parser stops at the first thing that it does not know.
        words.add("--format=json");
        Json error = Json.parse(Run.of(words.toArray(new String[0])).err());
        assertThat(error.text("error/kind")).isEqualTo("usage");
        assertThat(Objects.toString(error.at("error/value").value(), null)).isEqualTo(value);
        assertThat(error.text("error/allowed")).startsWith(allowed);
    }

    /** What groups the rows have is no fault of the call. */
    @Test
    void oneGroupIsAFaultOfTheData() {
        for (String method : List.of("logrank", "gray --cause 1", "rmst --tau 2", "fixed-time --at 2")) {
            String call = "test - --time t --status s --group g --method " + method;
            Run one = Run.withInput("t,s,g\n1,1,A\n2,0,A\n3,1,A\n", call.split(" "));
            assertThat(one.status()).as(method).isEqualTo(1);
            assertThat(one.err())
                    .contains(
                            "standard input, column 'g', value 'A': all rows that are used are of one group; allowed: two");
        }
    }

    @Test
    void offersWhatIsNearAndNothingElse() {
        List<String> names = List.of("km", "cuminc", "simulate", "--time", "--to");
        assertThat(UsageWords.nearest("simulte", names)).contains("simulate");
        assertThat(UsageWords.nearest("sim", names)).contains("simulate");
        assertThat(UsageWords.nearest("--tme", names)).contains("--time");
        assertThat(UsageWords.nearest("x", names)).isEmpty();
        assertThat(UsageWords.nearest("plot", names)).isEmpty();
        assertThat(run("km" + ROWS + " --palette x").err()).doesNotContain("did you mean");
    }

    /** Options that a form of a command shares with others and cannot use. */
    @Test
    void sharedOptionsThatMeanNothingHere() {
        Path stays = Run.write(folder, "stays.csv", "id,from,to,entry,time\n1,well,ill,0,5\n1,ill,,5,9\n2,well,,0,4\n");
        List<String> states = List.of(
                "states",
                stays.toString(),
                "--id",
                "id",
                "--from",
                "from",
                "--to",
                "to",
                "--entry",
                "entry",
                "--time",
                "time");
        refused(
                states,
                "--chart-test means nothing to states",
                "--chart",
                folder + "/x.svg",
                "--chart-test",
                "logrank");
        refused(states, "--at is 1, with --start 2", "--start", "2", "--at", "1");
        refused(states, "--tau is 2, with --start 2", "--start", "2", "--tau", "2");
        Path ends = Run.write(folder, "ends.csv", "l,r,g\n0,2,A\n1,4,A\n2,3,B\n1,6,B\n");
        refused(
                List.of("km", ends.toString(), "--left", "l", "--right", "r", "--group", "g"),
                "--chart-test",
                "--chart",
                folder + "/x.svg",
                "--chart-test",
                "logrank");
    }

    private static void refused(List<String> command, String words, String... more) {
        List<String> args = new ArrayList<>(command);
        args.addAll(List.of(more));
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.status()).as(words).isEqualTo(2);
        assertThat(run.err()).contains(words);
    }
}

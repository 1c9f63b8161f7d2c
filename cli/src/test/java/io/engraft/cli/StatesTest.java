package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command of multi-state data. The values are R's, survival 3.5-3, whose standard errors are the infinitesimal jackknife:
 *
 * <pre>
 *   f &lt;- survfit(Surv(entry, time, factor(to)) ~ 1, d, id = id, istate = from)
 *   summary(f, times = c(4, 8, 12, 16)); summary(f, rmean = 16)$table
 * </pre>
 */
class StatesTest {

    private static final String STAYS = """
            id,from,to,entry,time,arm,w
            1,remission,relapse,0,4,A,1
            1,relapse,remission,4,7,A,1
            1,remission,,7,20,A,1
            2,remission,dead,0,3,A,1
            3,remission,relapse,0,5,A,1
            3,relapse,dead,5,9,A,1
            4,remission,,0,15,B,1
            5,remission,relapse,0,6,B,1
            5,relapse,,6,18,B,1
            6,remission,dead,0,11,B,1
            7,remission,relapse,2,8,B,1
            7,relapse,dead,8,10,B,1
            8,remission,,1,16,A,1
            9,remission,relapse,0,12,B,1
            9,relapse,remission,12,14,B,1
            9,remission,dead,14,17,B,1
            """;
    private static final String COLUMNS = " --id id --from from --to to --entry entry --time time";
    private static final String[] STATE = {"dead", "relapse", "remission"};
    private static final double[][] PROBABILITY = {
        {0.111111111111111, 0.111111111111111, 0.777777777777778},
        {0.111111111111111, 0.333333333333333, 0.555555555555556},
        {0.444444444444445, 0.222222222222222, 0.333333333333333},
        {0.444444444444445, 0.111111111111111, 0.444444444444445}
    };
    private static final double[][] ERROR = {
        {0.104756560175785, 0.104756560175785, 0.138579903213850},
        {0.104756560175785, 0.157134840263677, 0.165634664999984},
        {0.165634664999984, 0.138579903213850, 0.157134840263677},
        {0.165634664999984, 0.104756560175785, 0.165634664999984}
    };
    private static final double[] MEAN = {3.44444444444444, 2.33333333333333, 10.22222222222222};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String stays = "";

    @BeforeEach
    void write() {
        stays = "states " + Run.write(folder, "stays.csv", STAYS) + COLUMNS;
    }

    private static Run run(String line) {
        return Run.of(line.split(" "));
    }

    private static Json json(String line) {
        Run run = run(line + " --format json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Schemas.problems(run.out())).isEmpty();
        return run.json();
    }

    private static void refused(String line, int status, String... words) {
        Run run = run(line);
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        assertThat(run.err()).contains(words);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void givesWhatSurvfitGives() {
        Json json = json(stays + " --at 4,8,12,16 --tau 16");
        assertThat(json.text("conventions/standardErrors")).isEqualTo("robust by id");
        assertThat(json.text("groups/0/group")).isEqualTo("all");
        assertThat(json.number("groups/0/patients")).isEqualTo(9);
        assertThat(json.number("groups/0/n")).isEqualTo(16);
        for (int s = 0; s < STATE.length; s++) {
            String state = "groups/0/states/" + s + "/";
            assertThat(json.text(state + "state")).isEqualTo(STATE[s]);
            for (int i = 0; i < 4; i++) {
                String point = state + "points/" + i + "/";
                assertThat(json.number(point + "probability")).isCloseTo(PROBABILITY[i][s], within(1e-12));
                assertThat(json.number(point + "stdError")).isCloseTo(ERROR[i][s], within(1e-12));
            }
            assertThat(json.number(state + "meanTime/tau")).isEqualTo(16);
            assertThat(json.number(state + "meanTime/estimate")).isCloseTo(MEAN[s], within(1e-12));
        }
    }

    /** Of the 16 rows three end by 5, all of patient 2 with them. */
    @Test
    void countsThoseAfterTheStart() {
        Json json = json(stays + " --start 5 --at 12");
        assertThat(json.number("groups/0/patients")).isEqualTo(8);
        assertThat(json.number("groups/0/n")).isEqualTo(13);
        Map<String, Double> counts = new HashMap<>();
        for (int k = 0; k < json.size("groups/0/transitions"); k++) {
            String at = "groups/0/transitions/" + k + "/";
            counts.put(json.text(at + "from") + " " + json.text(at + "to"), json.number(at + "count"));
        }
        assertThat(counts)
                .containsOnly(
                        Map.entry("remission relapse", 3.0),
                        Map.entry("relapse remission", 2.0),
                        Map.entry("remission dead", 2.0),
                        Map.entry("relapse dead", 2.0));
    }

    /** At risk where entry &lt; t &lt;= time: at 4 patients 1, 3 to 9 but not 2, who died at 3. */
    @Test
    void countsThoseAtRiskAndTransitions() {
        Json json = json(stays + " --at 4,5,16");
        assertThat(json.number("groups/0/states/2/points/0/atRisk")).isEqualTo(8);
        assertThat(json.number("groups/0/states/1/points/0/atRisk")).isEqualTo(0);
        assertThat(json.number("groups/0/states/1/points/1/atRisk")).isEqualTo(1);
        assertThat(json.number("groups/0/states/2/points/2/atRisk")).isEqualTo(3);
        assertThat(json.size("groups/0/transitions")).isEqualTo(4);
        String first = "groups/0/transitions/0/";
        assertThat(json.text(first + "from") + json.text(first + "to")).isEqualTo("relapsedead");
        assertThat(json.number(first + "count")).isEqualTo(2);
        assertThat(json.number("groups/0/transitions/3/count")).isEqualTo(5);
        // Without times, those of every end of a row.
        assertThat(json(stays).size("groups/0/states/0/points")).isEqualTo(16);
    }

    @Test
    void splitsByGroupAndStartsLater() {
        Json json = json(stays + " --group arm --at 12 --start 5");
        assertThat(json.size("groups")).isEqualTo(2);
        // Patient 2 of arm A died at 3.
        assertThat(json.number("groups/0/patients")).isEqualTo(3);
        assertThat(json.number("groups/1/patients")).isEqualTo(5);
        assertThat(json.number("groups/0/states/0/meanTime/tau"))
                .isEqualTo(json.number("groups/1/states/0/meanTime/tau"))
                .isEqualTo(18);
        double sum = 0;
        for (int s = 0; s < 3; s++) {
            sum += json.number("groups/1/states/" + s + "/points/0/probability");
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(json(stays + " --at 30").text("groups/0/states/0/points/0/probability"))
                .isEqualTo("null");
    }

    /** One stay each: the variance is Greenwood's, and that of survival is Kaplan-Meier's. */
    @Test
    void isKaplanMeierForOneTransition() {
        String file = Run.write(folder, "one.csv", """
                        id,from,to,entry,time,s
                        1,alive,dead,0,3,1
                        2,alive,,0,5,0
                        3,alive,dead,0,7,1
                        4,alive,dead,0,8,1
                        5,alive,,0,9,0
                        """).toString();
        Json states = json("states " + file + COLUMNS + " --at 7");
        Json km = Run.of(("km " + file + " --time time --status s --at 7 --format json").split(" "))
                .json();
        assertThat(states.text("conventions/standardErrors")).isEqualTo("model");
        for (String key : new String[] {"stdError", "lower", "upper"}) {
            assertThat(states.number("groups/0/states/0/points/0/" + key))
                    .isCloseTo(km.number("groups/0/points/0/" + key), within(1e-12));
        }
        assertThat(states.number("groups/0/states/0/points/0/probability")).isCloseTo(8.0 / 15, within(1e-12));
    }

    @Test
    void saysItInWordsAndDraws() throws Exception {
        Path file = folder.resolve("states.svg");
        Run run = run(stays + " --at 4,12 --chart " + file);
        assertThat(run.out())
                .contains(
                        "State occupation (Aalen-Johansen)",
                        "from from, to to, patient id",
                        "All patients: 9 patients, 16 rows",
                        "relapse to dead",
                        "mean time up to 20 in");
        assertThat(Files.readString(file)).contains("<svg", "Probability of being in each state");
        assertThat(run(stays + " --at 4 --format csv").out())
                .contains("all,probability,relapse,,4,0,", "all,transitions,relapse,dead,,,2,");
    }

    @Test
    void refusesWhatMeansNothing() {
        String file = folder.resolve("stays.csv").toString();
        refused("states " + file + " --from from --to to --entry entry --time time", 2, "--id");
        refused("states " + file + " --id id --from from --entry entry --time time", 2, "--to");
        refused(stays + " --status arm", 2, "--status");
        refused(stays + " --group arm --chart " + folder.resolve("x.svg"), 2, "--chart: 2 groups");
        refused(stays + " --start 30", 2, "start");
        refused(stays + " --tau 0 --start 0", 2, "tau");
        String bad = Run.write(folder, "bad.csv", STAYS + "2,remission,relapse,3,8,A,1\n")
                .toString();
        refused("states " + bad + COLUMNS, 1, "bad.csv", "row 17", "column 'from'");
        String overlap = Run.write(folder, "overlap.csv", STAYS + "4,remission,relapse,13,18,B,1\n")
                .toString();
        refused("states " + overlap + COLUMNS, 1, "overlap.csv", "row 17", "column 'entry'");
    }
}

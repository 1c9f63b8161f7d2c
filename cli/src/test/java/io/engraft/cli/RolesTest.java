package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells mean: codings, marks of missing, levels, dates. */
class RolesTest {

    private static final String CODED = "t,s\n5,2\n8,1\n11,2\n14,2\n20,1\n26,2\n31,1\n40,2\n";

    private static Run run(String input, String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "-"));
        args.addAll(List.of(more));
        return Run.withInput(input, args.toArray(String[]::new));
    }

    private static Run km(String input, String... more) {
        List<String> args = new ArrayList<>(List.of("--time", "t", "--status", "s", "--format", "json"));
        args.addAll(List.of(more));
        return run(input, "km", args.toArray(String[]::new));
    }

    private static Json json(Run run) {
        assertThat(run.err()).isEmpty();
        return run.json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"km", "cuminc", "test", "aft", "cox", "finegray"})
    void aCodingWithoutZeroIsSaidByEveryCommand(String command) {
        String grouped =
                CODED.replace("t,s", "t,s,g")
                                .replaceAll("(\\d+,\\d)\n", "$1,A\n")
                                .replaceFirst(",A\n5|,A\n", ",A\n") + "7,1,B\n9,2,B\n";
        List<String> args = new ArrayList<>(List.of("--time", "t", "--status", "s", "--format", "json"));
        if (command.equals("test")) {
            args.addAll(List.of("--group", "g"));
        }
        if (command.equals("aft")) {
            args.addAll(List.of("--distribution", "weibull"));
        }
        if (command.equals("finegray")) {
            args.addAll(List.of("--cause", "1"));
        }
        Json json = json(run(grouped, command, args.toArray(String[]::new)));
        long said = json.size("warnings") == 0
                ? 0
                : java.util.stream.IntStream.range(0, json.size("warnings"))
                        .filter(i -> json.text("warnings/" + i).contains("--events 2 --censored 1"))
                        .count();
        assertThat(said).isEqualTo(1);
    }

    @Test
    void theDeclaredCodingGivesTheRightCurve() {
        Json json = json(km(CODED, "--events", "2", "--censored", "1", "--at", "20"));
        assertThat(json.number("groups/0/points/0/survival")).isCloseTo(7 / 12., within(1e-12));
        assertThat(json.size("warnings")).isZero();
    }

    @Test
    void severalLevelsOfOneMeaningAndLevelsWithACommaAreDeclared() {
        String text = "t;s\n1;Dead, of disease\n2;DEAD\n3;Lost\n4;Withdrew\n5;Alive\n";
        Json json = json(
                km(text, "--events", "\"Dead, of disease\"|DEAD", "--censored", "Alive,Lost,Withdrew", "--at", "2"));
        assertThat(json.number("groups/0/points/0/survival")).isCloseTo(3 / 5., within(1e-12));
        Json cdisc = json(km("t,s\n1,0\n2,1\n3,2\n4,3\n", "--events", "0", "--censored", "1,2,3", "--at", "3"));
        assertThat(cdisc.number("groups/0/points/0/survival")).isCloseTo(3 / 4., within(1e-12));
    }

    @Test
    void aCauseIsNamedByCodeOrLabel() {
        String text = "t,s\n1,rel\n2,death\n3,alive\n4,rel\n";
        String[] roles = {"--events", "rel,death", "--censored", "alive", "--at", "1", "--cause"};
        List<String> byLabel = new ArrayList<>(List.of(roles));
        byLabel.add("death");
        List<String> byCode = new ArrayList<>(List.of(roles));
        byCode.add("2");
        assertThat(km(text, byLabel.toArray(String[]::new)).out())
                .isEqualTo(km(text, byCode.toArray(String[]::new)).out());

        Run trap = km("t,s\n1,1\n2,2\n3,0\n", "--events", "2,1", "--censored", "0", "--cause", "2", "--at", "1");
        assertThat(trap.status()).isEqualTo(2);
        assertThat(trap.err()).contains("cause 2 is the code of level '1' and the level of code 1");
        assertThat(km(text, "--events", "rel,death", "--censored", "alive", "--cause", "x")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void marksOfMissingAreDroppedAndSaid() {
        String text = "t,s,g\n1,1,A\n2,0,.\n3,1,-9\n4,0,A\n999,0,A\n";
        Json json = json(km(text, "--group", "g", "--na", "drop", "--missing", "-9,t=999"));
        assertThat(json.size("groups")).isEqualTo(1);
        assertThat(json.number("data/dropped")).isEqualTo(3);
        assertThat(json.text("data/notes/0"))
                .isEqualTo("missing: '999' in 1 cell of t, '.' in 1 cell of g, '-9' in 1 cell of g");
        Run text2 =
                run(text, "km", "--time", "t", "--status", "s", "--group", "g", "--na", "drop", "--missing", "-9,999");
        assertThat(text2.out()).contains("read       missing: '999' in 1 cell of t");
        assertThat(km(text, "--group", "g").err()).contains("column 'g', value '.': missing value");
    }

    @Test
    void aTypoAmongNumbersIsNoCategory() {
        StringBuilder text = new StringBuilder("t,s,score\n");
        for (int i = 0; i < 60; i++) {
            text.append(1 + i % 7)
                    .append(',')
                    .append(i % 2)
                    .append(',')
                    .append(i == 20 ? "?" : i % 6)
                    .append('\n');
        }
        String[] aft = {"--time", "t", "--status", "s", "--distribution", "weibull", "--covariates", "score"};
        Run refused = run(text.toString(), "aft", aft);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("row 21, line 22, column 'score', value '?': not a number")
                .contains("--categorical score");
        List<String> declared = new ArrayList<>(List.of(aft));
        declared.addAll(List.of("--categorical", "score", "--format", "json"));
        Run factor = run(text.toString(), "aft", declared.toArray(String[]::new));
        assertThat(factor.json().text("coefficients/1/name")).startsWith("score=");
    }

    @Test
    void newRowsThatAModelCannotUseAreFaultsOfTheirFile(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        String rows = Run.write(folder, "new.csv", "age\n40\n-1\n").toString();
        Run run = Run.of(
                "aft",
                "@bmtcrr",
                "--time",
                "months",
                "--status",
                "status",
                "--distribution",
                "weibull",
                "--covariates",
                "log(age)",
                "--newdata",
                rows,
                "--at",
                "12");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("new.csv, row 2, line 3").contains("-1");
        String empty = Run.write(folder, "empty.csv", "age\n40\nNA\n").toString();
        Run missing = Run.of(
                "aft",
                "@bmtcrr",
                "--time",
                "months",
                "--status",
                "status",
                "--distribution",
                "weibull",
                "--covariates",
                "age",
                "--newdata",
                empty,
                "--at",
                "12");
        assertThat(missing.err()).contains("empty.csv, row 2").doesNotContain("--na drop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"km", "cuminc", "test", "aft", "cox", "finegray"})
    void twoDatesStandInPlaceOfATime(String command) {
        String dates = """
                tx;end;s;g;x
                01.02.2020;11.02.2020;1;A;1
                01.02.2020;21.02.2020;0;B;2
                05.02.2020;10.03.2020 00:00;1;B;5
                01.02.2020;01.05.2020;1;A;4
                """;
        String times = "t;s;g;x\n10;1;A;1\n20;0;B;2\n34;1;B;5\n90;1;A;4\n";
        List<String> shared = new ArrayList<>(List.of("--status", "s", "--unit", "days", "--format", "csv"));
        shared.addAll(
                switch (command) {
                    case "test" -> List.of("--group", "g");
                    case "aft" -> List.of("--distribution", "weibull", "--covariates", "x");
                    case "cox" -> List.of("--covariates", "x");
                    case "finegray" -> List.of("--cause", "1", "--covariates", "x");
                    default -> List.of();
                });
        List<String> byDate = new ArrayList<>(List.of("--from", "tx", "--to", "end", "--date-format", "dd.MM.yyyy"));
        byDate.addAll(shared);
        List<String> byTime = new ArrayList<>(List.of("--time", "t"));
        byTime.addAll(shared);
        Run read = run(dates, command, byDate.toArray(String[]::new));
        assertThat(read.status()).as(read.err()).isZero();
        assertThat(read.out())
                .isEqualTo(run(times, command, byTime.toArray(String[]::new)).out());
    }

    @Test
    void halfOfTwoDatesIsRefused() {
        assertThat(run("a,s\n", "km", "--from", "a", "--status", "s").err()).contains("--from and --to go together");
        assertThat(run("a,s\n", "km", "--time", "a", "--to", "b", "--status", "s")
                        .err())
                .contains("--from and --to stand in place of --time");
        assertThat(run("a,b,s\n2020-01-01,9999-12-31,1\n", "km", "--from", "a", "--to", "b", "--status", "s")
                        .err())
                .contains(
                        "row 1, line 2, column 'b', value '9999-12-31': such a date stands for one that is not known");
    }

    @Test
    void registriesWriteYesAndNoBesideADate(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        String map = Run.write(folder, "map.csv", """
                        name,column
                        id,patid
                        transplant_date,hct
                        relapse,reldate
                        relapse_flag,rel
                        death,seen
                        death_flag,vital
                        last_contact,seen
                        """).toString();
        String rows = """
                patid,hct,rel,reldate,vital,seen
                A,01/03/2020,yes,01/13/2020,dead,02/02/2020
                B,01/03/2020,no,,alive,01/03/2021
                """;
        Run read = run(
                rows,
                "endpoints",
                "--map",
                map,
                "--date-format",
                "MM/dd/yyyy",
                "--unit",
                "days",
                "--endpoint",
                "dfs,os");
        assertThat(read.out().replace("\r", ""))
                .isEqualTo("id,dfs_time,dfs_status,os_time,os_status\nA,10,1,30,1\nB,366,0,366,0\n");
        Run refused =
                run(rows.replace("no,,", "no,01/05/2020,"), "endpoints", "--map", map, "--date-format", "MM/dd/yyyy");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("row 2, line 3, column 'reldate', value '01/05/2020'");
    }

    @Test
    void rowsThatNoPatientCanHaveAreNamed() {
        Run twice = km("p,t,s\na,5,1\na,8,1\n", "--id", "p");
        assertThat(twice.status()).isEqualTo(1);
        assertThat(twice.err()).contains("patient 'a' is in row 1 too");
        assertThat(json(km("t,s\n4000,1\n3000,0\n")).text("warnings/0")).contains("--unit days");
    }

    /** The conventions say the levels of the file, not codes that it does not have. */
    @Test
    void eventsAreSaidInTheLevelsThatWereDeclared() {
        String codes = "t,s\n5,1\n8,0\n9,2\n";
        Json one = json(km(codes, "--events", "1", "--censored", "0,2"));
        assertThat(one.text("conventions/events"))
                .isEqualTo("the declared levels of the status, which are 1; 0, 2 are censored");
        // As in CDISC's CNSR: 0 for the event.
        Json cnsr = json(km(codes, "--events", "0", "--censored", "1,2"));
        assertThat(cnsr.text("conventions/events"))
                .isEqualTo("the declared levels of the status, which are 0; 1, 2 are censored");
        Json plain = json(km("t,s\n5,1\n8,0\n9,2\n"));
        assertThat(plain.text("conventions/events")).isEqualTo("every code of 1 or more; 0 is censored");
        String words = "t,s\n5,rel\n8,alive\n9,dead\n";
        Json causes = json(run(
                words,
                "cuminc",
                "--time",
                "t",
                "--status",
                "s",
                "--events",
                "rel,dead",
                "--censored",
                "alive",
                "--format",
                "json"));
        assertThat(causes.text("conventions/events"))
                .isEqualTo("the declared levels of the status, each competing with the others, which are rel (code 1),"
                        + " dead (code 2); alive is censored");
    }

    /** A patient whose row ends where the next begins was not censored there, and follow-up did not end. */
    @Test
    void rowsOfOnePatientThatFollowOneAnotherAreNoCensoring() {
        String rows = "p,e,t,s\na,0,3,0\na,3,7,1\nb,0,5,0\nb,5,9,0\nc,0,6,0\n";
        Json json = json(km(rows, "--id", "p", "--entry", "e", "--at", "5,9", "--follow-up", "--tau", "9"));
        assertThat(json.number("groups/0/points/0/censored")).isZero();
        assertThat(json.number("groups/0/points/1/censored")).isEqualTo(2);
        assertThat(json.number("groups/0/followUp/median")).isEqualTo(9);
        assertThat(json.number("groups/0/patients")).isEqualTo(3);
    }
}

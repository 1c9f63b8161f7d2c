package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Survival of times that are known to lie in intervals. */
class KmIntervalsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static final String ROWS = "l,r,g\n0,2,a\n2,4,b\n1,3,a\n4,6,b\n3,5,a\n5,8,b\n6,,a\n3,3,b\n2,,a\n7,9,b\n";

    private static Run km(String input, String... options) {
        List<String> args = new ArrayList<>(List.of("km", "-", "--left", "l", "--right", "r"));
        args.addAll(List.of(options));
        return Run.withInput(input, args.toArray(new String[0]));
    }

    @Test
    void isNearSurvfit() {
        Run run = km(ROWS, "--format", "json", "--at", "2,3,5,8,4.5");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Schemas.problems(run.out())).isEmpty();
        // survfit(Surv(l, r, type = "interval2") ~ 1), carried on from where it stops (golden_turnbull.R): after 2, 3,
        // 5, 8
        double[] survfit = {0.870156211871, 0.564921894062, 0.338953136438, 0};
        for (int i = 0; i < survfit.length; i++) {
            assertThat(run.json().number("groups/0/points/" + i + "/survival")).isCloseTo(survfit[i], within(1e-10));
            assertThat(run.json().at("groups/0/points/" + i + "/stdError").value())
                    .isNull();
        }
        assertThat(run.json().at("groups/0/points/4/survival").value()).isNull();
        assertThat(run.json().number("groups/0/points/4/atMost")).isCloseTo(0.565, within(5e-4));
        assertThat(run.json().number("groups/0/points/4/atLeast")).isCloseTo(0.339, within(5e-4));
        assertThat(run.json().number("groups/0/events")).isEqualTo(8);
    }

    @Test
    void groupsByHand() {
        Run run = km(ROWS, "--group", "g", "--format", "json");
        assertThat(Schemas.problems(run.out())).isEmpty();
        // a: (0, 2], (1, 3], (3, 5], (6, .), (2, .): 2/5 in (1, 2], and (2, .) shares the rest between (3, 5] and later
        assertThat(run.json().number("groups/0/masses/0/mass")).isCloseTo(0.4, within(1e-10));
        assertThat(run.json().number("groups/0/masses/1/mass")).isCloseTo(0.3, within(1e-10));
        assertThat(run.json().at("groups/0/masses/2/right").value()).isNull();
        // b: (2, 4] and 3 at 3; (4, 6] and (5, 8] meet in (5, 6], (5, 8] and (7, 9] in (7, 8]
        assertThat(run.json().number("groups/1/masses/0/mass")).isCloseTo(0.4, within(1e-10));
        assertThat(run.json().number("groups/1/masses/1/mass")).isCloseTo(0.3, within(1e-10));
        assertThat(km(ROWS, "--group", "g").out()).contains("g = a: n 5", "left l, right r (months, assumed");
        assertThat(km(ROWS, "--at", "4.5").out()).contains("S falls from");
        assertThat(km(ROWS, "--format", "csv").out())
                .startsWith("group,time,survival,at_least,at_most,measure,probability,estimate\n");
    }

    @Test
    void weightsAreRows() {
        String[] weighted = {"--weight", "w", "--weight-type", "frequency", "--format", "json"};
        Run once = km("l,r,w\n0,2,2\n2,4,1\n4,,3\n", weighted);
        Run rows = km("l,r\n0,2\n0,2\n2,4\n4,\n4,\n4,\n", "--format", "json");
        assertThat(Schemas.problems(once.out())).isEmpty();
        assertThat(once.json().text("conventions/weights")).isEqualTo("frequency");
        assertThat(once.json().number("groups/0/events")).isEqualTo(3);
        for (int i = 0; i < 2; i++) {
            assertThat(once.json().number("groups/0/points/" + i + "/survival"))
                    .isCloseTo(rows.json().number("groups/0/points/" + i + "/survival"), within(1e-12));
        }
        assertThat(once.json().number("groups/0/points/0/time")).isEqualTo(2);
        assertThat(once.json().number("groups/0/points/0/survival")).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(km("l,r,w\n0,2,2\n2,,1\n", "--weight", "w", "--weight-type", "sampling")
                        .err())
                .contains("sampling weights; allowed for Turnbull's estimate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tau 5                 | --tau means nothing",
                "--bands hw              | --bands means nothing",
                "--follow-up             | --follow-up means nothing",
                "--conf-type plain       | --conf-type means nothing",
                "--level 0.9             | --level means nothing",
                "--start 1               | --start means nothing",
                "--as r                  | --as means nothing",
                "--cause 1               | --cause means nothing",
                "--robust                | --robust means nothing",
                "--time l                | --left and --right stand in place of --time and --status",
                "--entry l               | entry",
                "--cluster g             | rows that belong together"
            })
    void refusesWhatItHasNot(String option, String message) {
        Run run = km(ROWS, option.strip().split(" "));
        assertThat(run.status()).isIn(1, 2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    /** S falls past 3/4 in (2, 3] at 3, past 1/2 in (4, 5] and past 0.1 in (7, 8]; survfit prints the middles. */
    @Test
    void quantilesAreTimesOrIntervals() {
        Run run = km(ROWS, "--quantiles", "0.25,0.9", "--format", "json");
        assertThat(Schemas.problems(run.out())).isEmpty();
        Run.Json group = run.json().at("groups/0");
        assertThat(group.at("median/estimate").value()).isNull();
        assertThat(group.at("median/lower").value()).isNull();
        assertThat(group.number("median/atLeast")).isEqualTo(4);
        assertThat(group.number("median/atMost")).isEqualTo(5);
        assertThat(group.number("quantiles/0/estimate")).isEqualTo(3);
        assertThat(group.number("quantiles/0/atLeast")).isEqualTo(3);
        assertThat(group.number("quantiles/1/atMost")).isEqualTo(8);
        assertThat(km(ROWS, "--quantiles", "0.25").out())
                .contains("  median: not unique: any time in (4.0, 5.0]", "  0.25 quantile 3 months", "cube root of n");
        assertThat(km(ROWS, "--quantiles", "0.25", "--format", "csv").out())
                .contains("\nall,,,4,5,quantile,0.5,\nall,,,3,3,quantile,0.25,3\n");
        assertThat(km(ROWS, "--group", "g", "--format", "json")
                        .json()
                        .at("groups/0/median/atMost")
                        .value())
                .isEqualTo(5.0);
    }

    @Test
    void drawsWhatIsKnownAndShadesWhatIsNot() throws IOException {
        Path file = folder.resolve("km.svg");
        Run run = km(ROWS, "--chart", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        String svg = Files.readString(file);
        assertThat(svg)
                .contains("shaded: the times do not say how survival falls there")
                .contains("no confidence limits")
                .contains("median: not unique: any time in (4.0, 5.0]");
        assertThat(km(
                                ROWS,
                                "--group",
                                "g",
                                "--chart",
                                folder.resolve("groups.pdf").toString())
                        .status())
                .isZero();
    }

    @Test
    void needsBothEnds() {
        Run run = Run.withInput(ROWS, "km", "-", "--left", "l");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--left and --right go together");
        assertThat(Run.withInput(ROWS, "km", "-").err()).contains("Missing required options: '--time=COL'");
    }
}

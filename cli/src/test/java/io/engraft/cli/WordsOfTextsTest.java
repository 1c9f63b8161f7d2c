package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What texts and charts say to a reader who knows neither the JSON nor the library. */
class WordsOfTextsTest {

    private static final String SHORT = "t,s\n1.123456789,1\n2.98973123,1\n59.99178123,0\n3.3333333,0\n2.1,0\n";
    private static final String STAYS =
            "states ../docs/examples/stays.csv --id id --from from --to to --entry entry --time time";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String text(String input, String call) {
        Run run = Run.withInput(input, call.split(" "));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private String chart(String input, String call) throws IOException {
        Path file = folder.resolve("c.svg");
        Files.deleteIfExists(file);
        List<String> args = new ArrayList<>(Arrays.asList(call.split(" ")));
        args.addAll(List.of("--chart", file.toString()));
        assertThat(Run.withInput(input, args.toArray(new String[0])).err()).doesNotContain("engraft ");
        return Files.readString(file).replaceAll("\\s*</?t(ext|span)[^>]*>\\s*", " ");
    }

    @Test
    void timesInSentencesAreRoundedAsInTables() {
        assertThat(text(SHORT, "km - --time t --status s --at 12,72"))
                .contains(
                        "median not reached (survival stays above 0.5 up to 59.9918; 95 % interval 1.1235 to not reached, as"
                                + " the upper limit of survival never falls to 0.5: a later median, or none, would agree"
                                + " with the data)",
                        "follow-up ends at 59.9918 (first at time 72)")
                .doesNotContain("59.99178");
        assertThat(text(SHORT, "cuminc - --time t --status s --at 72")).contains("follow-up ends at 59.9918 (first");
    }

    @Test
    void calibratedSharesHaveFourDecimalsAndTargetsWholeTimes() {
        assertThat(text("", "calibrate --n 100 --at 12"))
                .contains("weibull, shape 0.6402, scale 4.6591")
                .doesNotContainPattern(Pattern.compile("\\d\\.\\d{7}"));
        String[] target = {
            "calibrate", "--target", "relapse by 24 = 0.35 n 40", "--open", "event-free/relapse", "--draws", "100"
        };
        assertThat(Run.of(target).out())
                .contains("P(relapse by 24) = 0.35 (n 40)", "compare all of them (--family all;")
                .doesNotContain("24.0)")
                .doesNotContain("..\n");
    }

    @Test
    void simulationWarnsInWordsOfItsTable() {
        assertThat(text("", "simulate --patients 100 --at 12"))
                .contains(
                        "95 %, from the assumptions",
                        "the limits of simulation error only (lower and upper in JSON) shrink with more patients",
                        "That say those from the assumptions (fromAssumptions in JSON).");
    }

    @Test
    void statesPrintErrorsThatSaySomething() {
        assertThat(text("", STAYS))
                .contains("start      from time 0, distribution")
                .containsPattern("relapse +3 +0 +0\\.0000 +- +-\n")
                .doesNotContainPattern("relapse +3 +0 +0\\.0000 +0\\.0000");
        assertThat(text(SHORT, "cuminc - --time t --status s --at 0.5"))
                .containsPattern("0\\.5 +5 +0 +0\\.0000 +- +-\n")
                .contains("counts     events since the row before");
    }

    /** The table of states was offered in the help, and then refused. */
    @Test
    void statesOfferNoTableUnderTheirChart() {
        assertThat(Run.of("states", "--help").out()).contains("--chart-title").doesNotContain("--chart-table");
        assertThat(Run.of("cuminc", "--help").out()).contains("--chart-table");
    }

    @Test
    void theEdgeOfACureModelIsSaidWithWhatMendsIt() {
        StringBuilder rows = new StringBuilder("t,s\n");
        for (int i = 1; i <= 10; i++) {
            rows.append(i).append(",1\n");
        }
        String said = text(rows.toString(), "fit - --time t --status s --family cure:weibull --at 5");
        assertThat(said)
                .contains(
                        "at the edge of the model: the cured share tends to 0\n",
                        "Warning: the fit ended BOUNDARY: the cured share tends to 0; --family weibull fits the law without",
                        "Warning: follow-up does not support a cured share");
        assertThat(Pattern.compile("BOUNDARY").matcher(said).results().count()).isEqualTo(1);
    }

    @Test
    void chartsSayWhatTheyCount() throws IOException {
        String km = chart("t,s\n1,ja\n2,nein\n3,ja\n", "km - --time t --status s --events ja --censored nein");
        assertThat(km).contains("event: ja;", "100%").doesNotContain("every status code", "0.75");
        assertThat(chart("t,s\n1,1\n2,0\n3,2\n", "km - --time t --status s")).contains("event: every status code of 1");
        assertThat(chart("t,s\n1,1\n2,0\n3,2\n", "cuminc - --time t --status s --chart-table events"))
                .contains("Cumulative number of events of any cause");
    }
}

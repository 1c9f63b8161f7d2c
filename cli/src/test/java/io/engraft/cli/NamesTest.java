package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Column and group names that a terminal would act on. */
class NamesTest {

    private static final String COLUMN = "g\u202Er";
    private static final String COLOUR = "a\u001B[31mb";
    private static final String CONTROL = "c\u009B2Jd\u2028e";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Run run(String command, String... more) {
        StringBuilder text = new StringBuilder("t,s," + COLUMN + "\n");
        for (int i = 1; i <= 12; i++) {
            text.append(i)
                    .append(',')
                    .append(i % 3)
                    .append(',')
                    .append(i % 2 == 0 ? COLOUR : CONTROL)
                    .append('\n');
        }
        Path file = Run.write(folder, "in.csv", text.toString());
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.add(1, file.toString());
        args.addAll(List.of("--time", "t", "--status", "s"));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private static void assertHarmless(String text) {
        assertThat(text.chars().filter(c -> (c < ' ' && c != '\n') || (c >= 0x7F && c <= 0x9F)))
                .isEmpty();
        assertThat(text).doesNotContain("\u202E", "\u2028");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "markdown", "latex", "html", "json"})
    void noFormatHandsThemOn(String format) {
        for (String command : List.of("km --at 6", "cuminc --at 6", "test", "test --method gray --cause 1")) {
            Run run = run(command, "--group", COLUMN, "--format", format);
            assertThat(run.status()).as(run.err()).isZero();
            assertHarmless(run.out());
            assertHarmless(run.err());
        }
        Run aft = run("aft --distribution exponential", "--covariates", COLUMN, "--format", format);
        assertThat(aft.status()).as(aft.err()).isZero();
        assertHarmless(aft.out());
    }

    @Test
    void textShowsThemAndJsonKeepsThem() {
        assertThat(run("km --at 6", "--group", COLUMN).out())
                .contains("g\\u202er = a\\u001b[31mb", "c\\u009b2Jd\\u2028e");
        Json json = run("km --at 6", "--group", COLUMN, "--format", "json").json();
        assertThat(json.text("groups/0/group")).isEqualTo(COLOUR);
        assertThat(json.text("groups/1/group")).isEqualTo(CONTROL);
        assertThat(run("km --at 6", "--group", COLUMN, "--format", "csv").out()).contains(COLOUR);
    }

    @Test
    void messagesShowThem() {
        Run unknown = run("km", "--group", "nope\u001B]0;title\u0007");
        assertThat(unknown.status()).isEqualTo(1);
        assertHarmless(unknown.err());
        assertThat(unknown.err()).contains("'nope\\u001b]0;title\\u0007'", "g\\u202er");

        Run json = run("km", "--group", "nope\u202E", "--format", "json");
        assertHarmless(json.err());
        assertThat(Json.parse(json.err()).text("error/column")).isEqualTo("nope\u202E");

        Run cell = Run.withInput("t,s\n1,x\u001B[2J\n", "km", "-", "--time", "t", "--status", "s");
        assertThat(cell.status()).isEqualTo(1);
        assertHarmless(cell.err());
        Run file = Run.of("km", folder.resolve("no\u202Efile").toString(), "--time", "t", "--status", "s");
        assertHarmless(file.err());
        assertHarmless(Run.of("km", "--no\u001B[31m").err());
        assertHarmless(Run.of("no\u001B[31m").err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"svg", "png", "pdf"})
    void chartsReplaceAndNameThem(String ending) throws IOException {
        for (String command : List.of("km", "cuminc", "test")) {
            Path chart = folder.resolve("c." + ending);
            Run run = run(command, "--group", COLUMN, "--chart", chart.toString());
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err()).contains("are squares in it: U+001B, U+009B, U+2028, U+202E");
            if (ending.equals("svg")) {
                assertHarmless(Files.readString(chart));
            }
        }
    }
}

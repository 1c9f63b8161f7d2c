package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.cli.Run.Json;
import io.engraft.report.EngraftVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of docs/json.md and compares it with what the page shows. */
class JsonDocumentationTest {

    private static final Pattern BLOCK = Pattern.compile("```(csv|sh|json)\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][0-9.eE+-]*");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Example(String command, String input, String document) {

        @Override
        public String toString() {
            return command;
        }
    }

    static Stream<Example> examples() throws IOException {
        Path page = Path.of("../docs/json.md");
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        List<Example> examples = new ArrayList<>();
        String input = "";
        String command = "";
        while (blocks.find()) {
            switch (blocks.group(1)) {
                case "csv" -> input = blocks.group(2);
                case "sh" -> command = blocks.group(2).strip();
                default -> examples.add(new Example(command, input, blocks.group(2)));
            }
        }
        assertThat(examples).hasSizeGreaterThanOrEqualTo(14);
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isWhatThePageShows(Example example) {
        List<String> args = new ArrayList<>(
                Arrays.asList(example.command().replaceFirst(" <.*", "").split(" ")));
        args.remove(0);
        // The page is read at the root of the project, the tests run in a folder of it.
        args.replaceAll(arg -> arg.startsWith("docs/") ? "../" + arg : arg);
        if (args.get(0).equals("demo")) {
            args.addAll(List.of("--out", folder.resolve("engraft-report").toString()));
        }
        Run run = Run.withInput(example.input(), args.toArray(new String[0]));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Schemas.problems(run.out())).isEmpty();
        assertThat(Ranges.upsideDown(run.json())).isEmpty();
        assertSame("", read(example.document()), read(run.out()));
    }

    @Test
    void comparesNumbersAndTexts() {
        assertThat(read("{\"a\": [1.50, -2, \"x 1.5\"]}")).isEqualTo(Map.of("a", List.of("#1.50", "#-2", "x 1.5")));
        assertThatThrownBy(() -> assertSame("", read("{\"a\": 1.5}"), read("{\"a\": 1.500000000001}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertSame("", read("{\"a\": \"one sentence\"}"), read("{\"a\": \"another\"}")))
                .isInstanceOf(AssertionError.class);
    }

    /** The document with each number as its digits after a #, so that these are compared and not their value. */
    private static @Nullable Object read(String document) {
        String quoted = TOKEN.matcher(document)
                .replaceAll(m ->
                        Matcher.quoteReplacement(m.group().startsWith("\"") ? m.group() : "\"#" + m.group() + "\""));
        return Json.parse(quoted).value();
    }

    private static void assertSame(String path, @Nullable Object shown, @Nullable Object real) {
        if (shown instanceof Map<?, ?> map) {
            assertThat(real).as(path).isInstanceOf(Map.class);
            Map<?, ?> other = (Map<?, ?>) Objects.requireNonNull(real);
            assertThat(List.copyOf(other.keySet())).as(path).isEqualTo(List.copyOf(map.keySet()));
            map.forEach((key, value) -> assertSame(path + "/" + key, value, other.get(key)));
        } else if (shown instanceof List<?> list) {
            assertThat(real).as(path).isInstanceOf(List.class);
            List<?> other = (List<?>) Objects.requireNonNull(real);
            boolean more = !list.isEmpty() && "...".equals(list.get(list.size() - 1));
            int length = more ? list.size() - 1 : list.size();
            assertThat(other.size())
                    .as(path)
                    .satisfies(n -> assertThat(more ? n > length : n == length).isTrue());
            for (int i = 0; i < length; i++) {
                assertSame(path + "/" + i, list.get(i), other.get(i));
            }
        } else if (path.equals("/engraft")) {
            assertThat(real).isEqualTo(EngraftVersion.text());
            // The page shows the release that is being made.
            assertThat(shown).isEqualTo(EngraftVersion.text().replace("-SNAPSHOT", ""));
        } else if (path.equals("/data/source") || path.equals("/atRisk")) {
            assertThat(String.valueOf(real).replace('\\', '/').replaceFirst("^\\.\\./", ""))
                    .isEqualTo(shown);
        } else if (path.equals("/report")) {
            assertThat(String.valueOf(real).replace('\\', '/')).endsWith("/" + shown);
        } else if (!isSameNumber(shown, real)) {
            assertThat(real).as(path).isEqualTo(shown);
        }
    }

    /** Processors and Java versions may differ in the last bit of a logarithm, so the last digits may differ. */
    private static boolean isSameNumber(@Nullable Object shown, @Nullable Object real) {
        if (!(shown instanceof String a && real instanceof String b && a.startsWith("#") && b.startsWith("#"))) {
            return false;
        }
        double expected = Double.parseDouble(a.substring(1));
        return Math.abs(Double.parseDouble(b.substring(1)) - expected) <= 1e-13 * Math.abs(expected);
    }
}

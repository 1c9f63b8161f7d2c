package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Runs every command of docs/regression.md and compares what it prints with the page; with -Dengraft.write.regression=true the
 * page gets it.
 */
class RegressionPageTest {

    private static final Path PAGE = Path.of("../docs/regression.md");
    private static final Pattern BLOCK =
            Pattern.compile("```sh\n(engraft (?:[^`]|\\\\\n)*)\n```\n\n```text\n(.*?)```\n", Pattern.DOTALL);

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command.replace("\\\n", " "));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return Arrays.copyOfRange(words.toArray(new String[0]), 1, words.size());
    }

    @Test
    void everyCommandPrintsWhatThePageShows() throws IOException {
        String page = Files.readString(PAGE);
        Matcher block = BLOCK.matcher(page);
        StringBuilder made = new StringBuilder();
        int commands = 0;
        while (block.find()) {
            Run run = Run.of(words(block.group(1)));
            assertThat(run.status()).as(block.group(1) + run.err()).isZero();
            block.appendReplacement(
                    made,
                    Matcher.quoteReplacement("```sh\n" + block.group(1) + "\n```\n\n```text\n"
                            + run.out().stripTrailing() + "\n```\n"));
            commands++;
        }
        block.appendTail(made);
        assertThat(commands).isGreaterThan(5);
        assertThat(page.split("```sh\nengraft").length - 1).isEqualTo(commands);
        if (Boolean.getBoolean("engraft.write.regression")) {
            Files.writeString(PAGE, made.toString());
        } else {
            assertThat(page).isEqualTo(made.toString());
        }
    }
}

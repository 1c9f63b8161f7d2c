package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The help texts, docs/commands.md and the options that scripts depend on agree. The page is written anew by
 * {@code mvn -pl cli -am verify -Dtest=CommandReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dengraft.write.commands=true}.
 */
class CommandReferenceTest {

    private static final Path PAGE = Path.of("../docs/commands.md");

    private static Stream<OptionSpec> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(o -> !o.hidden() && !o.usageHelp())
                .sorted(Comparator.comparingInt(OptionSpec::order));
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Commands and options

                Made from the help texts (`engraft COMMAND --help`) by a test, so it says what the program does. The documents that the
                commands write are in [json.md](json.md), the files that they read in [files.md](files.md) and
                [endpoints.md](endpoints.md).
                """);
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            page.append("\n## ").append(name).append("\n\n");
            String[] description = command.getCommandSpec().usageMessage().description();
            page.append(cell(String.join(" ", description))).append('\n');
            if (options(command).findAny().isPresent()) {
                page.append("\n| option | meaning |\n|---|---|\n");
                options(command)
                        .forEach(o -> page.append("| `")
                                .append(cell(o.longestName() + value(o)))
                                .append("` | ")
                                .append(cell(String.join(" ", o.description())))
                                .append(o.required() ? " Required." : "")
                                .append(" |\n"));
            }
        });
        return page.toString();
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : " " + option.paramLabel();
    }

    private static String cell(String text) {
        return text.replace("%n", " ").replace("%%", "%").replace("|", "\\|").strip();
    }

    @Test
    void thePageSaysWhatTheHelpSays() throws IOException {
        if (Boolean.getBoolean("engraft.write.commands")) {
            Files.writeString(PAGE, page());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }

    /** The options of the contract, by command: what scripts outside use. */
    static Stream<Map.Entry<String, List<String>>> contract() throws IOException {
        Map<String, List<String>> contract = new LinkedHashMap<>();
        Map<String, List<String>> sets = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/contract-options.txt"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = new ArrayList<>();
            for (String word : line.substring(line.indexOf(':') + 1).split(" +")) {
                words.addAll(word.isEmpty() ? List.of() : sets.getOrDefault(word, List.of(word)));
            }
            String name = line.substring(0, line.indexOf(':'));
            (name.startsWith("$") ? sets : contract).put(name, words);
        }
        return contract.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("contract")
    void everyOptionOfTheContractIsThere(Map.Entry<String, List<String>> command) {
        CommandLine line = Main.commandLine().getSubcommands().get(command.getKey());
        Set<String> there = Objects.requireNonNull(line, command.getKey()).getCommandSpec().options().stream()
                .flatMap(o -> Arrays.stream(o.names()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(there).containsAll(command.getValue());
    }

    @Test
    void everyCommandHasAContract() throws IOException {
        List<String> written = contract().map(Map.Entry::getKey).toList();

        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(
                        Main.commandLine().getSubcommands().keySet());
    }

    @Test
    void everyDocumentHasItsSection() throws IOException {
        String json = Files.readString(Path.of("../docs/json.md"));

        assertThat(Main.commandLine().getSubcommands().keySet())
                .allSatisfy(name -> assertThat(json).contains("\n## " + name + "\n"));
    }
}

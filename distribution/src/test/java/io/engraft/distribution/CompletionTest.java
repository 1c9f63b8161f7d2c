package io.engraft.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    @Test
    void theScriptKnowsEveryCommandAndItsOptions(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("completion/engraft");
        Completion.main(new String[] {script.toString()});
        assertThat(script).content().contains("complete -F _complete_engraft").contains("bashcompinit");
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            assertThat(script).content().contains("function _picocli_engraft_" + name + "()");
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> assertThat(script).content().contains(option.longestName()));
        });
        assertThat(Main.commandLine().getSubcommands()).containsKeys("km", "cuminc", "simulate", "demo");
    }

    @Test
    void aFileWithoutAFolderIsWrittenHere(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("engraft");
        Completion.main(new String[] {script.toString()});
        Completion.main(new String[] {script.toString()});
        assertThat(script).content().startsWith("#!/usr/bin/env bash");
    }
}

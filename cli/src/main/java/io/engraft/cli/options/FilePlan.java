package io.engraft.cli.options;

import io.engraft.internal.NewFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The files that a command reads and writes. All places are looked at before any work is done, so that of several files
 * all are written or none; none is written that is read, and none twice.
 */
public final class FilePlan {

    private final CommandSpec command;
    private final Map<String, Path> inputs = new LinkedHashMap<>();
    private final Map<String, Path> outputs = new LinkedHashMap<>();

    private FilePlan(CommandSpec command) {
        this.command = command;
    }

    public static FilePlan of(CommandSpec command) {
        return new FilePlan(command);
    }

    /** A file that is read; standard input and embedded data sets are none. */
    public FilePlan reads(String name, @Nullable String data) {
        if (data != null && !data.equals("-") && !data.startsWith("@")) {
            inputs.put(name, DataOptions.path(data));
        }
        return this;
    }

    /** A file that is written, null for none. */
    public FilePlan writes(String option, @Nullable Path file) {
        if (file != null) {
            outputs.put(option, file);
        }
        return this;
    }

    /** Refuses what would destroy a file, or cannot be written. */
    public void check() {
        Map<String, Path> taken = new LinkedHashMap<>();
        outputs.forEach((option, file) -> {
            inputs.forEach((input, read) -> {
                if (NewFile.isSame(read, file)) {
                    throw Usage.wrong(
                            command,
                            option + " " + file + " is the file that " + input + " is read from; allowed: another");
                }
            });
            taken.forEach((other, written) -> {
                if (NewFile.isSame(written, file)) {
                    throw Usage.wrong(
                            command, other + " and " + option + " are the same file " + file + "; allowed: two files");
                }
            });
            taken.put(option, file);
        });
        outputs.values().forEach(NewFile::requireWritable);
    }
}

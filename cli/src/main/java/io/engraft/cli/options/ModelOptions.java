package io.engraft.cli.options;

import io.engraft.data.SurvivalData;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which event a model is of, and the level of its intervals. */
public final class ModelOptions {

    @Option(
            names = "--cause",
            paramLabel = "K",
            order = 5,
            description = "Only code K is the event, other codes censor (cause-specific); a cause's label will do too.")
    private @Nullable String cause;

    @Mixin
    private final LevelOption level = new LevelOption();

    public boolean hasCause() {
        return cause != null;
    }

    /** The code of the cause; null where every code of 1 or more is the event. */
    public @Nullable Integer cause(SurvivalData rows) {
        return Levels.cause(cause, rows);
    }

    public double level() {
        return level.level();
    }
}

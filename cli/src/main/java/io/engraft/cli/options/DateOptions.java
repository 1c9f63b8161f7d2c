package io.engraft.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Two dates in place of a time. */
public final class DateOptions {

    @Option(
            names = "--from",
            paramLabel = "COL",
            order = 1,
            description =
                    "Column of the date from which time runs, with --to in place of --time; --entry is then a date"
                            + " too.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "COL", order = 1, description = "Column of the date at which follow-up ends.")
    private @Nullable String to;

    @Option(
            names = "--date-format",
            paramLabel = "FORMAT",
            order = 1,
            description = "How dates are written, as d.M.yyyy, dd.MM.yyyy or MM/dd/yyyy; default yyyy-MM-dd.")
    private @Nullable String format;

    @Nullable
    String from() {
        return from;
    }

    @Nullable
    String to() {
        return to;
    }

    @Nullable
    String format() {
        return format;
    }

    boolean isGiven() {
        return from != null || to != null || format != null;
    }
}

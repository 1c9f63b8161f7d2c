package io.engraft.cli.output;

import java.util.Locale;

/** How a result is written. */
public enum Format {
    /** For a person. */
    TEXT,
    /** For a program: one JSON document. */
    JSON,
    /** For a table: one row an estimate. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.engraft.cli;

import java.util.Locale;

/** How a result is written. */
enum Format {
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

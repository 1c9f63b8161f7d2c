package io.engraft.report;

import java.util.Locale;

/** How a document is written. */
public enum Format {
    /** For a person: lines and aligned tables. */
    TEXT,
    /** For a program: one JSON object. */
    JSON,
    /** The tidy table as CSV: one row an estimate. */
    CSV,
    /** Analysis results data as CSV: one row a statistic, see {@link AnalysisResults}. */
    ARD,
    /** The text with Markdown's headings and tables. */
    MARKDOWN,
    /** The text with LaTeX's headings and tables. */
    LATEX,
    /** The text as one HTML element. */
    HTML;

    /**
     * Whether the format is a table alone, in which warnings have no place.
     *
     * @return whether it is {@link #CSV} or {@link #ARD}
     */
    public boolean isTable() {
        return this == CSV || this == ARD;
    }

    /**
     * The name in lower case, as the command line takes it.
     *
     * @return the name
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}

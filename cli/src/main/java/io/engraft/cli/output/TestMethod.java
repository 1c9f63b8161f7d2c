package io.engraft.cli.output;

import org.jspecify.annotations.Nullable;

/** The tests by name. */
public enum TestMethod {
    LOG_RANK("logrank", "Log-rank test"),
    GEHAN("gehan", "Gehan's generalised Wilcoxon test"),
    TARONE_WARE("tarone-ware", "Test of Tarone and Ware"),
    PETO("peto", "Test of Peto and Peto"),
    PETO_MODIFIED("peto-modified", "Test of Peto and Peto, modified"),
    FLEMING_HARRINGTON("fleming-harrington", "Test of Fleming and Harrington"),
    GRAY("gray", "Gray's test of cumulative incidence"),
    RMST("rmst", "Restricted mean times"),
    FIXED_TIME("fixed-time", "Comparison at a fixed time");

    /** What is compared. */
    public enum Compares {
        HAZARDS,
        SURVIVAL,
        INCIDENCE
    }

    private final String label;
    private final String title;

    TestMethod(String label, String title) {
        this.label = label;
        this.title = title;
    }

    public String label() {
        return label;
    }

    public String title() {
        return title;
    }

    public boolean isRankTest() {
        return this != GRAY && this != RMST && this != FIXED_TIME;
    }

    public boolean hasIntervals() {
        return this == RMST || this == FIXED_TIME;
    }

    public Compares compares(@Nullable Integer cause) {
        if (this == GRAY || (this == FIXED_TIME && cause != null)) {
            return Compares.INCIDENCE;
        }
        return isRankTest() ? Compares.HAZARDS : Compares.SURVIVAL;
    }

    public boolean isCauseSpecificWith(@Nullable Integer cause) {
        return cause != null && compares(cause) != Compares.INCIDENCE;
    }
}

package io.engraft.report.tests;

import io.engraft.inference.TestResult;
import java.util.Arrays;

/** The tests by the names that documents and the command line give them. */
public enum TestMethod {
    /** The log-rank test. */
    LOG_RANK("logrank", "Log-rank test"),
    /** Gehan's test. */
    GEHAN("gehan", "Gehan's generalised Wilcoxon test"),
    /** The test of Tarone and Ware. */
    TARONE_WARE("tarone-ware", "Test of Tarone and Ware"),
    /** The test of Peto and Peto. */
    PETO("peto", "Test of Peto and Peto"),
    /** The test of Peto and Peto with Andersen's weight. */
    PETO_MODIFIED("peto-modified", "Test of Peto and Peto, modified"),
    /** The family of Fleming and Harrington. */
    FLEMING_HARRINGTON("fleming-harrington", "Test of Fleming and Harrington"),
    /** Gray's test. */
    GRAY("gray", "Gray's test of cumulative incidence"),
    /** Restricted mean times. */
    RMST("rmst", "Restricted mean times"),
    /** Curves at one time. */
    FIXED_TIME("fixed-time", "Comparison at a fixed time");

    private final String label;
    private final String title;

    TestMethod(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /**
     * The name in documents.
     *
     * @return such as "logrank"
     */
    public String label() {
        return label;
    }

    /**
     * The name in headings.
     *
     * @return such as "Log-rank test"
     */
    public String title() {
        return title;
    }

    /** Whether a result is of this test; the tests by ranks share their results' form. */
    boolean isOf(TestResult result) {
        return isRankTest()
                ? Arrays.stream(values()).noneMatch(m -> !m.isRankTest() && m.label.equals(result.method()))
                : label.equals(result.method());
    }

    /**
     * Whether hazards are compared by ranks.
     *
     * @return whether it is a relative of the log-rank test
     */
    public boolean isRankTest() {
        return this != GRAY && this != RMST && this != FIXED_TIME;
    }

    /**
     * Whether its contrasts have intervals.
     *
     * @return whether they have
     */
    public boolean hasIntervals() {
        return this == RMST || this == FIXED_TIME;
    }

    /**
     * Whether cumulative incidence is compared, so that other causes compete; else they censor.
     *
     * @param causeNamed whether one cause alone is the event
     * @return whether other causes compete
     */
    public boolean comparesIncidence(boolean causeNamed) {
        return this == GRAY || (this == FIXED_TIME && causeNamed);
    }
}

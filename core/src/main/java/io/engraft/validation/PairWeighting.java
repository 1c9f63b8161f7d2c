package io.engraft.validation;

/**
 * By what a pair of patients counts, beside their weights, where the earlier one has the event at t. With n(t) the number
 * at risk at t, S the product limit of survival, N all who were observed, and
 *
 * <pre>
 *   G(t-) = n(t) / (N S(t-))
 * </pre>
 *
 * <p>the share under observation of those who are free of the event. Without delayed entry that is the product limit of not
 * being censored, at one time events before censorings; with delayed entry it takes account of those who are not there yet
 * too. In strata n, S and N are those of the stratum.
 *
 * <p>A sum over the pairs of an event time is n(t) times the rank of its event among those at risk, so the labels, which are
 * R's, say how the ranks are averaged.
 */
public enum PairWeighting {
    /** Each pair by 1: Harrell's index. What it estimates depends on the censoring. */
    HARRELL("n", 0, 0),
    /** By N S(t-) / n(t), as Peto and Peto weigh the log-rank test. */
    PETO("S", 1, 1),
    /** By N S(t-) / (n(t) G(t-)), after Schemper. The same numbers as {@link #UNO}. */
    SCHEMPER("S/G", 2, 2),
    /**
     * By 1 / G(t-)^2: Uno's index, which estimates what would be seen without censoring; with a horizon, up to it. The last
     * events weigh much where few are under observation: a horizon before that is advised.
     */
    UNO("n/G2", 2, 2),
    /** By 1 / n(t): each event counts alike, as in the log-rank test. */
    LOG_RANK("I", 0, 1);

    private final String label;
    final int survivalPower;
    final int riskPower;

    PairWeighting(String label, int survivalPower, int riskPower) {
        this.label = label;
        this.survivalPower = survivalPower;
        this.riskPower = riskPower;
    }

    /**
     * The name that R and the command line have for it.
     *
     * @return "n", "S", "S/G", "n/G2" or "I"
     */
    public String label() {
        return label;
    }
}

package io.engraft.estimate;

/**
 * How survival is estimated from d(s) events among n(s) at risk at each time s. The three differ by little unless few are
 * at risk: Kaplan-Meier &lt;= Fleming-Harrington &lt;= Breslow, everywhere. The variances below are those without
 * weights or clusters; var S = S^2 times the sum.
 */
public enum SurvivalEstimator {
    /** The product of 1 - d / n, its variance from the sum of d / (n (n - d)). */
    KAPLAN_MEIER("Kaplan-Meier", "greenwood"),
    /** exp(-H) with H the sum of d / n (Nelson-Aalen), its variance from the sum of d / n^2; never 0. */
    BRESLOW("Breslow", "d/n^2"),
    /**
     * exp(-H) with H the sum of 1/n + 1/(n-1) + ... + 1/(n-d+1), as if tied events came one after the other; its
     * variance from the sum of their squares. Frequency weights count as repeated rows, so that the weight of events at
     * a time must be whole. With sampling weights the D rows of a tie share its weight d in equal steps, as in R: H is the sum
     * of (d/D) / (n - j d/D), j from 0 to D - 1.
     */
    FLEMING_HARRINGTON("Fleming-Harrington", "sum of 1/(n-j)^2");

    private final String label;
    private final String variance;

    SurvivalEstimator(String label, String variance) {
        this.label = label;
        this.variance = variance;
    }

    /**
     * The name in results.
     *
     * @return for example "Kaplan-Meier"
     */
    public String label() {
        return label;
    }

    String variance() {
        return variance;
    }
}

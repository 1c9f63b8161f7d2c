package io.engraft.evidence;

/**
 * What is assumed, where the incidence of one cause alone was read, of those who left the numbers at risk without that
 * cause. A single curve cannot tell; the two are the extremes.
 */
public enum Leavers {

    /** They were censored. The data give the curve back as 1 - Kaplan-Meier, as if there were no competing event. */
    CENSORED,
    /**
     * They had a competing event. The data give the curve back as an Aalen-Johansen estimate. Those still at risk at the end
     * are censored.
     */
    COMPETING
}

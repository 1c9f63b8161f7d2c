package io.engraft.estimate;

/**
 * Which estimate of the variance of a cumulative incidence. With n at risk, d events of any cause and d_k of the cause at a
 * time s, S the survival just before it and D = F(t) - F(s), the last two are the sum over s &lt;= t of
 *
 * <pre>
 *   D^2 a + S^2 b - 2 D S c,   b = d_k (n - d_k) / (n^2 (n - 1)),   c = d_k (n - d_k) / (n (n - d) (n - 1))
 * </pre>
 *
 * <p>They are equal where events of different causes do not tie, but for the last subject alone at risk (n = 1): there
 * {@link #AALEN} leaves the term out and {@link #CMPRSK} has b = 1.
 */
public enum IncidenceVariance {
    /**
     * The delta method with multinomial increments (Dinse and Larson; Greenwood-type, as R's etm). Without delayed entry and
     * weights it equals the infinitesimal jackknife, which R's survfit gives always, and which is the robust variance here.
     */
    DELTA("delta"),
    /**
     * a = d / ((n - 1) (n - d)): Aalen (1978), as SAS documents it. Where large shares of those at risk have events of
     * several causes at one time the sum can be negative; there is no standard error then.
     */
    AALEN("aalen"),
    /**
     * a = (d_k (n - d_k) + d_o (n - d_o)) / ((n - 1) (n - d)^2) with d_o = d - d_k: what R's cmprsk gives, found by
     * experiment to hold with ties. Never negative. For plain follow-up only: cmprsk has neither weights nor delayed entry.
     */
    CMPRSK("cmprsk");

    private final String label;

    IncidenceVariance(String label) {
        this.label = label;
    }

    /**
     * The name on the command line and in results.
     *
     * @return for example "delta"
     */
    public String label() {
        return label;
    }
}

package io.engraft.evidence;

/**
 * How the variance between studies, tau^2, is estimated where logits are taken as normal with known variances. The
 * binomial-normal likelihood has its own, maximum likelihood.
 */
public enum HeterogeneityMethod {

    /** DerSimonian and Laird 1986: by the expectation of Q; no iteration. */
    DERSIMONIAN_LAIRD("DL"),
    /** Paule and Mandel 1982: the tau^2 at which the generalised Q is its expectation, k - 1. */
    PAULE_MANDEL("PM"),
    /** Restricted maximum likelihood. */
    REML("REML");

    private final String label;

    HeterogeneityMethod(String label) {
        this.label = label;
    }

    /**
     * The usual abbreviation.
     *
     * @return DL, PM or REML
     */
    public String label() {
        return label;
    }
}

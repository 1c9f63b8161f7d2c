package io.engraft.evidence;

/** How the interval of a pooled proportion is made. */
public enum PoolingInterval {

    /**
     * From the binomial-normal likelihood, without corrections: the profile likelihood up to the deviance k log(1 + t(k -
     * 1)^2 / (k - 1)), and at least Clopper and Pearson's interval of all patients together; see {@link ProportionPool}.
     */
    LIKELIHOOD("likelihood"),
    /** mu +- z / sqrt(sum w): takes tau^2 as known; too short with few studies. */
    WALD("wald"),
    /**
     * Hartung and Knapp 2001: mu +- t(k - 1) s, s^2 = sum w (y - mu)^2 / ((k - 1) sum w), or Wald's interval where that is
     * wider (the second hybrid of Jackson, Law, R&uuml;cker and Schwarzer 2017), so that it is never narrower than the
     * interval of a common effect.
     */
    HARTUNG_KNAPP("hartung-knapp"),
    /**
     * Hartung and Knapp 2001 as it stands: mu +- t(k - 1) s. Where the studies happen to agree it shrinks, to a point where
     * they agree wholly; the result warns.
     */
    HARTUNG_KNAPP_PLAIN("hartung-knapp-plain");

    private final String label;

    PoolingInterval(String label) {
        this.label = label;
    }

    /**
     * The name in tables.
     *
     * @return the name, in lower case
     */
    public String label() {
        return label;
    }
}

package io.engraft.evidence;

/** How the interval of a pooled proportion is made. */
public enum PoolingInterval {

    /** mu +- z / sqrt(sum w): takes tau^2 as known; too short with few studies. */
    WALD("wald"),
    /**
     * Hartung and Knapp 2001: mu +- t(k - 1) s, s^2 = sum w (y - mu)^2 / ((k - 1) sum w). It can be shorter than Wald's where
     * the studies happen to agree.
     */
    HARTUNG_KNAPP("hartung-knapp");

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

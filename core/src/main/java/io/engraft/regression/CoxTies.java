package io.engraft.regression;

/** How events at one time count in a Cox model's partial likelihood. */
public enum CoxTies {
    /**
     * By Efron: as if they came one after the other in an order not known, each leaving its share of the risk set. As R's
     * default.
     */
    EFRON("Efron"),
    /** By Breslow: each against the whole risk set. Coefficients lean towards 0 where there are many ties. */
    BRESLOW("Breslow");

    private final String label;

    CoxTies(String label) {
        this.label = label;
    }

    /**
     * What the method is called.
     *
     * @return for example "Efron"
     */
    public String label() {
        return label;
    }
}

package io.engraft.regression;

import io.engraft.regression.internal.risk.TieMethod;

/** How events at one time count in a Cox model's partial likelihood. */
public enum CoxTies {
    /**
     * By Efron: as if they came one after the other in an order not known, each leaving its share of the risk set. As R's
     * default.
     */
    EFRON("Efron", TieMethod.EFRON),
    /** By Breslow: each against the whole risk set. Coefficients lean towards 0 where there are many ties. */
    BRESLOW("Breslow", TieMethod.BRESLOW),
    /**
     * As if time were discrete: that of those at risk just these have the event, given how many do (Cox 1972; R's "exact",
     * SAS's DISCRETE, conditional logistic regression; not SAS's EXACT, which is a marginal likelihood of continuous time).
     * Its coefficients are log odds ratios of an event at one time. It has no baseline hazard of its own, hence neither
     * predictions nor residuals, and no robust variance; its work grows with the number of tied events.
     */
    EXACT("exact", TieMethod.EXACT);

    private final String label;
    private final TieMethod method;

    CoxTies(String label, TieMethod method) {
        this.label = label;
        this.method = method;
    }

    TieMethod method() {
        return method;
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

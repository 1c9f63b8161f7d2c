package io.engraft.multistate.fit;

/** How the hazards of a step of time become probabilities of moving and of staying. */
public enum SurvivalForm {

    /**
     * Of those in a state the share dH moves, and 1 less all such shares stays: the product limit, in which probabilities
     * add to 1. Where the hazards out of a state add to more than 1 at one time, all of it moves, in proportion.
     */
    PRODUCT_LIMIT("product limit"),

    /**
     * The share dH moves and exp(-sum of dH) stays, as in riskRegression with {@code product.limit = FALSE}. Probabilities
     * then add to a little more than 1.
     */
    EXPONENTIAL("exp(-H)");

    private final String label;

    SurvivalForm(String label) {
        this.label = label;
    }

    /**
     * What the form is called in output.
     *
     * @return "product limit" or "exp(-H)"
     */
    public String label() {
        return label;
    }
}

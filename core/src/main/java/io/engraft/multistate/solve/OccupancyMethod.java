package io.engraft.multistate.solve;

/** How the curves of a model are computed. */
public enum OccupancyMethod {
    /** Constant rates between cuts: matrix exponentials, exact to rounding. */
    MATRIX_EXPONENTIAL,
    /** Markov with rates that change with time: the product integral, by collocation on panels. */
    PRODUCT_INTEGRAL,
    /** Clocks that start with the state, or fates, also beside forward clocks: renewal equations on panels. */
    RENEWAL_EQUATIONS
}

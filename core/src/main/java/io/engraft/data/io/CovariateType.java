package io.engraft.data.io;

/** How a covariate's column is read. */
public enum CovariateType {
    /**
     * Numeric if every value is a number, else categorical. Refused where a column looks like numbers with mistakes:
     * where more rows hold numbers than text, or every text in it is a miswritten number (such as 1,5). Each cell is
     * then named; such a column must be declared.
     */
    AUTOMATIC,
    /** Numeric: any text in it is an error. */
    NUMERIC,
    /** Categorical, numbers too. */
    CATEGORICAL
}

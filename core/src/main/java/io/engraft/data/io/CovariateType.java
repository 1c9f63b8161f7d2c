package io.engraft.data.io;

/** How a covariate's column is read. */
public enum CovariateType {
    /**
     * Numeric if every value is a number, else categorical. Refused where a column looks like numbers with mistakes:
     * where every text in it is a miswritten number (such as 1,5 or NaN), or where text stands among ten or more
     * different numbers that are most of the column's values. Such a column must be declared.
     */
    AUTOMATIC,
    /** Numeric: any text in it is an error. */
    NUMERIC,
    /** Categorical, numbers too. */
    CATEGORICAL
}

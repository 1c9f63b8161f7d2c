package io.engraft.report;

import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;

/**
 * Which standard error the limits and p-values of a result use, in the words that every document says it in: {@code
 * model}, {@code robust by row}, or {@code robust by COLUMN}.
 */
public final class StandardErrors {

    private static final String ROBUST_BY = "robust by ";

    private static final StandardErrors MODEL = new StandardErrors("model");

    private final String words;

    private StandardErrors(String words) {
        this.words = words;
    }

    /**
     * The model's own: Greenwood's, the inverse of the information, Monte Carlo error, or whatever holds where nothing is
     * robust.
     *
     * @return the choice
     */
    public static StandardErrors model() {
        return MODEL;
    }

    /**
     * Robust, each row on its own.
     *
     * @return the choice
     */
    public static StandardErrors byRow() {
        return new StandardErrors(ROBUST_BY + "row");
    }

    /**
     * Robust, rows of one level of a column together.
     *
     * @param column the column's name
     * @return the choice
     */
    public static StandardErrors by(String column) {
        return new StandardErrors(ROBUST_BY + column);
    }

    /**
     * Those of a result of rows: by the cluster column where there is one, else by the id column where somebody has
     * several rows, else by row.
     *
     * @param rows the rows
     * @param columns what their columns are called
     * @param robust whether the result's errors are robust
     * @return the choice
     */
    public static StandardErrors of(SurvivalData rows, DataColumns columns, boolean robust) {
        if (!robust) {
            return MODEL;
        }
        return switch (Clusters.of(rows).unit()) {
            case CLUSTER -> by(columns.cluster());
            case ID -> by(columns.id());
            case ROW -> byRow();
        };
    }

    /**
     * Whether they are robust.
     *
     * @return whether they are not the model's
     */
    public boolean isRobust() {
        return this != MODEL;
    }

    /**
     * The words.
     *
     * @return "model", "robust by row" or "robust by COLUMN"
     */
    public String words() {
        return words;
    }

    @Override
    public String toString() {
        return words;
    }
}

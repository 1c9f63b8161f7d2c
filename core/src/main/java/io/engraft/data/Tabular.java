package io.engraft.data;

/** A result that can be laid out as a table, one row an estimate. */
public interface Tabular {

    /**
     * The result as a table.
     *
     * @return one row an estimate, with named, typed columns
     */
    TidyTable tidy();
}

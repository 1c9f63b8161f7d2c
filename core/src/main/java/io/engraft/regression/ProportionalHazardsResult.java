package io.engraft.regression;

import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.List;

/** Tests of proportional hazards. Immutable. */
public final class ProportionalHazardsResult implements Tabular {

    private final TimeTransform transform;
    private final List<TermTest> terms;
    private final ModelTest global;

    ProportionalHazardsResult(TimeTransform transform, List<TermTest> terms, ModelTest global) {
        this.transform = transform;
        this.terms = List.copyOf(terms);
        this.global = global;
    }

    /**
     * The test of one term.
     *
     * @param name the term
     * @param test over all its columns
     */
    public record TermTest(String name, ModelTest test) {
        @Override
        public String toString() {
            return name + ": " + test;
        }
    }

    /** {@return the scale of time} */
    public TimeTransform transform() {
        return transform;
    }

    /** {@return the tests of the terms, in the order of the model} */
    public List<TermTest> terms() {
        return terms;
    }

    /** {@return the test of all terms together} */
    public ModelTest global() {
        return global;
    }

    /**
     * The tests as a table.
     *
     * @return one row a term, and one called GLOBAL: term, statistic, df, p_value
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("term")
                .number("statistic")
                .number("df")
                .number("p_value");
        terms.forEach(term -> add(table, term.name(), term.test()));
        add(table, "GLOBAL", global);
        return table.build();
    }

    private static void add(TidyTable.Builder table, String name, ModelTest test) {
        table.row(name, test.statistic(), (double) test.degreesOfFreedom(), test.pValue());
    }

    @Override
    public String toString() {
        return "proportional hazards over " + transform.label() + ": " + Brief.pValue(global.pValue()) + " over all "
                + Brief.count(terms.size(), "term");
    }
}

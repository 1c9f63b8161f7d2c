package io.engraft.regression;

import io.engraft.curve.Interval;
import io.engraft.data.TidyTable;
import java.util.List;
import java.util.OptionalDouble;

/** Coefficients as a table. */
final class CoefficientTable {

    private CoefficientTable() {}

    static TidyTable of(List<Coefficient> coefficients) {
        TidyTable.Builder table = TidyTable.builder()
                .text("name")
                .text("parameter")
                .number("estimate")
                .number("std_error")
                .number("robust_std_error")
                .number("z")
                .number("p_value")
                .number("lower")
                .number("upper");
        for (Coefficient c : coefficients) {
            Interval i = c.value().interval();
            table.row(
                    c.name(),
                    c.parameter(),
                    number(c.value().optional()),
                    number(c.stdError()),
                    number(c.robustStdError()),
                    number(c.z()),
                    number(c.pValue()),
                    number(i.lower()),
                    number(i.upper()));
        }
        return table.build();
    }

    private static double number(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }
}

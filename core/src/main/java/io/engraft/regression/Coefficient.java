package io.engraft.regression;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A coefficient of a fitted model, on the working scale of its parameter. */
public final class Coefficient {

    private final String name;
    private final String parameter;
    private final PointEstimate value;
    private final OptionalDouble stdError;
    private final OptionalDouble robustStdError;
    private final OptionalDouble z;
    private final OptionalDouble pValue;

    Coefficient(
            String name,
            String parameter,
            PointEstimate value,
            OptionalDouble stdError,
            OptionalDouble robustStdError,
            OptionalDouble z,
            OptionalDouble pValue) {
        this.name = name;
        this.parameter = parameter;
        this.value = value;
        this.stdError = stdError;
        this.robustStdError = robustStdError;
        this.z = z;
        this.pValue = pValue;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return the parameter that it acts on} */
    public String parameter() {
        return parameter;
    }

    /**
     * {@return the estimate with the standard error in force (the robust one where there is one) and its normal
     * interval; not estimable for a covariate that was left out}
     */
    public PointEstimate value() {
        return value;
    }

    /** {@return the model-based standard error, empty where not estimable} */
    public OptionalDouble stdError() {
        return stdError;
    }

    /** {@return the robust standard error, empty where not asked for or not estimable} */
    public OptionalDouble robustStdError() {
        return robustStdError;
    }

    /** {@return the estimate over the standard error in force; empty for a parameter itself, of which 0 is no hypothesis} */
    public OptionalDouble z() {
        return z;
    }

    /** {@return the p-value, two-sided, of z as standard normal} */
    public OptionalDouble pValue() {
        return pValue;
    }

    /** The same without a test, where 0 is no hypothesis. */
    Coefficient withoutTest() {
        return new Coefficient(
                name, parameter, value, stdError, robustStdError, OptionalDouble.empty(), OptionalDouble.empty());
    }

    private List<?> parts() {
        return List.of(name, parameter, value, stdError, robustStdError, z, pValue);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Coefficient that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** Such as {@code age: -0.01516 (-0.03599 to 0.005679), p = 0.1539}. */
    @Override
    public String toString() {
        return name + ": " + value + (pValue.isPresent() ? ", " + Brief.pValue(pValue.getAsDouble()) : "");
    }

    /** Coefficients as a table. */
    static TidyTable table(List<Coefficient> coefficients) {
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

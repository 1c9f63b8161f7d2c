package io.engraft.regression;

import io.engraft.curve.PointEstimate;
import io.engraft.internal.Brief;
import java.util.OptionalDouble;

/**
 * A coefficient of a fitted model, on the working scale of its parameter.
 *
 * @param name its name
 * @param parameter the parameter that it acts on
 * @param value the estimate with the standard error in force (the robust one where there is one) and its normal interval;
 *     not estimable for a covariate that was left out
 * @param stdError the model-based standard error, empty where not estimable
 * @param robustStdError the robust standard error, empty where not asked for or not estimable
 * @param z the estimate over the standard error in force
 * @param pValue two-sided, of z as standard normal
 */
public record Coefficient(
        String name,
        String parameter,
        PointEstimate value,
        OptionalDouble stdError,
        OptionalDouble robustStdError,
        OptionalDouble z,
        OptionalDouble pValue) {

    /** Such as {@code age: -0.01516 (-0.03599 to 0.005679), p = 0.1539}. */
    @Override
    public String toString() {
        return name + ": " + value + (pValue.isPresent() ? ", " + Brief.pValue(pValue.getAsDouble()) : "");
    }
}

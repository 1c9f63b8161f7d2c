package io.engraft.charts;

import io.engraft.curve.SurvivalFunction;
import org.jspecify.annotations.Nullable;

/** What is special to figures of survival. */
final class SurvivalOptions extends CurveOptions<SurvivalFunction> {

    /** Null for marks on curves with few enough of them. */
    @Nullable
    Boolean censorMarks;

    boolean medianLines;

    SurvivalOptions() {
        yLabel = "Probability of no event";
    }

    @Override
    CurveReader reader(SurvivalFunction function) {
        return CurveReader.of(function);
    }
}

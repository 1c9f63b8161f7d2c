package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.curve.SurvivalFunction;
import java.util.List;

/** The survival function that a fitted model predicts for a patient. */
public sealed interface PatientSurvival extends SurvivalFunction permits FittedSurvival, PredictedSurvival {

    /**
     * The same curve with the model's own errors, which are those in force where none is robust.
     *
     * @return the curve
     */
    @CheckReturnValue
    PatientSurvival withModelErrors();

    /**
     * The end of follow-up of the rows that the model was fitted to.
     *
     * @return the largest finite time of a row that counts
     */
    double lastTime();

    /**
     * What a reader of the curve should know of the patient.
     *
     * @return sentences, maybe none
     */
    List<String> warnings();

    /**
     * What a reader of the curve at some times should know.
     *
     * @param times the times, whether of survival or times by which shares have had the event
     * @return those of {@link #warnings()}, and maybe more
     */
    List<String> warnings(double... times);
}

package io.engraft.report.models;

import io.engraft.CheckReturnValue;
import io.engraft.curve.PointEstimate;
import io.engraft.regression.PatientSurvival;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model predicts for one patient.
 *
 * @param covariates the patient's covariates in words, in the order in which they are shown; empty for nobody in
 *     particular
 * @param curve the predicted survival
 * @param survival survival at chosen times
 * @param quantiles times by which chosen shares have had the event
 */
@CheckReturnValue
public record AftPrediction(
        Map<String, String> covariates, PatientSurvival curve, List<At> survival, List<At> quantiles) {

    /**
     * A value at a time, or a time at a share.
     *
     * @param at the time or share
     * @param value the survival or the time
     */
    public record At(double at, PointEstimate value) {}

    /**
     * Keeps copies.
     *
     * @param covariates the patient's covariates in words
     * @param curve the predicted survival
     * @param survival survival at chosen times
     * @param quantiles times by which chosen shares have had the event
     */
    public AftPrediction {
        covariates = Collections.unmodifiableMap(new LinkedHashMap<>(covariates));
        survival = List.copyOf(survival);
        quantiles = List.copyOf(quantiles);
    }

    /**
     * The prediction of a curve.
     *
     * @param covariates the patient's covariates in words
     * @param curve the predicted survival
     * @param times times of which survival is reported
     * @param shares shares of which the time is reported
     * @return the prediction
     */
    public static AftPrediction of(
            Map<String, String> covariates, PatientSurvival curve, double[] times, List<Double> shares) {
        List<At> survival = Arrays.stream(times)
                .mapToObj(t -> new At(t, curve.survivalAt(t)))
                .toList();
        List<At> quantiles =
                shares.stream().map(p -> new At(p, curve.quantile(p))).toList();
        return new AftPrediction(covariates, curve, survival, quantiles);
    }

    /**
     * The covariates in words.
     *
     * @return such as "age 30, phase CR1", empty for nobody in particular
     */
    public String words() {
        return PredictionWriting.words(covariates);
    }
}

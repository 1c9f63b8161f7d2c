package io.engraft.report.models;

import io.engraft.CheckReturnValue;
import io.engraft.regression.PredictedIncidence;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The incidence of a cause that a model predicts for one patient.
 *
 * @param covariates the patient's covariates in words, in the order in which they are shown; empty for nobody in
 *     particular
 * @param curve the predicted incidence
 * @param incidence the incidence at chosen times
 */
@CheckReturnValue
public record IncidencePrediction(
        Map<String, String> covariates, PredictedIncidence curve, List<AftPrediction.At> incidence) {

    /**
     * Keeps copies.
     *
     * @param covariates the patient's covariates in words
     * @param curve the predicted incidence
     * @param incidence the incidence at chosen times
     */
    public IncidencePrediction {
        covariates = Collections.unmodifiableMap(new LinkedHashMap<>(covariates));
        incidence = List.copyOf(incidence);
    }

    /**
     * The prediction of a curve.
     *
     * @param covariates the patient's covariates in words
     * @param curve the predicted incidence
     * @param times times of which the incidence is reported
     * @return the prediction
     */
    public static IncidencePrediction of(Map<String, String> covariates, PredictedIncidence curve, double... times) {
        List<AftPrediction.At> incidence = Arrays.stream(times)
                .mapToObj(t -> new AftPrediction.At(t, curve.incidenceAt(t)))
                .toList();
        return new IncidencePrediction(covariates, curve, incidence);
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

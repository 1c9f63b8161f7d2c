package io.engraft.multistate.fit;

import io.engraft.NotEstimableException;
import io.engraft.data.Transition;
import io.engraft.multistate.Clock;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import java.util.List;
import java.util.Optional;

/**
 * The law of one transition as fitted to those at risk of it.
 *
 * @param transition the transition
 * @param clock what its time counts from
 * @param family the family of laws
 * @param covariates the covariates on the family's location parameter
 * @param rows the number of rows at risk
 * @param events how often the transition was seen; frequency weights count
 * @param result the fit, whatever its status; empty where there were fewer events than coefficients
 * @param problem why it cannot be part of a model, empty where it can
 */
public record TransitionFit(
        Transition transition,
        Clock clock,
        ParametricFamily family,
        List<String> covariates,
        int rows,
        double events,
        Optional<ParametricFit> result,
        String problem) {

    /**
     * Copies the list.
     *
     * @param transition the transition
     * @param clock what its time counts from
     * @param family the family of laws
     * @param covariates the covariates on the family's location parameter
     * @param rows the number of rows at risk
     * @param events how often the transition was seen
     * @param result the fit
     * @param problem why it cannot be part of a model
     */
    public TransitionFit {
        covariates = List.copyOf(covariates);
    }

    /**
     * The fit.
     *
     * @return its coefficients, log-likelihood and status
     * @throws NotEstimableException when there is none, with the reason
     */
    public ParametricFit fit() {
        return result.orElseThrow(() -> new NotEstimableException(problem));
    }
}

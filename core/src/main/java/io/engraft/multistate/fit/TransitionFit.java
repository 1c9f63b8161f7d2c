package io.engraft.multistate.fit;

import io.engraft.NotEstimableException;
import io.engraft.data.Transition;
import io.engraft.internal.Brief;
import io.engraft.multistate.Clock;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The law of one transition as fitted to those at risk of it.
 */
public final class TransitionFit {

    private final Transition transition;
    private final Clock clock;
    private final ParametricFamily family;
    private final List<String> covariates;
    private final int rows;
    private final double events;
    private final Optional<ParametricFit> result;
    private final String problem;

    TransitionFit(
            Transition transition,
            Clock clock,
            ParametricFamily family,
            List<String> covariates,
            int rows,
            double events,
            Optional<ParametricFit> result,
            String problem) {
        this.transition = transition;
        this.clock = clock;
        this.family = family;
        this.covariates = List.copyOf(covariates);
        this.rows = rows;
        this.events = events;
        this.result = result;
        this.problem = problem;
    }

    /** {@return the transition} */
    public Transition transition() {
        return transition;
    }

    /** {@return what its time counts from} */
    public Clock clock() {
        return clock;
    }

    /** {@return the family of laws} */
    public ParametricFamily family() {
        return family;
    }

    /** {@return the covariates that the terms on the family's location parameter are made of} */
    public List<String> covariates() {
        return covariates;
    }

    /** {@return the number of rows at risk} */
    public int rows() {
        return rows;
    }

    /** {@return how often the transition was seen; frequency weights count} */
    public double events() {
        return events;
    }

    /** {@return the fit, whatever its status; empty where there were fewer events than coefficients} */
    public Optional<ParametricFit> result() {
        return result;
    }

    /** {@return why it cannot be part of a model, empty where it can} */
    public String problem() {
        return problem;
    }

    /**
     * The fit.
     *
     * @return its coefficients, log-likelihood and status
     * @throws NotEstimableException when there is none, with the reason
     */
    public ParametricFit parametricFit() {
        return result.orElseThrow(() -> new NotEstimableException(problem));
    }

    private List<?> parts() {
        return List.of(transition, clock, family, covariates, rows, events, result, problem);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransitionFit that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return transition.from() + " to " + transition.to() + ": " + family.label() + ", clock " + clock.label() + ", "
                + Brief.count(events, "event") + " in " + Brief.count(rows, "row") + " at risk"
                + (problem.isEmpty() ? "" : "; " + problem);
    }
}

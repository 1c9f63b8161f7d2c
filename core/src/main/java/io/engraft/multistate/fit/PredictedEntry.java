package io.engraft.multistate.fit;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.regression.CovariatePath;
import java.util.List;
import java.util.OptionalInt;

/**
 * The probability that one patient has entered a state by a time, which Cox models of the transitions predict: of a cause of
 * failure, its absolute risk. See {@link PredictedStates} for how it is made. Immutable.
 */
public final class PredictedEntry implements IncidenceFunction, Tabular {

    private final PredictedStates states;
    private final String state;
    private final OptionalInt code;

    PredictedEntry(PredictedStates states, String state) {
        this(states, state, OptionalInt.empty());
    }

    PredictedEntry(PredictedStates states, String state, OptionalInt code) {
        this.states = states;
        this.state = state;
        this.code = code;
    }

    @Override
    public String cause() {
        return state;
    }

    @Override
    public OptionalInt causeCode() {
        return code;
    }

    @Override
    public PointEstimate incidenceAt(double t) {
        return states.probabilityAt(state, t);
    }

    @Override
    public double[] incidenceValues(double[] times) {
        return states.probabilityValues(times)[states.states().indexOf(state)];
    }

    @Override
    public double horizon() {
        return states.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return states.jumpTimes();
    }

    /**
     * The covariates for which this is predicted.
     *
     * @return the path; one profile where they do not change
     */
    public CovariatePath path() {
        return states.path();
    }

    /**
     * All states of the same patient; where the state can be left, with it as their end.
     *
     * @return the probabilities
     */
    public PredictedStates states() {
        return states;
    }

    /**
     * What a reader of the curve should know.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return states.warnings();
    }

    /**
     * The curve as a table. The standard error of each row goes through all steps before it.
     *
     * @return one row a time of a step: time, incidence, std_error, lower, upper; NaN where there is no limit
     */
    @Override
    public TidyTable tidy() {
        return PointEstimate.table("incidence", jumpTimes(), this::incidenceAt);
    }

    @Override
    public String toString() {
        return "predicted incidence of " + state + " for " + states.path() + ", at " + horizon() + " "
                + incidenceAt(horizon());
    }
}

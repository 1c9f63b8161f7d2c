package io.engraft.curve;

import java.util.List;
import java.util.OptionalDouble;

/**
 * P(in state j at time t) for every state j of a model, jointly: at each time the probabilities sum to 1. Survival and
 * cumulative incidence curves are views of it.
 */
public interface StateProbabilities {

    /**
     * The states, by name.
     *
     * @return distinct names, in the order of every array of this interface
     */
    List<String> states();

    /**
     * The probability of one state at one time, with its uncertainty.
     *
     * @param state a name from {@link #states()}
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond {@link #horizon()}
     * @throws io.engraft.InvalidArgumentException when the state is unknown, or t is negative or NaN
     */
    PointEstimate probabilityAt(String state, double t);

    /**
     * All probabilities at many times, in bulk.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return {@code values[state][time]}; NaN where not estimable
     * @throws io.engraft.InvalidArgumentException when a time is negative or NaN
     */
    double[][] probabilityValues(double[] times);

    /**
     * The joint covariance of all probabilities over several times.
     *
     * @param times the times, each &gt;= 0
     * @return a symmetric matrix; row and column {@code time * states + state}; zeros where nothing is estimated; NaN
     *     in the rows and columns of times at which the probabilities are not estimable
     */
    double[][] covariance(double[] times);

    /**
     * The time from which the probabilities are.
     *
     * @return 0, or the time that an estimate starts from
     */
    default double start() {
        return 0;
    }

    /**
     * How many patients stand behind the probabilities: those at risk in any state when somebody next leaves a state or
     * is censored.
     *
     * @param t the time, t &gt;= 0; what happens at it counts
     * @return the number, weighted where the data are, 0 beyond the end; empty where no patients are behind, as for models
     */
    default OptionalDouble numberAtRisk(double t) {
        return OptionalDouble.empty();
    }

    /**
     * The last time at which the probabilities are known.
     *
     * @return the end of the domain, infinity for models
     */
    double horizon();

    /**
     * The times at which the probabilities may jump.
     *
     * @return ascending times of step functions; empty for continuous ones
     */
    double[] jumpTimes();
}

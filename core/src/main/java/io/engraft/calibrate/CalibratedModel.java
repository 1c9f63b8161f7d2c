package io.engraft.calibrate;

import io.engraft.FitStatus;
import io.engraft.NotEstimableException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.law.LawFamily;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What targets make of an open model with one choice of families. */
public final class CalibratedModel implements Tabular {

    private final TargetObjective objective;
    private final boolean likelihood;
    private final double[] working;
    private final FitStatus status;
    private final String message;
    private final Identifiability identifiability;
    private final List<TargetFit> targets;
    private final double squares;

    CalibratedModel(
            TargetObjective objective,
            boolean likelihood,
            double[] working,
            FitStatus status,
            String message,
            Identifiability identifiability,
            List<TargetFit> targets,
            double squares) {
        this.objective = objective;
        this.likelihood = likelihood;
        this.working = working.clone();
        this.status = status;
        this.message = message;
        this.identifiability = identifiability;
        this.targets = List.copyOf(targets);
        this.squares = squares;
    }

    /**
     * The chosen families.
     *
     * @return by the name of the open law, "state/event"; empty where no law was open
     */
    public Map<String, LawFamily> families() {
        return Collections.unmodifiableMap(objective.combination().families());
    }

    /**
     * The families in words.
     *
     * @return for example "remission/relapse weibull", or "as given"
     */
    public String label() {
        return objective.combination().label();
    }

    /**
     * Whether it may be used.
     *
     * @return the status
     */
    public FitStatus status() {
        return status;
    }

    /**
     * What is behind the status.
     *
     * @return a sentence, empty for {@link FitStatus#CONVERGED}
     */
    public String message() {
        return message;
    }

    /**
     * The open numbers at the solution.
     *
     * @return by name, in the order of {@link OpenModel#tidy()}
     */
    public Map<String, Double> parameters() {
        return named(objective.combination(), working);
    }

    static Map<String, Double> named(Combination combination, double[] working) {
        double[] values = combination.natural(working);
        List<String> names = combination.names();
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int j = 0; j < values.length; j++) {
            parameters.put(names.get(j), values[j]);
        }
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * The model at the solution, to be solved or simulated.
     *
     * @return the model
     */
    public MultiStateModel model() {
        return objective.combination().model(working);
    }

    /**
     * What the model makes of each target.
     *
     * @return in the order given; then two for every range of times
     */
    public List<TargetFit> targets() {
        return targets;
    }

    /**
     * The sum of weighted squared residuals, also where a likelihood was climbed.
     *
     * @return 0 where every target is met exactly
     */
    public double sumOfSquares() {
        return squares;
    }

    /**
     * The log-likelihood at the solution, also where squares were minimised: 0 where every target is met exactly, minus
     * the binomial deviance over 2 and half the squared residuals otherwise, plus the log-densities of order statistics.
     *
     * @return the log-likelihood
     */
    public double logLikelihood() {
        return objective.logLikelihood(working);
    }

    /**
     * What the targets determine.
     *
     * @return rank and open directions
     */
    public Identifiability identifiability() {
        return identifiability;
    }

    /**
     * Quantities of the model at the solution.
     *
     * @param quantities probabilities and times
     * @param level of the intervals that drawn targets would give ({@link CalibrationDraws#quantities})
     * @return the numbers in their order, without limits; not estimable where the model does not reach a time
     */
    public List<PointEstimate> quantities(List<ModelQuantity> quantities, double level) {
        ModelReading reading = objective.reading(working);
        return quantities.stream()
                .map(q -> {
                    try {
                        return PointEstimate.of(
                                reading.value(q), Double.NaN, Interval.notEstimable(level, "targets were not drawn"));
                    } catch (NotEstimableException notReached) {
                        return PointEstimate.notEstimable(String.valueOf(notReached.getMessage()));
                    }
                })
                .toList();
    }

    TargetObjective objective() {
        return objective;
    }

    boolean byLikelihood() {
        return likelihood;
    }

    double[] working() {
        return working.clone();
    }

    /**
     * The parameters as a table.
     *
     * @return columns families, parameter, value, determined (yes or no)
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("families")
                .text("parameter")
                .number("value")
                .text("determined");
        addRows(table);
        return table.build();
    }

    void addRows(TidyTable.Builder table) {
        parameters()
                .forEach((name, value) -> table.row(
                        label(),
                        name,
                        value,
                        identifiability.undetermined().stream().anyMatch(u -> u.contains(name)) ? "no" : "yes"));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parameters().forEach((name, value) -> parts.add(name + " = " + Brief.number(value)));
        return label() + ": " + status.label() + (message.isEmpty() ? "" : ", " + message) + "; "
                + String.join(", ", parts);
    }
}

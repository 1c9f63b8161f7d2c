package io.engraft.multistate.mixture;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Competing risks as a mixture (Larson and Dinse 1985): each patient has one fate k with probability p_k, and the time of
 * that fate follows its own law F_k; a fate without a law, such as long-term remission, never happens at any time. Then
 * the cumulative incidence of fate k is p_k F_k(t), event-free survival is S(t) = sum of p_k (1 - F_k(t)), a fate that
 * never ends counted with F_k = 0, and the cause-specific hazard is h_k(t) = p_k f_k(t) / S(t).
 *
 * <p>States: event-free, then every fate with a law, by name. Fates without a law stay in the event-free state.
 *
 * <p>Uncertainty ({@link #withSampleSize(int)}): fate probabilities that were observed as shares of n patients are drawn
 * from a Dirichlet law with parameters n p_k + 1/2 (Jeffreys' prior). Standard errors and covariances are that law's own,
 * in closed form; intervals hold the central draws, widened where needed to hold the estimate. The laws of time are then
 * taken as known: their uncertainty lies in the ranges of the assumptions behind them, and in comparing families.
 * {@link #withDraws} holds both, from mixtures that somebody drew, as {@code CompetingRatesCalibration} does.
 *
 * <p>Reference: M. G. Larson and G. E. Dinse, A mixture model for the regression analysis of competing risks data,
 * Applied Statistics 34 (1985), 201-211.
 */
public final class CompetingRisksMixture implements StateProbabilities {

    private static final int DEFAULT_DRAWS = 4000;
    private static final long DEFAULT_SEED = 1;

    private final String eventFree;
    private final List<Fate> fates;
    private final List<String> states;
    private final @Nullable FateUncertainty uncertainty;
    private final @Nullable MixtureDraws drawn;
    private final double level;

    private CompetingRisksMixture(
            String eventFree,
            List<Fate> fates,
            @Nullable FateUncertainty uncertainty,
            @Nullable MixtureDraws drawn,
            double level) {
        this.eventFree = eventFree;
        this.fates = List.copyOf(fates);
        this.uncertainty = uncertainty;
        this.drawn = drawn;
        this.level = level;
        List<String> names = new ArrayList<>(List.of(eventFree));
        fates.stream().filter(Fate::leaves).map(Fate::event).forEach(names::add);
        this.states = List.copyOf(names);
    }

    /**
     * A mixture.
     *
     * @param eventFree the name of the state before any event
     * @param fates the fates, at least one, with probabilities that sum to 1 within 1e-9; destinations are not used
     * @return the mixture, without uncertainty
     * @throws InvalidArgumentException when there is no fate, a name occurs twice or the sum is not 1
     */
    public static CompetingRisksMixture of(String eventFree, List<Fate> fates) {
        if (fates.isEmpty()) {
            throw new InvalidArgumentException("a mixture without fates; allowed: at least one fate");
        }
        FateState.checkFates("the mixture", fates);
        for (Fate fate : fates) {
            if (fate.event().equals(eventFree)) {
                throw new InvalidArgumentException(
                        "fate '" + eventFree + "' has the name of the event-free state; allowed: distinct names");
            }
        }
        return new CompetingRisksMixture(eventFree, fates, null, null, 0.95);
    }

    /**
     * A mixture whose first state is named "event-free".
     *
     * @param fates the fates
     * @return the mixture, without uncertainty
     */
    public static CompetingRisksMixture of(Fate... fates) {
        return of("event-free", List.of(fates));
    }

    /**
     * The same mixture with uncertainty from 4000 draws with seed 1.
     *
     * @param patients the number of patients behind the probabilities, at least 1
     * @return the mixture
     */
    @CheckReturnValue
    public CompetingRisksMixture withSampleSize(int patients) {
        return withSampleSize(patients, DEFAULT_DRAWS, DEFAULT_SEED);
    }

    /**
     * The same mixture with uncertainty.
     *
     * @param patients the number of patients behind the probabilities, at least 1
     * @param draws the number of draws for intervals, at least 100
     * @param seed the seed of the draws
     * @return the mixture
     * @throws InvalidArgumentException when a number is too small
     */
    @CheckReturnValue
    public CompetingRisksMixture withSampleSize(int patients, int draws, long seed) {
        return new CompetingRisksMixture(
                eventFree, fates, FateUncertainty.of(fates, patients, draws, seed), null, level);
    }

    /**
     * The same mixture with another level of its intervals.
     *
     * @param confidence strictly between 0 and 1; 0.95 by default
     * @return the mixture
     */
    @CheckReturnValue
    public CompetingRisksMixture withLevel(double confidence) {
        return new CompetingRisksMixture(
                eventFree, fates, uncertainty, drawn, Require.properFraction("level", confidence));
    }

    /**
     * The same mixture with whole mixtures drawn around it, laws of time and probabilities, in the place of any other
     * uncertainty. Groups, such as families of laws, are not weighed against each other: limits are the lowest and the
     * highest of their central draws, widened where needed to hold the estimate; standard errors and covariances are those
     * of all draws together.
     *
     * @param groups at least one group of at least 100 mixtures, each with the fates of this one, by name and order
     * @return the mixture
     * @throws InvalidArgumentException when there is no group, one is too small, or fates differ
     */
    @CheckReturnValue
    public CompetingRisksMixture withDraws(List<List<CompetingRisksMixture>> groups) {
        return new CompetingRisksMixture(eventFree, fates, uncertainty, MixtureDraws.of(this, groups), level);
    }

    /**
     * The mixtures that were drawn around this one.
     *
     * @return in groups; empty where the laws of time are taken as known
     */
    public List<List<CompetingRisksMixture>> draws() {
        return drawn == null ? List.of() : drawn.groups();
    }

    /**
     * The fates.
     *
     * @return in the order given
     */
    public List<Fate> fates() {
        return fates;
    }

    /**
     * The number of patients behind the probabilities.
     *
     * @return empty where the mixture carries no uncertainty
     */
    public OptionalInt sampleSize() {
        return uncertainty == null ? OptionalInt.empty() : OptionalInt.of(uncertainty.patients());
    }

    /**
     * The level of the intervals.
     *
     * @return for example 0.95
     */
    public double level() {
        return level;
    }

    /**
     * The long-run probability of a fate, the limit of its incidence.
     *
     * @param fate its name
     * @return the probability
     * @throws InvalidArgumentException when there is no such fate
     */
    public PointEstimate probability(String fate) {
        int k = indexOf(fate);
        return estimate(m -> {
            double[] weights = new double[m.fates.size()];
            weights[k] = 1;
            return weights;
        });
    }

    /**
     * The long-run probability of a fate, the limit of its incidence.
     *
     * @param code its place in {@link #fates()}, from 1
     * @return the probability
     * @throws InvalidArgumentException when there is no such fate
     */
    public PointEstimate probability(int code) {
        return probability(CauseChoice.label("fate", code, fateNames()));
    }

    int indexOf(String fate) {
        return CauseChoice.code("fate", fate, fateNames()) - 1;
    }

    List<String> fateNames() {
        return fates.stream().map(Fate::event).toList();
    }

    /** The fate of that name, which must have a law. */
    int indexWithLaw(String fate) {
        int k = indexOf(fate);
        if (!fates.get(k).leaves()) {
            throw new InvalidArgumentException(
                    "fate '" + fate + "' never happens at a time; allowed: one of " + states.subList(1, states.size()));
        }
        return k;
    }

    /**
     * Event-free survival, S(t) = sum of p_k (1 - F_k(t)).
     *
     * @return the curve, with this mixture's uncertainty
     */
    public SurvivalFunction eventFreeSurvival() {
        return new MixtureSurvival(this);
    }

    /**
     * The cumulative incidence of a fate, p_k F_k(t).
     *
     * @param fate the name of a fate with a law
     * @return the curve, with this mixture's uncertainty
     * @throws InvalidArgumentException when there is no such fate, or it never happens
     */
    public IncidenceFunction incidence(String fate) {
        return new MixtureIncidence(this, indexWithLaw(fate));
    }

    /**
     * The cumulative incidence of a fate, p_k F_k(t).
     *
     * @param code the place in {@link #fates()} of a fate with a law, from 1
     * @return the curve, with this mixture's uncertainty
     * @throws InvalidArgumentException when there is no such fate, or it never happens
     */
    public IncidenceFunction incidence(int code) {
        return incidence(CauseChoice.label("fate", code, fateNames()));
    }

    /**
     * The cause-specific hazard of a fate, p_k f_k(t) / S(t).
     *
     * @param fate the name of a fate with a law
     * @return the hazard and its integral
     * @throws InvalidArgumentException when there is no such fate, or it never happens
     */
    public CauseSpecificHazard causeSpecificHazard(String fate) {
        return new CauseSpecificHazard(this, indexWithLaw(fate));
    }

    /**
     * The cause-specific hazard of a fate, p_k f_k(t) / S(t).
     *
     * @param code the place in {@link #fates()} of a fate with a law, from 1
     * @return the hazard and its integral
     * @throws InvalidArgumentException when there is no such fate, or it never happens
     */
    public CauseSpecificHazard causeSpecificHazard(int code) {
        return causeSpecificHazard(CauseChoice.label("fate", code, fateNames()));
    }

    /**
     * The same as a model that can be solved and simulated: the event-free state and one state for each fate with a law.
     *
     * @param unit the unit of the laws' times
     * @param deaths the fates after which a patient is not alive
     * @return the model
     * @throws InvalidArgumentException when one of the deaths is not a fate with a law
     */
    public FateModel asModel(DurationUnit unit, Set<String> deaths) {
        deaths.forEach(this::indexWithLaw);
        List<FateState> modelStates = new ArrayList<>();
        List<Fate> leaving = new ArrayList<>();
        for (Fate fate : fates) {
            LawOfTime law = fate.law();
            leaving.add(law == null ? fate : Fate.of(fate.event(), fate.probability(), law));
        }
        int patients = uncertainty == null ? 0 : uncertainty.patients();
        modelStates.add(new FateState(eventFree, eventFree, true, patients, leaving));
        for (String state : states.subList(1, states.size())) {
            modelStates.add(FateState.absorbing(state, !deaths.contains(state)));
        }
        return FateModel.of(eventFree, unit, modelStates);
    }

    @Override
    public List<String> states() {
        return states;
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        return estimate(m -> m.weights(state, t));
    }

    /** P(in state at t) is linear in the fates' probabilities; these are its coefficients. */
    double[] weights(String state, double t) {
        Require.time(t);
        double[] weights = new double[fates.size()];
        if (state.equals(eventFree)) {
            for (int k = 0; k < weights.length; k++) {
                LawOfTime law = fates.get(k).law();
                weights[k] = law == null ? 1 : law.survival(t);
            }
            return weights;
        }
        if (!states.contains(state)) {
            throw InvalidArgumentException.of("state", state, "one of " + states);
        }
        int k = indexOf(state);
        weights[k] = fates.get(k).timeProbability(t);
        return weights;
    }

    double value(double[] weights) {
        return FateUncertainty.mean(probabilities(), weights);
    }

    /** A quantity that is linear in the fates' probabilities, by its coefficients. */
    PointEstimate estimate(Function<CompetingRisksMixture, double[]> weightsOf) {
        double[] weights = weightsOf.apply(this);
        double value = value(weights);
        if (drawn != null) {
            return drawn.estimate(value, level, m -> m.value(weightsOf.apply(m)));
        }
        return uncertainty == null ? PointEstimate.exact(value) : uncertainty.estimate(value, weights, level);
    }

    /** S(t) for given fate probabilities. */
    double survival(double[] probabilities, double t) {
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            LawOfTime law = fates.get(k).law();
            sum += probabilities[k] * (law == null ? 1 : law.survival(t));
        }
        return sum;
    }

    double[] probabilities() {
        return fates.stream().mapToDouble(Fate::probability).toArray();
    }

    @Nullable
    FateUncertainty uncertainty() {
        return uncertainty;
    }

    @Nullable
    MixtureDraws drawn() {
        return drawn;
    }

    String eventFree() {
        return eventFree;
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        double[][] values = new double[states.size()][times.length];
        for (int s = 0; s < values.length; s++) {
            for (int j = 0; j < times.length; j++) {
                values[s][j] = value(weights(states.get(s), times[j]));
            }
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        List<Function<CompetingRisksMixture, double[]>> rows = new ArrayList<>();
        for (double t : times) {
            for (String state : states) {
                rows.add(m -> m.weights(state, t));
            }
        }
        return covarianceOf(rows);
    }

    double[][] covarianceOf(List<Function<CompetingRisksMixture, double[]>> rows) {
        if (drawn != null) {
            List<ToDoubleFunction<CompetingRisksMixture>> quantities = new ArrayList<>();
            rows.forEach(row -> quantities.add(m -> m.value(row.apply(m))));
            return drawn.covariance(quantities);
        }
        double[][] weights = rows.stream().map(row -> row.apply(this)).toArray(double[][]::new);
        return uncertainty == null ? new double[weights.length][weights.length] : uncertainty.covariance(weights);
    }

    @Override
    public double horizon() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }

    /**
     * The state probabilities at some times, as a table.
     *
     * @param times the times
     * @return columns state, time, probability, std_error, lower, upper
     */
    public TidyTable tidy(double[] times) {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (String state : states) {
            for (double t : times) {
                PointEstimate p = probabilityAt(state, t);
                table.row(
                        state,
                        t,
                        p.estimate(),
                        p.standardError().orElse(Double.NaN),
                        p.interval().lower().orElse(Double.NaN),
                        p.interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompetingRisksMixture that
                && eventFree.equals(that.eventFree)
                && fates.equals(that.fates)
                && level == that.level
                && Objects.equals(uncertainty, that.uncertainty)
                && draws().equals(that.draws());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {eventFree, fates, level, uncertainty});
    }

    @Override
    public String toString() {
        return "mixture of " + fates;
    }
}

package io.engraft.simulate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Require;
import io.engraft.pathway.DifferenceDrivers;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
import io.engraft.pathway.TimeZero;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models side by side: the same patients, with the same luck, in each, and every later model held against the first. A
 * difference has two limits that say different things: those of {@link SimulationComparison} hold simulation error only,
 * and those of {@link AssumptionDraws#difference} what the assumptions leave open. {@link DifferenceDrivers} tell which
 * assumption does it. Models whose time counts from different moments are refused. Immutable.
 */
@CheckReturnValue
public final class ScenarioComparison implements Tabular {

    /**
     * A model and its cohort.
     *
     * @param name the name of the model, with a number where another scenario has it already
     * @param model the model
     * @param cohort its simulation
     * @param assumptions what its assumptions leave open; empty where they were not varied
     */
    public record Scenario(
            String name, ModelFile model, SimulationResult cohort, Optional<AssumptionDraws> assumptions) {}

    /** A scenario held against the first: always the scenario minus the first. */
    public static final class Difference {

        private final Scenario scenario;
        private final Scenario against;
        private final List<String> states;
        private final PointEstimate[][] found;

        private Difference(Scenario scenario, Scenario against, List<String> states, PointEstimate[][] found) {
            this.scenario = scenario;
            this.against = against;
            this.states = states;
            this.found = found;
        }

        static Difference of(Scenario scenario, Scenario against) {
            SimulationComparison pairs = scenario.cohort().compare(against.cohort());
            return new Difference(
                    scenario,
                    against,
                    pairs.states(),
                    pairs.differences(scenario.cohort().times()));
        }

        /** The same patients, whose assumptions were varied since. */
        Difference between(Scenario varied, Scenario variedAgainst) {
            return new Difference(varied, variedAgainst, states, found);
        }

        /**
         * The one that is compared.
         *
         * @return the scenario
         */
        public Scenario scenario() {
            return scenario;
        }

        /**
         * The one with which it is compared.
         *
         * @return the first scenario
         */
        public Scenario against() {
            return against;
        }

        /**
         * The states of either model.
         *
         * @return those of the scenario, then what the first adds
         */
        public List<String> states() {
            return states;
        }

        /**
         * The differences of a state's probability.
         *
         * @param state a state of either model
         * @return one a reported time, with simulation error only
         * @throws InvalidArgumentException when there is no such state
         */
        public List<PointEstimate> differences(String state) {
            int place = states.indexOf(state);
            if (place < 0) {
                throw InvalidArgumentException.of("state", state, "one of " + states);
            }
            return List.of(found[place]);
        }

        /**
         * The differences of overall survival: alive in any state.
         *
         * @return one a reported time, with simulation error only
         */
        public List<PointEstimate> aliveDifferences() {
            return List.of(found[states.size()]);
        }

        /**
         * What the assumptions leave open of the difference of a state's probability.
         *
         * @param state a state of either model
         * @param t a reported time
         * @return the limits; not estimable where assumptions were not varied
         * @throws InvalidArgumentException when there is no such reported time
         */
        public Interval fromAssumptions(String state, double t) {
            return isVaried() ? mine().difference(theirs(), List.of(state), t) : notVaried();
        }

        /**
         * What the assumptions leave open of the difference of overall survival.
         *
         * @param t a reported time
         * @return the limits; not estimable where assumptions were not varied
         * @throws InvalidArgumentException when there is no such reported time
         */
        public Interval aliveFromAssumptions(double t) {
            return isVaried() ? mine().aliveDifference(theirs(), t) : notVaried();
        }

        /**
         * What moves the difference of overall survival at the last reported time, which solves both models twice for
         * each of their assumptions.
         *
         * @return the drivers
         */
        public DifferenceDrivers drivers() {
            double last = Arrays.stream(scenario.cohort().times())
                    .max()
                    .orElse(scenario.cohort().horizon());
            return DifferenceDrivers.of(scenario.model(), against.model(), last);
        }

        private boolean isVaried() {
            return scenario.assumptions().isPresent() && against.assumptions().isPresent();
        }

        private AssumptionDraws mine() {
            return scenario.assumptions().orElseThrow();
        }

        private AssumptionDraws theirs() {
            return against.assumptions().orElseThrow();
        }

        private Interval notVaried() {
            return Interval.notEstimable(scenario.cohort().level(), "assumptions were not varied");
        }

        @Override
        public String toString() {
            return scenario.name() + " against " + against.name() + ": alive " + aliveDifferences();
        }
    }

    private final List<Scenario> scenarios;
    private final List<Difference> differences;

    private ScenarioComparison(List<Scenario> scenarios, List<Difference> differences) {
        this.scenarios = List.copyOf(scenarios);
        this.differences = List.copyOf(differences);
    }

    /**
     * Simulates models with the same patients.
     *
     * @param models two or more, in one unit, whose time counts from the same moment as far as they say
     * @param simulator how to simulate each; at least one of its times is positive
     * @return the comparison, in which assumptions are not varied
     * @throws InvalidArgumentException when there are fewer than two, units differ, or time counts from different moments
     */
    public static ScenarioComparison of(List<ModelFile> models, PathSimulator simulator) {
        check(models);
        List<Scenario> scenarios = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        for (ModelFile model : models) {
            String name = model.name();
            for (int k = 2; !taken.add(name); k++) {
                name = model.name() + " (" + k + ")";
            }
            scenarios.add(new Scenario(name, model, simulator.simulate(model), Optional.empty()));
        }
        double last = Arrays.stream(scenarios.get(0).cohort().times()).max().orElse(0);
        Require.positive("last time", last);
        List<Difference> differences = scenarios.stream()
                .skip(1)
                .map(scenario -> Difference.of(scenario, scenarios.get(0)))
                .toList();
        return new ScenarioComparison(scenarios, differences);
    }

    private static void check(List<ModelFile> models) {
        if (models.size() < 2) {
            throw InvalidArgumentException.of("number of models", models.size(), "at least 2");
        }
        DurationUnit unit = models.get(0).model().unit();
        ModelFile zero = null;
        for (ModelFile model : models) {
            if (model.model().unit() != unit) {
                throw InvalidArgumentException.of(
                        "time unit of model '" + model.name() + "'",
                        model.model().unit().label(),
                        unit.label() + ", that of model '" + models.get(0).name() + "'");
            }
            if (timeZero(model).isPresent()) {
                if (zero != null && !timeZero(model).equals(timeZero(zero))) {
                    throw new InvalidArgumentException("model '" + model.name() + "' counts time from "
                            + timeZero(model).orElseThrow().label() + ", model '" + zero.name() + "' from "
                            + timeZero(zero).orElseThrow().label()
                            + "; allowed: models whose time counts from the same moment, because who reaches a later one"
                            + " has survived the time before it (immortal time)");
                }
                zero = model;
            }
        }
    }

    private static Optional<TimeZero> timeZero(ModelFile model) {
        return model.pathway().flatMap(PathwayModel::timeZero);
    }

    /**
     * The same comparison with what the assumptions leave open of each scenario and each difference.
     *
     * @param sampling how the assumptions are drawn
     * @return a new comparison
     */
    public ScenarioComparison withAssumptions(AssumptionSampling sampling) {
        List<Scenario> varied = scenarios.stream()
                .map(s -> new Scenario(
                        s.name(), s.model(), s.cohort(), Optional.of(sampling.sample(s.model(), s.cohort()))))
                .toList();
        List<Difference> held = new ArrayList<>();
        for (int k = 0; k < differences.size(); k++) {
            held.add(differences.get(k).between(varied.get(k + 1), varied.get(0)));
        }
        return new ScenarioComparison(varied, held);
    }

    /**
     * The scenarios.
     *
     * @return in the order of the models
     */
    public List<Scenario> scenarios() {
        return scenarios;
    }

    /**
     * The differences.
     *
     * @return every later scenario against the first
     */
    public List<Difference> differences() {
        return differences;
    }

    /**
     * What must be known before the numbers are compared.
     *
     * @return sentences: of every comparison, then those of the models
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        Set<String> titles = new LinkedHashSet<>();
        scenarios.forEach(s -> titles.add(s.model().title()));
        if (titles.size() > 1) {
            notes.add("The models rest on different series without randomisation: a difference between them is not the"
                    + " effect of a treatment.");
        }
        List<String> silent = scenarios.stream()
                .filter(s -> timeZero(s.model()).isEmpty())
                .map(Scenario::name)
                .toList();
        if (!silent.isEmpty()) {
            notes.add(String.join(", ", silent) + (silent.size() == 1 ? " does" : " do")
                    + " not say what time counts from: models are comparable only if it is the same moment.");
        }
        Set<String> own = new LinkedHashSet<>();
        scenarios.forEach(
                s -> s.model().notes().forEach(note -> own.add(s.model().title() + ": " + note)));
        notes.addAll(own);
        return List.copyOf(notes);
    }

    /**
     * The differences as a table.
     *
     * @return columns scenario, against, state (missing for overall survival), time, difference, std_error, lower, upper,
     *     assumptions_lower, assumptions_upper
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("scenario")
                .text("against")
                .text("state")
                .number("time")
                .number("difference")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("assumptions_lower")
                .number("assumptions_upper");
        for (Difference d : differences) {
            for (int k = -1; k < d.states().size(); k++) {
                @Nullable String state = k < 0 ? null : d.states().get(k);
                List<PointEstimate> found = state == null ? d.aliveDifferences() : d.differences(state);
                double[] times = d.scenario().cohort().times();
                for (int j = 0; j < times.length; j++) {
                    PointEstimate p = found.get(j);
                    Interval open =
                            state == null ? d.aliveFromAssumptions(times[j]) : d.fromAssumptions(state, times[j]);
                    table.row(
                            d.scenario().name(),
                            d.against().name(),
                            state,
                            times[j],
                            p.optional().orElse(Double.NaN),
                            p.standardError().orElse(Double.NaN),
                            p.interval().lower().orElse(Double.NaN),
                            p.interval().upper().orElse(Double.NaN),
                            open.lower().orElse(Double.NaN),
                            open.upper().orElse(Double.NaN));
                }
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return String.join("\n", differences.stream().map(Difference::toString).toList());
    }
}

package io.engraft.multistate.fit;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Clusters;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.Transition;
import io.engraft.internal.Brief;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.ParametricFit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A multi-state model as fitted to patients' data: a law for each transition that was seen, known by the names of its
 * states; those that were never seen are not in it and change no other. It gives the {@link MultiStateModel}, and state
 * occupancy with the uncertainty of the coefficients. Immutable.
 */
public final class MultiStateFit implements Tabular {

    private static final double FEW_EVENTS = 10;

    private final List<String> states;
    private final Set<String> absorbing;
    private final DurationUnit unit;
    private final Map<String, Double> starts;
    private final List<String> dead;
    private final List<TransitionFit> transitions;
    private final double level;
    private final List<String> dataWarnings;

    MultiStateFit(
            MultiStateData data,
            List<TransitionFit> transitions,
            List<Transition> neverSeen,
            Map<String, Double> starts,
            List<String> dead,
            boolean robust,
            double level) {
        this.states = data.states();
        this.absorbing = data.absorbing();
        this.unit = data.unit();
        this.starts = Collections.unmodifiableMap(new LinkedHashMap<>(starts));
        this.dead = dead;
        this.transitions = List.copyOf(transitions);
        this.level = level;
        this.dataWarnings = warnings(data, neverSeen, robust);
    }

    private static List<String> warnings(MultiStateData data, List<Transition> neverSeen, boolean robust) {
        List<String> warnings = new ArrayList<>(data.warnings());
        neverSeen.forEach(t -> warnings.add("transition " + t + " was named but never seen: it is not in the model"));
        boolean fromZero = false;
        for (int i = 0; i < data.size(); i++) {
            fromZero |= data.entry(i) == 0 && data.weight(i) > 0;
        }
        if (!fromZero) {
            warnings.add("nobody is under observation at time 0: the start distribution is that of those at risk at the"
                    + " first transition");
        }
        if (robust || Clusters.askForRobust(data)) {
            warnings.add(
                    "transitions are drawn independently of each other, which leaves out that with sampling weights,"
                            + " clusters or robust variances their coefficients are correlated");
            Clusters.of(data).warning().ifPresent(warnings::add);
        }
        return warnings;
    }

    private Set<String> covariateNames() {
        Set<String> names = new LinkedHashSet<>();
        transitions.forEach(t -> names.addAll(t.covariates()));
        return names;
    }

    /**
     * The fits of the transitions that were seen.
     *
     * @return in the order of the states
     */
    public List<TransitionFit> transitions() {
        return transitions;
    }

    /**
     * The fit of one transition.
     *
     * @param from the state that is left, by name
     * @param to the state that is entered, by name
     * @return the fit
     * @throws InvalidArgumentException when the transition was never seen
     */
    public TransitionFit transition(String from, String to) {
        Transition wanted = new Transition(from, to);
        for (TransitionFit fit : transitions) {
            if (fit.transition().equals(wanted)) {
                return fit;
            }
        }
        throw InvalidArgumentException.of(
                "transition",
                wanted,
                "one that was seen: "
                        + transitions.stream().map(TransitionFit::transition).toList());
    }

    /**
     * The states of the data.
     *
     * @return names, also of states that were never entered
     */
    public List<String> states() {
        return states;
    }

    /**
     * Where patients start, as estimated.
     *
     * @return shares by state
     */
    public Map<String, Double> startDistribution() {
        return starts;
    }

    /**
     * Why there is no model.
     *
     * @return a sentence for each transition whose fit cannot be part of one; empty where there is a model
     */
    public List<String> problems() {
        return transitions.stream()
                .map(TransitionFit::problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    /**
     * What a reader should know: transitions with fewer than ten events a coefficient, covariates left out, states that
     * cannot be reached.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(dataWarnings);
        for (TransitionFit t : transitions) {
            ParametricFit fit = t.result().orElse(null);
            if (fit == null) {
                continue;
            }
            if (!(t.events() >= FEW_EVENTS * fit.estimated())) {
                warnings.add("transition " + t.transition() + " was seen " + (long) t.events() + " times for "
                        + fit.estimated() + " coefficients: fewer than ten a coefficient");
            }
            if (fit.status() == FitStatus.RANK_DEFICIENT) {
                warnings.add("transition " + t.transition() + ": " + fit.statusReason());
            }
        }
        Set<String> reached = reached();
        states.stream()
                .filter(state -> !reached.contains(state))
                .forEach(state -> warnings.add("state '" + state
                        + "' cannot be reached by the transitions that were seen: it is not in the model"));
        return List.copyOf(warnings);
    }

    private Set<String> reached() {
        Set<String> reached = new LinkedHashSet<>();
        starts.forEach((state, p) -> {
            if (p > 0) {
                reached.add(state);
            }
        });
        boolean more = true;
        while (more) {
            more = false;
            for (TransitionFit t : transitions) {
                more |= reached.contains(t.transition().from())
                        && reached.add(t.transition().to());
            }
        }
        return reached;
    }

    private void requireModel() {
        if (!problems().isEmpty()) {
            throw new NotEstimableException("the model, as " + String.join("; ", problems()));
        }
    }

    /**
     * The log-likelihood of the whole: the sum over the transitions.
     *
     * @return the log-likelihood
     * @throws NotEstimableException when a fit cannot be part of a model
     */
    public double logLikelihood() {
        requireModel();
        return transitions.stream()
                .mapToDouble(t -> t.parametricFit().logLikelihood())
                .sum();
    }

    /**
     * The number of coefficients that were estimated, of all transitions.
     *
     * @return without those left out
     * @throws NotEstimableException when a fit cannot be part of a model
     */
    public int estimated() {
        requireModel();
        return transitions.stream().mapToInt(t -> t.parametricFit().estimated()).sum();
    }

    /**
     * Akaike's criterion of the whole.
     *
     * @return -2 log-likelihood + 2 coefficients
     * @throws NotEstimableException when a fit cannot be part of a model
     */
    public double aic() {
        return -2 * logLikelihood() + 2 * estimated();
    }

    /**
     * The model with the effects of the terms' columns as log hazard ratios, where all columns are 0: numeric covariates
     * 0, categorical ones their reference; the columns are named as the fit's coefficients are, and {@link
     * ParametricFit#columns} gives a patient's. A Weibull law's coefficient b of log scale is the log hazard ratio
     * -shape b.
     *
     * @return the model; states that cannot be reached are left out
     * @throws NotEstimableException when a fit cannot be part of a model
     * @throws InvalidArgumentException when a transition has covariates and its family is not of proportional hazards
     */
    public MultiStateModel model() {
        requireModel();
        return build(t -> {
            Map<String, Double> ratios = t.covariates().isEmpty() ? Map.of() : logHazardRatios(t);
            return hazard(t, t.parametricFit().baseline(), ratios);
        });
    }

    /**
     * The model of one kind of patient, of any family.
     *
     * @param profile a value for every covariate of any transition, and no other
     * @return the model, which has no covariates; states that cannot be reached are left out
     * @throws NotEstimableException when a fit cannot be part of a model
     * @throws InvalidArgumentException when a covariate is missing or unknown
     */
    public MultiStateModel model(CovariateProfile profile) {
        requireModel();
        requireProfile(profile);
        return build(t -> hazard(t, t.parametricFit().law(profile.only(t.covariates()), estimates(t)), Map.of()));
    }

    private void requireProfile(CovariateProfile profile) {
        if (!profile.names().equals(covariateNames())) {
            throw InvalidArgumentException.of(
                    "covariates of the profile", profile.names(), "exactly " + covariateNames());
        }
    }

    private static double[] estimates(TransitionFit t) {
        return t.parametricFit().coefficients().stream()
                .mapToDouble(c -> c.value().optional().orElse(0))
                .toArray();
    }

    private static HazardTransition hazard(TransitionFit t, LawOfTime law, Map<String, Double> ratios) {
        Transition way = t.transition();
        return new HazardTransition(way.to(), way.from(), way.to(), law, t.clock(), ratios);
    }

    private static Map<String, Double> logHazardRatios(TransitionFit t) {
        String family = t.family().label();
        boolean weibull = family.equals("weibull");
        boolean rate = family.equals("exponential") || family.equals("gompertz") || family.startsWith("spline-hazard-");
        if (!weibull && !rate) {
            throw new InvalidArgumentException("the " + family + " law of transition " + t.transition()
                    + " has no hazard ratios; allowed: model(profile), or a family of proportional hazards (exponential,"
                    + " weibull, gompertz, spline-hazard)");
        }
        double factor = weibull
                ? -Math.exp(t.parametricFit().coefficient("shape").value().estimate())
                : 1;
        Map<String, Double> ratios = new LinkedHashMap<>();
        Set<String> begun = new HashSet<>();
        for (Coefficient c : t.parametricFit().coefficients()) {
            boolean intercept = begun.add(c.parameter());
            if (!intercept && c.value().isEstimable()) {
                ratios.put(c.name(), factor * c.value().estimate());
            }
        }
        return ratios;
    }

    private interface ToHazard {
        HazardTransition of(TransitionFit transition);
    }

    private MultiStateModel build(ToHazard toHazard) {
        Set<String> reached = reached();
        MultiStateModel.Builder builder = MultiStateModel.builder(unit);
        for (String state : states) {
            if (!reached.contains(state)) {
                continue;
            }
            FateState plain = FateState.absorbing(state, !dead.contains(state));
            if (absorbing.contains(state)) {
                builder.absorbing(plain);
            } else {
                builder.state(plain);
            }
            if (starts.getOrDefault(state, 0.0) > 0) {
                builder.start(state, Math.min(1, starts.getOrDefault(state, 0.0)));
            }
        }
        for (TransitionFit t : transitions) {
            if (reached.contains(t.transition().from())) {
                builder.transition(toHazard.of(t));
            }
        }
        return builder.build();
    }

    /**
     * State occupancy with the uncertainty of the coefficients: the model at the estimates, and the models at draws from
     * the normal approximation of each transition's coefficients, independent of each other. The start distribution is
     * taken as known. The draws of a transition depend on the seed and on the places of its states among
     * {@link #states()}: not on threads, nor on what other transitions were seen.
     *
     * @param profile a value for every covariate of any transition, and no other
     * @param horizon the last time of interest, positive
     * @param draws how many, at least 100
     * @param seed of the draws
     * @return the curves; each draw is solved once, to 1e-6
     * @throws NotEstimableException when a fit cannot be part of a model or has no covariance
     * @throws InvalidArgumentException when a covariate is missing or unknown, or a drawn law is none
     */
    public FittedOccupancy occupancy(CovariateProfile profile, double horizon, int draws, long seed) {
        return occupancy(profile, horizon, draws, seed, Runtime.getRuntime().availableProcessors());
    }

    FittedOccupancy occupancy(CovariateProfile profile, double horizon, int draws, long seed, int threads) {
        MultiStateModel model = model(profile);
        List<double[][]> drawn = new ArrayList<>();
        for (TransitionFit t : transitions) {
            long place = (long) states.indexOf(t.transition().from()) * states.size()
                    + states.indexOf(t.transition().to());
            drawn.add(t.parametricFit().draws(draws, seed + 0x9E3779B97F4A7C15L * (place + 1)));
        }
        return FittedOccupancy.of(
                model,
                horizon,
                level,
                draws,
                threads,
                d -> build(t -> {
                    double[] at = drawn.get(transitions.indexOf(t))[d];
                    return hazard(t, t.parametricFit().law(profile.only(t.covariates()), at), Map.of());
                }));
    }

    /**
     * The fits as a table: one row a transition.
     *
     * @return columns from, to, clock, family, rows, events, status, coefficients, log_likelihood, aic, problem
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TransitionFamilies.columns();
        transitions.forEach(t -> TransitionFamilies.row(table, t));
        return table.build();
    }

    /**
     * The coefficients of all transitions, on their working scales.
     *
     * @return columns from, to, name, parameter, estimate, std_error, robust_std_error (where errors are robust: the limits use
     *     it), lower, upper; transitions without a fit have none
     */
    public TidyTable tidyCoefficients() {
        TidyTable.Builder table = TidyTable.builder()
                .text("from")
                .text("to")
                .text("name")
                .text("parameter")
                .number("estimate")
                .number("std_error")
                .number("robust_std_error")
                .number("lower")
                .number("upper");
        for (TransitionFit t : transitions) {
            for (Coefficient c : t.result().map(ParametricFit::coefficients).orElse(List.of())) {
                table.row(
                        t.transition().from(),
                        t.transition().to(),
                        c.name(),
                        c.parameter(),
                        c.value().optional().orElse(Double.NaN),
                        c.stdError().orElse(Double.NaN),
                        c.robustStdError().orElse(Double.NaN),
                        c.value().interval().lower().orElse(Double.NaN),
                        c.value().interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("multi-state fit of " + Brief.count(transitions.size(), "transition") + " between "
                + Brief.list(states));
        transitions.forEach(t -> lines.add(t.toString()));
        return String.join("\n", lines);
    }
}

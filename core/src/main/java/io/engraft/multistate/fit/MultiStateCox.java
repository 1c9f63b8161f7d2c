package io.engraft.multistate.fit;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Clusters;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.Transition;
import io.engraft.internal.Require;
import io.engraft.multistate.Clock;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.regression.CoxTies;
import io.engraft.regression.Term;
import io.engraft.regression.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cox models of all transitions of a multi-state model,
 *
 * <pre>
 *   hazard of j to m (t | x) = baseline hazard of j to m(t) * exp(x'beta of j to m)
 * </pre>
 *
 * <p>by one partial likelihood in which each transition is a stratum: every row in state j is at risk of every transition out
 * of j on (entry, time], or on its stay where the clock starts with the state. Without other words each transition has
 * coefficients and a baseline of its own; coefficients can be shared by transitions, and baselines can be one, or proportional.
 * Only transitions that were seen are fitted. Immutable.
 *
 * <ol>
 *   <li>H. Putter, M. Fiocco, R. B. Geskus (2007). Tutorial in biostatistics: competing risks and multi-state models.
 *       Statistics in Medicine 26, 2389-2430.
 *   <li>P. K. Andersen, &#216;. Borgan, R. D. Gill, N. Keiding (1993). Statistical Models Based on Counting Processes.
 *       Springer.
 * </ol>
 */
@CheckReturnValue
public final class MultiStateCox {

    /** Never changed once it is that of a procedure. */
    private final Settings settings;

    private MultiStateCox(Settings settings) {
        this.settings = settings;
    }

    /** Transitions that have some terms with the same coefficients. */
    private record Shared(Set<Transition> transitions, Terms terms) {}

    private static final class Settings {
        private Terms covariates = Terms.none();
        private Map<Transition, Terms> own = Map.of();
        private List<Shared> shared = List.of();
        /** Transitions with one baseline; where proportional, up to a factor for each but the first. */
        private List<List<Transition>> baselines = List.of();

        private List<List<Transition>> proportional = List.of();
        private Clock clock = Clock.FORWARD;
        private CoxTies ties = CoxTies.EFRON;
        private TieRule tieRule = TieRule.DEFAULT;
        private SurvivalForm form = SurvivalForm.PRODUCT_LIMIT;
        private boolean staysFromEntry;
        private boolean robust;
        private double level = 0.95;

        private Settings copy() {
            Settings copy = new Settings();
            copy.covariates = covariates;
            copy.own = own;
            copy.shared = shared;
            copy.baselines = baselines;
            copy.proportional = proportional;
            copy.clock = clock;
            copy.ties = ties;
            copy.tieRule = tieRule;
            copy.form = form;
            copy.staysFromEntry = staysFromEntry;
            copy.robust = robust;
            copy.level = level;
            return copy;
        }
    }

    private MultiStateCox with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new MultiStateCox(changed);
    }

    /**
     * No covariates, the forward clock, ties by Efron, level 0.95: the Aalen-Johansen estimate.
     *
     * @return the procedure
     */
    public static MultiStateCox withDefaults() {
        return new MultiStateCox(new Settings());
    }

    /**
     * Covariates of every transition that has none of its own, with coefficients for each transition.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them
     * @return the changed procedure
     */
    public MultiStateCox withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * Terms of every transition that has none of its own, with coefficients for each transition.
     *
     * @param terms the terms
     * @return the changed procedure
     */
    public MultiStateCox withCovariates(Terms terms) {
        return with(s -> s.covariates = terms);
    }

    /**
     * Terms of one transition, in place of those of all.
     *
     * @param transition the transition
     * @param terms its terms, maybe none
     * @return the changed procedure
     */
    public MultiStateCox withCovariates(Transition transition, Terms terms) {
        Map<Transition, Terms> more = new LinkedHashMap<>(settings.own);
        more.put(transition, terms);
        return with(s -> s.own = Collections.unmodifiableMap(more));
    }

    /**
     * Terms that have the same coefficients in several transitions, beside those that each has.
     *
     * @param terms the terms
     * @param transitions the transitions, two or more
     * @return the changed procedure
     * @throws InvalidArgumentException when there are fewer than two
     */
    public MultiStateCox withShared(Terms terms, Transition... transitions) {
        List<Shared> more = new ArrayList<>(settings.shared);
        more.add(new Shared(Collections.unmodifiableSet(new LinkedHashSet<>(several(transitions))), terms));
        return with(s -> s.shared = List.copyOf(more));
    }

    /**
     * One baseline hazard for several transitions.
     *
     * @param transitions the transitions, two or more
     * @return the changed procedure
     * @throws InvalidArgumentException when there are fewer than two
     */
    public MultiStateCox withSharedBaseline(Transition... transitions) {
        List<List<Transition>> more = new ArrayList<>(settings.baselines);
        more.add(several(transitions));
        return with(s -> s.baselines = List.copyOf(more));
    }

    /**
     * Baseline hazards of several transitions that are one but for a factor each, which is estimated: its coefficient is
     * called as the transition.
     *
     * @param transitions the transitions, two or more; the first has the factor 1
     * @return the changed procedure
     * @throws InvalidArgumentException when there are fewer than two
     */
    public MultiStateCox withProportionalBaselines(Transition... transitions) {
        List<List<Transition>> more = new ArrayList<>(settings.proportional);
        more.add(several(transitions));
        return with(s -> s.proportional = List.copyOf(more));
    }

    private static List<Transition> several(Transition... transitions) {
        List<Transition> distinct = Arrays.stream(transitions).distinct().toList();
        if (distinct.size() < 2) {
            throw InvalidArgumentException.of("transitions", distinct, "two or more");
        }
        return distinct;
    }

    /**
     * From when time counts.
     *
     * @param value the clock of all transitions
     * @return the changed procedure; with {@link Clock#RESET} there are no predictions, as the product of hazards is that of
     *     the forward clock
     */
    public MultiStateCox withClock(Clock value) {
        return with(s -> s.clock = value);
    }

    /**
     * On the reset clock, takes the entry of a subject's first row for the begin of the stay in its state, where that is later
     * than 0.
     *
     * @return the changed procedure
     */
    public MultiStateCox withStaysFromEntry() {
        return with(s -> s.staysFromEntry = true);
    }

    /**
     * Another way to count events at one time.
     *
     * @param value the method, Efron's or Breslow's where something is to be predicted
     * @return the changed procedure
     */
    public MultiStateCox withTies(CoxTies value) {
        return with(s -> s.ties = value);
    }

    /**
     * Another rule for which times are one.
     *
     * @param value the rule
     * @return the changed procedure
     */
    public MultiStateCox withTieRule(TieRule value) {
        return with(s -> s.tieRule = value);
    }

    /**
     * How hazards become probabilities.
     *
     * @param value the form
     * @return the changed procedure
     */
    public MultiStateCox withForm(SurvivalForm value) {
        return with(s -> s.form = value);
    }

    /**
     * Robust variances in any case: by the data's clusters, else by subjects. They are taken without being asked for with
     * sampling weights and with a cluster column. Those of predictions then do not lean on the Markov assumption.
     *
     * @return the changed procedure
     */
    public MultiStateCox withRobustVariance() {
        return with(s -> s.robust = true);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public MultiStateCox withLevel(double value) {
        double checked = Require.properFraction("level", value);
        return with(s -> s.level = checked);
    }

    /**
     * Fits.
     *
     * @param data the stays in states, without a group column
     * @return the fit, whatever its status
     * @throws InvalidDataException when nobody leaves a state
     * @throws InvalidArgumentException when the data have groups, a transition is named that was not seen, or as
     *     {@link CoxModel#fit} says
     */
    public MultiStateCoxFit fit(MultiStateData data) {
        data.group().ifPresent(group -> {
            throw InvalidArgumentException.of(
                    "group column", group.levels(), "none; a fit for each group, or the group as a covariate");
        });
        List<Transition> seen = new ArrayList<>(
                new TransitionRows(data, settings.staysFromEntry).seen().keySet());
        if (seen.isEmpty()) {
            throw new InvalidDataException(DataProblem.ofWhole("nobody leaves a state among " + data.size()
                            + " rows, so there is nothing to fit; allowed: at least one transition")
                    .inSource(data.source()));
        }
        requireSeen(seen);
        Map<String, Set<Transition>> columns = new LinkedHashMap<>();
        Terms terms = terms(seen, columns);
        Map<Transition, String> baselines = baselines(seen);
        Set<String> used = new LinkedHashSet<>(terms.columns(all(data, columns)));
        used.removeAll(columns.keySet());
        boolean robust = settings.robust || Clusters.askForRobust(data);
        SurvivalData stacked = new StackedRows(data, seen)
                .of(
                        new TransitionRows(data, settings.staysFromEntry),
                        transition -> settings.clock,
                        baselines::get,
                        columns,
                        data.covariates().stream().filter(used::contains).toList(),
                        robust);
        CoxModel model = CoxModel.withDefaults()
                .withCovariates(terms)
                .withTies(settings.ties)
                .withTieRule(settings.tieRule)
                .withLevel(settings.level);
        CoxFit fit = (robust ? model.withRobustVariance() : model).fit(stacked);
        return new MultiStateCoxFit(
                fit,
                data,
                seen,
                columns,
                baselines,
                settings.clock,
                settings.form,
                stacked.strata().isPresent());
    }

    private static List<String> all(MultiStateData data, Map<String, Set<Transition>> columns) {
        List<String> all = new ArrayList<>(data.covariates());
        all.addAll(columns.keySet());
        return all;
    }

    private void requireSeen(List<Transition> seen) {
        Set<Transition> named = new LinkedHashSet<>(settings.own.keySet());
        settings.shared.forEach(shared -> named.addAll(shared.transitions()));
        settings.baselines.forEach(named::addAll);
        settings.proportional.forEach(named::addAll);
        for (Transition transition : named) {
            if (!seen.contains(transition)) {
                throw InvalidArgumentException.of("transition", transition, "one that was seen, " + seen);
            }
        }
    }

    /** The terms of all transitions, each within a column of 0 and 1 that says where it counts. */
    private Terms terms(List<Transition> seen, Map<String, Set<Transition>> columns) {
        Terms terms = Terms.none();
        for (Transition transition : seen) {
            Terms own = settings.own.getOrDefault(transition, settings.covariates);
            if (!own.isEmpty()) {
                columns.put(transition.toString(), Set.of(transition));
                terms = terms.with(own.withIndicator(transition.toString()));
            }
        }
        for (Shared shared : settings.shared) {
            String name = String.join(
                    " and ",
                    shared.transitions().stream().map(Transition::toString).toList());
            columns.put(name, shared.transitions());
            terms = terms.with(shared.terms().withIndicator(name));
        }
        for (List<Transition> group : settings.proportional) {
            for (Transition transition : group.subList(1, group.size())) {
                columns.put(transition.toString(), Set.of(transition));
                terms = terms.with(Term.of(transition.toString()));
            }
        }
        return terms;
    }

    /** What the baseline of each transition is called. */
    private Map<Transition, String> baselines(List<Transition> seen) {
        Map<Transition, String> names = new LinkedHashMap<>();
        List<List<Transition>> groups = new ArrayList<>(settings.baselines);
        groups.addAll(settings.proportional);
        for (List<Transition> group : groups) {
            String name = String.join(
                    " and ", group.stream().map(Transition::toString).toList());
            for (Transition transition : group) {
                if (names.put(transition, name) != null) {
                    throw InvalidArgumentException.of(
                            "transition", transition, "one baseline for each; this one is in two groups");
                }
            }
        }
        for (Transition transition : seen) {
            names.putIfAbsent(transition, transition.toString());
        }
        return names;
    }

    @Override
    public String toString() {
        return "multi-state Cox model, " + settings.clock.label() + " clock, ties by " + settings.ties.label()
                + ", covariates " + settings.covariates
                + (settings.own.isEmpty() ? "" : ", of single transitions " + settings.own)
                + (settings.shared.isEmpty() ? "" : ", shared " + settings.shared);
    }
}

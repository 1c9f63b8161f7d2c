package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.regression.internal.FitConventions;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.risk.Followed;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fine and Gray's model of the subdistribution hazard of one cause among competing ones,
 *
 * <pre>
 *   -d log(1 - F(t | x)) / dt = hazard of the stratum(t) * exp(offset + x'beta)
 * </pre>
 *
 * <p>with F the cumulative incidence of the cause. A coefficient says how a covariate orders the incidence, not by how much:
 * exp of it is neither a ratio of incidences nor one of the rates among patients who are still free of any event, since
 * patients who had another cause stay in the denominator. It may differ from 1 for a cause on whose rate the covariate does
 * nothing, where it acts on another cause. For absolute risks of all causes together use cause-specific models.
 *
 * <p>By maximum pseudo-likelihood, Cox's partial likelihood in which rows with another cause stay at risk after their time T
 * with the weight
 *
 * <pre>
 *   G(t-) / G(T-),   with delayed entry   G(t-) H(t-) / (G(T-) H(T-))
 * </pre>
 *
 * <ul>
 *   <li>G is the Kaplan-Meier estimate of the time to censoring, H that of the time of entry, taken backwards in time [2]:
 *       at an entry time u, H falls by the share of those with entry &lt;= u &lt; time who enter at u.
 *   <li>Where events and censorings are at one time, those with the event count as at risk of being censored, as in R's
 *       cmprsk; {@link #withEventsBeforeCensorings()} leaves them out, as R's survival does. Without such ties both are one.
 *   <li>With strata each has its own baseline, and its own G and H. Frequency weights stand for repeated rows in these too;
 *       sampling weights do not enter them, as in R's survival.
 *   <li>Rows of one id that adjoin are one patient, who is neither censored nor enters where they meet; another cause keeps
 *       the covariates of its row. A patient who leaves and comes back is censored and enters.
 * </ul>
 *
 * <p>The variance is always the sandwich of [1], with the part that comes from estimating G (and H, in the same form), by
 * what {@link Clusters} says; the inverse information beside it takes no account of the weights. Immutable.
 *
 * <ol>
 *   <li>J. P. Fine, R. J. Gray (1999). A proportional hazards model for the subdistribution of a competing risk. Journal of
 *       the American Statistical Association 94, 496-509. https://doi.org/10.1080/01621459.1999.10474144
 *   <li>R. B. Geskus (2011). Cause-specific cumulative incidence estimation and the Fine and Gray model under both left
 *       truncation and right censoring. Biometrics 67, 39-49. https://doi.org/10.1111/j.1541-0420.2010.01420.x
 * </ol>
 */
@CheckReturnValue
public final class FineGrayModel {

    private static final int MOST_ITERATIONS = 200;

    /** Never changed once it is that of a model. */
    private final Settings settings;

    private FineGrayModel(Settings settings) {
        this.settings = settings;
    }

    private static final class Settings {
        private Terms covariates = Terms.none();
        private CoxTies ties = CoxTies.BRESLOW;
        private TieRule tieRule = TieRule.DEFAULT;
        private String offset = "";
        private @Nullable CauseChoice cause;
        private boolean eventsFirst;
        private Profile followed = Profile.ENGRAFT;
        private double level = 0.95;

        private Settings copy() {
            Settings copy = new Settings();
            copy.covariates = covariates;
            copy.ties = ties;
            copy.tieRule = tieRule;
            copy.offset = offset;
            copy.cause = cause;
            copy.eventsFirst = eventsFirst;
            copy.followed = followed;
            copy.level = level;
            return copy;
        }
    }

    private FineGrayModel with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new FineGrayModel(changed);
    }

    /**
     * A model without covariates, ties by Breslow, level 0.95. The cause is to be chosen.
     *
     * @return the procedure
     */
    public static FineGrayModel withDefaults() {
        return new FineGrayModel(new Settings());
    }

    /**
     * Covariates, in place of those before.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them; categorical ones become
     *     treatment contrasts against their first level
     * @return the changed procedure
     * @throws InvalidArgumentException when a text stands twice
     */
    public FineGrayModel withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * Terms, in place of those before.
     *
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public FineGrayModel withCovariates(Terms terms) {
        return with(c -> c.covariates = terms);
    }

    /**
     * Another way to count events at one time.
     *
     * @param value Breslow's or Efron's method
     * @return the changed procedure
     * @throws InvalidArgumentException for exact ties, which have no weights
     */
    public FineGrayModel withTies(CoxTies value) {
        if (value == CoxTies.EXACT) {
            throw InvalidArgumentException.ofText(
                    "ties", value.label(), "Breslow or Efron, as rows with weights make no sets of one size");
        }
        return with(c -> c.ties = value);
    }

    /**
     * Another rule for which times are one.
     *
     * @param value the rule
     * @return the changed procedure
     */
    public FineGrayModel withTieRule(TieRule value) {
        return with(c -> c.tieRule = value);
    }

    /**
     * A column that is added to the linear predictor with the coefficient 1.
     *
     * @param covariate a numeric covariate of the data
     * @return the changed procedure
     */
    public FineGrayModel withOffset(String covariate) {
        return with(c -> c.offset = covariate);
    }

    /**
     * The cause whose incidence is modelled.
     *
     * @param code the status code, 1 or more
     * @return the changed procedure
     */
    public FineGrayModel withCause(int code) {
        return with(c -> c.cause = CauseChoice.of(code));
    }

    /**
     * The cause whose incidence is modelled.
     *
     * @param label the cause's label in the data
     * @return the changed procedure
     */
    public FineGrayModel withCause(String label) {
        return with(c -> c.cause = CauseChoice.of(label));
    }

    /**
     * Events come before censorings at the same time: those with an event are no longer at risk of being censored.
     *
     * @return the changed procedure, as R's survival has it
     */
    public FineGrayModel withEventsBeforeCensorings() {
        return with(c -> c.eventsFirst = true);
    }

    /**
     * Whose conventions: they decide on which scale the predicted incidence has its intervals, log(-log F) or with
     * {@link Profile#R} log F, as cumulative incidence has them in either; coefficients are the same in both.
     *
     * @param value the conventions
     * @return the changed procedure
     */
    public FineGrayModel withProfile(Profile value) {
        return with(c -> c.followed = value);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public FineGrayModel withLevel(double value) {
        double checked = Require.properFraction("level", value);
        return with(c -> c.level = checked);
    }

    /**
     * Fits to right-censored follow-up, with delayed entry where the data have it.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws InvalidDataException when there are no events of the cause, or the values of a column or the weights are so
     *     large or so small that their squares are no numbers
     * @throws InvalidArgumentException when no cause was chosen or there is no such cause, a covariate is unknown, a term
     *     cannot be read, a patient has rows after an event, or a row's (entry, time] is within the tie rule's tolerance
     * @throws io.engraft.NotEstimableException when the weights are not known, as all who are at risk at some time have just
     *     entered
     */
    public FineGrayFit fit(SurvivalData data) {
        CauseChoice cause = settings.cause;
        if (cause == null) {
            throw new InvalidArgumentException(
                    "the cause is not chosen; allowed: withCause, one of the causes of the data, which are "
                            + data.causes());
        }
        int code = cause.codeAmong(data.causes());
        Engine.requireWeights(data);
        int[] order = data.canonicalOrder();
        SurvivalData ordered = data.withOnlyCovariates(Engine.used(data, List.of(settings.covariates), settings.offset))
                .inOrder(order);
        requireFirstEvents(ordered);
        RiskRows risk = RiskRows.ofSubdistribution(ordered, code, settings.tieRule, settings.eventsFirst);
        if (risk.places() == 0) {
            throw new InvalidDataException(DataProblem.ofWhole("there are no events of cause "
                            + cause.labelAmong(data.causes()) + " among " + data.size()
                            + " rows, so there is nothing to fit; allowed: at least one event")
                    .inSource(data.source()));
        }
        CoxModel.requireCountable(risk, settings.ties);
        double[] added = settings.offset.isEmpty() ? null : ordered.numericCovariate(settings.offset);
        PartialLikelihood whole =
                new PartialLikelihood(risk, settings.covariates.design(ordered), added, settings.ties.method());
        PartialLikelihood likelihood = whole.withoutSilent();
        double[] zero = new double[likelihood.size()];
        Clusters clusters = Clusters.of(ordered);
        clusters.requireFor(zero.length);
        Newton.End end =
                new Newton(likelihood, new boolean[zero.length], MOST_ITERATIONS).from(zero, likelihood.nothing());
        double last = Arrays.stream(risk.lastTime).filter(t -> t >= 0).max().orElse(0);
        Seen seen = Seen.of(last, i -> risk.weightOf(i) > 0, ordered);
        Followed followed = new Followed(ordered, order, code, settings.tieRule, settings.offset, true);
        CoxEstimate estimate =
                CoxEstimate.of(likelihood, likelihood, likelihood.nothing().value(), end, clusters, followed, seen);
        estimate.warnFirst(data.warnings());
        return new FineGrayFit(
                estimate,
                settings.level,
                settings.followed,
                cause.labelAmong(data.causes()),
                conventions(cause, data, clusters, risk));
    }

    private static void requireFirstEvents(SurvivalData data) {
        Categories id = data.id().orElse(null);
        if (id == null) {
            return;
        }
        double[] at = new double[id.levels().size()];
        int[] events = new int[at.length];
        Arrays.fill(at, Double.POSITIVE_INFINITY);
        for (int i = 0; i < data.size(); i++) {
            if (data.status(i) > 0) {
                at[id.code(i)] = data.time(i);
                events[id.code(i)]++;
            }
        }
        for (int i = 0; i < data.size(); i++) {
            if (events[id.code(i)] > 1 || data.time(i) > at[id.code(i)]) {
                throw InvalidArgumentException.ofText(
                        "patient with rows after an event",
                        id.value(i),
                        "none: the incidence is that of what comes first, so that each patient's rows end with the first"
                                + " event");
            }
        }
    }

    private Map<String, String> conventions(CauseChoice cause, SurvivalData data, Clusters clusters, RiskRows risk) {
        String label = cause.labelAmong(data.causes());
        String name = label.equals(String.valueOf(cause.codeAmong(data.causes()))) ? "cause " + label : label;
        Map<String, String> map = new LinkedHashMap<>();
        map.put("ties", settings.ties.label());
        FitConventions.addStrata(map, data, "a baseline hazard and weights each", clusters);
        FitConventions.add(map, label, data, clusters, data.hasEntry());
        map.put("event", "subdistribution of " + name + ": rows with another cause stay at risk");
        map.put(
                "ratio",
                "of subdistribution hazards: it orders the incidence of " + name
                        + ", and is neither a ratio of incidences nor one of rates among those free of any event");
        map.put("likelihood", "pseudo");
        if (!risk.hasLingering()) {
            map.put("riskAfterAnotherCause", "no row has another cause, so this is Cox's model");
        } else {
            map.put(
                    "riskAfterAnotherCause",
                    "rows stay at risk, with weights by censoring" + (data.hasEntry() ? " and entry" : ""));
            map.put(
                    "censoringTiedWithEvents",
                    settings.eventsFirst
                            ? "events come before censorings at one time"
                            : "rows with an event at the same time are at risk of being censored");
            map.put(
                    "variance",
                    map.get("variance") + ", with the part of the estimated weights"
                            + (data.strata().isPresent() ? " of each stratum" : ""));
        }
        if (!settings.offset.isEmpty()) {
            map.put("offset", settings.offset);
        }
        return map;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of(
                "Fine-Gray model of " + (settings.cause == null ? "no cause yet" : settings.cause) + ", ties by "
                        + settings.ties.label(),
                "covariates " + settings.covariates));
        if (!settings.offset.isEmpty()) {
            parts.add("offset " + settings.offset);
        }
        return String.join(", ", parts);
    }
}

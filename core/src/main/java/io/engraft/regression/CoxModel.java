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
import io.engraft.data.WeightType;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Parallel;
import io.engraft.internal.Require;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.FitConventions;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.risk.FirthLikelihood;
import io.engraft.regression.internal.risk.Followed;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.PenalisedSearch;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cox's proportional hazards model,
 *
 * <pre>
 *   hazard(t | x) = hazard of the stratum(t) * exp(offset + x'beta)
 * </pre>
 *
 * <p>by maximum partial likelihood. A coefficient is the change of the log hazard; exp of it is a hazard ratio. Rows are at
 * risk on (entry, time], so several rows of a patient hold covariates that change with time. Where the data have a strata
 * column each stratum has its own baseline hazard. Frequency weights stand for repeated rows, in tied events too; sampling
 * weights count as in R's coxph. With sampling weights, clusters or several rows of an id, or where asked for, variances
 * are robust: the sandwich over what {@link Clusters} says. Immutable.
 *
 * <ol>
 *   <li>D. R. Cox (1972). Regression models and life-tables. Journal of the Royal Statistical Society B 34, 187-220.
 *   <li>B. Efron (1977). The efficiency of Cox's likelihood function for censored data. Journal of the American
 *       Statistical Association 72, 557-565.
 *   <li>D. Y. Lin, L. J. Wei (1989). The robust inference for the Cox proportional hazards model. Journal of the American
 *       Statistical Association 84, 1074-1078.
 * </ol>
 */
@CheckReturnValue
public final class CoxModel {

    private static final int MOST_ITERATIONS = 200;
    private static final long MOST_EVENTS = 100_000_000;

    /** Never changed once it is that of a model. */
    private final Settings settings;

    private CoxModel(Settings settings) {
        this.settings = settings;
    }

    private static final class Settings {
        private Terms covariates = Terms.none();
        private CoxTies ties = CoxTies.EFRON;
        private TieRule tieRule = TieRule.DEFAULT;
        private String offset = "";
        private @Nullable CauseChoice cause;
        private boolean robust;
        private boolean firth;
        private boolean profile;
        private Profile followed = Profile.ENGRAFT;
        private double level = 0.95;

        /** The status that is the event; 0 for any. */
        private int code(SurvivalData data) {
            return cause == null ? 0 : cause.codeAmong(data.causes());
        }

        private Settings copy() {
            Settings copy = new Settings();
            copy.covariates = covariates;
            copy.ties = ties;
            copy.tieRule = tieRule;
            copy.offset = offset;
            copy.cause = cause;
            copy.robust = robust;
            copy.firth = firth;
            copy.profile = profile;
            copy.followed = followed;
            copy.level = level;
            return copy;
        }
    }

    private CoxModel with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new CoxModel(changed);
    }

    /**
     * A model without covariates, ties by Efron, level 0.95.
     *
     * @return the procedure
     */
    public static CoxModel withDefaults() {
        return new CoxModel(new Settings());
    }

    /**
     * Covariates, in place of those before.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them; categorical ones become
     *     treatment contrasts against their first level
     * @return the changed procedure
     * @throws InvalidArgumentException when a text stands twice
     */
    public CoxModel withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * Terms, in place of those before.
     *
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public CoxModel withCovariates(Terms terms) {
        return with(c -> c.covariates = terms);
    }

    /**
     * Another way to count events at one time.
     *
     * @param value the method
     * @return the changed procedure
     */
    public CoxModel withTies(CoxTies value) {
        return with(c -> c.ties = value);
    }

    /**
     * Another rule for which times are one.
     *
     * @param value the rule
     * @return the changed procedure
     */
    public CoxModel withTieRule(TieRule value) {
        return with(c -> c.tieRule = value);
    }

    /**
     * A column that is added to the linear predictor with the coefficient 1.
     *
     * @param covariate a numeric covariate of the data
     * @return the changed procedure
     */
    public CoxModel withOffset(String covariate) {
        return with(c -> c.offset = covariate);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param code the status code, 1 or more
     * @return the changed procedure, whose result says "cause-specific"
     */
    public CoxModel withCause(int code) {
        CauseChoice chosen = CauseChoice.of(code);
        return with(c -> c.cause = chosen);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param label the cause's label in the data
     * @return the changed procedure, whose result says "cause-specific"
     */
    public CoxModel withCause(String label) {
        CauseChoice chosen = CauseChoice.of(label);
        return with(c -> c.cause = chosen);
    }

    /**
     * Robust variances in any case: by the data's clusters, else ids that have several rows, else rows. They are taken
     * without being asked for with sampling weights, with a cluster column, and where an id has several rows.
     *
     * @return the changed procedure
     */
    public CoxModel withRobustVariance() {
        return with(c -> c.robust = true);
    }

    /**
     * Firth's penalty: half the logarithm of the determinant of the information is added to the log-likelihood. Estimates
     * are then finite where covariates separate those who have the event from the others, and less biased in small samples.
     * Normal limits serve badly there: take {@link #withProfileLimits()}. Standard errors are those of the information
     * without the penalty, at the estimates.
     *
     * <ol>
     *   <li>D. Firth (1993). Bias reduction of maximum likelihood estimates. Biometrika 80, 27-38.
     *   <li>G. Heinze, M. Schemper (2001). A solution to the problem of monotone likelihood in Cox regression. Biometrics
     *       57, 114-119.
     * </ol>
     *
     * @return the changed procedure
     */
    public CoxModel withFirth() {
        return with(c -> c.firth = true);
    }

    /**
     * Limits of each coefficient by its profile likelihood, penalised where the fit is, in place of normal ones: all values
     * that a likelihood-ratio test at 1 - level does not reject. The p-value of a coefficient is then that of the
     * likelihood-ratio test, and z is left out.
     *
     * @return the changed procedure
     */
    public CoxModel withProfileLimits() {
        return with(c -> c.profile = true);
    }

    /**
     * Whose conventions: they decide on which scale predicted survival has its intervals, log(-log S) or with
     * {@link Profile#R} log S as survfit's; coefficients are the same in both.
     *
     * @param value the conventions
     * @return the changed procedure
     */
    public CoxModel withProfile(Profile value) {
        return with(c -> c.followed = value);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public CoxModel withLevel(double value) {
        double checked = Require.properFraction("level", value);
        return with(c -> c.level = checked);
    }

    /**
     * Fits to right-censored follow-up, with delayed entry where the data have it.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws InvalidDataException when there are no events, or the values of a column or the weights are so large or so
     *     small that their squares are no numbers
     * @throws InvalidArgumentException when a covariate is unknown, a term cannot be read, or a row's (entry, time] is within
     *     the tie rule's tolerance
     */
    public CoxFit fit(SurvivalData data) {
        return new Fitting(data).of(settings.code(data), CauseChoice.label(settings.cause, data.causes()));
    }

    /**
     * Fits one model a cause, in which the other causes censor: the rows are read, ordered and placed on their times once.
     * Each fit is that of {@link #withCause(int)} alone, bit for bit.
     *
     * @param data the data
     * @return by code, the fits of the causes that have events
     * @throws InvalidDataException when there are no events
     * @throws InvalidArgumentException when the model has a cause already, or as {@link #fit} says
     */
    public Map<Integer, CoxFit> fitCauses(SurvivalData data) {
        if (settings.cause != null) {
            throw InvalidArgumentException.of("cause", settings.cause.given(), "none, as every cause is fitted");
        }
        boolean[] seen = new boolean[data.causes().size() + 1];
        for (int i = 0; i < data.size(); i++) {
            seen[data.status(i)] |= data.weight(i) > 0;
        }
        int[] codes = IntStream.range(1, seen.length).filter(code -> seen[code]).toArray();
        if (codes.length == 0) {
            throw noEvents(data);
        }
        Fitting fitting = new Fitting(data);
        CoxFit[] fits = new CoxFit[codes.length];
        Parallel.run(
                codes.length, c -> fits[c] = fitting.of(codes[c], data.causes().get(codes[c] - 1)));
        Map<Integer, CoxFit> byCode = new LinkedHashMap<>();
        for (int c = 0; c < codes.length; c++) {
            byCode.put(codes[c], fits[c]);
        }
        return Collections.unmodifiableMap(byCode);
    }

    private static InvalidDataException noEvents(SurvivalData data) {
        return new InvalidDataException(DataProblem.ofWhole("there are no events among " + data.size()
                        + " rows, so there is nothing to fit; allowed: at least one event")
                .inSource(data.source()));
    }

    /** What the fits of all causes of some data have in common. */
    final class Fitting {
        private final SurvivalData data;
        private final int[] order;
        private final SurvivalData ordered;
        private final RiskRows.Placed placed;
        private final Design design;
        private final double @Nullable [] added;
        private final @Nullable Clusters clusters;

        private Fitting(SurvivalData data) {
            Engine.requireWeights(data);
            this.data = data;
            this.order = data.canonicalOrder();
            this.ordered = data.withOnlyCovariates(Engine.used(data, List.of(settings.covariates), settings.offset))
                    .inOrder(order);
            this.placed = RiskRows.placed(ordered, settings.tieRule);
            this.design = settings.covariates.design(ordered);
            this.added = settings.offset.isEmpty() ? null : ordered.numericCovariate(settings.offset);
            this.clusters = clusters(ordered);
        }

        private CoxFit of(int code, @Nullable String label) {
            PartialLikelihood likelihood = likelihood(placed.of(code));
            double[] zero = new double[likelihood.size()];
            if (clusters != null) {
                clusters.requireFor(likelihood.size());
            }
            Objective objective = settings.firth ? new FirthLikelihood(likelihood) : likelihood;
            Objective.Point start = settings.firth ? objective.at(zero) : likelihood.nothing();
            Newton.End end = new Newton(objective, new boolean[zero.length], MOST_ITERATIONS).from(zero, start);
            return ended(likelihood, objective, start.value(), end, code, label);
        }

        /** The likelihood of columns that say something. */
        PartialLikelihood likelihood(RiskRows risk) {
            if (risk.places() == 0) {
                throw noEvents(data);
            }
            requireCountable(risk, settings.ties);
            return new PartialLikelihood(risk, design, added, settings.ties.method()).withoutSilent();
        }

        RiskRows risk() {
            return placed.of(settings.code(data));
        }

        SurvivalData ordered() {
            return ordered;
        }

        /** The likelihood of other rows by the columns of another. */
        PartialLikelihood likelihood(SurvivalData rows, PartialLikelihood as) {
            return new PartialLikelihood(
                    RiskRows.placed(rows, settings.tieRule).of(settings.code(data)),
                    as.design(),
                    added,
                    settings.ties.method());
        }

        /** A penalised fit. */
        CoxFit penalised(PartialLikelihood likelihood, PenalisedSearch search, Newton.End end) {
            return ended(
                    likelihood,
                    search,
                    likelihood.nothing().value(),
                    end,
                    settings.code(data),
                    CauseChoice.label(settings.cause, data.causes()));
        }

        private CoxFit ended(
                PartialLikelihood likelihood,
                Objective objective,
                double nullValue,
                Newton.End end,
                int code,
                @Nullable String label) {
            RiskRows risk = likelihood.risk();
            double last = Arrays.stream(risk.lastTime).filter(t -> t >= 0).max().orElse(0);
            Seen seen = Seen.of(last, i -> risk.weightOf(i) > 0, ordered);
            Followed followed = new Followed(ordered, order, code, settings.tieRule, settings.offset, false);
            CoxEstimate estimate = CoxEstimate.of(likelihood, objective, nullValue, end, clusters, followed, seen);
            estimate.warnFirst(data.warnings());
            Map<String, String> conventions = conventions(data, clusters, label);
            if (objective instanceof PenalisedSearch penalised) {
                conventions.put("penalty", penalised.toString());
            }
            return new CoxFit(estimate, settings.level, settings.profile, settings.followed, label, conventions);
        }
    }

    /** What penalised fits of some data have in common, which have no variance to speak of. */
    Fitting penalised(SurvivalData data) {
        Fitting fitting = new Fitting(data);
        String other = settings.ties == CoxTies.EXACT
                ? "exact ties"
                : settings.firth
                        ? "Firth's penalty"
                        : settings.profile
                                ? "profile-likelihood limits"
                                : settings.robust || data.cluster().isPresent() ? "a robust variance" : "";
        if (!other.isEmpty()) {
            throw new InvalidArgumentException(
                    other + " with a ridge or lasso penalty: penalised estimates are drawn to 0,"
                            + " so that no variance says how far they are from the truth; allowed: the one without the other");
        }
        return fitting;
    }

    static void requireCountable(RiskRows risk, CoxTies ties) {
        if (ties == CoxTies.EFRON && risk.totalEvents() > MOST_EVENTS) {
            throw InvalidArgumentException.of(
                    "number of events by their frequencies",
                    risk.totalEvents(),
                    "at most " + MOST_EVENTS
                            + ", as Efron's sums go through every one of them; ties by Breslow do not");
        }
    }

    /** By what variances are robust; null where they are the model's own. */
    private @Nullable Clusters clusters(SurvivalData data) {
        boolean weighted = data.weightType().filter(WeightType.SAMPLING::equals).isPresent();
        if (settings.ties == CoxTies.EXACT && weighted) {
            throw new InvalidArgumentException("exact ties with sampling weights: a set of events has no one weight;"
                    + " allowed: ties by Efron or Breslow");
        }
        if (settings.ties == CoxTies.EXACT && settings.firth) {
            throw new InvalidArgumentException(
                    "exact ties with Firth's penalty: its derivatives are not known; allowed:"
                            + " Firth's penalty with ties by Efron or Breslow");
        }
        boolean needed = settings.robust || weighted || data.cluster().isPresent() || hasRepeatedEvents(data);
        String without = settings.ties == CoxTies.EXACT
                ? "exact ties"
                : settings.firth ? "Firth's penalty" : settings.profile ? "profile-likelihood limits" : "";
        if (without.isEmpty()) {
            return settings.robust || Clusters.askForRobust(data) ? Clusters.of(data) : null;
        }
        if (needed) {
            throw new InvalidArgumentException(
                    without + " with a robust variance, as is asked for or comes with sampling"
                            + " weights, a cluster column and several events of one id: the likelihood is then not that of the"
                            + " data, and neither a penalty nor a ratio of it means what it says; allowed: the one without the"
                            + " other");
        }
        return null;
    }

    private static boolean hasRepeatedEvents(SurvivalData data) {
        Categories id = data.id().orElse(null);
        if (id == null) {
            return false;
        }
        boolean[] had = new boolean[id.levels().size()];
        for (int i = 0; i < data.size(); i++) {
            if (data.status(i) > 0 && data.weight(i) > 0) {
                if (had[id.code(i)]) {
                    return true;
                }
                had[id.code(i)] = true;
            }
        }
        return false;
    }

    private Map<String, String> conventions(SurvivalData data, @Nullable Clusters clusters, @Nullable String label) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("ties", settings.ties.label() + (settings.ties == CoxTies.EXACT ? ", of discrete time" : ""));
        if (settings.firth) {
            map.put("penalty", "Firth: half the log determinant of the information");
        }
        if (settings.profile) {
            map.put("limits", "profile likelihood");
        }
        FitConventions.addStrata(map, data, "a baseline hazard each", clusters);
        FitConventions.add(map, label, data, clusters, data.hasEntry());
        if (!settings.offset.isEmpty()) {
            map.put("offset", settings.offset);
        }
        return map;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(
                List.of("Cox model, ties by " + settings.ties.label(), "covariates " + settings.covariates));
        if (!settings.offset.isEmpty()) {
            parts.add("offset " + settings.offset);
        }
        if (settings.firth) {
            parts.add("Firth's penalty");
        }
        if (settings.profile) {
            parts.add("profile limits");
        }
        return String.join(", ", parts);
    }
}

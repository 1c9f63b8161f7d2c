package io.engraft.calibrate.rates;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.Require;
import io.engraft.law.LawFamily;
import io.engraft.law.TimingTarget;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From published rates to competing risks. Long-run remission r and relapse q are limits as time grows; deaths without
 * relapse (nrm) are the rest, 1 - r - q. Each time has a law with two parameters, fixed by its median and by the share
 * that has happened by a stated time; what is not given comes from the named JMML assumptions of
 * {@link PathwayModel#jmml()} (relapse: T1 and A1; nrm: A2a and A2b; rates: F1 and F2), and the result lists it. The two
 * targets fix every two-parameter family exactly, so published rates cannot tell families apart: look at them side by
 * side ({@link #withAllFamilies()}). The exponential joins them where at most one target an event was given, since it has
 * one parameter; it uses that one, or the assumed median.
 *
 * <p>With a number of patients behind the rates, or standard errors or intervals of them, curves have intervals in which
 * shares, times and family vary together, from draws of
 *
 * <ul>
 *   <li>the shares: Dirichlet(n p + 1/2) (Jeffreys' prior), or beta laws of as many patients as a standard error or interval
 *       stands for;
 *   <li>the times: a printed median of the k = n p events is their middle order statistic, so F(median) is
 *       Beta((k + 1) / 2, (k + 1) / 2); a share by a time is one of k, by Jeffreys' prior; an assumption that stands in is
 *       drawn over its range ({@link Assumption#quantile(double)});
 *   <li>rounding: a printed figure stands, evenly, for all that round to it, shares to whole per cents at the least;
 *   <li>the family: limits are the lowest and highest of those by Weibull, log-normal and log-logistic laws, not weighed
 *       against each other, unless {@link #withFamily(LawFamily)} or {@link #withAllFamilies()} keeps to one.
 * </ul>
 *
 * <p>All fates are taken as known: with censored patients give the published standard error or interval. One month is
 * 365.25/12 days.
 */
@CheckReturnValue
public final class CompetingRatesCalibration {

    private static final double ROUNDING = 1e-12;

    private static final double[] DEFAULT_MONTHS = {6, 12, 24, 60};
    private static final List<String> ASSUMED = List.of("F1", "F2", "T1", "A1", "A2a", "A2b");
    private static final int LEAST_DRAWS = 100;
    /** Closed forms with early, middling and late tails between them. */
    private static final List<LawFamily> FAMILIES_DRAWN =
            List.of(LawFamily.WEIBULL, LawFamily.LOG_NORMAL, LawFamily.LOG_LOGISTIC);

    private static final List<LawFamily> TWO_PARAMETERS =
            List.of(LawFamily.WEIBULL, LawFamily.LOG_NORMAL, LawFamily.LOG_LOGISTIC, LawFamily.GAMMA);

    private final Settings settings;

    private CompetingRatesCalibration(Settings settings) {
        this.settings = settings;
    }

    /** Copied before it is changed, inside one {@code with} call; never changed afterwards. */
    private static final class Settings {
        private Map<String, Double> assumed = Map.of();
        private @Nullable Double remission;
        private @Nullable Double relapse;
        private @Nullable TimingTarget relapseBy;
        private @Nullable Double relapseMedian;
        private @Nullable TimingTarget nrmBy;
        private @Nullable Double nrmMedian;
        private Precision remissionPrecision = Precision.NONE;
        private Precision relapsePrecision = Precision.NONE;
        private int draws = 2000;
        private long seed = 1;
        private double level = 0.95;
        private boolean all;
        private boolean chosen;
        private boolean timesKnown;
        private List<LawFamily> families = List.of(LawFamily.WEIBULL);
        private DurationUnit unit = DurationUnit.MONTHS;
        private double[] times = {};

        private Settings copy() {
            Settings s = new Settings();
            s.assumed = assumed;
            s.remission = remission;
            s.relapse = relapse;
            s.relapseBy = relapseBy;
            s.relapseMedian = relapseMedian;
            s.nrmBy = nrmBy;
            s.nrmMedian = nrmMedian;
            s.remissionPrecision = remissionPrecision;
            s.relapsePrecision = relapsePrecision;
            s.timesKnown = timesKnown;
            s.families = families;
            s.chosen = chosen;
            s.draws = draws;
            s.seed = seed;
            s.level = level;
            s.all = all;
            s.unit = unit;
            s.times = times;
            return s;
        }
    }

    private CompetingRatesCalibration with(Consumer<Settings> change) {
        Settings s = settings.copy();
        change.accept(s);
        return new CompetingRatesCalibration(s);
    }

    /**
     * Everything from the JMML assumptions: Weibull, months, points at months 6, 12, 24, 60, no patients, level 0.95.
     *
     * @return the calibration
     */
    public static CompetingRatesCalibration withDefaults() {
        return new CompetingRatesCalibration(new Settings());
    }

    /**
     * Sets the limit of event-free survival.
     *
     * @param share long-run remission, in [0, 1]
     * @return the calibration
     */
    public CompetingRatesCalibration withRemission(double share) {
        Require.probability("remission", share);
        return with(s -> s.remission = share);
    }

    /**
     * Sets the limit of the cumulative incidence of relapse.
     *
     * @param share the share who ever relapse, in [0, 1]
     * @return the calibration
     */
    public CompetingRatesCalibration withRelapse(double share) {
        Require.probability("relapse", share);
        return with(s -> s.relapse = share);
    }

    /**
     * Sets the value of a named JMML assumption that stands in for a figure that is not given.
     *
     * @param id F1 (remission), F2 (relapse), T1 and A1 (times of relapse), A2a and A2b (times of death without relapse)
     * @param value the value, in the unit of the assumption
     * @return the calibration; calibrating refuses assumptions in whose place a figure is given
     * @throws InvalidArgumentException when the id is none of these, or the value is outside its domain
     */
    public CompetingRatesCalibration withAssumption(String id, double value) {
        if (!ASSUMED.contains(id)) {
            throw InvalidArgumentException.of("assumption", id, "one of " + ASSUMED);
        }
        double allowed = PathwayModel.jmml().assumption(id).withValue(value).value();
        return with(s -> {
            Map<String, Double> more = new LinkedHashMap<>(s.assumed);
            more.put(id, allowed);
            s.assumed = Collections.unmodifiableMap(more);
        });
    }

    /**
     * Sets how many of all relapses have happened by a time.
     *
     * @param time the time, positive
     * @param share P(relapse by then | ever relapses), strictly between 0 and 1
     * @return the calibration
     */
    public CompetingRatesCalibration withRelapseBy(double time, double share) {
        TimingTarget target = target("relapse", time, share);
        return with(s -> s.relapseBy = target);
    }

    /**
     * Sets the median time of relapse.
     *
     * @param time the median among those who relapse, positive
     * @return the calibration
     */
    public CompetingRatesCalibration withRelapseMedian(double time) {
        Require.positive("relapse median", time);
        return with(s -> s.relapseMedian = time);
    }

    /**
     * Sets how many of all deaths without relapse have happened by a time.
     *
     * @param time the time, positive
     * @param share P(death by then | ever dies without relapse), strictly between 0 and 1
     * @return the calibration
     */
    public CompetingRatesCalibration withNrmBy(double time, double share) {
        TimingTarget target = target("nrm", time, share);
        return with(s -> s.nrmBy = target);
    }

    /**
     * Sets the median time of death without relapse.
     *
     * @param time the median among those who die without relapse, positive
     * @return the calibration
     */
    public CompetingRatesCalibration withNrmMedian(double time) {
        Require.positive("nrm median", time);
        return with(s -> s.nrmMedian = time);
    }

    private static TimingTarget target(String event, double time, double share) {
        Require.positive("time of " + event + "-by", time);
        Require.properFraction("share of " + event + "-by", share);
        return new TimingTarget(time, share);
    }

    /**
     * Sets the number of patients behind the rates, for intervals. Intervals are those of patients whose fate is known;
     * where follow-up is short, published intervals are wider: give these, or a smaller number.
     *
     * @param patients at least 1
     * @return the calibration
     */
    public CompetingRatesCalibration withSampleSize(int patients) {
        Require.atLeast("n", patients, 1);
        return with(s -> {
            s.remissionPrecision = Precision.patients(patients);
            s.relapsePrecision = s.remissionPrecision;
        });
    }

    /**
     * Sets the standard error of the share in remission, for intervals: it counts as from so many patients as would have
     * it. Where the other rate has no precision, it counts as from as many.
     *
     * @param standardError positive
     * @return the calibration
     */
    public CompetingRatesCalibration withRemissionError(double standardError) {
        Precision given = Precision.error("remission", standardError);
        return with(s -> s.remissionPrecision = given);
    }

    /**
     * Sets the standard error of the share that relapses, as {@link #withRemissionError(double)} does.
     *
     * @param standardError positive
     * @return the calibration
     */
    public CompetingRatesCalibration withRelapseError(double standardError) {
        Precision given = Precision.error("relapse", standardError);
        return with(s -> s.relapsePrecision = given);
    }

    /**
     * Sets a printed interval of the share in remission, by its width on the logit scale.
     *
     * @param lower its lower limit, strictly between 0 and 1
     * @param upper its upper limit, strictly between 0 and 1
     * @param confidence its level, strictly between 0 and 1
     * @return the calibration
     * @throws InvalidArgumentException when the limits are not in order; on calibration, when they do not hold the share
     */
    public CompetingRatesCalibration withRemissionInterval(double lower, double upper, double confidence) {
        Precision given = Precision.interval("remission", lower, upper, confidence);
        return with(s -> s.remissionPrecision = given);
    }

    /**
     * Sets a printed interval of the share that relapses, by its width on the logit scale.
     *
     * @param lower its lower limit, strictly between 0 and 1
     * @param upper its upper limit, strictly between 0 and 1
     * @param confidence its level, strictly between 0 and 1
     * @return the calibration
     * @throws InvalidArgumentException when the limits are not in order; on calibration, when they do not hold the share
     */
    public CompetingRatesCalibration withRelapseInterval(double lower, double upper, double confidence) {
        Precision given = Precision.interval("relapse", lower, upper, confidence);
        return with(s -> s.relapsePrecision = given);
    }

    /**
     * Takes the times of events as known, so that intervals hold the sampling error of the three shares alone. They are
     * then too narrow early on, where the times decide: for comparing what rests on shares only.
     *
     * @return the calibration
     */
    public CompetingRatesCalibration withTimesKnown() {
        return with(s -> s.timesKnown = true);
    }

    /**
     * Sets how intervals are drawn.
     *
     * @param draws at least 100, for each family; 2000 by default
     * @param seed the seed; 1 by default
     * @return the calibration
     */
    public CompetingRatesCalibration withDraws(int draws, long seed) {
        Require.draws("draws", draws, 100);
        return with(s -> {
            s.draws = draws;
            s.seed = seed;
        });
    }

    /**
     * Sets the level of the intervals.
     *
     * @param level strictly between 0 and 1
     * @return the calibration
     */
    public CompetingRatesCalibration withLevel(double level) {
        Require.properFraction("level", level);
        return with(s -> s.level = level);
    }

    /**
     * Sets one family for the laws of time, which then counts as known: intervals hold no other.
     *
     * @param family the family; exponential only where at most one timing target an event is given
     * @return the calibration
     * @throws InvalidArgumentException for {@link LawFamily#GOMPERTZ}, which may leave a share without the event, and
     *     {@link LawFamily#GENERALIZED_GAMMA}, which two timing targets do not determine
     */
    public CompetingRatesCalibration withFamily(LawFamily family) {
        family.requireCalibrated();
        return with(s -> {
            s.all = false;
            s.chosen = true;
            s.families = List.of(family);
        });
    }

    /**
     * All two-parameter families side by side, and the exponential where at most one timing target an event is given. The
     * intervals of each are those within the family.
     *
     * @return the calibration
     */
    public CompetingRatesCalibration withAllFamilies() {
        return with(s -> s.all = true);
    }

    /**
     * Sets the unit of all times given and reported.
     *
     * @param unit months by default
     * @return the calibration
     */
    public CompetingRatesCalibration withUnit(DurationUnit unit) {
        return with(s -> s.unit = unit);
    }

    /**
     * Sets the times of the reported points.
     *
     * @param times each at least 0 and finite; none for months 6, 12, 24, 60
     * @return the calibration
     */
    public CompetingRatesCalibration withTimes(double... times) {
        for (double t : times) {
            Require.nonNegative("time", t);
        }
        double[] copy = times.clone();
        return with(s -> s.times = copy);
    }

    /**
     * Calibrates.
     *
     * @return one model a family
     * @throws InvalidArgumentException when the rates sum to more than 1, an interval does not hold its rate, or timing
     *     targets contradict each other or the assumptions that complete them
     */
    public CompetingRatesResult calibrate() {
        Settings s = settings;
        PathwayModel stated = PathwayModel.jmml();
        Function<String, Assumption> jmml = id -> {
            Double value = s.assumed.get(id);
            Assumption assumption = stated.assumption(id);
            return value == null ? assumption : assumption.withValue(value);
        };
        List<Assumption> rateAssumptions = new ArrayList<>();
        double remission = rate(s.remission, jmml.apply("F1"), rateAssumptions);
        double relapse = rate(s.relapse, jmml.apply("F2"), rateAssumptions);
        RatesSampling sampling = new RatesSampling(
                remission,
                relapse,
                rest(remission, relapse),
                s.remissionPrecision.of("remission", remission, s.relapsePrecision, "relapse", relapse),
                s.relapsePrecision.of("relapse", relapse, s.remissionPrecision, "remission", remission),
                EventTiming.relapse(s.relapseMedian, s.relapseBy, jmml, s.unit),
                EventTiming.nrm(s.nrmMedian, s.nrmBy, jmml, s.unit));
        List<String> warnings = new ArrayList<>();
        List<CompetingRatesModel> models = new ArrayList<>();
        Set<Assumption> used = new LinkedHashSet<>(rateAssumptions);
        for (LawFamily family : families(sampling.relapseTiming(), sampling.nrmTiming(), warnings)) {
            CompetingRisksMixture mixture;
            try {
                mixture = sampling.stated(family).withLevel(s.level);
            } catch (InvalidArgumentException refused) {
                if (family == LawFamily.GAMMA && s.all) {
                    warnings.add("no gamma model: " + refused.getMessage());
                    continue;
                }
                throw refused;
            }
            Set<Assumption> own = new LinkedHashSet<>(rateAssumptions);
            own.addAll(sampling.relapseTiming().assumptions(family));
            own.addAll(sampling.nrmTiming().assumptions(family));
            used.addAll(own);
            models.add(model(family, uncertain(sampling, family, mixture, warnings), own));
        }
        for (String id : s.assumed.keySet()) {
            if (used.stream().noneMatch(a -> a.id().equals(id))) {
                throw new InvalidArgumentException("assumption " + id
                        + " was given a value, and a figure is given in its" + " place; allowed: one of the two");
            }
        }
        warnings.addAll(RatesWarnings.of(sampling, used));
        warnings.addAll(RatesWarnings.ofIntervals(sampling, s.timesKnown, s.all || s.chosen));
        if (!s.all && !s.families.contains(LawFamily.EXPONENTIAL)) {
            warnings.add(RatesWarnings.FAMILIES);
        }
        return new CompetingRatesResult(models, warnings, s.unit);
    }

    private CompetingRisksMixture uncertain(
            RatesSampling sampling, LawFamily family, CompetingRisksMixture mixture, List<String> warnings) {
        Settings s = settings;
        if (sampling.patients() == 0) {
            return mixture;
        }
        if (s.timesKnown) {
            return mixture.withSampleSize(sampling.patients(), s.draws, s.seed);
        }
        List<LawFamily> varied = s.all || s.chosen ? List.of(family) : FAMILIES_DRAWN;
        List<List<CompetingRisksMixture>> groups = sampling.draws(varied, s.draws, s.seed);
        int fewest = groups.stream().mapToInt(List::size).min().orElse(0);
        if (fewest < Math.max(LEAST_DRAWS, s.draws / 2)) {
            warnings.add("There are no intervals of the " + family.label() + " model: of " + s.draws + " draws only "
                    + fewest + " gave laws of time, because the figures and the assumptions that complete them hardly"
                    + " agree; give both the median and a share by a time.");
            return mixture;
        }
        // The draws hold the shares as well; the number stands beside them.
        return mixture.withSampleSize(sampling.patients(), LEAST_DRAWS, s.seed).withDraws(groups);
    }

    private static double rate(@Nullable Double given, Assumption assumption, List<Assumption> used) {
        if (given != null) {
            return given;
        }
        used.add(assumption);
        return assumption.value();
    }

    /** Decimal, so that the rest of 0.5 and 0.35 is 0.15. */
    private static double rest(double remission, double relapse) {
        BigDecimal sum = BigDecimal.valueOf(remission).add(BigDecimal.valueOf(relapse));
        BigDecimal rest = BigDecimal.ONE.subtract(sum);
        // A share computed as 1 - 0.7 may pass the rest by a rounding error.
        if (rest.signum() < 0 && rest.doubleValue() > -ROUNDING) {
            return 0;
        }
        if (rest.signum() < 0) {
            throw new InvalidArgumentException("remission " + remission + " and relapse " + relapse + " sum to "
                    + sum.toPlainString() + "; allowed: at most 1, because deaths without relapse are the rest");
        }
        return rest.doubleValue();
    }

    private List<LawFamily> families(EventTiming relapse, EventTiming nrm, List<String> warnings) {
        if (!settings.all) {
            return settings.families;
        }
        List<LawFamily> families = new ArrayList<>(TWO_PARAMETERS);
        if (relapse.given() < 2 && nrm.given() < 2) {
            families.add(LawFamily.EXPONENTIAL);
        } else {
            warnings.add(
                    "The exponential family is left out: it has one parameter and cannot meet two timing targets.");
        }
        return families;
    }

    private CompetingRatesModel model(LawFamily family, CompetingRisksMixture mixture, Set<Assumption> assumptions) {
        double[] times = settings.times;
        if (times.length == 0) {
            times = Arrays.stream(DEFAULT_MONTHS)
                    .map(t -> DurationUnit.MONTHS.to(settings.unit, t))
                    .toArray();
        }
        List<CompetingRatesModel.Point> points = new ArrayList<>();
        for (double t : times) {
            points.add(new CompetingRatesModel.Point(
                    t,
                    mixture.probabilityAt("event-free", t),
                    mixture.probabilityAt("relapse", t),
                    mixture.probabilityAt("nrm", t)));
        }
        Set<String> evidence = new LinkedHashSet<>();
        assumptions.forEach(a -> evidence.addAll(a.evidence()));
        return new CompetingRatesModel(family, mixture, points, List.copyOf(assumptions), List.copyOf(evidence));
    }

    @Override
    public String toString() {
        return "calibration of remission, relapse and nrm in " + settings.unit.label();
    }
}

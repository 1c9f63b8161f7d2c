package io.engraft.calibrate.rates;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.Require;
import io.engraft.law.LawFamily;
import io.engraft.law.TimingTarget;
import io.engraft.multistate.Fate;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
 * <p>With a number of patients behind the rates, intervals hold the sampling error of the three probabilities
 * ({@link CompetingRisksMixture#withSampleSize(int)}), not that of the times. One month is 365.25/12 days.
 */
@CheckReturnValue
public final class CompetingRatesCalibration {

    private static final double ROUNDING = 1e-12;

    private static final double[] DEFAULT_MONTHS = {6, 12, 24, 60};
    private static final List<LawFamily> TWO_PARAMETERS =
            List.of(LawFamily.WEIBULL, LawFamily.LOG_NORMAL, LawFamily.LOG_LOGISTIC, LawFamily.GAMMA);

    private final Settings settings;

    private CompetingRatesCalibration(Settings settings) {
        this.settings = settings;
    }

    /** Copied before it is changed, inside one {@code with} call; never changed afterwards. */
    private static final class Settings {
        private @Nullable Double remission;
        private @Nullable Double relapse;
        private @Nullable TimingTarget relapseBy;
        private @Nullable Double relapseMedian;
        private @Nullable TimingTarget nrmBy;
        private @Nullable Double nrmMedian;
        private int patients;
        private int draws = 4000;
        private long seed = 1;
        private double level = 0.95;
        private boolean all;
        private List<LawFamily> families = List.of(LawFamily.WEIBULL);
        private DurationUnit unit = DurationUnit.MONTHS;
        private double[] times = {};

        private Settings copy() {
            Settings s = new Settings();
            s.remission = remission;
            s.relapse = relapse;
            s.relapseBy = relapseBy;
            s.relapseMedian = relapseMedian;
            s.nrmBy = nrmBy;
            s.nrmMedian = nrmMedian;
            s.patients = patients;
            s.draws = draws;
            s.seed = seed;
            s.level = level;
            s.all = all;
            s.families = families;
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
     * where follow-up is short, published intervals are wider, and a smaller number stands for them.
     *
     * @param patients at least 1
     * @return the calibration
     */
    public CompetingRatesCalibration withSampleSize(int patients) {
        Require.atLeast("n", patients, 1);
        return with(s -> s.patients = patients);
    }

    /**
     * Sets how intervals are drawn.
     *
     * @param draws at least 100; 4000 by default
     * @param seed the seed; 1 by default
     * @return the calibration
     */
    public CompetingRatesCalibration withDraws(int draws, long seed) {
        Require.atLeast("draws", draws, 100);
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
     * Sets one family for the laws of time.
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
            s.families = List.of(family);
        });
    }

    /**
     * All two-parameter families side by side, and the exponential where at most one timing target an event is given.
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
     * @throws InvalidArgumentException when the rates sum to more than 1, or timing targets contradict each other or the
     *     assumptions that complete them
     */
    public CompetingRatesResult calibrate() {
        PathwayModel jmml = PathwayModel.jmml();
        Settings s = settings;
        List<Assumption> rateAssumptions = new ArrayList<>();
        double remission = rate(s.remission, jmml.assumption("F1"), rateAssumptions);
        double relapse = rate(s.relapse, jmml.assumption("F2"), rateAssumptions);
        double nrm = rest(remission, relapse);
        EventTiming relapseTiming = EventTiming.relapse(s.relapseMedian, s.relapseBy, jmml, s.unit);
        EventTiming nrmTiming = EventTiming.nrm(s.nrmMedian, s.nrmBy, jmml, s.unit);
        List<String> warnings = new ArrayList<>();
        List<CompetingRatesModel> models = new ArrayList<>();
        Set<Assumption> used = new LinkedHashSet<>(rateAssumptions);
        for (LawFamily family : families(relapseTiming, nrmTiming, warnings)) {
            List<Fate> fates;
            try {
                fates = List.of(
                        Fate.stays("remission", remission),
                        Fate.of("relapse", relapse, relapseTiming.law(family)),
                        Fate.of("nrm", nrm, nrmTiming.law(family)));
            } catch (InvalidArgumentException refused) {
                if (family == LawFamily.GAMMA && s.all) {
                    warnings.add("no gamma model: " + refused.getMessage());
                    continue;
                }
                throw refused;
            }
            Set<Assumption> own = new LinkedHashSet<>(rateAssumptions);
            own.addAll(relapseTiming.assumptions(family));
            own.addAll(nrmTiming.assumptions(family));
            used.addAll(own);
            models.add(model(family, fates, own));
        }
        addWarnings(used, warnings);
        return new CompetingRatesResult(models, warnings, s.unit);
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

    private CompetingRatesModel model(LawFamily family, List<Fate> fates, Set<Assumption> assumptions) {
        CompetingRisksMixture mixture =
                CompetingRisksMixture.of("event-free", fates).withLevel(settings.level);
        if (settings.patients > 0) {
            mixture = mixture.withSampleSize(settings.patients, settings.draws, settings.seed);
        }
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

    private void addWarnings(Set<Assumption> used, List<String> warnings) {
        for (Assumption a : used) {
            warnings.add("Not given, so taken from JMML assumption " + a.id() + " = " + a.value()
                    + (a.unit().equals("probability") ? "" : " " + a.unit()) + " (range " + a.low() + " to " + a.high()
                    + "): " + a.text());
        }
        if (settings.patients == 0) {
            warnings.add("No number of patients was given, so there are no intervals.");
        } else {
            warnings.add(
                    "Intervals hold the sampling error of the three long-run probabilities only, as if the fate of all "
                            + settings.patients + " patients were known: where many were censored they are too narrow."
                            + " The times of relapse and of death without relapse are taken as known.");
        }
        if (!settings.all && !settings.families.contains(LawFamily.EXPONENTIAL)) {
            warnings.add("Two timing targets fix every two-parameter family exactly, so they cannot tell which one is"
                    + " right: compare all families before relying on times between and beyond the targets.");
        }
    }

    @Override
    public String toString() {
        return "calibration of remission, relapse and nrm in " + settings.unit.label();
    }
}

package io.engraft.calibrate.rates;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.TimingTarget;
import io.engraft.pathway.Assumption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.jspecify.annotations.Nullable;

/** What is known of one event's time: the targets given, and the assumptions that stand in for those that are not. */
final class EventTiming {

    /** The assumed shares speak of this month. */
    private static final double ASSUMED_MONTH = 12;

    private static final double TINY = 1e-9;

    private final String event;
    private final TimingTarget median;
    private final TimingTarget by;
    private final boolean medianGiven;
    private final boolean byGiven;
    private final Assumption assumedMedian;
    private final Assumption assumedShare;
    private final DurationUnit unit;
    /** Whether a share by a time was given that says the same as the median, within the rounding of both. */
    private final boolean same;

    private EventTiming(
            String event,
            @Nullable Double median,
            @Nullable TimingTarget by,
            Assumption assumedMedian,
            Assumption assumedShare,
            DurationUnit unit) {
        this.event = event;
        this.unit = unit;
        this.same = median != null && by != null && Printed.sameAsMedian(by, median);
        this.medianGiven = median != null;
        this.byGiven = by != null && !same;
        this.assumedMedian = assumedMedian;
        this.assumedShare = assumedShare;
        double halfTime = median != null
                ? median
                : DurationUnit.parse(assumedMedian.unit()).to(unit, assumedMedian.value());
        this.median = TimingTarget.median(halfTime);
        this.by = by != null && !same
                ? by
                : new TimingTarget(DurationUnit.MONTHS.to(unit, ASSUMED_MONTH), assumedShare.value());
    }

    static EventTiming relapse(
            @Nullable Double median, @Nullable TimingTarget by, Function<String, Assumption> jmml, DurationUnit unit) {
        return new EventTiming("relapse", median, by, jmml.apply("T1"), jmml.apply("A1"), unit);
    }

    static EventTiming nrm(
            @Nullable Double median, @Nullable TimingTarget by, Function<String, Assumption> jmml, DurationUnit unit) {
        return new EventTiming("nrm", median, by, jmml.apply("A2a"), jmml.apply("A2b"), unit);
    }

    String event() {
        return event;
    }

    boolean sameTwice() {
        return same;
    }

    int given() {
        return (medianGiven ? 1 : 0) + (byGiven ? 1 : 0);
    }

    /** The law of a family through the targets; one target for the exponential. */
    LawOfTime law(LawFamily family) {
        if (family == LawFamily.EXPONENTIAL) {
            if (given() == 2) {
                throw new InvalidArgumentException("an exponential law has one parameter, and for " + event
                        + " both a median and a share by a time were given; allowed: one of them, or another family");
            }
            return LawFamily.exponentialThrough(byGiven ? by : median);
        }
        checkOrder();
        return family.through(median, by);
    }

    /**
     * Timing targets that the sampling of so many events, the rounding of what was printed and the ranges of assumptions
     * leave open; takes four uniforms. The median of k events is at F(median) = u, u of Beta((k + 1) / 2, (k + 1) / 2), the
     * law of the middle order statistic; of the events on the other side of it, those by the other time are a share by
     * Jeffreys' beta law.
     *
     * @return two targets, for the exponential family one
     */
    List<TimingTarget> drawn(boolean exponential, double events, DoubleSupplier uniforms) {
        double k = Math.max(1, events);
        double first = uniforms.getAsDouble();
        double second = uniforms.getAsDouble();
        // Taken whether or not they are used, so that a figure given for one event moves no draw of the other.
        double halfTime = halfTime(first, uniforms.getAsDouble());
        double share = share(second, uniforms.getAsDouble());
        if (exponential && byGiven) {
            return List.of(target(by.time(), beta(k * share, k * (1 - share), second)));
        }
        double middle = medianGiven ? beta(k / 2, k / 2, first) : 0.5;
        TimingTarget half = target(halfTime, middle);
        return exponential
                ? List.of(half)
                : List.of(half, target(by.time(), reached(halfTime, middle, share, k, second)));
    }

    private static TimingTarget target(double time, double share) {
        return new TimingTarget(time, Math.min(1 - TINY, Math.max(TINY, share)));
    }

    /** The law of a family through drawn targets; null where they contradict each other or none of the family meets them. */
    static @Nullable LawOfTime through(LawFamily family, List<TimingTarget> targets) {
        try {
            return targets.size() == 1
                    ? LawFamily.exponentialThrough(targets.get(0))
                    : family.through(targets.get(0), targets.get(1));
        } catch (InvalidArgumentException contradictory) {
            return null;
        }
    }

    private double halfTime(double uniform, double rounding) {
        return medianGiven
                ? Printed.time(median.time(), rounding)
                : DurationUnit.parse(assumedMedian.unit()).to(unit, assumedMedian.quantile(uniform));
    }

    private double share(double uniform, double rounding) {
        return byGiven ? Printed.share(by.share(), rounding) : assumedShare.quantile(uniform);
    }

    /** The share by the time of {@code by}, where a share {@code middle} had the event by the median. */
    private double reached(double halfTime, double middle, double share, double k, double uniform) {
        if (byGiven && !medianGiven) {
            return beta(k * share, k * (1 - share), uniform);
        }
        boolean later = by.time() > halfTime;
        // Of the half on the side of the median where the other time lies, the part between the two.
        double between = Math.max(0, later ? 2 * share - 1 : 1 - 2 * share);
        if (byGiven) {
            between = beta(k / 2 * between, k / 2 * (1 - between), uniform);
        }
        return later ? middle + (1 - middle) * between : middle * (1 - between);
    }

    /** A quantile of the law of a share of which so many were seen with the event and without, by Jeffreys' prior. */
    static double beta(double events, double others, double p) {
        return BetaDistribution.of(events + 0.5, others + 0.5).inverseCumulativeProbability(p);
    }

    private void checkOrder() {
        boolean later = by.time() > median.time() && by.share() > 0.5;
        boolean earlier = by.time() < median.time() && by.share() < 0.5;
        if (!(later || earlier)) {
            String medianSource = medianGiven ? "" : ", which is assumption " + assumedMedian.id() + " of JMML";
            String bySource = byGiven ? "" : ", which is assumption " + assumedShare.id() + " of JMML";
            throw new InvalidArgumentException(event + " median " + median.time() + medianSource + ", and share "
                    + by.share() + " by time " + by.time() + bySource
                    + ", contradict each other; allowed: a share above 0.5 by a time after the median, below 0.5 by a time"
                    + " before it" + (given() == 2 ? "" : "; or give both the median and the share"));
        }
    }

    /** The assumptions that the law of a family rests on. */
    List<Assumption> assumptions(LawFamily family) {
        List<Assumption> used = new ArrayList<>();
        boolean one = family == LawFamily.EXPONENTIAL;
        if (!medianGiven && !(one && byGiven)) {
            used.add(assumedMedian);
        }
        if (!byGiven && !one) {
            used.add(assumedShare);
        }
        return used;
    }
}

package io.engraft.calibrate.rates;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.TimingTarget;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one event's time: the targets given, and the assumptions that stand in for those that are not. */
final class EventTiming {

    /** The assumed shares speak of this month. */
    private static final double ASSUMED_MONTH = 12;

    private final String event;
    private final TimingTarget median;
    private final TimingTarget by;
    private final boolean medianGiven;
    private final boolean byGiven;
    private final Assumption assumedMedian;
    private final Assumption assumedShare;

    private EventTiming(
            String event,
            @Nullable Double median,
            @Nullable TimingTarget by,
            Assumption assumedMedian,
            Assumption assumedShare,
            DurationUnit unit) {
        this.event = event;
        this.medianGiven = median != null;
        this.byGiven = by != null;
        this.assumedMedian = assumedMedian;
        this.assumedShare = assumedShare;
        double halfTime = median != null
                ? median
                : DurationUnit.parse(assumedMedian.unit()).to(unit, assumedMedian.value());
        this.median = TimingTarget.median(halfTime);
        this.by = by != null ? by : new TimingTarget(DurationUnit.MONTHS.to(unit, ASSUMED_MONTH), assumedShare.value());
    }

    static EventTiming relapse(
            @Nullable Double median, @Nullable TimingTarget by, PathwayModel jmml, DurationUnit unit) {
        return new EventTiming("relapse", median, by, jmml.assumption("T1"), jmml.assumption("A1"), unit);
    }

    static EventTiming nrm(@Nullable Double median, @Nullable TimingTarget by, PathwayModel jmml, DurationUnit unit) {
        return new EventTiming("nrm", median, by, jmml.assumption("A2a"), jmml.assumption("A2b"), unit);
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

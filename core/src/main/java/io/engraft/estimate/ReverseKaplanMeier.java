package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.internal.Reading;
import io.engraft.estimate.internal.RiskSets;

/**
 * The distribution of follow-up: the Kaplan-Meier estimate of the time to censoring, in which an event of any cause
 * censors. Its {@link SurvivalEstimate#median() median} is the median follow-up with its interval, which the median of the
 * observed times understates, as those who had an event could have been followed for longer.
 *
 * <p>In the result an "event" is an end of follow-up and "censored" are those who had an event. Weights, clusters and
 * delayed entry are taken as by {@link KaplanMeier}; a patient must have one row.
 *
 * <p>M. Schemper, T. L. Smith (1996). A note on quantifying follow-up in studies of failure time. Controlled Clinical
 * Trials 17, 343-346.
 */
@CheckReturnValue
public final class ReverseKaplanMeier extends CurveProcedure<ReverseKaplanMeier, SurvivalEstimate> {

    /** What holds where an event and a censoring happen at one time. */
    public enum Ties {
        /** The one with the event is still at risk of censoring then, as in R's survfit of status == 0. */
        EVENT_STILL_AT_RISK,
        /** The event comes first, as R's prodlim has it: who has an event is not at risk of censoring at that time. */
        EVENT_FIRST
    }

    private final Ties ties;

    private ReverseKaplanMeier(CurveSettings settings, Ties ties) {
        super(settings);
        this.ties = ties;
    }

    @Override
    ReverseKaplanMeier with(CurveSettings changed) {
        return new ReverseKaplanMeier(changed, ties);
    }

    @Override
    SurvivalEstimate curve(RiskSets sets) {
        return new SurvivalEstimate(sets, settings());
    }

    @Override
    void check(SurvivalData data) {
        if (data.id().filter(id -> Clusters.firstRepeat(id).isPresent()).isPresent()) {
            throw new InvalidArgumentException(
                    "an id has several rows, whose inner ends would count as ends of follow-up;"
                            + " allowed: one row a patient, from the first entry to the last time");
        }
    }

    /**
     * The procedure with 95 % log-log intervals, events at the time of a censoring still at risk of it.
     *
     * @return the procedure
     */
    public static ReverseKaplanMeier withDefaults() {
        return new ReverseKaplanMeier(CurveSettings.DEFAULT, Ties.EVENT_STILL_AT_RISK);
    }

    /**
     * Another order of events and censorings at one time.
     *
     * @param order the order
     * @return the changed procedure
     */
    public ReverseKaplanMeier withTies(Ties order) {
        return new ReverseKaplanMeier(settings(), order);
    }

    @Override
    Reading reading() {
        return ties == Ties.EVENT_FIRST ? Reading.CENSORING_AFTER_EVENTS : Reading.CENSORING;
    }
}

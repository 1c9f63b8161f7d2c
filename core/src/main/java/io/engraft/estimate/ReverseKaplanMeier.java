package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;

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
public final class ReverseKaplanMeier {

    /** What holds where an event and a censoring happen at one time. */
    public enum Ties {
        /** The one with the event is still at risk of censoring then, as in R's survfit of status == 0. */
        EVENT_STILL_AT_RISK,
        /** The event comes first, as R's prodlim has it: who has an event is not at risk of censoring at that time. */
        EVENT_FIRST
    }

    private final KaplanMeier.Settings settings;
    private final Ties ties;

    private ReverseKaplanMeier(KaplanMeier.Settings settings, Ties ties) {
        this.settings = settings;
        this.ties = ties;
    }

    /**
     * The procedure with 95 % log-log intervals, events at the time of a censoring still at risk of it.
     *
     * @return the procedure
     */
    public static ReverseKaplanMeier withDefaults() {
        return new ReverseKaplanMeier(KaplanMeier.Settings.DEFAULT, Ties.EVENT_STILL_AT_RISK);
    }

    /**
     * Another order of events and censorings at one time.
     *
     * @param order the order
     * @return the changed procedure
     */
    public ReverseKaplanMeier withTies(Ties order) {
        return new ReverseKaplanMeier(settings, order);
    }

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public ReverseKaplanMeier withLevel(double level) {
        return new ReverseKaplanMeier(settings.withLevel(level), ties);
    }

    /**
     * Another scale of intervals.
     *
     * @param type the scale
     * @return the changed procedure
     */
    public ReverseKaplanMeier withConfidenceType(ConfidenceType type) {
        return new ReverseKaplanMeier(settings.withConfidenceType(type), ties);
    }

    /**
     * Another system's conventions, its interval type included.
     *
     * @param profile the profile
     * @return the changed procedure
     */
    public ReverseKaplanMeier withProfile(Profile profile) {
        return new ReverseKaplanMeier(settings.withProfile(profile), ties);
    }

    /**
     * Another rule for which times count as one.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public ReverseKaplanMeier withTieRule(TieRule rule) {
        return new ReverseKaplanMeier(settings.withTieRule(rule), ties);
    }

    /**
     * The robust variance, as {@link KaplanMeier#withRobustVariance()}.
     *
     * @return the changed procedure
     */
    public ReverseKaplanMeier withRobustVariance() {
        return new ReverseKaplanMeier(settings.withRobust(), ties);
    }

    private Reading reading() {
        return ties == Ties.EVENT_FIRST ? Reading.CENSORING_AFTER_EVENTS : Reading.CENSORING;
    }

    /**
     * One distribution of follow-up a group.
     *
     * @param data follow-up
     * @return the curves, in level order; the one group "all" without a group column
     * @throws InvalidArgumentException when an id has several rows, as the inner ends of a patient end no follow-up
     */
    public Grouped<SurvivalEstimate> fit(SurvivalData data) {
        if (data.id().filter(InfluenceRows::repeats).isPresent()) {
            throw new InvalidArgumentException(
                    "an id has several rows, whose inner ends would count as ends of follow-up;"
                            + " allowed: one row a patient, from the first entry to the last time");
        }
        return Grouped.of(settings.read(data, reading()), sets -> new SurvivalEstimate(sets, settings));
    }

    /**
     * The distribution of follow-up of one table.
     *
     * @param table counts
     * @return the curve
     * @throws InvalidArgumentException when the variance must be robust and rows enter late, which takes the
     *     rows themselves
     */
    public SurvivalEstimate fit(EventTable table) {
        return new SurvivalEstimate(settings.read(table, reading()), settings);
    }

    /**
     * The distribution of follow-up of plain rows.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 or more for events
     * @return the curve
     */
    public SurvivalEstimate fit(double[] time, int[] status) {
        return fit(EventTable.of(time, status));
    }
}

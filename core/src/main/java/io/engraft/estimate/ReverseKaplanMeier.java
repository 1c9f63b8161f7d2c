package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.InnerEnds;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.internal.Reading;
import io.engraft.estimate.internal.RiskSets;

/**
 * The distribution of follow-up: the Kaplan-Meier estimate of the time to censoring, in which an event of any cause
 * censors. Its {@link SurvivalEstimate#median() median} is the median follow-up with its interval, which the median of the
 * observed times understates, as those who had an event could have been followed for longer.
 *
 * <p>In the result an "event" is an end of follow-up and "censored" are those who had an event. Weights, clusters and
 * delayed entry are taken as by {@link KaplanMeier}. Where a patient has several rows, the end of one at which the next begins
 * is no end of follow-up ({@link InnerEnds}); there must be no gap between them.
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

    /** Of a patient's rows only the last may end follow-up: the others go on in the next, or end with an event. */
    @Override
    void check(SurvivalData data) {
        Categories id = data.id().orElse(null);
        if (id == null || Clusters.firstRepeat(id).isEmpty()) {
            return;
        }
        InnerEnds ends = InnerEnds.of(data);
        boolean[] ended = new boolean[id.levels().size()];
        for (int i = 0; i < data.size(); i++) {
            if (data.status(i) == 0 && !ends.at(i)) {
                if (ended[id.code(i)]) {
                    throw new InvalidDataException(DataProblem.ofRow(
                                    data.sourceRow(i),
                                    "id",
                                    id.value(i),
                                    "the patient's follow-up would end more than once; allowed for the distribution of"
                                            + " follow-up: rows of a patient without a gap between")
                            .inSource(data.source()));
                }
                ended[id.code(i)] = true;
            }
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

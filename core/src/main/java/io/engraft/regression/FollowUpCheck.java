package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.internal.Rows;

/**
 * Has follow-up gone on for long enough after the last event to speak of cure? With t the greatest time, u the greatest
 * time of an event, and N of the n rows with an event in (2u - t, u], Maller and Zhou's alpha = (1 - N/n)^n is an
 * approximate p-value against insufficient follow-up: below 0.05 follow-up counts as sufficient. Where the greatest time
 * is an event N is 0 and alpha 1.
 *
 * <ol>
 *   <li>R. A. Maller, S. Zhou (1994). Testing for sufficient follow-up and outliers in survival data. Journal of the
 *       American Statistical Association 89, 1499-1506.
 * </ol>
 *
 * @param lastEvent the greatest time of an event
 * @param lastTime the greatest time
 * @param lateEvents N, with frequency weights counted
 * @param n rows, with frequency weights counted
 * @param alpha Maller and Zhou's alpha
 */
public record FollowUpCheck(double lastEvent, double lastTime, double lateEvents, double n, double alpha) {

    private static final double LIMIT = 0.05;

    /**
     * Checks follow-up in which every status of 1 or more is an event.
     *
     * @param data the data, without delayed entry
     * @return the check
     * @throws InvalidArgumentException when the data have delayed entry or no event
     */
    public static FollowUpCheck of(SurvivalData data) {
        return of(Rows.of(data, 0, ""));
    }

    static FollowUpCheck of(Rows rows) {
        if (rows.entry != null || rows.lower != null) {
            throw new InvalidArgumentException(
                    "the check of follow-up was asked for data with delayed entry or interval"
                            + " censoring; allowed: right-censored data");
        }
        double lastEvent = 0;
        double lastTime = 0;
        for (int i = 0; i < rows.size; i++) {
            if (rows.weightOf(i) > 0) {
                lastTime = Math.max(lastTime, rows.time[i]);
                lastEvent = rows.kind[i] == Rows.EXACT ? Math.max(lastEvent, rows.time[i]) : lastEvent;
            }
        }
        if (lastEvent == 0) {
            throw new InvalidArgumentException("there are no events; allowed: at least one");
        }
        double late = 0;
        for (int i = 0; i < rows.size; i++) {
            boolean counts =
                    rows.weightOf(i) > 0 && rows.kind[i] == Rows.EXACT && rows.time[i] > 2 * lastEvent - lastTime;
            late += counts && lastTime > lastEvent ? rows.frequency(i) : 0;
        }
        double n = rows.count();
        return new FollowUpCheck(lastEvent, lastTime, late, n, Math.exp(n * Math.log1p(-late / n)));
    }

    /**
     * Whether follow-up counts as sufficient.
     *
     * @return true where alpha is below 0.05
     */
    public boolean sufficient() {
        return alpha < LIMIT;
    }

    /**
     * The finding in words.
     *
     * @return a warning where follow-up is not sufficient, empty where it is
     */
    public String warning() {
        if (sufficient()) {
            return "";
        }
        return "follow-up does not support a cured share: it ends at " + Brief.time(lastTime)
                + ", the last event was at "
                + NumberText.format(lastEvent)
                + " (Maller-Zhou alpha " + Brief.number(Math.round(alpha * 1000) / 1000.0)
                + ", not below 0.05); the share is an extrapolation of the family";
    }
}

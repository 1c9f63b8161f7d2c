package io.engraft.charts;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The time for which a label at a curve's end gives the value. The end itself may rest on one last patient: the label then
 * speaks of the last tick with enough at risk, and where there is none, of the end, with the number at risk.
 *
 * @param time the time
 * @param remark what has to be said of it, empty for nothing
 */
record LabelTime(double time, String remark) {

    /** With fewer at risk, the next event of one patient moves the curve by more than a tenth. */
    static final double ENOUGH = 10;

    /**
     * Of an estimate from patients.
     *
     * @param x the time axis
     * @param end the curve's end on it
     * @param atRisk the number at risk at a time
     */
    static LabelTime of(Axis x, double end, ToDoubleFunction<Double> atRisk) {
        double last = atRisk.applyAsDouble(end);
        if (last >= ENOUGH) {
            return new LabelTime(end, "");
        }
        List<Double> ticks = x.ticks().stream()
                .map(Axis.Tick::value)
                .filter(t -> t > x.min() && t < end && atRisk.applyAsDouble(t) >= ENOUGH)
                .toList();
        return ticks.isEmpty() ? new LabelTime(end, remark(last)) : new LabelTime(ticks.get(ticks.size() - 1), "");
    }

    /** What has to be said of a value that so many are behind. */
    static String remark(double atRisk) {
        return atRisk >= ENOUGH ? "" : ", " + Numbers.count(atRisk) + " at risk";
    }

    /** Of a model, which is known as well at its end as before. */
    static LabelTime of(double end) {
        return new LabelTime(end, "");
    }
}

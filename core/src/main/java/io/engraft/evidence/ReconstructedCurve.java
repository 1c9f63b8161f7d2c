package io.engraft.evidence;

import io.engraft.curve.IncidenceFunction;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;

/** Patient-level data rebuilt from printed curves, and how well they give the print back. Immutable. */
public final class ReconstructedCurve implements Tabular {

    private final List<DigitisedCurve> curves;
    private final SurvivalData data;
    private final IncidenceEstimate estimate;
    private final Agreement agreement;
    private final Assumed assumed;
    private final int flattened;
    private final int tableRows;

    /** What had to be assumed. */
    record Assumed(Leavers leavers, int totalEvents, double tolerance) {}

    /**
     * How well the rebuilt data give the print back.
     *
     * @param points the number of points compared; of several at one time the last
     * @param rootMeanSquare the root mean square difference of the curves at the points
     * @param largest the largest absolute difference at a point
     * @param largestAtRisk the largest absolute difference from a printed number at risk
     * @param eventsOff the rebuilt events minus the printed total; 0 where none was given
     */
    public record Agreement(int points, double rootMeanSquare, double largest, int largestAtRisk, int eventsOff) {}

    ReconstructedCurve(
            List<DigitisedCurve> curves,
            List<DigitisedCurve.Rising> rising,
            AtRiskTable table,
            int[] risk,
            SurvivalData data,
            Assumed assumed) {
        this.curves = List.copyOf(curves);
        this.data = data;
        this.assumed = assumed;
        this.estimate = AalenJohansen.withDefaults().fit(data).get("all");
        this.flattened = rising.stream().mapToInt(r -> r.flattened).sum();
        this.tableRows = table.size();
        this.agreement = measure(rising, table, risk);
    }

    private Agreement measure(List<DigitisedCurve.Rising> rising, AtRiskTable table, int[] risk) {
        int points = 0;
        double squares = 0;
        double largest = 0;
        for (int j = 0; j < rising.size(); j++) {
            DigitisedCurve.Rising curve = rising.get(j);
            double[] rebuilt = incidence(curves.get(j).cause()).incidenceValues(curve.times);
            double known = 0;
            for (int k = 0; k < rebuilt.length; k++) {
                // beyond the last rebuilt patient the print can only be flat
                known = Double.isNaN(rebuilt[k]) ? known : rebuilt[k];
                boolean lastOfTime = k + 1 == rebuilt.length || curve.times[k + 1] > curve.times[k];
                if (lastOfTime) {
                    double off = Math.abs(known - curve.failed[k]);
                    squares += off * off;
                    largest = Math.max(largest, off);
                    points++;
                }
            }
        }
        int largestAtRisk = 0;
        for (int i = 0; i < risk.length; i++) {
            largestAtRisk = Math.max(largestAtRisk, Math.abs(risk[i] - table.atRisk(i)));
        }
        int off = assumed.totalEvents() < 0 ? 0 : events() - assumed.totalEvents();
        return new Agreement(points, Math.sqrt(squares / points), largest, largestAtRisk, off);
    }

    /**
     * The rebuilt patients, one row each.
     *
     * @return follow-up with the curves' causes; where leavers were taken to compete, a last cause "without"
     *     that of the curve
     */
    public SurvivalData data() {
        return data;
    }

    /**
     * The survival curve that the rebuilt data give: free of all causes.
     *
     * @return the Kaplan-Meier estimate
     */
    public SurvivalEstimate survival() {
        return estimate.eventFree();
    }

    /**
     * The cumulative incidence that the rebuilt data give.
     *
     * @param cause one of the causes
     * @return the Aalen-Johansen estimate
     * @throws io.engraft.InvalidArgumentException when there is no such cause
     */
    public IncidenceFunction incidence(String cause) {
        return estimate.incidence(cause);
    }

    /**
     * The cumulative incidence that the rebuilt data give.
     *
     * @param code the place of one of the causes, from 1
     * @return the Aalen-Johansen estimate
     * @throws io.engraft.InvalidArgumentException when there is no such cause
     */
    public IncidenceFunction incidence(int code) {
        return estimate.incidence(code);
    }

    /**
     * How well the rebuilt data give the print back.
     *
     * @return the measure
     */
    public Agreement agreement() {
        return agreement;
    }

    /**
     * The causes of the curves.
     *
     * @return in the order in which the curves were given; "event" for a survival curve
     */
    public List<String> causes() {
        return curves.stream().map(DigitisedCurve::cause).toList();
    }

    /**
     * The rebuilt number of events of the curves' causes.
     *
     * @return a count
     */
    public int events() {
        int sum = 0;
        for (int i = 0; i < data.size(); i++) {
            sum += data.status(i) >= 1 && data.status(i) <= curves.size() ? 1 : 0;
        }
        return sum;
    }

    /**
     * Points that broke the order by no more than the declared tolerance and were flattened.
     *
     * @return a count
     */
    public int flattened() {
        return flattened;
    }

    /**
     * What had to be assumed.
     *
     * @return sentences
     */
    public List<String> assumptions() {
        List<String> all = new ArrayList<>();
        all.add(
                "between two times of the at-risk table people leave evenly, unless the heights of steps say otherwise");
        if (tableRows == 1 && assumed.totalEvents() < 0) {
            all.add(
                    "nobody is censored before the end: neither later numbers at risk nor the total of events is known");
        } else if (assumed.totalEvents() < 0) {
            all.add("beyond the last printed number at risk people leave at the rate before it");
        } else {
            all.add("beyond the last printed number at risk as many leave as make the total of events "
                    + assumed.totalEvents());
        }
        boolean alone = curves.size() == 1 && !curves.get(0).isSurvival();
        if (alone && assumed.leavers() == Leavers.COMPETING) {
            all.add("whoever left the numbers at risk without " + curves.get(0).cause() + " had a competing event");
        } else if (alone) {
            all.add("whoever left the numbers at risk without " + curves.get(0).cause()
                    + " was censored: competing events are not known of, and the curve is read as 1 - Kaplan-Meier");
        } else if (curves.size() > 1) {
            all.add("the curves are of all causes; whoever left without one of them was censored");
        }
        int moved = curves.stream().mapToInt(DigitisedCurve::moved).sum();
        if (moved > 0) {
            all.add(Brief.count(moved, "point") + " beyond what is possible by no more than the declared precision "
                    + (moved == 1 ? "was" : "were") + " moved to what is");
        }
        if (flattened > 0) {
            all.add(flattened + " points broke the order by at most " + assumed.tolerance() + " and were flattened");
        }
        return List.copyOf(all);
    }

    boolean isSurvival() {
        return curves.get(0).isSurvival();
    }

    /** The rebuilt patients: time, status and cause, one row each. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table =
                TidyTable.builder().number("time").count("status").text("cause");
        for (int i = 0; i < data.size(); i++) {
            int code = data.status(i);
            table.row(data.time(i), code, code == 0 ? null : data.causes().get(code - 1));
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "rebuilt from " + Brief.count(curves.size(), "curve") + ": " + Brief.count(data.size(), "row") + ", "
                + Brief.count(events(), "event") + ", at most " + Brief.number(agreement.largest())
                + " from the points";
    }
}

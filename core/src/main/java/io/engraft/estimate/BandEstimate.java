package io.engraft.estimate;

import io.engraft.curve.Interval;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;

/** A simultaneous band of a survival curve between two times. Immutable. */
public final class BandEstimate implements Tabular {

    private final ConfidenceBand band;
    private final SurvivalEstimate curve;
    private final double subjects;
    private final double from;
    private final double to;
    private final double firstShare;
    private final double lastShare;
    private final double critical;

    BandEstimate(ConfidenceBand band, SurvivalEstimate curve, double subjects, double[] numbers) {
        this.band = band;
        this.curve = curve;
        this.subjects = subjects;
        this.from = numbers[0];
        this.to = numbers[1];
        this.firstShare = numbers[2];
        this.lastShare = numbers[3];
        this.critical = numbers[4];
    }

    /**
     * The kind of band.
     *
     * @return equal precision or Hall-Wellner
     */
    public ConfidenceBand.Kind kind() {
        return band.kind();
    }

    /**
     * The level of the band.
     *
     * @return strictly between 0 and 1
     */
    public double level() {
        return band.level();
    }

    /**
     * The first time of the band.
     *
     * @return the time
     */
    public double from() {
        return from;
    }

    /**
     * The last time of the band.
     *
     * @return the time
     */
    public double to() {
        return to;
    }

    /**
     * The first end of the Brownian bridge's range, a(from).
     *
     * @return 0 &lt;= a &lt; 1
     */
    public double firstShare() {
        return firstShare;
    }

    /**
     * The second end of the Brownian bridge's range, a(to).
     *
     * @return 0 &lt; a &lt; 1
     */
    public double lastShare() {
        return lastShare;
    }

    /**
     * The critical value: c of equal precision, k of Hall-Wellner.
     *
     * @return what takes the place of the normal quantile
     */
    public double criticalValue() {
        return critical;
    }

    /**
     * The band at a time.
     *
     * @param t the time
     * @return the limits; not estimable outside the band's times, and where S is 1
     */
    public Interval at(double t) {
        Require.time(t);
        if (!(t >= from && t <= to)) {
            return Interval.notEstimable(level(), "the band runs from " + from + " to " + to);
        }
        double s = curve.survivalAt(t).estimate();
        return limits(s, curve.survivalAt(t).standardError().orElse(0));
    }

    private Interval limits(double s, double standardError) {
        if (s == 1) {
            return Interval.notEstimable(level(), "nobody had an event by then");
        }
        double width = band.width(subjects, s, standardError);
        return Interval.of(band.lower(s, width, critical), band.upper(s, width, critical), level());
    }

    /** One row a point of the curve between the band's times. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .number("time")
                .number("survival")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (int p = 0; p < curve.size(); p++) {
            if (curve.time(p) >= from && curve.time(p) <= to) {
                Interval interval = limits(curve.survival(p), curve.standardError(p));
                table.row(
                        curve.time(p),
                        curve.survival(p),
                        curve.standardError(p),
                        interval.lower().orElse(Double.NaN),
                        interval.upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return Brief.number(level() * 100) + " % band of S from " + Brief.number(from) + " to " + Brief.number(to)
                + " ("
                + (kind() == ConfidenceBand.Kind.EQUAL_PRECISION ? "equal precision" : "Hall-Wellner")
                + "), critical value "
                + Brief.number(critical);
    }
}

package io.engraft.report.curves;

import static io.engraft.report.internal.Cells.short4;
import static io.engraft.report.internal.Cells.time;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.estimate.BandEstimate;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalPoint;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One curve in words and as a table for a person. */
record SurvivalText(SurvivalGroup group, String unit, String level) {

    void write(TextWriter target) throws IOException {
        line(target, median(group, unit, level));
        for (Map.Entry<Double, PointEstimate> quantile : group.quantiles().entrySet()) {
            line(target, quantile(quantile.getKey(), quantile.getValue()));
        }
        PointEstimate mean = group.mean();
        if (mean != null) {
            double start = group.curve().start();
            String window = start > 0 ? "from " + time(start) + " to " : "to ";
            line(target, "restricted mean " + window + time(group.tau()) + " " + unit + ": " + mean(mean, unit, level));
        }
        SurvivalGroup.Followed followed = group.followed();
        if (followed != null) {
            line(target, followed(followed));
        }
        BandEstimate band = group.band() == null ? null : group.band().estimate();
        if (band != null) {
            line(
                    target,
                    "band: " + level + " for the whole curve from " + time(band.from()) + " to " + time(band.to()) + " "
                            + unit);
        }
        target.append('\n');
        points(target);
    }

    private static void line(TextWriter target, String words) throws IOException {
        target.append("  ").append(words).append('\n');
    }

    private void points(TextWriter target) throws IOException {
        CurveText.Notes notes = new CurveText.Notes();
        boolean band = group.band() != null;
        List<String> heading = new ArrayList<>(
                List.of("time", "at risk", "events", "censored", "survival", "std error", level + " interval"));
        if (band) {
            heading.add(level + " band");
        }
        heading.add("cum. hazard");
        TextTable table = new TextTable(0, heading.toArray(new String[0]));
        for (SurvivalPoint p : group.points()) {
            notes.add(p.time(), p.survival());
            List<String> cells = new ArrayList<>(List.of(
                    time(p.time()),
                    Cells.counted(p.atRisk()),
                    Cells.counted(p.events()),
                    Cells.counted(p.censored()),
                    short4(p.survival().optional()),
                    Cells.error(p.survival()),
                    Cells.shortLimits(p.survival().interval())));
            if (band) {
                cells.add(Cells.shortLimits(group.bandAt(p.time())));
            }
            cells.add(short4(p.cumulativeHazard().optional()));
            table.row(cells.toArray(new String[0]));
        }
        target.table(table, "  ");
        notes.write(target);
    }

    private String quantile(double share, PointEstimate time) {
        Interval limits = time.interval();
        String what = "time by which " + Cells.percent(share) + " have had the event: ";
        String found = time.isEstimable() ? time(time.estimate()) + " " + unit : "not reached";
        String from = limits.lower().isPresent() ? time(limits.lower().getAsDouble()) : "not estimable";
        String to = limits.upper().isPresent() ? time(limits.upper().getAsDouble()) : "not reached";
        return what + found + " (" + level + " interval " + from + " to " + to + ")";
    }

    private String followed(SurvivalGroup.Followed followed) {
        PointEstimate median = followed.median();
        Interval limits = median.interval();
        String found = median.isEstimable() ? time(median.estimate()) + " " + unit : "not reached";
        String from = limits.lower().isPresent() ? time(limits.lower().getAsDouble()) : "not estimable";
        String to = limits.upper().isPresent() ? time(limits.upper().getAsDouble()) : "not reached";
        return "median follow-up (reverse Kaplan-Meier) " + found + " (" + level + " interval " + from + " to " + to
                + "); completeness of follow-up to " + time(followed.horizon()) + " " + unit + " (Clark): "
                + Cells.percent(followed.completeness());
    }

    private static String median(SurvivalGroup group, String unit, String level) {
        PointEstimate median = group.curve().median();
        String interval = medianLimits(median.interval(), level);
        if (!median.isEstimable()) {
            return "median not reached (" + median.reason().replaceFirst("^S ", "survival ") + "; " + interval + ")";
        }
        return "median " + time(median.estimate()) + " " + unit + " (" + interval + flat(group.curve(), median) + ")";
    }

    private static String medianLimits(Interval limits, String level) {
        if (limits.lower().isEmpty() && limits.upper().isEmpty()) {
            return "no " + level + " interval: the limits of survival stay above 0.5 or cannot be estimated";
        }
        String lower = limits.lower().isPresent() ? time(limits.lower().getAsDouble()) : "not estimable";
        String upper = limits.upper().isPresent()
                ? time(limits.upper().getAsDouble())
                : "not reached, as the upper limit of survival never falls to 0.5: a later median, or none, would"
                        + " agree with the data";
        return level + " interval " + lower + " to " + upper;
    }

    /** Where the median is the middle of a flat rather than the time of an event, that flat. */
    private static String flat(SurvivalEstimate curve, PointEstimate median) {
        double from = Double.NaN;
        double to = curve.time(curve.size() - 1);
        for (int i = curve.size() - 1; i >= 0 && Double.isNaN(from); i--) {
            if (curve.events(i) > 0) {
                if (curve.time(i) <= median.estimate()) {
                    from = curve.time(i);
                } else {
                    to = curve.time(i);
                }
            }
        }
        return from < median.estimate()
                ? "; the curve is exactly 0.5 from " + time(from) + " to " + time(to) + ", the middle is given"
                : "";
    }

    private static String mean(PointEstimate mean, String unit, String level) {
        if (!mean.isEstimable()) {
            return "not estimable: " + mean.reason();
        }
        return short4(mean.estimate()) + " " + unit + " (std error " + short4(mean.standardError()) + ", " + level
                + " interval " + Cells.shortLimits(mean.interval()) + ")";
    }
}

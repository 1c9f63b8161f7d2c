package io.engraft.cli;

import static io.engraft.cli.TextTable.plain;
import static io.engraft.cli.TextTable.short4;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalPoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Survival curves, ready to be written. */
record KmResult(Provenance provenance, List<Group> groups, SurvivalData rows, Columns columns, boolean weighted)
        implements OutputOptions.Result {

    private static final String MEDIAN_RULE =
            "median: first time with survival of 0.5 or less, the middle where it is exactly 0.5 for a while";

    /** One curve with what is reported of it; the restricted mean is null unless it was asked for. */
    record Group(
            String name,
            SurvivalEstimate curve,
            List<SurvivalPoint> points,
            PointEstimate median,
            double tau,
            @Nullable PointEstimate mean) {

        static Group of(String name, SurvivalEstimate curve, double[] times, @Nullable Double tau) {
            PointEstimate mean = tau == null ? null : curve.restrictedMean(tau);
            return new Group(name, curve, curve.at(times), curve.median(), tau == null ? Double.NaN : tau, mean);
        }

        double events() {
            return curve.eventsUpTo(curve.time(curve.size() - 1));
        }

        SurvivalPoint whole() {
            return curve.at(curve.time(curve.size() - 1)).get(0);
        }
    }

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "km");
        json.array("groups");
        for (Group group : groups) {
            json.object().text("group", group.name()).count("n", group.curve().rows());
            json.number("events", group.events());
            if (weighted) {
                json.count("eventRows", group.whole().eventRows());
            }
            json.object("median").number("estimate", group.median().optional());
            json.limits(group.median().interval()).endObject();
            PointEstimate mean = group.mean();
            if (mean != null) {
                json.object("rmst").number("tau", group.tau());
                json.estimate("estimate", mean).endObject();
            }
            json.array("points");
            for (SurvivalPoint point : group.points()) {
                writePoint(json, point);
            }
            json.endArray().endObject();
        }
        json.endArray();
        provenance.writeWarnings(json);
        json.endObject();
    }

    private void writePoint(Json json, SurvivalPoint point) throws IOException {
        json.object().number("time", point.time());
        json.number("atRisk", point.atRisk());
        json.number("events", point.events());
        json.number("censored", point.censored());
        if (weighted) {
            json.count("atRiskRows", point.atRiskRows());
            json.count("eventRows", point.eventRows());
            json.count("censoredRows", point.censoredRows());
        }
        json.estimate("survival", point.survival());
        json.number("cumulativeHazard", point.cumulativeHazard().optional()).endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("censored")
                .number("survival")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("cumulative_hazard");
        for (Group group : groups) {
            for (SurvivalPoint p : group.points()) {
                Interval limits = p.survival().interval();
                table.row(
                        group.name(),
                        p.time(),
                        p.atRisk(),
                        p.events(),
                        p.censored(),
                        p.survival().optional().orElse(Double.NaN),
                        p.survival().standardError().orElse(Double.NaN),
                        limits.lower().orElse(Double.NaN),
                        limits.upper().orElse(Double.NaN),
                        p.cumulativeHazard().optional().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public void writeText(Appendable target) throws IOException {
        String unit = rows.unit().label();
        CurveText.head("Kaplan-Meier survival", MEDIAN_RULE, provenance, rows, columns, target);
        for (Group group : groups) {
            target.append('\n');
            CurveText.groupLine(columns, group.name(), group.curve().rows(), group.events(), "events", target);
            target.append("  ")
                    .append(median(group, unit, CurveText.percentLevel(provenance.conventions())))
                    .append('\n');
            PointEstimate mean = group.mean();
            if (mean != null) {
                target.append("  restricted mean to ")
                        .append(plain(group.tau()))
                        .append(' ')
                        .append(unit)
                        .append(": ")
                        .append(mean(mean, unit, CurveText.percentLevel(provenance.conventions())))
                        .append('\n');
            }
            target.append('\n');
            CurveText.Notes notes = new CurveText.Notes();
            TextTable table = new TextTable(
                    0,
                    "time",
                    "at risk",
                    "events",
                    "censored",
                    "survival",
                    "std error",
                    CurveText.percentLevel(provenance.conventions()) + " interval",
                    "cum. hazard");
            for (SurvivalPoint p : group.points()) {
                notes.add(p.time(), p.survival());
                table.row(
                        plain(p.time()),
                        plain(p.atRisk()),
                        plain(p.events()),
                        plain(p.censored()),
                        short4(p.survival().optional()),
                        short4(p.survival().standardError()),
                        TextTable.shortLimits(p.survival().interval()),
                        short4(p.cumulativeHazard().optional()));
            }
            table.write(target, "  ");
            notes.write(target);
        }
        CurveText.foot(provenance, columns, target);
    }

    private static String median(Group group, String unit, String level) {
        PointEstimate median = group.median();
        String interval = medianLimits(median.interval(), level);
        if (!median.isEstimable()) {
            return "median not reached (" + median.reason().replaceFirst("^S ", "survival ") + "; " + interval + ")";
        }
        return "median " + plain(median.estimate()) + " " + unit + " (" + interval + flat(group.curve(), median) + ")";
    }

    private static String medianLimits(Interval limits, String level) {
        if (limits.lower().isEmpty() && limits.upper().isEmpty()) {
            return "no " + level + " interval: the limits of survival stay above 0.5 or cannot be estimated";
        }
        String lower = limits.lower().isPresent() ? plain(limits.lower().getAsDouble()) : "not estimable";
        String upper = limits.upper().isPresent()
                ? plain(limits.upper().getAsDouble())
                : "not reached, as the upper limit of survival stays above 0.5";
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
                ? "; the curve is exactly 0.5 from " + plain(from) + " to " + plain(to) + ", the middle is given"
                : "";
    }

    private static String mean(PointEstimate mean, String unit, String level) {
        if (!mean.isEstimable()) {
            return "not estimable: " + mean.reason();
        }
        return short4(mean.estimate()) + " " + unit + " (std error " + short4(mean.standardError()) + ", " + level
                + " interval " + TextTable.shortLimits(mean.interval()) + ")";
    }
}

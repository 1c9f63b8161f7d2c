package io.engraft.report.pathways;

import io.engraft.calibrate.timing.RangeFit;
import io.engraft.calibrate.timing.RangeTimingResult;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times of relapse from a printed median and range, by every method and family. */
record CalibrationTiming(
        int events, int rankOf, double median, double smallest, double largest, RangeTimingResult result) {

    private static final double MONTHS_OF_YEAR = 12;
    private static final double MOST = 0.95;

    private double year() {
        return DurationUnit.MONTHS.to(result.unit(), MONTHS_OF_YEAR);
    }

    private double months(double time) {
        return result.unit().to(DurationUnit.MONTHS, time);
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>(result.warnings());
        warnings.add(
                "The models take the median of relapse and the share of relapses of --relapse-by, or of the assumption"
                        + " in its place, not the range: to use what a method makes of the range, give its share by 12 months as"
                        + " --relapse-by " + Cells.plain(year()) + ":SHARE.");
        return warnings;
    }

    void writeJson(JsonWriter json) throws IOException {
        json.object("timing").text("event", "relapse").count("events", events).count("rankOf", rankOf);
        json.number("median", median).number("smallest", smallest).number("largest", largest);
        json.array("fits");
        for (RangeFit fit : result.fits()) {
            json.object().text("method", fit.method().label());
            json.text("family", fit.family().label()).object("parameters");
            for (Map.Entry<String, Double> parameter : fit.law().parameters().entrySet()) {
                json.number(parameter.getKey(), parameter.getValue());
            }
            json.endObject().number("shareBy12Months", fit.shareByYear());
            json.number("timeTo95", fit.timeTo95()).number("timeTo95Months", months(fit.timeTo95()));
            json.number("logLikelihood", fit.logLikelihood()).endObject();
        }
        json.endArray().array("leftOut");
        for (String sentence : result.leftOut()) {
            String[] parts = sentence.split(": ", 2);
            String[] which = parts[0].split(", ", 2);
            json.object().text("method", which[0]).text("family", which[1]);
            json.text("reason", parts[1]).endObject();
        }
        json.endArray().endObject();
    }

    void addTo(TidyTable.Builder table) {
        for (RangeFit fit : result.fits()) {
            String curve = "share-of-relapse, " + fit.method().label();
            String family = fit.family().label();
            CalibrationAnswers.row(table, family, curve, year(), PointEstimate.exact(fit.shareByYear()));
            CalibrationAnswers.row(table, family, curve, fit.timeTo95(), PointEstimate.exact(MOST));
        }
    }

    void writeText(TextWriter target) throws IOException {
        String unit = result.unit().label();
        target.append("\nTimes of ").append(String.valueOf(events)).append(" relapses from their median ");
        target.append(Cells.plain(median)).append(" and range ").append(Cells.plain(smallest));
        target.append(" to ").append(Cells.plain(largest)).append(' ').append(unit);
        target.append(events == rankOf ? "\n" : ", the largest ranked as one of " + rankOf + "\n");
        TextTable table = new TextTable(
                3, "method", "family", "parameters", "by 12 months", "95 % by, " + unit, "95 % by, months");
        for (RangeFit fit : result.fits()) {
            List<String> parameters = new ArrayList<>();
            fit.law().parameters().forEach((name, value) -> parameters.add(name + " " + Cells.short4(value)));
            table.row(
                    fit.method().label(),
                    fit.family().label(),
                    String.join(", ", parameters),
                    Cells.percent(fit.shareByYear()),
                    String.format(Locale.ROOT, "%.1f", fit.timeTo95()),
                    String.format(Locale.ROOT, "%.1f", months(fit.timeTo95())));
        }
        target.table(table, "  ");
        for (String sentence : result.leftOut()) {
            target.append("  left out: ").append(sentence).append('\n');
        }
    }
}

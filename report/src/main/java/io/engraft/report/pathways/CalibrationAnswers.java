package io.engraft.report.pathways;

import io.engraft.calibrate.rates.CompetingRatesModel;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.pathway.OutcomeAnswers;
import io.engraft.pathway.OutcomeAnswers.Kind;
import io.engraft.pathway.OutcomeQuestions;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What patients and their doctors ask of one calibrated model, answered. */
record CalibrationAnswers(OutcomeAnswers answers, DurationUnit unit, double year, List<Double> reached) {

    private static final double MONTHS_OF_YEAR = 12;
    private static final double[] REACHED_MONTHS = {6, 12, 24};
    private static final double MOST = 0.95;
    private static final double PERCENT = 100;
    private static final String RELAPSE = "relapse";
    private static final String NRM = "nrm";
    private static final List<String> EVENTS = List.of(RELAPSE, NRM);

    /** The usual times that someone has reached, in the unit. */
    static List<Double> usualTimes(DurationUnit unit) {
        List<Double> times = new ArrayList<>();
        for (double months : REACHED_MONTHS) {
            times.add(DurationUnit.MONTHS.to(unit, months));
        }
        return times;
    }

    static CalibrationAnswers of(CompetingRatesModel model, DurationUnit unit, List<Double> reached) {
        double year = DurationUnit.MONTHS.to(unit, MONTHS_OF_YEAR);
        OutcomeAnswers answers = OutcomeQuestions.of(model.mixture())
                .answers(
                        new double[] {year},
                        new double[] {MOST},
                        reached.stream().mapToDouble(Double::doubleValue).toArray());
        return new CalibrationAnswers(answers, unit, year, reached);
    }

    private PointEstimate answer(Kind kind, String event, double given) {
        return answers.answers().stream()
                .filter(a -> a.kind() == kind && a.event().equals(event) && a.given() == given)
                .findFirst()
                .orElseThrow()
                .answer();
    }

    private PointEstimate shareBefore(String event) {
        return answer(Kind.SHARE_BEFORE, event, year);
    }

    private PointEstimate timeTo95(String event) {
        return answer(Kind.TIME_BY, event, MOST);
    }

    private PointEstimate remaining(String event, double after) {
        return answer(Kind.REMAINING_RISK, event, after);
    }

    private PointEstimate eventFree(double after) {
        return answer(Kind.REMAINING_EVENT_FREE, "", after);
    }

    void writeJson(JsonWriter json) throws IOException {
        json.object("questions").object("shareBefore").number("time", year);
        for (String event : EVENTS) {
            write(json, event, shareBefore(event));
        }
        json.endObject().object("timeTo95");
        for (String event : EVENTS) {
            write(json, event, timeTo95(event));
        }
        json.endObject().array("remaining");
        for (double after : reached) {
            json.object().number("after", after);
            for (String event : EVENTS) {
                write(json, event, remaining(event, after));
            }
            write(json, "eventFree", eventFree(after));
            json.endObject();
        }
        json.endArray().endObject();
    }

    static void write(JsonWriter json, String key, PointEstimate p) throws IOException {
        json.object(key).number("estimate", p.optional()).limits(p.interval()).endObject();
    }

    void addTo(TidyTable.Builder table, String family) {
        for (String event : EVENTS) {
            row(table, family, "share-of-" + event, year, shareBefore(event));
            timeTo95(event)
                    .optional()
                    .ifPresent(t -> row(table, family, "share-of-" + event, t, PointEstimate.exact(MOST)));
        }
        for (double after : reached) {
            for (String event : EVENTS) {
                row(table, family, event + "-after", after, remaining(event, after));
            }
            row(table, family, "event-free-after", after, eventFree(after));
        }
    }

    static void row(TidyTable.Builder table, String family, String curve, double time, PointEstimate p) {
        table.row(
                family,
                curve,
                time,
                p.optional().orElse(Double.NaN),
                p.standardError().orElse(Double.NaN),
                p.interval().lower().orElse(Double.NaN),
                p.interval().upper().orElse(Double.NaN));
    }

    void writeText(TextWriter target, boolean intervals) throws IOException {
        target.append("\n  What lies ahead of someone without relapse and alive at a time\n");
        List<String> header = new ArrayList<>(List.of("at, " + unit.label()));
        for (String column : List.of(RELAPSE, CalibrationDocument.NRM_WORDS, "neither, ever")) {
            header.add(column);
            if (intervals) {
                header.add("interval");
            }
        }
        TextTable table = new TextTable(0, header.toArray(new String[0]));
        for (double after : reached) {
            List<String> cells = new ArrayList<>(List.of(Cells.plain(after)));
            for (PointEstimate p : List.of(remaining(RELAPSE, after), remaining(NRM, after), eventFree(after))) {
                cells.add(percent(p));
                if (intervals) {
                    cells.add(limits(p.interval()));
                }
            }
            table.row(cells.toArray(new String[0]));
        }
        target.table(table, "  ");
        target.append('\n');
        sentence(target, RELAPSE, "relapses");
        sentence(target, NRM, "deaths without relapse");
    }

    private void sentence(TextWriter target, String event, String words) throws IOException {
        PointEstimate share = shareBefore(event);
        if (!share.isEstimable()) {
            target.append("  There are no ").append(words).append(".\n");
            return;
        }
        target.append("  Of all ").append(words).append(' ').append(percent(share));
        if (share.hasInterval()) {
            target.append(" (").append(limits(share.interval())).append(")");
        }
        PointEstimate late = timeTo95(event);
        target.append(String.format(
                Locale.ROOT,
                " come before month 12, 95 %% by %s %.1f",
                unit.label().substring(0, unit.label().length() - 1),
                late.estimate()));
        if (late.hasInterval()) {
            target.append(String.format(
                    Locale.ROOT,
                    " (%.1f to %.1f)",
                    late.interval().lower().orElseThrow(),
                    late.interval().upper().orElseThrow()));
        }
        target.append(".\n");
    }

    static String percent(PointEstimate p) {
        return Cells.percent(p.optional().orElse(Double.NaN));
    }

    static String limits(Interval interval) {
        return interval.lower().isEmpty() || interval.upper().isEmpty()
                ? Cells.NONE
                : String.format(
                        Locale.ROOT,
                        "%.1f to %.1f %%",
                        PERCENT * interval.lower().getAsDouble(),
                        PERCENT * interval.upper().getAsDouble());
    }
}

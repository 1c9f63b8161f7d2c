package io.engraft.report.pathways;

import io.engraft.CheckReturnValue;
import io.engraft.calibrate.rates.CompetingRatesModel;
import io.engraft.calibrate.rates.CompetingRatesModel.CalibratedFate;
import io.engraft.calibrate.rates.CompetingRatesModel.Point;
import io.engraft.calibrate.rates.CompetingRatesResult;
import io.engraft.calibrate.timing.RangeTimingResult;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.pathway.Assumption;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Models calibrated to published rates as a document, as {@code engraft calibrate} prints it: fates, curves, what lies
 * ahead of someone, the assumptions behind it; on request what a printed range of times makes of the timing, and
 * survival taken apart. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class CalibrationDocument implements Document {

    /** What the fate "nrm" is called in text. */
    static final String NRM_WORDS = "death without relapse";

    private final CompetingRatesResult result;
    private final List<CalibrationAnswers> answers;
    private final @Nullable CalibrationTiming timing;
    private final @Nullable CalibrationSurvival survival;

    private CalibrationDocument(
            CompetingRatesResult result,
            List<CalibrationAnswers> answers,
            @Nullable CalibrationTiming timing,
            @Nullable CalibrationSurvival survival) {
        this.result = result;
        this.answers = answers;
        this.timing = timing;
        this.survival = survival;
    }

    /**
     * The document of calibrated models, with what lies ahead of someone after 6, 12 and 24 months.
     *
     * @param result the models
     * @return the document
     */
    public static CalibrationDocument of(CompetingRatesResult result) {
        return new CalibrationDocument(
                result, answers(result, CalibrationAnswers.usualTimes(result.unit())), null, null);
    }

    private static List<CalibrationAnswers> answers(CompetingRatesResult result, List<Double> reached) {
        return result.models().stream()
                .map(model -> CalibrationAnswers.of(model, result.unit(), reached))
                .toList();
    }

    /**
     * With what lies ahead of someone who has reached other times without an event.
     *
     * @param times the times
     * @return a new document
     */
    public CalibrationDocument withRemaining(List<Double> times) {
        return new CalibrationDocument(result, answers(result, List.copyOf(times)), timing, survival);
    }

    /**
     * With what every method and family makes of a printed median and range of the times of relapse.
     *
     * @param made what they make of it
     * @param relapses how many relapses the median and range are of
     * @param rankOf the number of which the largest time is taken to be the largest
     * @param median the printed median
     * @param smallest the smallest time
     * @param largest the largest time
     * @return a new document
     */
    public CalibrationDocument withTiming(
            RangeTimingResult made, int relapses, int rankOf, double median, double smallest, double largest) {
        CalibrationTiming changed = new CalibrationTiming(relapses, rankOf, median, smallest, largest, made);
        return new CalibrationDocument(result, answers, changed, survival);
    }

    /**
     * With event-free and overall survival taken apart in the shipped pathway "transplant", beside the published figures.
     *
     * @param time the time, in the unit of the models
     * @param remission the share in long-term remission, empty for the pathway's own
     * @param relapse the share that ever relapses, empty for the pathway's own
     * @return a new document
     */
    public CalibrationDocument withSurvivalParts(double time, OptionalDouble remission, OptionalDouble relapse) {
        CalibrationSurvival parts = CalibrationSurvival.of(time, result.unit(), remission, relapse);
        return new CalibrationDocument(result, answers, timing, parts);
    }

    @Override
    public String command() {
        return "calibrate";
    }

    @Override
    public Conventions conventions() {
        CompetingRisksMixture mixture = result.models().stream()
                .map(CompetingRatesModel::mixture)
                .filter(m -> m.sampleSize().isPresent())
                .findFirst()
                .orElse(result.models().get(0).mixture());
        return Conventions.empty()
                .with("unit", result.unit().label())
                .with("rates", "limits as time grows; nrm is 1 - remission - relapse")
                .with(Conventions.LEVEL, mixture.level())
                .with("uncertainty", uncertainty(mixture))
                .with(StandardErrors.model());
    }

    private String uncertainty(CompetingRisksMixture mixture) {
        if (mixture.sampleSize().isEmpty()) {
            return "none: no number of patients";
        }
        String of = "sampling of the fates of " + mixture.sampleSize().getAsInt() + " patients";
        if (mixture.draws().isEmpty()) {
            return of + ", times of events taken as known";
        }
        String together = of + " and of the times of events, rounding, and ranges of assumptions, together";
        return mixture.draws().size() > 1
                ? together + "; limits are the widest of the families weibull, lognormal and loglogistic"
                : together + "; within the family of each model";
    }

    @Override
    public Provenance provenance() {
        return Provenance.none();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(result.warnings());
        if (timing != null) {
            warnings.addAll(timing.warnings());
        }
        if (survival != null) {
            warnings.add(survival.warning());
        }
        return warnings;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("models");
        for (int m = 0; m < answers.size(); m++) {
            CompetingRatesModel model = result.models().get(m);
            json.object().text("family", model.family().label()).array("fates");
            for (CalibratedFate fate : model.fates()) {
                writeFate(json, fate);
            }
            json.endArray().array("points");
            for (Point point : model.points()) {
                writePoint(json, point);
            }
            json.endArray().array("assumptions");
            for (Assumption assumption : model.assumptions()) {
                Assumptions.writeJson(json, assumption);
            }
            json.endArray().array("evidence");
            for (String id : model.evidence()) {
                json.text(id);
            }
            json.endArray();
            answers.get(m).writeJson(json);
            json.endObject();
        }
        json.endArray();
        if (timing != null) {
            timing.writeJson(json);
        }
        if (survival != null) {
            survival.writeJson(json);
        }
    }

    private static void writeFate(JsonWriter json, CalibratedFate fate) throws IOException {
        json.object().text("fate", fate.fate());
        json.number("probability", fate.probability().estimate());
        json.limits(fate.probability().interval());
        LawOfTime law = fate.law();
        if (law == null) {
            json.text("law", null);
        } else {
            json.object("law").text("name", law.name()).object("parameters");
            for (Map.Entry<String, Double> parameter : law.parameters().entrySet()) {
                json.number(parameter.getKey(), parameter.getValue());
            }
            json.endObject().endObject();
        }
        json.endObject();
    }

    private static void writePoint(JsonWriter json, Point point) throws IOException {
        json.object().number("time", point.time());
        json.number("survival", point.survival().estimate());
        json.number("relapse", point.relapse().estimate());
        json.number("nrm", point.nrm().estimate());
        json.object("lower").number("survival", point.survival().interval().lower());
        json.number("relapse", point.relapse().interval().lower());
        json.number("nrm", point.nrm().interval().lower()).endObject();
        json.object("upper").number("survival", point.survival().interval().upper());
        json.number("relapse", point.relapse().interval().upper());
        json.number("nrm", point.nrm().interval().upper()).endObject().endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable curves = result.tidy();
        TidyTable.Builder table = TidyTable.builder();
        for (TidyTable.Column column : curves.columns()) {
            if (column.type() == TidyTable.ColumnType.TEXT) {
                table.text(column.name());
            } else {
                table.number(column.name());
            }
        }
        for (int i = 0; i < curves.rowCount(); i++) {
            @Nullable Object[] cells = new @Nullable Object[curves.columns().size()];
            for (int j = 0; j < cells.length; j++) {
                cells[j] = curves.value(i, j);
            }
            table.row(cells);
        }
        for (int m = 0; m < answers.size(); m++) {
            answers.get(m).addTo(table, result.models().get(m).family().label());
        }
        if (timing != null) {
            timing.addTo(table);
        }
        if (survival != null) {
            survival.addTo(table, result.unit());
        }
        return table.build();
    }

    @Override
    public TidyTable ard() {
        return new AnalysisResults()
                .rows(table(), Map.of("family", "family"), "time")
                .build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        String unit = result.unit().label();
        target.append("Model calibrated to published rates, times in ")
                .append(unit)
                .append('\n');
        for (int m = 0; m < answers.size(); m++) {
            CompetingRatesModel model = result.models().get(m);
            target.append("\nTimes by the ")
                    .append(model.family().label())
                    .append(" law\n\n  What becomes of patients in the end\n");
            target.table(fates(model), "  ");
            target.append("\n  Over time\n");
            target.table(points(model), "  ");
            answers.get(m).writeText(target, hasIntervals());
            if (!model.evidence().isEmpty()) {
                target.append("  published figures behind the assumptions: ");
                target.append(String.join(", ", model.evidence())).append('\n');
            }
        }
        if (timing != null) {
            timing.writeText(target);
        }
        if (survival != null) {
            survival.writeText(target);
        }
        target.append('\n');
        CurveText.warnings(this, target);
    }

    /** Intervals have columns only where there are any. */
    private boolean hasIntervals() {
        return result.models().stream().anyMatch(m -> m.mixture().sampleSize().isPresent());
    }

    private TextTable fates(CompetingRatesModel model) {
        TextTable table = new TextTable(1, header(List.of("fate"), List.of("share"), List.of("law of its time")));
        for (CalibratedFate fate : model.fates()) {
            List<String> cells = new ArrayList<>(List.of(fate.fate().equals("nrm") ? NRM_WORDS : fate.fate()));
            addShare(cells, fate.probability());
            LawOfTime law = fate.law();
            cells.add(law == null ? "never leaves" : law(law));
            table.row(cells.toArray(new String[0]));
        }
        return table;
    }

    private TextTable points(CompetingRatesModel model) {
        TextTable table =
                new TextTable(0, header(List.of("time"), List.of("event-free", "relapse", NRM_WORDS), List.of()));
        for (Point point : model.points()) {
            List<String> cells = new ArrayList<>(List.of(Cells.plain(point.time())));
            addShare(cells, point.survival());
            addShare(cells, point.relapse());
            addShare(cells, point.nrm());
            table.row(cells.toArray(new String[0]));
        }
        return table;
    }

    private String[] header(List<String> before, List<String> shares, List<String> after) {
        List<String> header = new ArrayList<>(before);
        for (String share : shares) {
            header.add(share);
            if (hasIntervals()) {
                header.add(conventions().percentLevel() + " interval");
            }
        }
        header.addAll(after);
        return header.toArray(new String[0]);
    }

    private void addShare(List<String> cells, PointEstimate share) {
        cells.add(Cells.short4(share.estimate()));
        if (hasIntervals()) {
            cells.add(Cells.shortLimits(share.interval()));
        }
    }

    private static String law(LawOfTime law) {
        List<String> parameters = new ArrayList<>();
        law.parameters().forEach((name, value) -> parameters.add(name + " " + Cells.short4(value)));
        return law.name() + ", " + String.join(", ", parameters);
    }

    @Override
    public String toString() {
        return toText();
    }
}

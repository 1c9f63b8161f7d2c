package io.engraft.cli.pathways;

import static io.engraft.cli.output.TextTable.decimal;

import io.engraft.calibrate.Assumption;
import io.engraft.calibrate.CompetingRatesModel;
import io.engraft.calibrate.CompetingRatesModel.CalibratedFate;
import io.engraft.calibrate.CompetingRatesModel.Point;
import io.engraft.calibrate.CompetingRatesResult;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.CurveText;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.TextTable;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.LawOfTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calibrated models, ready to be written. */
public record CalibrateResult(
        Provenance provenance,
        CompetingRatesResult result,
        List<CalibrateAnswers> answers,
        @Nullable CalibrateTiming timing,
        @Nullable CalibrateSurvival survival)
        implements OutputOptions.Result {

    /** What the fate "nrm" is called in text. */
    public static final String NRM_WORDS = "death without relapse";

    public static CalibrateResult of(CompetingRatesResult result, Map<String, String> conventions) {
        return of(result, conventions, CalibrateAnswers.usualTimes(result.unit()), null, null);
    }

    /** With answers for someone who has reached the given times, and what else was asked for. */
    public static CalibrateResult of(
            CompetingRatesResult result,
            Map<String, String> conventions,
            List<Double> reached,
            @Nullable CalibrateTiming timing,
            @Nullable CalibrateSurvival survival) {
        List<String> warnings = new ArrayList<>(result.warnings());
        if (timing != null) {
            warnings.addAll(timing.warnings());
        }
        if (survival != null) {
            warnings.add(survival.warning());
        }
        List<CalibrateAnswers> answers = result.models().stream()
                .map(model -> CalibrateAnswers.of(model, result.unit(), reached))
                .toList();
        return new CalibrateResult(new Provenance(conventions, "", 0, 0, warnings), result, answers, timing, survival);
    }

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "calibrate");
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
        provenance.writeWarnings(json);
        json.endObject();
    }

    private static void writeFate(Json json, CalibratedFate fate) throws IOException {
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

    private static void writePoint(Json json, Point point) throws IOException {
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
    public void writeText(Appendable target) throws IOException {
        String unit = result.unit().label();
        target.append("Model calibrated to published rates, times in ")
                .append(unit)
                .append('\n');
        for (int m = 0; m < answers.size(); m++) {
            CompetingRatesModel model = result.models().get(m);
            target.append("\nTimes by the ")
                    .append(model.family().label())
                    .append(" law\n\n  What becomes of patients in the end\n");
            fates(model).write(target, "  ");
            target.append("\n  Over time\n");
            points(model).write(target, "  ");
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
        provenance.writeWarnings(target);
    }

    /** Intervals have columns only where there are any. */
    private boolean hasIntervals() {
        return result.models().get(0).mixture().sampleSize().isPresent();
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
            List<String> cells = new ArrayList<>(List.of(TextTable.plain(point.time())));
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
                header.add(CurveText.percentLevel(provenance.conventions()) + " interval");
            }
        }
        header.addAll(after);
        return header.toArray(new String[0]);
    }

    private void addShare(List<String> cells, PointEstimate share) {
        cells.add(decimal(share.estimate()));
        if (hasIntervals()) {
            cells.add(TextTable.limits(share.interval()));
        }
    }

    private static String law(LawOfTime law) {
        List<String> parameters = new ArrayList<>();
        law.parameters().forEach((name, value) -> parameters.add(name + " " + decimal(value)));
        return law.name() + ", " + String.join(", ", parameters);
    }

    public static Map<String, String> conventions(DurationUnit unit, double level, @Nullable Integer patients) {
        Map<String, String> conventions = new LinkedHashMap<>();
        conventions.put("unit", unit.label());
        conventions.put("rates", "limits as time grows; nrm is 1 - remission - relapse");
        conventions.put("level", String.valueOf(level));
        conventions.put(
                "uncertainty",
                patients == null
                        ? "none: no number of patients"
                        : "sampling of the fates of " + patients + " patients");
        return conventions;
    }
}

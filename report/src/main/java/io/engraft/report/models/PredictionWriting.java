package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.regression.PatientSurvival;
import io.engraft.regression.PredictedIncidence;
import io.engraft.report.AnalysisResults;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What models predict for new patients, survival or the incidence of a cause, as all documents write it. */
final class PredictionWriting {

    private static final int MOST_ROWS = 8;

    /** Values at times or at shares, and the same with the model's own errors. */
    private record Values(List<AftPrediction.At> inForce, DoubleFunction<PointEstimate> ofModel) {}

    /** The times by which shares have had the event are null where the model gives none. */
    private record Patient(
            Map<String, String> covariates,
            Values points,
            @Nullable Values quantiles,
            List<String> warnings) {}

    private final String quantity;
    private final List<Patient> patients;
    /** What is to be said of times, whoever is predicted for. */
    private final List<String> late;

    private PredictionWriting(String quantity, List<Patient> patients, List<String> late) {
        this.quantity = quantity;
        this.patients = patients;
        this.late = late;
    }

    static PredictionWriting ofSurvival(List<AftPrediction> predictions) {
        List<Patient> patients = new ArrayList<>();
        DoubleStream.Builder times = DoubleStream.builder();
        for (AftPrediction p : predictions) {
            p.survival().forEach(s -> times.add(s.at()));
            p.quantiles().forEach(q -> q.value().optional().ifPresent(times::add));
            PatientSurvival own = p.curve().withModelErrors();
            patients.add(new Patient(
                    p.covariates(),
                    new Values(p.survival(), own::survivalAt),
                    new Values(p.quantiles(), own::quantile),
                    p.curve().warnings()));
        }
        List<String> late = new ArrayList<>();
        if (!predictions.isEmpty()) {
            PatientSurvival any = predictions.get(0).curve();
            late.addAll(any.warnings(times.build().toArray()));
            late.removeAll(any.warnings());
        }
        return new PredictionWriting("survival", patients, late);
    }

    static PredictionWriting ofIncidence(List<IncidencePrediction> predictions) {
        List<Patient> patients = new ArrayList<>();
        for (IncidencePrediction p : predictions) {
            PredictedIncidence own = p.curve().withModelErrors();
            Values points = new Values(p.incidence(), own::incidenceAt);
            patients.add(new Patient(p.covariates(), points, null, p.curve().warnings()));
        }
        return new PredictionWriting("incidence", patients, List.of());
    }

    /** Covariates in words, such as "age 30, phase CR1". */
    static String words(Map<String, String> covariates) {
        return covariates.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    /** What a reader should know. */
    List<String> warnings() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (int i = 0; i < patients.size(); i++) {
            for (String warning : patients.get(i).warnings()) {
                rows.computeIfAbsent(warning, w -> new ArrayList<>()).add(String.valueOf(i + 1));
            }
        }
        List<String> all = new ArrayList<>();
        rows.forEach((warning, of) -> all.add(
                patients.size() == 1
                        ? warning
                        : "prediction" + (of.size() == 1 ? " " : "s ") + shortened(of) + ": " + warning));
        all.addAll(late);
        return all;
    }

    private static String shortened(List<String> rows) {
        return rows.size() <= MOST_ROWS
                ? String.join(", ", rows)
                : String.join(", ", rows.subList(0, MOST_ROWS)) + " and " + (rows.size() - MOST_ROWS) + " more";
    }

    /** The list of them; nothing where nobody is predicted for. */
    void write(JsonWriter json, boolean robust) throws IOException {
        if (patients.isEmpty()) {
            return;
        }
        json.array("predictions");
        for (int i = 0; i < patients.size(); i++) {
            Patient p = patients.get(i);
            json.object().count("row", i + 1L).object("covariates");
            for (Map.Entry<String, String> shown : p.covariates().entrySet()) {
                json.text(shown.getKey(), shown.getValue());
            }
            json.endObject().array("points");
            write(json, "time", quantity, p.points(), robust);
            json.endArray();
            if (p.quantiles() != null) {
                json.array("quantiles");
                write(json, "probability", "time", p.quantiles(), robust);
                json.endArray();
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void write(JsonWriter json, String at, String key, Values values, boolean robust)
            throws IOException {
        for (AftPrediction.At point : values.inForce()) {
            PointEstimate value = point.value();
            json.object().number(at, point.at()).number(key, value.optional());
            json.number("stdError", model(point, values, robust).standardError());
            if (robust) {
                json.number("robustStdError", value.standardError());
            }
            json.limits(value.interval()).endObject();
        }
    }

    /** The value with the model's own error, which is that in force where none is robust. */
    private static PointEstimate model(AftPrediction.At point, Values values, boolean robust) {
        return robust ? values.ofModel().apply(point.at()) : point.value();
    }

    void rows(TidyTable.Builder table, boolean robust) {
        for (int i = 0; i < patients.size(); i++) {
            Patient p = patients.get(i);
            rows(table, quantity, i + 1L, p.points(), robust);
            if (p.quantiles() != null) {
                rows(table, "time by which", i + 1L, p.quantiles(), robust);
            }
        }
    }

    private static void rows(TidyTable.Builder table, String name, Long row, Values values, boolean robust) {
        for (AftPrediction.At at : values.inForce()) {
            PointEstimate value = at.value();
            table.row(
                    name,
                    null,
                    row,
                    at.at(),
                    value.optional().orElse(Double.NaN),
                    model(at, values, robust).standardError().orElse(Double.NaN),
                    robust ? value.standardError().orElse(Double.NaN) : Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    value.interval().lower().orElse(Double.NaN),
                    value.interval().upper().orElse(Double.NaN));
        }
    }

    void results(AnalysisResults results, boolean robust) {
        for (int i = 0; i < patients.size(); i++) {
            Patient p = patients.get(i);
            results.group("row", String.valueOf(i + 1));
            results(results, "time", quantity, p.points(), robust);
            if (p.quantiles() != null) {
                results(results, "prob", "time", p.quantiles(), robust);
            }
        }
    }

    private static void results(AnalysisResults results, String at, String name, Values values, boolean robust) {
        for (AftPrediction.At point : values.inForce()) {
            PointEstimate value = point.value();
            results.variable(at, point.at()).stat(name, value.optional());
            results.stat("std_error", model(point, values, robust).standardError());
            if (robust) {
                results.stat("robust_std_error", value.standardError());
            }
            ModelWriting.limits(results, value.interval());
        }
    }

    /** For a person; reasons that were said above are not said again. */
    void text(boolean robust, Set<String> said, TextWriter target) throws IOException {
        String error = ModelWriting.errorWords(robust);
        for (int i = 0; i < patients.size(); i++) {
            target.append('\n');
            text(i, patients.get(i), error, said, target);
        }
    }

    private void text(int row, Patient p, String error, Set<String> said, TextWriter target) throws IOException {
        String words = words(p.covariates());
        target.append(words.isEmpty() ? "Predicted" : "Predicted for row " + (row + 1) + ": " + words)
                .append('\n');
        CurveText.Notes notes = new CurveText.Notes(said);
        if (!p.points().inForce().isEmpty()) {
            TextTable table = new TextTable(0, "time", quantity, error, "limits");
            for (AftPrediction.At s : p.points().inForce()) {
                line(table, Cells.time(s.at()), s.value());
                notes.add(s.at(), s.value());
            }
            target.table(table, "  ");
            notes.write(target);
        }
        if (p.quantiles() == null) {
            return;
        }
        TextTable times = new TextTable(0, "share with event", "by time", error, "limits");
        CurveText.Notes absent = new CurveText.Notes(said);
        for (AftPrediction.At q : p.quantiles().inForce()) {
            line(times, Cells.percent(q.at()), q.value());
            absent.add("share " + Cells.percent(q.at()), q.value());
        }
        target.table(times, "  ");
        absent.write(target);
    }

    private static void line(TextTable table, String at, PointEstimate value) {
        table.row(at, short4(value.optional()), short4(value.standardError()), Cells.shortLimits(value.interval()));
    }
}

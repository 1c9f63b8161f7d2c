package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import io.engraft.regression.Coefficient;
import io.engraft.regression.ModelTest;
import io.engraft.regression.PatientSurvival;
import io.engraft.regression.RegressionFit;
import io.engraft.report.AnalysisResults;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import io.engraft.report.internal.Patients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Coefficients and predictions as the documents of all models write them. */
final class ModelWriting {

    private static final int MOST_ROWS = 8;

    private ModelWriting() {}

    /** Which levels the contrasts are against, empty where there are none. */
    static String contrasts(RegressionFit fit) {
        Set<String> against = new LinkedHashSet<>();
        fit.terms().forEach(term -> term.references().forEach((column, level) -> against.add(column + "=" + level)));
        return against.isEmpty() ? "" : "treatment, against " + String.join(", ", against);
    }

    /** What a reader of any model should know; a list that may grow. */
    static List<String> warnings(RegressionFit fit, Frame frame) {
        List<String> warnings = new ArrayList<>();
        if (fit.status() != FitStatus.CONVERGED) {
            warnings.add("the fit ended " + fit.status() + ": " + fit.statusReason());
        }
        Integer cause = CauseWords.code(frame.rows(), fit.cause());
        if (cause != null) {
            warnings.add(CauseWords.notTheProbability(frame.rows(), cause));
        }
        warnings.addAll(fit.warnings());
        return warnings;
    }

    /** What a reader of the predictions should know. */
    static List<String> warnings(List<AftPrediction> predictions) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        DoubleStream.Builder times = DoubleStream.builder();
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            p.survival().forEach(s -> times.add(s.at()));
            p.quantiles().forEach(q -> q.value().optional().ifPresent(times::add));
            for (String warning : p.curve().warnings()) {
                rows.computeIfAbsent(warning, w -> new ArrayList<>()).add(String.valueOf(i + 1));
            }
        }
        List<String> all = new ArrayList<>();
        rows.forEach((warning, of) -> all.add(
                predictions.size() == 1
                        ? warning
                        : "prediction" + (of.size() == 1 ? " " : "s ") + shortened(of) + ": " + warning));
        if (!predictions.isEmpty()) {
            PatientSurvival any = predictions.get(0).curve();
            List<String> late = new ArrayList<>(any.warnings(times.build().toArray()));
            late.removeAll(any.warnings());
            all.addAll(late);
        }
        return all;
    }

    private static String shortened(List<String> rows) {
        return rows.size() <= MOST_ROWS
                ? String.join(", ", rows)
                : String.join(", ", rows.subList(0, MOST_ROWS)) + " and " + (rows.size() - MOST_ROWS) + " more";
    }

    /** How many rows and events, how the search ended, and its likelihood. */
    static void ending(JsonWriter json, RegressionFit fit) throws IOException {
        json.count("n", fit.n()).number("events", fit.events());
        json.text("status", fit.status().name());
        if (!fit.statusReason().isEmpty()) {
            json.text("reason", fit.statusReason());
        }
        json.count("iterations", fit.iterations());
        json.object("logLikelihood").number("null", fit.nullLogLikelihood());
        json.number("model", fit.logLikelihood()).endObject();
        json.number("aic", fit.aic()).number("bic", fit.bic());
    }

    /** The estimate, the model's error, and the robust one where errors are robust. */
    static void errors(JsonWriter json, Coefficient c, boolean robust) throws IOException {
        json.number("estimate", c.value().optional());
        json.number("stdError", c.stdError());
        if (robust) {
            json.number("robustStdError", c.robustStdError());
        }
    }

    static void predictions(JsonWriter json, List<AftPrediction> predictions, boolean robust) throws IOException {
        json.array("predictions");
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            PatientSurvival own = p.curve().withModelErrors();
            json.object().count("row", i + 1L).object("covariates");
            for (Map.Entry<String, String> shown : p.covariates().entrySet()) {
                json.text(shown.getKey(), shown.getValue());
            }
            json.endObject().array("points");
            for (AftPrediction.At point : p.survival()) {
                json.object().number("time", point.at());
                errors(json, "survival", point.value(), robust ? own.survivalAt(point.at()) : null);
            }
            json.endArray().array("quantiles");
            for (AftPrediction.At quantile : p.quantiles()) {
                json.object().number("probability", quantile.at());
                errors(json, "time", quantile.value(), robust ? own.quantile(quantile.at()) : null);
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    /** A prediction; the other is the same with the model's own error where that in force is robust, else null. */
    private static void errors(JsonWriter json, String key, PointEstimate value, @Nullable PointEstimate model)
            throws IOException {
        json.number(key, value.optional());
        json.number("stdError", (model == null ? value : model).standardError());
        if (model != null) {
            json.number("robustStdError", value.standardError());
        }
        json.limits(value.interval()).endObject();
    }

    /** exp of a coefficient and of its limits. */
    static PointEstimate ratio(Coefficient c) {
        PointEstimate value = c.value();
        if (!value.isEstimable()) {
            return value;
        }
        Interval own = value.interval();
        Interval limits = Interval.partial(exp(own.lower()), exp(own.upper()), own.level(), own.reason());
        return PointEstimate.of(Math.exp(value.estimate()), Double.NaN, limits);
    }

    private static double exp(OptionalDouble limit) {
        return limit.isPresent() ? Math.exp(limit.getAsDouble()) : Double.NaN;
    }

    /** A tidy table of coefficients and predictions. */
    static TidyTable.Builder table() {
        return TidyTable.builder()
                .text("quantity")
                .text("name")
                .count("row")
                .number("at")
                .number("estimate")
                .number("std_error")
                .number("robust_std_error")
                .number("z")
                .number("p_value")
                .number("lower")
                .number("upper");
    }

    static void row(TidyTable.Builder table, String quantity, Coefficient c) {
        Interval limits = c.value().interval();
        table.row(
                quantity,
                c.name(),
                null,
                Double.NaN,
                c.value().optional().orElse(Double.NaN),
                c.stdError().orElse(Double.NaN),
                c.robustStdError().orElse(Double.NaN),
                c.z().orElse(Double.NaN),
                c.pValue().orElse(Double.NaN),
                limits.lower().orElse(Double.NaN),
                limits.upper().orElse(Double.NaN));
    }

    /** An estimate that is no coefficient. */
    static void row(TidyTable.Builder table, String quantity, String name, PointEstimate value) {
        Interval limits = value.interval();
        double none = Double.NaN;
        table.row(
                quantity,
                name.isEmpty() ? null : name,
                null,
                none,
                value.optional().orElse(none),
                value.standardError().orElse(none),
                none,
                none,
                none,
                limits.lower().orElse(none),
                limits.upper().orElse(none));
    }

    /** A test: its statistic, with its p-value. */
    static void row(TidyTable.Builder table, String quantity, String name, ModelTest test) {
        double none = Double.NaN;
        table.row(quantity, name, null, none, test.statistic(), none, none, none, test.pValue(), none, none);
    }

    /** A number at a time, without errors. */
    static void row(TidyTable.Builder table, String quantity, String name, double at, double value) {
        double none = Double.NaN;
        table.row(quantity, name, null, at, value, none, none, none, none, none, none);
    }

    static void rows(TidyTable.Builder table, List<AftPrediction> predictions, boolean robust) {
        for (int i = 0; i < predictions.size(); i++) {
            Long row = i + 1L;
            AftPrediction p = predictions.get(i);
            PatientSurvival own = p.curve().withModelErrors();
            for (AftPrediction.At s : p.survival()) {
                row(table, "survival", row, s, robust ? own.survivalAt(s.at()) : null);
            }
            for (AftPrediction.At q : p.quantiles()) {
                row(table, "time by which", row, q, robust ? own.quantile(q.at()) : null);
            }
        }
    }

    private static void row(
            TidyTable.Builder table, String quantity, Long row, AftPrediction.At at, @Nullable PointEstimate model) {
        PointEstimate value = at.value();
        table.row(
                quantity,
                null,
                row,
                at.at(),
                value.optional().orElse(Double.NaN),
                (model == null ? value : model).standardError().orElse(Double.NaN),
                model == null ? Double.NaN : value.standardError().orElse(Double.NaN),
                Double.NaN,
                Double.NaN,
                value.interval().lower().orElse(Double.NaN),
                value.interval().upper().orElse(Double.NaN));
    }

    static void stats(AnalysisResults results, Coefficient c) {
        results.stat("estimate", c.value().optional());
        results.stat("std_error", c.stdError()).stat("robust_std_error", c.robustStdError());
    }

    static void limits(AnalysisResults results, Interval interval) {
        results.stat("lower", interval.lower()).stat("upper", interval.upper());
    }

    static void results(AnalysisResults results, List<AftPrediction> predictions, boolean robust) {
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            PatientSurvival own = p.curve().withModelErrors();
            results.group("row", String.valueOf(i + 1));
            for (AftPrediction.At s : p.survival()) {
                results.variable("time", s.at());
                results(results, "survival", s.value(), robust ? own.survivalAt(s.at()) : null);
            }
            for (AftPrediction.At q : p.quantiles()) {
                results.variable("prob", q.at());
                results(results, "time", q.value(), robust ? own.quantile(q.at()) : null);
            }
        }
    }

    private static void results(
            AnalysisResults results, String name, PointEstimate value, @Nullable PointEstimate model) {
        results.stat(name, value.optional());
        results.stat("std_error", (model == null ? value : model).standardError());
        if (model != null) {
            results.stat("robust_std_error", value.standardError());
        }
        limits(results, value.interval());
    }

    /** How many rows, and how many events: with frequency weights both count what the rows stand for. */
    static String counts(RegressionFit fit, Frame frame) {
        boolean frequency =
                frame.rows().weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        return frequency
                ? "n " + Patients.with(frame, "", fit.n()) + ", events (weighted) " + Cells.plain(fit.events())
                : "n " + fit.n() + ", events " + Cells.plain(fit.events());
    }

    /** How the search ended, in words. */
    static String ending(RegressionFit fit) {
        return switch (fit.status()) {
            case CONVERGED -> "; converged in " + fit.iterations() + " iterations\n";
            case RANK_DEFICIENT -> "; converged without some covariates: " + fit.statusReason() + "\n";
            case BOUNDARY, MONOTONE_LIKELIHOOD -> "; at the edge of the model: " + fit.statusReason() + "\n";
            case FAILED, NOT_IDENTIFIED, CONTRADICTORY -> "; no fit: " + fit.statusReason() + "\n";
        };
    }

    /** Predictions; reasons that were said above are not said again. */
    static void text(List<AftPrediction> predictions, boolean robust, Set<String> said, TextWriter target)
            throws IOException {
        String error = errorWords(robust);
        for (int i = 0; i < predictions.size(); i++) {
            target.append('\n');
            text(i, predictions.get(i), error, said, target);
        }
    }

    /** What the column of standard errors is called. */
    static String errorWords(boolean robust) {
        return robust ? "robust error" : "std error";
    }

    private static void text(int row, AftPrediction p, String error, Set<String> said, TextWriter target)
            throws IOException {
        String words = p.words();
        target.append(words.isEmpty() ? "Predicted" : "Predicted for row " + (row + 1) + ": " + words)
                .append('\n');
        CurveText.Notes notes = new CurveText.Notes(said);
        if (!p.survival().isEmpty()) {
            TextTable table = new TextTable(0, "time", "survival", error, "limits");
            for (AftPrediction.At s : p.survival()) {
                line(table, Cells.time(s.at()), s.value());
                notes.add(s.at(), s.value());
            }
            target.table(table, "  ");
            notes.write(target);
        }
        TextTable times = new TextTable(0, "share with event", "by time", error, "limits");
        CurveText.Notes absent = new CurveText.Notes(said);
        for (AftPrediction.At q : p.quantiles()) {
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

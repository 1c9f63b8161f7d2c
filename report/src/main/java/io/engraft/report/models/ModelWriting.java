package io.engraft.report.models;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import io.engraft.regression.Coefficient;
import io.engraft.regression.ModelTest;
import io.engraft.regression.RegressionFit;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Coefficients, and how a fit ended, as the documents of all models write them. */
final class ModelWriting {

    /** What conventions are called in a text, where that is not their key. */
    private static final Map<String, String> LABELS = Map.of(
            "form",
            "model",
            "riskAfterAnotherCause",
            "other causes",
            "censoringTiedWithEvents",
            "censoring",
            "acrossStrata",
            "clusters");

    private ModelWriting() {}

    /** Which levels the contrasts are against, empty where there are none. */
    static String contrasts(RegressionFit fit) {
        Set<String> against = new LinkedHashSet<>();
        fit.terms().forEach(term -> term.references().forEach((column, level) -> against.add(column + "=" + level)));
        return against.isEmpty() ? "" : "treatment, against " + String.join(", ", against);
    }

    /** What stands above a model's text, with those of these conventions that are in force. */
    static void head(String title, Document document, Frame frame, List<String> keys, TextWriter target)
            throws IOException {
        Conventions conventions = document.conventions();
        target.append(title).append('\n');
        TextTable table = new TextTable(2, "data", CurveText.source(document));
        table.row("columns", CurveText.columnWords(frame));
        CurveText.notes(document, table);
        table.row("events", conventions.events().orElse(""));
        for (String key : keys) {
            conventions.words(key).ifPresent(words -> table.row(LABELS.getOrDefault(key, key), words));
        }
        table.row(
                "intervals",
                conventions.percentLevel() + ", " + CurveText.said(conventions, "interval") + "; standard errors: "
                        + conventions.standardErrors().orElse(""));
        table.row("rules", "conventions: " + CurveText.said(conventions, "profile"));
        target.table(table, "");
    }

    /** What a reader of any model of events that others censor should know; a list that may grow. */
    static List<String> warnings(RegressionFit fit, Frame frame) {
        List<String> warnings = ended(fit);
        Integer cause = CauseWords.code(frame.rows(), fit.cause());
        if (cause != null) {
            warnings.add(CauseWords.notTheProbability(frame.rows(), cause));
        }
        warnings.addAll(fit.warnings());
        return warnings;
    }

    /** How a fit ended that did not as it should; a list that may grow. */
    static List<String> ended(RegressionFit fit) {
        List<String> warnings = new ArrayList<>();
        if (fit.status() != FitStatus.CONVERGED) {
            warnings.add("the fit ended " + fit.status() + ": " + fit.statusReason());
        }
        return warnings;
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
    }

    /** The criteria, where the likelihood is one. */
    static void criteria(JsonWriter json, RegressionFit fit) throws IOException {
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

    static void stats(AnalysisResults results, Coefficient c) {
        results.stat("estimate", c.value().optional());
        results.stat("std_error", c.stdError()).stat("robust_std_error", c.robustStdError());
    }

    static void limits(AnalysisResults results, Interval interval) {
        results.stat("lower", interval.lower()).stat("upper", interval.upper());
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

    /** What the column of standard errors is called. */
    static String errorWords(boolean robust) {
        return robust ? "robust error" : "std error";
    }
}

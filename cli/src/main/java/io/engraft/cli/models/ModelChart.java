package io.engraft.cli.models;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.regression.PatientSurvival;
import io.engraft.report.models.AftPrediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The figure of a fitted parametric model. */
final class ModelChart {

    /** More curves than this cannot be told apart. */
    private static final int MOST_CURVES = 6;

    private ModelChart() {}

    /** Which event is meant, and how intervals are made. */
    record Choice(@Nullable Integer cause, double level, Profile profile) {}

    /** The figure of the survival that a model predicts, beside Kaplan-Meier of all rows. */
    static SideFile drawn(
            String model,
            List<AftPrediction> predictions,
            Charts.Subject subject,
            Choice choice,
            ChartOptions options) {
        requireFew(predictions);
        KaplanMeier procedure =
                KaplanMeier.withDefaults().withLevel(choice.level()).withProfile(choice.profile());
        procedure = subject.conventions().isRobust() ? procedure.withRobustVariance() : procedure;
        SurvivalData rows = subject.rows();
        Integer cause = choice.cause();
        SurvivalEstimate estimate =
                Charts.fit(procedure, rows, cause).values().iterator().next();
        SurvivalFigure figure = SurvivalFigure.of("All rows, Kaplan-Meier", estimate);
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            figure = p.words().isEmpty()
                    ? figure.withOverlay("Model", p.curve())
                    : figure.withCurve(name(i, p), p.curve());
        }
        String event = cause == null
                ? subject.events()
                : subject.cause(cause) + " (status code " + cause + "), other events censored";
        SurvivalFigure drawn = figure.withTitle("Kaplan-Meier and a fitted model: " + model)
                .withYLabel(cause == null ? "Probability of no event" : "Survival, " + subject.cause(cause) + " alone")
                .withRiskTable(RiskTable.atRisk());
        return file(drawn, event, predictions, subject, options);
    }

    /** The figure of the survival that a model of interval-censored times predicts. */
    static SideFile drawnAlone(
            String model, List<AftPrediction> predictions, Charts.Subject subject, ChartOptions options) {
        requireFew(predictions);
        Map<String, PatientSurvival> curves = new LinkedHashMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            curves.put(p.words().isEmpty() ? "Model" : name(i, p), p.curve());
        }
        SurvivalFigure drawn = SurvivalFigure.of(curves)
                .withTitle("A model fitted to interval-censored times: " + model)
                .withYLabel("Probability of no event")
                .withXEnd(last(subject.rows()))
                .withRiskTable(RiskTable.none());
        return file(drawn, "known to be in (left, right]", predictions, subject, options);
    }

    private static SideFile file(
            SurvivalFigure figure,
            String event,
            List<AftPrediction> predictions,
            Charts.Subject subject,
            ChartOptions options) {
        boolean alone = predictions.size() == 1;
        List<String> parts = new ArrayList<>(List.of("event: " + event));
        if (alone) {
            parts.add("bands: " + subject.conventions().percentLevel() + " intervals");
        } else {
            parts.add("a prediction for each row of covariates, its interval in the table and not drawn");
        }
        parts.addAll(Charts.remarks(subject));
        SurvivalFigure drawn = figure.withConfidence(alone ? ConfidenceStyle.BAND : ConfidenceStyle.NONE)
                .withPercentAxis(true)
                .withCaption(String.join("; ", parts) + ".")
                .withUnit(subject.rows().unit());
        return Charts.file(options.apply(drawn), options);
    }

    private static void requireFew(List<AftPrediction> predictions) {
        if (predictions.size() > MOST_CURVES) {
            throw new InvalidArgumentException("--chart: " + predictions.size()
                    + " rows of --newdata; allowed: at most " + MOST_CURVES + " curves in one figure");
        }
    }

    private static String name(int row, AftPrediction p) {
        return "Row " + (row + 1) + ": " + p.words();
    }

    private static double last(SurvivalData rows) {
        return IntStream.range(0, rows.size()).mapToDouble(rows::time).max().orElse(1);
    }
}

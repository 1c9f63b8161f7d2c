package io.engraft.cli.models;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.regression.PatientSurvival;
import io.engraft.report.models.AftPrediction;
import io.engraft.report.models.IncidencePrediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The figure of what a fitted model predicts. */
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
        requireFew(predictions.size());
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
                    : figure.withCurve(name(i, p.words()), p.curve());
        }
        String event = cause == null
                ? subject.events()
                : subject.cause(cause) + " (status code " + cause + "), other events censored";
        SurvivalFigure drawn = figure.withTitle("Kaplan-Meier and a fitted model: " + model)
                .withYLabel(cause == null ? "Probability of no event" : "Survival, " + subject.cause(cause) + " alone")
                .withRiskTable(RiskTable.atRisk());
        return file(drawn, event, predictions.size(), subject, options);
    }

    /** The figure of the survival that a model of interval-censored times predicts. */
    static SideFile drawnAlone(
            String model, List<AftPrediction> predictions, Charts.Subject subject, ChartOptions options) {
        requireFew(predictions.size());
        Map<String, PatientSurvival> curves = new LinkedHashMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            curves.put(p.words().isEmpty() ? "Model" : name(i, p.words()), p.curve());
        }
        SurvivalFigure drawn = SurvivalFigure.of(curves)
                .withTitle("A model fitted to interval-censored times: " + model)
                .withYLabel("Probability of no event")
                .withXEnd(last(subject.rows()))
                .withRiskTable(RiskTable.none());
        return file(drawn, "known to be in (left, right]", predictions.size(), subject, options);
    }

    /** The figure of the incidence of a cause that a model predicts, beside Aalen-Johansen of all rows. */
    static SideFile drawnIncidence(
            String model,
            List<IncidencePrediction> predictions,
            Charts.Subject subject,
            int cause,
            AalenJohansen procedure,
            ChartOptions options) {
        requireFew(predictions.size());
        SurvivalData rows = subject.rows();
        IncidenceEstimate estimate =
                procedure.fit(rows).asMap().values().iterator().next();
        String all = "All rows, Aalen-Johansen";
        String label = rows.causes().get(cause - 1);
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.ofGroups(Map.of(all, estimate.incidence(label)))
                .withFollowUp(all, estimate);
        for (int i = 0; i < predictions.size(); i++) {
            IncidencePrediction p = predictions.get(i);
            figure = p.words().isEmpty()
                    // The only curve is named by its cause.
                    ? figure.withCauseLabel(label, all).withOverlay("Model", p.curve())
                    : figure.withCurve(name(i, p.words()), p.curve());
        }
        String event = subject.cause(cause) + " (status code " + cause + ")" + subject.competitors(cause);
        CumulativeIncidenceFigure drawn = figure.withTitle("Cumulative incidence of " + subject.cause(cause)
                        + ": Aalen-Johansen and a fitted model, " + model)
                .withYLabel("Cumulative incidence")
                .withConfidence(style(predictions.size()))
                .withCaption(caption(event, predictions.size(), subject))
                .withRiskTable(RiskTable.atRisk())
                .withUnit(rows.unit());
        return Charts.file(options.apply(drawn), options);
    }

    private static SideFile file(
            SurvivalFigure figure, String event, int predictions, Charts.Subject subject, ChartOptions options) {
        SurvivalFigure drawn = figure.withConfidence(style(predictions))
                .withPercentAxis(true)
                .withCaption(caption(event, predictions, subject))
                .withUnit(subject.rows().unit());
        return Charts.file(options.apply(drawn), options);
    }

    private static ConfidenceStyle style(int predictions) {
        return predictions == 1 ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
    }

    private static String caption(String event, int predictions, Charts.Subject subject) {
        List<String> parts = new ArrayList<>(List.of("event: " + event));
        if (predictions == 1) {
            parts.add("bands: " + subject.conventions().percentLevel() + " intervals");
        } else {
            parts.add("a prediction for each row of covariates, its interval in the table and not drawn");
        }
        parts.addAll(Charts.remarks(subject));
        return String.join("; ", parts) + ".";
    }

    private static void requireFew(int rows) {
        if (rows > MOST_CURVES) {
            throw new InvalidArgumentException("--chart: " + rows + " rows of --newdata; allowed: at most "
                    + MOST_CURVES + " curves in one figure");
        }
    }

    private static String name(int row, String words) {
        return "Row " + (row + 1) + ": " + words;
    }

    private static double last(SurvivalData rows) {
        return IntStream.range(0, rows.size()).mapToDouble(rows::time).max().orElse(1);
    }
}

package io.engraft.cli.models;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.output.Console;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.regression.AftDistribution;
import io.engraft.report.models.AftPrediction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figure of a fitted accelerated failure time model. */
final class AftChart {

    /** More curves than this cannot be told apart. */
    private static final int MOST_CURVES = 6;

    private AftChart() {}

    /** Draws the survival that a model predicts, beside Kaplan-Meier of all rows. */
    static void draw(
            AftDistribution distribution,
            List<AftPrediction> predictions,
            Charts.Subject subject,
            @Nullable Integer cause,
            double level,
            Profile profile,
            ChartOptions options,
            Console console) {
        if (predictions.size() > MOST_CURVES) {
            throw new InvalidArgumentException("--chart: " + predictions.size()
                    + " rows of --newdata; allowed: at most " + MOST_CURVES + " curves in one figure");
        }
        KaplanMeier procedure = KaplanMeier.withDefaults().withLevel(level).withProfile(profile);
        procedure = subject.conventions().isRobust() ? procedure.withRobustVariance() : procedure;
        SurvivalData rows = subject.rows();
        SurvivalEstimate estimate =
                Charts.fit(procedure, rows, cause).values().iterator().next();
        boolean alone = predictions.size() == 1;
        ConfidenceStyle style = alone ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
        String kaplanMeier = "All rows, Kaplan-Meier";
        SurvivalFigure figure = SurvivalFigure.of(kaplanMeier, estimate);
        for (int i = 0; i < predictions.size(); i++) {
            AftPrediction p = predictions.get(i);
            String words = p.words();
            figure = words.isEmpty()
                    ? figure.withOverlay("Model", p.curve())
                    : figure.withCurve("Row " + (i + 1) + ": " + words, p.curve());
        }
        String event = cause == null
                ? "every status code of 1 or more (" + subject.causes() + ")"
                : subject.cause(cause) + " (status code " + cause + "), other events censored";
        List<String> parts = new ArrayList<>(List.of("event: " + event));
        if (alone) {
            parts.add("bands: " + subject.conventions().percentLevel() + " intervals");
        }
        parts.addAll(Charts.remarks(subject));
        SurvivalFigure drawn = figure.withTitle("Kaplan-Meier and a fitted model: " + distribution.label())
                .withYLabel(cause == null ? "Probability of no event" : "Survival, " + subject.cause(cause) + " alone")
                .withConfidence(style)
                .withCaption(String.join("; ", parts) + ".")
                .withRiskTable(RiskTable.atRisk())
                .withUnit(rows.unit());
        Charts.save(options.apply(drawn), options, console);
    }
}

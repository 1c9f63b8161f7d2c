package io.engraft.cli.models;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.output.CurveText;
import io.engraft.cli.output.Provenance;
import io.engraft.curve.Profile;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figure of a fitted accelerated failure time model. */
final class AftChart {

    /** More curves than this cannot be told apart. */
    private static final int MOST_CURVES = 6;

    private AftChart() {}

    /** Draws the survival that a model predicts, beside Kaplan-Meier of all rows. */
    static void draw(AftResult result, @Nullable Integer cause, double level, Profile profile, Path file) {
        if (result.predictions().size() > MOST_CURVES) {
            throw new InvalidArgumentException(
                    "--chart: " + result.predictions().size() + " rows of --newdata; allowed: at most " + MOST_CURVES
                            + " curves in one figure");
        }
        KaplanMeier procedure = KaplanMeier.withDefaults().withLevel(level).withProfile(profile);
        procedure = result.isRobust() ? procedure.withRobustVariance() : procedure;
        SurvivalEstimate estimate =
                Charts.fit(procedure, result.rows(), cause).values().iterator().next();
        boolean alone = result.predictions().size() == 1;
        ConfidenceStyle style = alone ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
        String kaplanMeier = "All rows, Kaplan-Meier";
        SurvivalFigure figure = SurvivalFigure.of(kaplanMeier, estimate);
        for (int i = 0; i < result.predictions().size(); i++) {
            AftResult.Prediction p = result.predictions().get(i);
            String words = p.patient().words();
            figure = words.isEmpty()
                    ? figure.overlay("Model", p.curve())
                    : figure.curve("Row " + (i + 1) + ": " + words, p.curve());
        }
        Charts.Subject subject = new Charts.Subject(result.rows(), result.columns(), result.provenance());
        String label = result.fit().distribution().label();
        String event = cause == null
                ? "every status code of 1 or more (" + subject.causes() + ")"
                : subject.cause(cause) + " (status code " + cause + "), other events censored";
        List<String> parts = new ArrayList<>(List.of("event: " + event));
        if (alone) {
            parts.add("bands: " + CurveText.percentLevel(result.provenance().conventions()) + " intervals");
        }
        Provenance.dropped(result.rows()).ifPresent(parts::add);
        if (result.columns().unitAssumed()) {
            parts.add("times assumed to be in " + result.rows().unit().label());
        }
        figure.title("Kaplan-Meier and a fitted model: " + label)
                .yLabel(cause == null ? "Probability of no event" : "Survival, " + subject.cause(cause) + " alone")
                .confidence(style)
                .caption(String.join("; ", parts) + ".")
                .riskTable(RiskTable.atRisk())
                .unit(result.rows().unit())
                .save(file);
    }
}

package io.engraft.cli;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.ImageFormat;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures that the data commands draw. */
final class Charts {

    private static final int MOST_BANDS = 3;

    /** More curves than this cannot be told apart. */
    private static final int MOST_FITTED = 6;

    /** A curve with more censoring times than this is drawn without marks. */
    private static final int MOST_MARKS = 150;

    private static final String CAUSE_SPECIFIC = "Kaplan-Meier, cause-specific: other events censored; 1 minus this is"
            + " not the probability of the event";

    private Charts() {}

    /** Refuses an ending that no figure can be written to, before any work is done. */
    static void requireFormat(Path file) {
        try {
            ImageFormat.of(file);
        } catch (FileException e) {
            throw new InvalidArgumentException("--chart: " + e.getMessage());
        }
    }

    /** Whose curves they are, and what a test found of them, empty without one. */
    record Subject(SurvivalData rows, Columns columns, Provenance provenance, String finding) {

        Subject(SurvivalData rows, Columns columns, Provenance provenance) {
            this(rows, columns, provenance, "");
        }

        /** A cause by its label, or by its code where it has no other. */
        String cause(int code) {
            return causeName(rows.causes().get(code - 1));
        }

        String causes() {
            return rows.causes().stream().map(Charts::causeName).collect(Collectors.joining(" and "));
        }

        /** A level alone says little: "1" becomes "sex: 1". */
        String name(String level) {
            return columns.isGrouped()
                    ? columns.group() + ": " + (level.isBlank() ? "(blank)" : level)
                    : "All patients";
        }
    }

    private static String causeName(String label) {
        return label.chars().allMatch(Character::isDigit) ? "cause " + label : label;
    }

    /** Draws survival without any event, or without one cause where others censor. */
    static void survival(Map<String, SurvivalEstimate> curves, @Nullable Integer cause, Subject subject, Path file) {
        Map<String, SurvivalEstimate> named = new LinkedHashMap<>();
        curves.forEach((name, curve) -> named.put(subject.name(name), curve));
        String title = "Survival without any event";
        String axis = "Probability of no event";
        String subtitle = subject.finding();
        String event = "every status code of 1 or more (" + subject.causes() + ")";
        if (cause != null) {
            title = "Cause-specific Kaplan-Meier: " + subject.cause(cause);
            axis = "Kaplan-Meier, " + subject.cause(cause) + " alone";
            subtitle = subject.finding().isEmpty() ? CAUSE_SPECIFIC : subject.finding() + ". " + CAUSE_SPECIFIC;
            event = subject.cause(cause) + " (status code " + cause + ")";
        }
        List<String> notes = new ArrayList<>(List.of("event: " + event));
        boolean marked = curves.values().stream()
                .anyMatch(c -> c.censoringTimes().length > 0 && c.censoringTimes().length <= MOST_MARKS);
        if (marked) {
            notes.add("marks: censored");
        }
        if (curves.values().stream().anyMatch(c -> c.median().isEstimable())) {
            notes.add("dashed lines: median");
        }
        SurvivalFigure figure = SurvivalFigure.of(named)
                .withTitle(title)
                .withSubtitle(subtitle)
                .withYLabel(axis)
                .withConfidence(style(named.size()))
                .withCaption(caption("Kaplan-Meier", named.size(), notes, subject))
                .withMedianLines(true)
                .withRiskTable(RiskTable.atRisk());
        figure.withUnit(subject.rows().unit()).save(file);
    }

    /** Draws the incidence of each cause. */
    static void incidence(Map<String, IncidenceEstimate> fits, Subject subject, Path file) {
        int drawn = fits.size() * subject.rows().causes().size();
        String others = subject.rows().causes().size() > 1 ? ", each competing with the others" : "";
        List<String> notes = List.of("events: " + subject.causes() + others);
        CumulativeIncidenceFigure figure = incidence(fits, drawn, subject)
                .withTitle("Cumulative incidence of " + subject.causes())
                .withSubtitle(subject.finding())
                .withYLabel("Cumulative incidence")
                .withCaption(caption("Aalen-Johansen", drawn, notes, subject));
        figure.withUnit(subject.rows().unit()).save(file);
    }

    /** Draws the survival that a model predicts, beside Kaplan-Meier of all rows. */
    static void fitted(AftResult result, @Nullable Integer cause, double level, Profile profile, Path file) {
        if (result.predictions().size() > MOST_FITTED) {
            throw new InvalidArgumentException(
                    "--chart: " + result.predictions().size() + " rows of --newdata; allowed: at most " + MOST_FITTED
                            + " curves in one figure");
        }
        KaplanMeier procedure = KaplanMeier.withDefaults().withLevel(level).withProfile(profile);
        procedure = result.isRobust() ? procedure.withRobustVariance() : procedure;
        SurvivalEstimate estimate = KmCommand.fit(procedure, result.rows(), cause)
                .values()
                .iterator()
                .next();
        boolean alone = result.predictions().size() == 1;
        ConfidenceStyle style = alone ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
        String kaplanMeier = "All rows, Kaplan-Meier";
        SurvivalFigure figure = SurvivalFigure.of(kaplanMeier, estimate);
        for (int i = 0; i < result.predictions().size(); i++) {
            AftResult.Prediction p = result.predictions().get(i);
            String words = p.patient().words();
            figure = words.isEmpty()
                    ? figure.withOverlay("Model", p.curve())
                    : figure.withCurve("Row " + (i + 1) + ": " + words, p.curve());
        }
        Subject subject = new Subject(result.rows(), result.columns(), result.provenance());
        String label = result.fit().distribution().label();
        String event = cause == null
                ? "every status code of 1 or more (" + subject.causes() + ")"
                : subject.cause(cause) + " (status code " + cause + "), other events censored";
        List<String> parts = new ArrayList<>(List.of("event: " + event));
        if (alone) {
            parts.add("bands: " + CurveText.percentLevel(result.provenance().conventions()) + " intervals");
        }
        KmCommand.dropped(result.rows()).ifPresent(parts::add);
        if (result.columns().unitAssumed()) {
            parts.add("times assumed to be in " + result.rows().unit().label());
        }
        figure.withTitle("Kaplan-Meier and a fitted model: " + label)
                .withYLabel(cause == null ? "Probability of no event" : "Survival, " + subject.cause(cause) + " alone")
                .withConfidence(style)
                .withCaption(String.join("; ", parts) + ".")
                .withRiskTable(RiskTable.atRisk())
                .withUnit(result.rows().unit())
                .save(file);
    }

    private static CumulativeIncidenceFigure incidence(
            Map<String, IncidenceEstimate> fits, int drawn, Subject subject) {
        List<String> causes = subject.rows().causes();
        Map<String, IncidenceFunction> firstCause = new LinkedHashMap<>();
        fits.forEach((name, fit) -> firstCause.put(subject.name(name), fit.incidence(causes.get(0))));
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.ofGroups(firstCause);
        for (Map.Entry<String, IncidenceEstimate> entry : fits.entrySet()) {
            String name = subject.name(entry.getKey());
            IncidenceEstimate fit = entry.getValue();
            for (String cause : causes.subList(1, causes.size())) {
                figure = figure.withCurve(name, fit.incidence(cause));
            }
            figure = figure.withFollowUp(name, fit);
        }
        for (String cause : causes) {
            figure = figure.withCauseLabel(cause, causeName(cause));
        }
        return figure.withConfidence(style(drawn)).withRiskTable(RiskTable.atRisk());
    }

    private static String caption(String method, int curves, List<String> notes, Subject subject) {
        Map<String, String> conventions = subject.provenance().conventions();
        String interval = CurveText.percentLevel(conventions) + " intervals (" + conventions.get("interval") + ")";
        List<String> parts = new ArrayList<>();
        parts.add(method);
        parts.add(
                style(curves) == ConfidenceStyle.NONE
                        ? interval + " not drawn for more than " + MOST_BANDS + " curves"
                        : "bands: " + interval);
        parts.addAll(notes);
        if (conventions.containsKey("conditionalOn")) {
            parts.add("curves given " + conventions.get("conditionalOn"));
        }
        KmCommand.dropped(subject.rows()).ifPresent(parts::add);
        if (subject.columns().unitAssumed()) {
            parts.add("times assumed to be in " + subject.rows().unit().label());
        }
        return String.join("; ", parts) + ".";
    }

    private static ConfidenceStyle style(int curves) {
        return curves <= MOST_BANDS ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
    }
}

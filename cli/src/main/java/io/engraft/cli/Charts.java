package io.engraft.cli;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.Figure;
import io.engraft.charts.ImageFormat;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.data.DurationUnit;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.SurvivalEstimate;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures that the data commands draw. */
final class Charts {

    private static final int MOST_BANDS = 3;

    private Charts() {}

    /** Refuses an ending that no figure can be written to, before any work is done. */
    static void requireFormat(Path file) {
        try {
            ImageFormat.of(file);
        } catch (FileException e) {
            throw new InvalidArgumentException("--chart: " + e.getMessage());
        }
    }

    static void survival(Map<String, SurvivalEstimate> curves, String group, DurationUnit unit, Path file) {
        Map<String, SurvivalEstimate> named = new LinkedHashMap<>();
        curves.forEach((name, curve) -> named.put(name(name, group), curve));
        SurvivalFigure figure = SurvivalFigure.of(named)
                .title("Kaplan-Meier survival")
                .confidence(style(named.size()))
                .caption(caption(
                        "Kaplan-Meier", curves.values().iterator().next().conventions(), named.size()))
                .medianLines(true)
                .riskTable(RiskTable.atRisk());
        save(figure.unit(unit), file);
    }

    static void incidence(Map<String, IncidenceEstimate> fits, String group, DurationUnit unit, Path file) {
        IncidenceEstimate first = fits.values().iterator().next();
        int drawn = fits.size() * first.causes().size();
        CumulativeIncidenceFigure figure = incidence(fits, group)
                .title("Cumulative incidence")
                .caption(caption("Aalen-Johansen", first.conventions(), drawn));
        save(figure.unit(unit), file);
    }

    private static CumulativeIncidenceFigure incidence(Map<String, IncidenceEstimate> fits, String group) {
        IncidenceEstimate first = fits.values().iterator().next();
        Map<String, io.engraft.curve.IncidenceFunction> firstCause = new LinkedHashMap<>();
        fits.forEach((name, fit) -> firstCause.put(
                group.isEmpty() ? CumulativeIncidenceFigure.ALL : name(name, group),
                fit.incidence(first.causes().get(0))));
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.ofGroups(firstCause);
        for (Map.Entry<String, IncidenceEstimate> entry : fits.entrySet()) {
            String name = group.isEmpty() ? CumulativeIncidenceFigure.ALL : name(entry.getKey(), group);
            IncidenceEstimate fit = entry.getValue();
            for (String cause : fit.causes().subList(1, fit.causes().size())) {
                figure = figure.curve(name, fit.incidence(cause));
            }
            figure = figure.followUp(name, fit);
        }
        for (String cause : first.causes()) {
            if (cause.chars().allMatch(Character::isDigit)) {
                figure = figure.causeLabel(cause, "Cause " + cause);
            }
        }
        return figure.confidence(style(fits.size() * first.causes().size())).riskTable(RiskTable.atRisk());
    }

    private static String caption(String estimate, Map<String, String> conventions, int curves) {
        return style(curves) == ConfidenceStyle.NONE
                ? estimate + "."
                : estimate + "; bands: " + CurveText.percentLevel(conventions) + ", " + conventions.get("interval")
                        + ".";
    }

    private static ConfidenceStyle style(int curves) {
        return curves <= MOST_BANDS ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
    }

    /** A level alone says little: "1" becomes "sex 1". */
    private static String name(String level, String group) {
        if (group.isEmpty()) {
            return level.equals("all") ? "All patients" : level;
        }
        boolean number = level.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == '-');
        return number || level.isBlank() ? group + " " + level : level;
    }

    private static void save(Figure<?> figure, Path file) {
        figure.save(file);
    }
}

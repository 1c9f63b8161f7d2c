package io.engraft.cli.curves;

import io.engraft.charts.ConfidenceStyle;
import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.Figure;
import io.engraft.charts.FigureChart;
import io.engraft.charts.ImageFormat;
import io.engraft.charts.RiskTable;
import io.engraft.charts.SurvivalFigure;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.curve.IncidenceFunction;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.interval.TurnbullEstimate;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Provenance;
import io.engraft.report.internal.CauseWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures that the data commands draw. */
public final class Charts {

    private static final int MOST_BANDS = 3;

    /** A curve with more censoring times than this is drawn without marks. */
    private static final int MOST_MARKS = 150;

    private static final String CAUSE_SPECIFIC = "Kaplan-Meier, cause-specific: other events censored; 1 minus this is"
            + " not the probability of the event";

    private Charts() {}

    /** Whose curves they are, and what a test found of them, empty without one. */
    public record Subject(SurvivalData rows, DataColumns columns, Conventions conventions, String finding) {

        public Subject(SurvivalData rows, DataColumns columns, Conventions conventions) {
            this(rows, columns, conventions, "");
        }

        /** A cause by its label, or by its code where it has no other. */
        public String cause(int code) {
            return CauseWords.name(rows.causes().get(code - 1));
        }

        /** With what a cause competes, after its name; empty where it is alone. */
        public String competitors(int code) {
            List<String> others = new ArrayList<>(rows.causes());
            others.remove(code - 1);
            return others.isEmpty()
                    ? ""
                    : ", competing with "
                            + others.stream().map(CauseWords::name).collect(Collectors.joining(" and "));
        }

        /** What counts as the event where no cause is named: labels where causes have any, else every code. */
        public String events() {
            boolean named = rows.causes().stream().allMatch(c -> c.equals(CauseWords.name(c)));
            return named
                    ? String.join(" or ", rows.causes())
                    : "every status code of 1 or more ("
                            + rows.causes().stream().map(CauseWords::name).collect(Collectors.joining(" and ")) + ")";
        }

        /** A level alone says little: "1" becomes "sex: 1". */
        public String name(String level) {
            return rows.group().isPresent()
                    ? columns.group() + ": " + (level.isBlank() ? "(blank)" : level)
                    : "All patients";
        }
    }

    /** The figure of survival without any event, or without one cause where others censor. */
    public static SideFile survival(
            Map<String, SurvivalEstimate> curves, @Nullable Integer cause, Subject subject, ChartOptions options) {
        Map<String, SurvivalEstimate> named = new LinkedHashMap<>();
        curves.forEach((name, curve) -> named.put(subject.name(name), curve));
        String title = "Survival without any event";
        String axis = "Probability of no event";
        String subtitle = subject.finding();
        String event = subject.events();
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
                .withPercentAxis(true)
                .withRiskTable(RiskTable.atRisk());
        return file(options.apply(figure.withUnit(subject.rows().unit())), options);
    }

    /** The figure of survival from times known to lie in intervals. */
    static SideFile turnbull(Map<String, TurnbullEstimate> curves, Subject subject, ChartOptions options) {
        Map<String, TurnbullEstimate> named = new LinkedHashMap<>();
        curves.forEach((name, curve) -> named.put(subject.name(name), curve));
        List<String> parts = new ArrayList<>(List.of(
                "Turnbull's estimate",
                "event: known to be in (left, right]",
                "shaded: the times do not say how survival falls there",
                "no confidence limits"));
        parts.addAll(remarks(subject));
        SurvivalFigure figure = SurvivalFigure.of(named)
                .withTitle("Survival from interval-censored times")
                .withConfidence(ConfidenceStyle.BAND)
                .withPercentAxis(true)
                .withCaption(String.join("; ", parts) + ".")
                .withRiskTable(RiskTable.none());
        return file(options.apply(figure.withUnit(subject.rows().unit())), options);
    }

    /** The figure of the incidence of each cause, or of one alone. */
    public static SideFile incidence(
            Map<String, IncidenceEstimate> fits, @Nullable Integer cause, Subject subject, ChartOptions options) {
        List<String> causes = subject.rows().causes();
        List<String> shown = cause == null ? causes : List.of(causes.get(cause - 1));
        String names = shown.stream().map(CauseWords::name).collect(Collectors.joining(" and "));
        String others = cause != null
                ? subject.competitors(cause)
                : causes.size() == 1 ? "" : ", each competing with the others";
        int drawn = fits.size() * shown.size();
        CumulativeIncidenceFigure figure = incidence(fits, shown, subject)
                .withConfidence(style(drawn))
                .withTitle("Cumulative incidence of " + names)
                .withSubtitle(subject.finding())
                .withYLabel("Cumulative incidence")
                .withCaption(caption("Aalen-Johansen", drawn, List.of("events: " + names + others), subject));
        return file(options.apply(figure.withUnit(subject.rows().unit())), options);
    }

    /** The file of a figure, which is painted when it is written. */
    public static SideFile file(Figure<?> figure, ChartOptions options) {
        Path file = options.file().orElseThrow();
        FigureChart chart = figure.toChart();
        return new SideFile(file, target -> target.write(chart.bytes(ImageFormat.of(file))), chart::warnings);
    }

    /** The curves of all events, or of one cause where others censor. */
    public static Map<String, SurvivalEstimate> fit(KaplanMeier procedure, SurvivalData rows, @Nullable Integer cause) {
        return procedure.fit(cause == null ? rows : rows.causeSpecific(cause)).asMap();
    }

    private static CumulativeIncidenceFigure incidence(
            Map<String, IncidenceEstimate> fits, List<String> causes, Subject subject) {
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
            figure = figure.withCauseLabel(cause, CauseWords.name(cause));
        }
        return figure.withRiskTable(RiskTable.atRisk());
    }

    private static String caption(String method, int curves, List<String> notes, Subject subject) {
        Conventions conventions = subject.conventions();
        String interval = conventions.percentLevel() + " intervals ("
                + conventions.interval().orElse("") + ")";
        List<String> parts = new ArrayList<>();
        parts.add(method);
        parts.add(
                style(curves) == ConfidenceStyle.NONE
                        ? interval + " not drawn for more than " + MOST_BANDS + " curves"
                        : "bands: " + interval);
        parts.addAll(notes);
        if (conventions.has("band")) {
            parts.add(
                    "each interval is of its time alone: the band that holds at all times is in the table and not drawn");
        }
        conventions.words("conditionalOn").ifPresent(condition -> parts.add("curves given " + condition));
        parts.addAll(remarks(subject));
        return String.join("; ", parts) + ".";
    }

    /** What every caption says of the rows where there is something to say. */
    public static List<String> remarks(Subject subject) {
        List<String> remarks = new ArrayList<>();
        Provenance.of(subject.rows()).droppedWarning().ifPresent(remarks::add);
        if (subject.columns().isUnitAssumed()) {
            remarks.add("times assumed to be in " + subject.rows().unit().label());
        }
        return remarks;
    }

    private static ConfidenceStyle style(int curves) {
        return curves <= MOST_BANDS ? ConfidenceStyle.BAND : ConfidenceStyle.NONE;
    }
}

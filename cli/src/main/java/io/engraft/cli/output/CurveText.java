package io.engraft.cli.output;

import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the text of all curves has in common. */
public final class CurveText {

    /** A convention of a test that is not said elsewhere in its text, with words for it. */
    private record Shown(String convention, String words) {}

    private static final List<Shown> SHOWN_OF_TESTS = List.of(
            new Shown("strata", "strata"),
            new Shown("rho", "rho"),
            new Shown("pairs", "pairs"),
            new Shown("tau", "up to time"),
            new Shown("time", "at time"),
            new Shown("estimate", "estimate"),
            new Shown("scale", "z and p on scale"),
            new Shown("interval", "interval"),
            new Shown("level", "level"),
            new Shown("variance", "variance"));

    private CurveText() {}

    /** The heading; {@code rule} is a further rule of the estimate, empty for none. */
    public static void head(
            String title, String rule, Provenance provenance, SurvivalData rows, Columns columns, Appendable target)
            throws IOException {
        Map<String, String> c = provenance.conventions();
        target.append(title).append('\n');
        TextTable table = new TextTable(2, "data", provenance.source() + ": " + counts(provenance));
        table.row("columns", columnWords(rows, columns));
        table.row("events", c.getOrDefault("events", ""));
        String clusters = c.getOrDefault("clusters", "");
        String by = clusters.isEmpty() ? "" : clusters.equals("rows") ? ", by row" : ", by " + clusters;
        table.row("intervals", percentLevel(c) + ", " + c.get("interval") + "; variance: " + c.get("variance") + by);
        table.row(
                "rules",
                "at risk where " + c.get("atRisk") + "; times within " + c.get("tieTolerance")
                        + " relative are one; conventions: " + c.get("profile"));
        if (!rule.isEmpty()) {
            table.row("", rule);
        }
        if (columns.chosenTimes()) {
            table.row(
                    "counts",
                    "events (and censored) since the row before, in order of time; the first since the start");
        }
        if (c.containsKey("conditionalOn")) {
            table.row("condition", "curves given " + c.get("conditionalOn"));
        }
        table.write(target, "");
    }

    /** The heading of a comparison of groups. */
    public static void testHead(Provenance provenance, SurvivalData rows, Columns columns, Appendable target)
            throws IOException {
        Map<String, String> c = provenance.conventions();
        TextTable table = new TextTable(2, "data", provenance.source() + ": " + counts(provenance));
        table.row("columns", columnWords(rows, columns));
        table.row("events", c.getOrDefault("events", ""));
        String atRisk = c.containsKey("atRisk") ? "at risk where " + c.get("atRisk") + "; " : "";
        table.row(
                "rules",
                atRisk + "times within " + c.get("tieTolerance") + " relative are one; conventions: "
                        + c.get("profile"));
        for (Shown shown : SHOWN_OF_TESTS) {
            if (c.containsKey(shown.convention())) {
                table.row(shown.words(), number(c.getOrDefault(shown.convention(), "")));
            }
        }
        table.write(target, "");
    }

    /** A number without a needless decimal point; other text as it is. */
    private static String number(String text) {
        return text.matches("-?\\d+\\.0") ? text.substring(0, text.length() - 2) : text;
    }

    public static String counts(Provenance provenance) {
        String text = provenance.rows() + (provenance.rows() == 1 ? " row" : " rows");
        return provenance.dropped() == 0 ? text : text + ", " + provenance.dropped() + " left out for missing values";
    }

    public static String columnWords(SurvivalData rows, Columns columns) {
        StringBuilder text = new StringBuilder("time ")
                .append(columns.time())
                .append(" (")
                .append(rows.unit().label())
                .append(columns.unitAssumed() ? ", assumed; --unit days or years for others" : "")
                .append("), status ")
                .append(columns.status());
        if (columns.isGrouped()) {
            text.append(", groups ").append(columns.group());
        }
        if (rows.hasEntry()) {
            text.append(", delayed entry");
        }
        rows.weightType()
                .map(WeightType::label)
                .ifPresent(label -> text.append(", ").append(label).append(" weights"));
        return text.toString();
    }

    public static String percentLevel(Map<String, String> conventions) {
        double level = Double.parseDouble(conventions.getOrDefault("level", "0.95"));
        return TextTable.plain(Math.round(level * 1e10) / 1e8) + " %";
    }

    public static void groupLine(Columns columns, String name, long n, double events, String what, Appendable target)
            throws IOException {
        String subject = columns.isGrouped() ? columns.group() + " = " + name : "All rows";
        target.append(subject)
                .append(": n ")
                .append(String.valueOf(n))
                .append(", ")
                .append(what)
                .append(' ')
                .append(TextTable.plain(events))
                .append('\n');
    }

    public static void foot(Provenance provenance, Columns columns, Appendable target) throws IOException {
        target.append('\n');
        provenance.writeWarnings(target);
        if (!columns.sourceNote().isEmpty()) {
            target.append("Source: ").append(columns.sourceNote()).append('\n');
        }
        target.append("Figures describe groups of patients, not the prognosis of one.\n");
    }

    /** Why there is a dash in a table. */
    public static final class Notes {

        private final Map<String, String> firstTimes = new LinkedHashMap<>();

        public void add(double time, PointEstimate estimate) {
            String reason = !estimate.isEstimable()
                    ? estimate.reason()
                    : estimate.interval().isEstimable()
                            ? ""
                            : estimate.interval().reason();
            if (!reason.isEmpty()) {
                firstTimes.putIfAbsent(reason, TextTable.plain(time));
            }
        }

        public void write(Appendable target) throws IOException {
            for (Map.Entry<String, String> note : firstTimes.entrySet()) {
                target.append("  \"-\" is not estimable: ")
                        .append(note.getKey())
                        .append(" (first at time ")
                        .append(note.getValue())
                        .append(")\n");
            }
        }
    }
}

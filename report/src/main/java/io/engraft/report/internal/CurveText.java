package io.engraft.report.internal;

import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.Provenance;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
            String title, String rule, Document document, Frame frame, boolean chosenTimes, TextWriter target)
            throws IOException {
        Conventions c = document.conventions();
        target.append(title).append('\n');
        TextTable table = new TextTable(2, "data", source(document));
        table.row("columns", columnWords(frame));
        notes(document, table);
        table.row("events", c.events().orElse(""));
        String clusters = c.words("clusters").orElse("");
        String by = clusters.isEmpty() ? "" : clusters.equals("rows") ? ", by row" : ", by " + clusters;
        table.row(
                "intervals", c.percentLevel() + ", " + said(c, "interval") + "; variance: " + said(c, "variance") + by);
        table.row("rules", "at risk where " + said(c, "atRisk") + "; " + ties(c));
        if (!rule.isEmpty()) {
            table.row("", rule);
        }
        if (chosenTimes) {
            table.row(
                    "counts",
                    (document.command().equals("cuminc") ? "events" : "events (and censored)")
                            + " since the row before, in order of time; the first since the start");
        }
        if (c.has("conditionalOn")) {
            table.row("condition", "curves given " + said(c, "conditionalOn"));
        }
        target.table(table, "");
    }

    /** The heading of a comparison of groups. */
    public static void testHead(Document document, Frame frame, TextWriter target) throws IOException {
        Conventions c = document.conventions();
        TextTable table = new TextTable(2, "data", source(document));
        table.row("columns", columnWords(frame));
        notes(document, table);
        table.row("events", c.events().orElse(""));
        String atRisk = c.has("atRisk") ? "at risk where " + said(c, "atRisk") + "; " : "";
        table.row("rules", atRisk + ties(c));
        for (Shown shown : SHOWN_OF_TESTS) {
            if (c.has(shown.convention())) {
                table.row(shown.words(), number(said(c, shown.convention())));
            }
        }
        target.table(table, "");
    }

    /** A convention in words. */
    public static String said(Conventions conventions, String key) {
        return conventions.words(key).orElse("");
    }

    private static String ties(Conventions c) {
        return "times within "
                + c.tieTolerance().stream()
                        .mapToObj(NumberText::format)
                        .findFirst()
                        .orElse("") + " relative are one; conventions: "
                + said(c, "profile");
    }

    /** Where the data came from, and how many rows they have. */
    public static String source(Document document) {
        Provenance provenance = document.provenance();
        String text = provenance.source() + ": " + provenance.rows() + (provenance.rows() == 1 ? " row" : " rows");
        return provenance.dropped() == 0 ? text : text + ", " + provenance.dropped() + " left out for missing values";
    }

    /** A line for what is to be said of how columns were read. */
    public static void notes(Document document, TextTable table) {
        document.provenance().notes().forEach(note -> table.row("read", note));
    }

    /** A number without a needless decimal point; other text as it is. */
    private static String number(String text) {
        return text.matches("-?\\d+\\.0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Which column plays which part. */
    public static String columnWords(Frame frame) {
        SurvivalData rows = frame.rows();
        DataColumns columns = frame.columns();
        StringBuilder text = new StringBuilder();
        if (columns.isNamed()) {
            text.append("time ")
                    .append(columns.time())
                    .append(" (")
                    .append(rows.unit().label())
                    .append(columns.isUnitAssumed() ? ", assumed; --unit days or years for others" : "")
                    .append("), status ")
                    .append(columns.status());
            text.append(frame.isGrouped() ? ", groups " + columns.group() : "");
        } else {
            text.append("times in ").append(rows.unit().label()).append(frame.isGrouped() ? ", in groups" : "");
        }
        if (rows.hasEntry()) {
            text.append(", delayed entry");
        }
        rows.weightType()
                .map(WeightType::label)
                .ifPresent(label -> text.append(", ").append(label).append(" weights"));
        return text.toString();
    }

    /** The line above the points of a group. */
    public static void groupLine(Frame frame, String name, String n, double events, String what, TextWriter target)
            throws IOException {
        String subject = frame.isGrouped() ? frame.columns().group() + " = " + name : "All rows";
        target.append(subject)
                .append(": n ")
                .append(n)
                .append(", ")
                .append(what)
                .append(frame.isWeighted() ? " (weighted) " : " ")
                .append(Cells.counted(events))
                .append('\n');
    }

    /** The warnings, the source and what figures are not. */
    public static void foot(Document document, DataColumns columns, TextWriter target) throws IOException {
        target.append('\n');
        warnings(document, target);
        if (!columns.sourceNote().isEmpty()) {
            target.append("Source: ").append(columns.sourceNote()).append('\n');
        }
        target.append("Figures describe groups of patients, not the prognosis of one.\n");
    }

    /** A line for each warning. */
    public static void warnings(Document document, TextWriter target) throws IOException {
        for (String warning : document.warnings()) {
            target.append("Warning: ").append(warning).append('\n');
        }
    }

    /** Why there is a dash in a table. */
    public static final class Notes {

        private final Map<String, String> firstPlaces = new LinkedHashMap<>();
        private final Set<String> said;

        public Notes() {
            this(new HashSet<>());
        }

        /** Notes that leave out what was said before, and add to it. */
        public Notes(Set<String> said) {
            this.said = said;
        }

        public void add(double time, PointEstimate estimate) {
            add("time " + Cells.time(time), estimate);
        }

        /** What has no estimate or no interval, first met where. */
        public void add(String where, PointEstimate estimate) {
            String reason = !estimate.isEstimable()
                    ? estimate.reason()
                    : estimate.interval().isEstimable()
                            ? ""
                            : estimate.interval().reason();
            if (!reason.isEmpty() && !said.contains(reason)) {
                firstPlaces.putIfAbsent(reason, where);
            }
        }

        public void write(TextWriter target) throws IOException {
            for (Map.Entry<String, String> note : firstPlaces.entrySet()) {
                target.append("  \"-\" is not estimable: ")
                        .append(note.getKey())
                        .append(" (first at ")
                        .append(note.getValue())
                        .append(")\n");
            }
            said.addAll(firstPlaces.keySet());
        }
    }
}

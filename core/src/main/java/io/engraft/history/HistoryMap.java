package io.engraft.history;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.internal.csv.DateText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a registry's export names and writes what {@link HistoryCsv} reads: which column holds what, beside which column of
 * yes and no a date stands, what means yes and no, and how dates are written. Immutable.
 *
 * <p>Where a yes-or-no column is mapped, it says whether the event happened: yes needs a date (or day), no has none,
 * unless the date's column serves several events, as one date of last contact or death does beside a vital status. Yes and
 * no are yes, y, true, 1 and no, n, false, 0 in any case unless declared; dead and alive too for {@link
 * TransplantEvent#DEATH}.
 */
@CheckReturnValue
public final class HistoryMap {

    /** What stands behind an event's name where its yes-or-no column is meant. */
    public static final String FLAG = "_flag";

    private static final List<String> YES = List.of("yes", "y", "true", "1");
    private static final List<String> NO = List.of("no", "n", "false", "0");

    private static final List<String> CHOICES =
            List.of(HistoryCsv.ID, HistoryCsv.TRANSPLANT_DATE, "yes", "no", "missing", "date_format");
    private static final List<String> EVENTS =
            Arrays.stream(TransplantEvent.values()).map(TransplantEvent::column).toList();
    private static final String NAMES = "allowed: " + String.join(", ", CHOICES) + ", an event ("
            + String.join(", ", EVENTS) + "), or an event with " + FLAG + " behind it, as in relapse" + FLAG;

    private final Map<String, String> columns;
    private final Map<TransplantEvent, String> flags;
    private final List<String> yes;
    private final List<String> no;
    private final DateText dates;
    private final List<String> missingMarks;

    private HistoryMap(
            Map<String, String> columns,
            Map<TransplantEvent, String> flags,
            List<String> yes,
            List<String> no,
            DateText dates,
            List<String> missingMarks) {
        this.columns = Map.copyOf(columns);
        this.flags = Map.copyOf(flags);
        this.yes = yes;
        this.no = no;
        this.dates = dates;
        this.missingMarks = missingMarks;
    }

    /**
     * Columns that have the names of {@link HistoryCsv}, and dates as year-month-day.
     *
     * @return a map that changes nothing
     */
    public static HistoryMap none() {
        return new HistoryMap(Map.of(), Map.of(), List.of(), List.of(), DateText.ISO, List.of());
    }

    /**
     * Reads a map from a table with the columns {@code name} and {@code column}. A name is {@value HistoryCsv#ID},
     * {@value HistoryCsv#TRANSPLANT_DATE} or an event's, and its column is that of the export; an event's name with
     * {@value #FLAG} behind it, whose column says yes or no; {@code yes}, {@code no} and {@code missing}, with levels
     * joined by a bar (a missing {@code age=99} is one of the column age alone); {@code date_format}, as dd.MM.yyyy.
     *
     * @param source where it comes from
     * @return the map
     * @throws InvalidDataException when a name is none of these, or is there twice; it lists them
     */
    public static HistoryMap read(CsvSource source) {
        CsvTable table = CsvTable.read(source);
        table.requireColumns(List.of("name", "column"));
        HistoryMap map = none();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < table.rowCount(); i++) {
            String name = table.text(i, "name");
            String value = table.text(i, "column");
            Integer before = seen.putIfAbsent(name, i);
            if (before != null || value.isEmpty()) {
                throw new InvalidDataException(table.problem(
                        i,
                        before == null ? "column" : "name",
                        before == null
                                ? "missing value; allowed: a column of the export, levels or a format"
                                : "the name is in row " + (before + 1) + " too; allowed: once"));
            }
            try {
                map = map.with(name, value);
            } catch (InvalidArgumentException e) {
                boolean known = isKnown(name);
                throw new InvalidDataException(table.problem(
                        i,
                        known ? "column" : "name",
                        known ? String.valueOf(e.getMessage()) : "no name of a map; " + NAMES));
            }
        }
        return map;
    }

    private static boolean isKnown(String name) {
        String event = name.endsWith(FLAG) ? name.substring(0, name.length() - FLAG.length()) : name;
        return CHOICES.contains(name) || EVENTS.contains(event);
    }

    private HistoryMap with(String name, String value) {
        List<String> levels =
                Arrays.stream(value.split("\\|", -1)).map(String::strip).toList();
        return switch (name) {
            case "yes" -> withYes(levels);
            case "no" -> withNo(levels);
            case "missing" -> withMissingMarks(levels);
            case "date_format" -> withDateFormat(value);
            default ->
                name.endsWith(FLAG)
                        ? withFlag(TransplantEvent.ofColumn(name.substring(0, name.length() - FLAG.length())), value)
                        : withColumn(name, value);
        };
    }

    /**
     * The column of the export that holds what a history file has under a name.
     *
     * @param name {@value HistoryCsv#ID}, {@value HistoryCsv#TRANSPLANT_DATE} or an event's column
     * @param column that of the export
     * @return the map with it
     * @throws InvalidArgumentException when there is no such name
     */
    public HistoryMap withColumn(String name, String column) {
        if (!name.equals(HistoryCsv.ID) && !name.equals(HistoryCsv.TRANSPLANT_DATE)) {
            TransplantEvent.ofColumn(name);
        }
        Map<String, String> more = new LinkedHashMap<>(columns);
        more.put(name, column);
        return new HistoryMap(more, flags, yes, no, dates, missingMarks);
    }

    /**
     * The column that says by yes or no whether an event happened.
     *
     * @param event the event
     * @param column that of the export
     * @return the map with it
     */
    public HistoryMap withFlag(TransplantEvent event, String column) {
        Map<TransplantEvent, String> more = new LinkedHashMap<>(flags);
        more.put(event, column);
        return new HistoryMap(columns, more, yes, no, dates, missingMarks);
    }

    /**
     * What means yes, in place of the usual words.
     *
     * @param levels such as "1" or "Relapsed", in any case of letters
     * @return the map with them
     */
    public HistoryMap withYes(List<String> levels) {
        return new HistoryMap(columns, flags, folded(levels), no, dates, missingMarks);
    }

    /**
     * What means no, in place of the usual words.
     *
     * @param levels such as "0" or "Alive", in any case of letters
     * @return the map with them
     */
    public HistoryMap withNo(List<String> levels) {
        return new HistoryMap(columns, flags, yes, folded(levels), dates, missingMarks);
    }

    /**
     * How dates are written.
     *
     * @param format d, M and yyyy with what stands between them, such as dd.MM.yyyy
     * @return the map with it
     * @throws InvalidArgumentException when the format leaves a date open
     */
    public HistoryMap withDateFormat(String format) {
        return new HistoryMap(columns, flags, yes, no, DateText.of(format), missingMarks);
    }

    /**
     * Further texts that stand for a missing value.
     *
     * @param marks such as "unknown"; "age=99" is one of the column age alone
     * @return the map with these added
     */
    public HistoryMap withMissingMarks(Collection<String> marks) {
        List<String> more = new ArrayList<>(missingMarks);
        more.addAll(marks);
        return new HistoryMap(columns, flags, yes, no, dates, List.copyOf(more));
    }

    private static List<String> folded(List<String> levels) {
        return levels.stream().map(HistoryMap::folded).toList();
    }

    private static String folded(String level) {
        return level.strip().toLowerCase(Locale.ROOT);
    }

    DateText dates() {
        return dates;
    }

    /** The table with the marks of missing values that this map declares, for all columns or for one. */
    CsvTable marked(CsvTable table) {
        CsvTable marked = table.withMissingMarks(
                missingMarks.stream().filter(m -> m.indexOf('=') <= 0).toList());
        for (String mark : missingMarks) {
            int equals = mark.indexOf('=');
            if (equals > 0) {
                String column = mark.substring(0, equals).strip();
                marked = marked.withMissingMarks(column, List.of(mark.substring(equals + 1)));
            }
        }
        return marked;
    }

    /** The export's column of a name. */
    String column(String name) {
        return columns.getOrDefault(name, name);
    }

    Optional<String> flag(TransplantEvent event) {
        return Optional.ofNullable(flags.get(event));
    }

    /** The columns that must be there, as the map names them. */
    List<String> named() {
        List<String> named = new ArrayList<>(columns.values());
        named.addAll(flags.values());
        return named;
    }

    /** Whether a column holds what a name of this map says, rather than what its own name says. */
    boolean isTaken(String name) {
        return !columns.containsKey(name) && named().contains(name);
    }

    /** Whether several events are dated by one column. */
    boolean isShared(String column) {
        return columns.values().stream().filter(column::equals).count() > 1;
    }

    /** What a level of a yes-or-no column says; empty where it says neither. */
    Optional<Boolean> says(TransplantEvent event, String level) {
        String text = folded(level);
        boolean death = event == TransplantEvent.DEATH;
        if (yes.isEmpty() ? YES.contains(text) || (death && text.equals("dead")) : yes.contains(text)) {
            return Optional.of(true);
        }
        boolean negative = no.isEmpty() ? NO.contains(text) || (death && text.equals("alive")) : no.contains(text);
        return negative ? Optional.of(false) : Optional.empty();
    }

    /** The words for yes and no, for messages. */
    String words() {
        return String.join(", ", yes.isEmpty() ? YES : yes) + " for yes and "
                + String.join(", ", no.isEmpty() ? NO : no) + " for no";
    }

    @Override
    public String toString() {
        return "map of a registry's columns " + columns + ", flags " + flags + ", dates " + dates;
    }
}

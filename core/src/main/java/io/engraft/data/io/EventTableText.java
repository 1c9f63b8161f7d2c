package io.engraft.data.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventCounts;
import io.engraft.data.EventTable;
import io.engraft.data.WeightType;
import io.engraft.internal.JsonValue;
import io.engraft.internal.NewFile;
import io.engraft.internal.csv.NumberText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Event tables as JSON, so that centres can exchange counts instead of records. What is read equals what was written, to
 * the last bit of every sum of weights. {@link EventTableCsv} is the same as CSV.
 *
 * <pre>
 *   {"engraftEventTable": 2, "unit": "months", "causes": ["relapse", "death"], "weights": null, "groups": [
 *     {"group": "A", "rowsFromStart": 3, "times": [1, 2.5], "censored": [0, 1], "events": [[1, 0], [0, 1]]}]}
 * </pre>
 *
 * <p>{@code unit} is "days", "months", "years", or null where none was declared. Version 1 had no unit: its tables are read
 * without one, of which {@link #warnings} tells, and merge with no table that has one until {@link EventTable#withUnit} says
 * it. {@code events} has one list a cause. With late entry a group also has {@code entered}, a list, and
 * {@code shortestInterval}, the least (time - entry) / time of its rows. {@code weights} is null, "frequency" or
 * "sampling"; with weights a group has {@code weight} (and, for sampling weights, {@code squaredWeight}): an object of
 * the same lists {@code censored}, {@code events} and {@code entered} with sums of weights. Where a double does not
 * hold a sum it is a text, the doubles that make it up joined by plus signs: "9.007199254740992E15+1".
 *
 * <p>A time at which one patient left tells of that patient: the counts are no anonymous data where groups are small.
 */
public final class EventTableText {

    /** The version of the format. */
    public static final int VERSION = 2;

    /** The version before, without a unit; it is still read. */
    static final int WITHOUT_UNIT = 1;

    static final String VERSIONS = "allowed: version 1 or " + VERSION + " of the format, those that this release reads";

    /** Not the sign of an exponent. */
    private static final Pattern SUM_SIGN = Pattern.compile("(?<![eE])\\+");

    /** The JDK's own shortest form of a double came with 19; this one is the same on every JDK. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final Set<String> LISTS = Set.of("censored", "events", "entered");

    private EventTableText() {}

    /**
     * Tables as a JSON document.
     *
     * @param groups tables by group, at least one, with the same causes, unit and weight type
     * @return the text
     * @throws InvalidArgumentException when there is no table, or causes, units or weight types differ
     */
    public static String json(Map<String, EventTable> groups) {
        requireAlike(groups);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writeTo(groups, bytes);
        } catch (IOException e) {
            throw new FileException("the event tables cannot be written: " + e.getMessage(), e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes tables to a JSON file, completely or not at all.
     *
     * @param groups tables by group, at least one, with the same causes, unit and weight type
     * @param file the file to make or replace
     * @throws InvalidArgumentException when there is no table, or causes, units or weight types differ
     * @throws FileException when writing fails
     */
    public static void writeJson(Map<String, EventTable> groups, Path file) {
        requireAlike(groups);
        NewFile.write(file, target -> writeTo(groups, target));
    }

    static void requireAlike(Map<String, EventTable> groups) {
        if (groups.isEmpty()) {
            throw InvalidArgumentException.of("number of tables", 0, "at least one");
        }
        EventTable first = groups.values().iterator().next();
        groups.forEach((group, table) -> {
            if (!table.unit().equals(first.unit())) {
                throw new InvalidArgumentException("table of group '" + group + "' is in " + unitLabel(table)
                        + "; allowed: the unit of the first group, " + unitLabel(first));
            }
            if (!table.causes().equals(first.causes()) || !table.weightType().equals(first.weightType())) {
                throw new InvalidArgumentException("table of group '" + group + "' has causes " + table.causes()
                        + " and weights " + weightLabel(table) + "; allowed: those of the first group, "
                        + first.causes() + " and " + weightLabel(first));
            }
        });
    }

    private static String unitLabel(EventTable table) {
        return table.unit().map(DurationUnit::label).orElse("no declared unit");
    }

    private static String weightLabel(EventTable table) {
        return table.weightType().map(WeightType::label).orElse("none");
    }

    private static void writeTo(Map<String, EventTable> groups, OutputStream target) throws IOException {
        EventTable first = groups.values().iterator().next();
        try (JsonGenerator json = FACTORY.createGenerator(target)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeNumberField("engraftEventTable", VERSION);
            json.writeStringField("unit", first.unit().map(DurationUnit::label).orElse(null));
            json.writeArrayFieldStart("causes");
            for (String cause : first.causes()) {
                json.writeString(cause);
            }
            json.writeEndArray();
            json.writeStringField(
                    "weights", first.weightType().map(WeightType::label).orElse(null));
            json.writeArrayFieldStart("groups");
            for (Map.Entry<String, EventTable> entry : groups.entrySet()) {
                writeGroup(json, entry.getKey(), entry.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        target.write('\n');
    }

    private static void writeGroup(JsonGenerator json, String group, EventTable table) throws IOException {
        EventCounts counts = EventCounts.of(table);
        json.writeStartObject();
        json.writeStringField("group", group);
        json.writeNumberField("rowsFromStart", table.rowsFromStart());
        if (table.hasEntry()) {
            json.writeNumberField("shortestInterval", table.shortestInterval());
        }
        json.writeArrayFieldStart("times");
        for (int i = 0; i < counts.size(); i++) {
            json.writeNumber(counts.time(i));
        }
        json.writeEndArray();
        writeLists(json, counts, (i, column) -> json.writeNumber(counts.rows(i, column)));
        if (table.weightType().isPresent()) {
            json.writeObjectFieldStart("weight");
            writeLists(json, counts, (i, column) -> writeSum(json, counts.weight(i, column)));
            json.writeEndObject();
        }
        if (table.weightType().equals(Optional.of(WeightType.SAMPLING))) {
            json.writeObjectFieldStart("squaredWeight");
            writeLists(json, counts, (i, column) -> writeSum(json, counts.squaredWeight(i, column)));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Writes one cell of a list. */
    private interface Cell {
        void write(int i, int column) throws IOException;
    }

    private static void writeLists(JsonGenerator json, EventCounts counts, Cell cell) throws IOException {
        int causes = counts.causes().size();
        json.writeArrayFieldStart("censored");
        writeList(json, counts, EventCounts.CENSORED, cell);
        json.writeArrayFieldStart("events");
        for (int k = 1; k <= causes; k++) {
            json.writeStartArray();
            writeList(json, counts, k, cell);
        }
        json.writeEndArray();
        if (counts.columns() > causes + 1) {
            json.writeArrayFieldStart("entered");
            writeList(json, counts, causes + 1, cell);
        }
    }

    private static void writeList(JsonGenerator json, EventCounts counts, int column, Cell cell) throws IOException {
        for (int i = 0; i < counts.size(); i++) {
            cell.write(i, column);
        }
        json.writeEndArray();
    }

    private static void writeSum(JsonGenerator json, BigDecimal sum) throws IOException {
        String text = text(sum);
        if (text.indexOf('+') < 0) {
            json.writeNumber(sum.doubleValue());
        } else {
            json.writeString(text);
        }
    }

    /** A sum as the doubles that make it up, the largest first, joined by plus signs. */
    static String text(BigDecimal sum) {
        StringBuilder text = new StringBuilder();
        BigDecimal left = sum;
        do {
            double part = left.doubleValue();
            text.append(text.isEmpty() ? "" : "+").append(NumberText.format(part));
            left = left.subtract(new BigDecimal(part));
        } while (left.signum() != 0);
        return text.toString();
    }

    /** What {@link #text} wrote. */
    static BigDecimal sum(String text) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String part : SUM_SIGN.split(text, -1)) {
            double number = NumberText.parse(part.strip());
            if (Double.isNaN(number)) {
                throw new NumberFormatException("not a number");
            }
            if (Double.isInfinite(number)) {
                throw new NumberFormatException("too large for a double");
            }
            sum = sum.add(new BigDecimal(number));
        }
        return sum;
    }

    /**
     * Reads tables from a JSON file.
     *
     * @param file the file
     * @return tables by group, in the order of the file
     * @throws InvalidDataException when the document is malformed, of another version, or its counts do not add up
     * @throws FileException when the file cannot be read
     */
    public static Map<String, EventTable> readJson(Path file) {
        try {
            return readJson(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new FileException(file.toString(), file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads tables from the text of a JSON document.
     *
     * @param text the document
     * @param source what to call it in messages
     * @return tables by group, in the order of the document
     * @throws InvalidDataException when the document is malformed, of another version, or its counts do not add up
     */
    public static Map<String, EventTable> ofJson(String text, String source) {
        return readJson(text.getBytes(StandardCharsets.UTF_8), source);
    }

    private static Map<String, EventTable> readJson(byte[] bytes, String source) {
        JsonValue root = JsonValue.read(bytes, source);
        JsonValue version = root.get("engraftEventTable");
        int number = version.wholeNumber();
        if (number != VERSION && number != WITHOUT_UNIT) {
            throw version.bad(VERSIONS);
        }
        Optional<DurationUnit> unit = Optional.empty();
        if (number == VERSION) {
            root.allowOnly("engraftEventTable", "unit", "causes", "weights", "groups");
            unit = unit(root.get("unit"));
        } else {
            root.allowOnly("engraftEventTable", "causes", "weights", "groups");
        }
        List<String> causes =
                root.get("causes").items().stream().map(JsonValue::text).toList();
        List<WeightType> type = weightType(root.get("weights"));
        Map<String, EventTable> tables = new LinkedHashMap<>();
        for (JsonValue group : root.get("groups").items()) {
            JsonValue name = group.get("group");
            EventTable counts = readGroup(group, causes, type);
            EventTable table = unit.map(counts::withUnit).orElse(counts);
            if (tables.putIfAbsent(name.text(), table) != null) {
                throw name.bad("a second group of that name; allowed: distinct groups");
            }
        }
        if (tables.isEmpty()) {
            throw root.get("groups").bad("there are no groups; allowed: at least one");
        }
        return tables;
    }

    private static Optional<DurationUnit> unit(JsonValue unit) {
        if (unit.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationUnit.parse(unit.text()));
        } catch (InvalidArgumentException e) {
            throw unit.bad("allowed: null, \"days\", \"months\" or \"years\"");
        }
    }

    /**
     * What is to be known of tables that were read before they are used: those that have no unit of time, as all of version
     * 1, can be of any.
     *
     * @param groups tables by group, as they were read
     * @return sentences, none where every table has a unit
     */
    public static List<String> warnings(Map<String, EventTable> groups) {
        List<String> without = groups.entrySet().stream()
                .filter(e -> e.getValue().unit().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return without.isEmpty()
                ? List.of()
                : List.of("no unit of time is given for " + String.join(", ", without)
                        + " (version 1 of the format has none): ask whose tables they are, and declare it by withUnit");
    }

    /** One type, or none. */
    private static List<WeightType> weightType(JsonValue weights) {
        if (weights.isNull()) {
            return List.of();
        }
        return Arrays.stream(WeightType.values())
                .filter(t -> t.label().equals(weights.text()))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> weights.bad("allowed: null, \"frequency\" or \"sampling\""));
    }

    private static EventTable readGroup(JsonValue group, List<String> causes, List<WeightType> type) {
        group.allowOnly(
                "group",
                "rowsFromStart",
                "shortestInterval",
                "times",
                "censored",
                "events",
                "entered",
                "weight",
                "squaredWeight");
        boolean entries = group.find("entered").isPresent();
        boolean weighted = !type.isEmpty();
        boolean squared = weighted && type.get(0) == WeightType.SAMPLING;
        requirePresent(group, "weight", weighted);
        requirePresent(group, "squaredWeight", squared);
        requirePresent(group, "shortestInterval", entries);
        List<JsonValue> times = group.get("times").items();
        int columns = causes.size() + (entries ? 2 : 1);
        List<List<JsonValue>> rows = lists(group, causes.size(), entries, times.size());
        List<List<JsonValue>> sums = List.of();
        List<List<JsonValue>> squares = List.of();
        if (weighted) {
            sums = lists(group.get("weight"), causes.size(), entries, times.size());
            group.get("weight").allowOnly(LISTS.toArray(String[]::new));
        }
        if (squared) {
            squares = lists(group.get("squaredWeight"), causes.size(), entries, times.size());
            group.get("squaredWeight").allowOnly(LISTS.toArray(String[]::new));
        }
        try {
            EventCounts.Builder counts =
                    weighted ? EventCounts.builder(causes, type.get(0)) : EventCounts.builder(causes);
            counts.rowsFromStart(group.get("rowsFromStart").longNumber());
            if (entries) {
                counts.lateEntries(group.get("shortestInterval").number());
            }
            for (int i = 0; i < times.size(); i++) {
                int[] at = new int[columns];
                for (int c = 0; c < columns; c++) {
                    at[c] = rows.get(c).get(i).wholeNumber();
                }
                double time = times.get(i).number();
                if (weighted) {
                    counts.add(time, at, sumsAt(sums, i), sumsAt(squares, i));
                } else {
                    counts.add(time, at);
                }
            }
            return counts.build().toTable();
        } catch (InvalidArgumentException e) {
            throw group.bad(String.valueOf(e.getMessage()));
        }
    }

    private static void requirePresent(JsonValue group, String key, boolean wanted) {
        if (group.find(key).isPresent() != wanted) {
            throw group.bad("the key '" + key + "' is " + (wanted ? "missing" : "there though nothing calls for it"));
        }
    }

    private static List<BigDecimal> sumsAt(List<List<JsonValue>> lists, int i) {
        return lists.stream().map(list -> sum(list.get(i))).toList();
    }

    private static BigDecimal sum(JsonValue cell) {
        if (!cell.isText()) {
            return new BigDecimal(cell.number());
        }
        try {
            return sum(cell.text());
        } catch (NumberFormatException e) {
            throw cell.bad("expected a sum of weights: a number, or numbers joined by +");
        }
    }

    /** The lists of all columns, each as long as the times. */
    private static List<List<JsonValue>> lists(JsonValue holder, int causes, boolean entries, int times) {
        List<List<JsonValue>> all = new ArrayList<>();
        all.add(list(holder.get("censored"), times));
        List<JsonValue> events = holder.get("events").items();
        if (events.size() != causes) {
            throw holder.get("events")
                    .bad("there are " + events.size() + " lists; allowed: " + causes + ", one a cause");
        }
        events.forEach(list -> all.add(list(list, times)));
        if (entries) {
            all.add(list(holder.get("entered"), times));
        }
        return all;
    }

    private static List<JsonValue> list(JsonValue list, int times) {
        if (list.items().size() != times) {
            throw list.bad("the list has " + list.items().size() + " items; allowed: " + times + ", one a time");
        }
        return list.items();
    }
}

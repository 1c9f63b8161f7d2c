package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.internal.csv.Blanks;
import io.engraft.internal.csv.CsvHead;
import io.engraft.internal.csv.DecimalMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a table's columns: distinct, where they are not empty. A column without a name cannot be asked for. */
final class Header {

    /** What a row with one field more than the header may come of. */
    private static final String ONE_MORE =
            "; a decimal comma needs quotes or another delimiter, and row names need a name in the header";

    private final String source;
    private final List<String> names;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private final @Nullable CsvHead head;
    private final DecimalMark numbers;

    /** Of a table that is no text. */
    Header(String source, List<String> columns) {
        this(source, 0, columns, null, DecimalMark.point());
    }

    Header(String source, long line, List<String> columns, @Nullable CsvHead head, DecimalMark numbers) {
        this.source = source;
        this.head = head;
        this.numbers = numbers;
        this.names = columns.stream().map(Blanks::strip).toList();
        List<DataProblem> problems = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            String name = names.get(j);
            Integer before = name.isEmpty() ? null : places.putIfAbsent(name, j);
            if (before != null) {
                problems.add(new DataProblem(
                        source,
                        0,
                        line,
                        name,
                        null,
                        "columns " + (before + 1) + " and " + (j + 1)
                                + " have the same name; allowed: distinct names"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    /** How the table's numbers are written. */
    DecimalMark numbers() {
        return numbers;
    }

    List<String> names() {
        return names;
    }

    int size() {
        return names.size();
    }

    boolean has(String column) {
        return places.containsKey(column);
    }

    void require(Collection<String> columns) {
        List<DataProblem> problems = columns.stream()
                .distinct()
                .filter(c -> !has(c))
                .map(c -> missing(c, columns))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    int index(String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new InvalidDataException(missing(column, List.of(column)));
        }
        return place;
    }

    private DataProblem missing(String column, Collection<String> wanted) {
        String allowed = Blanks.shown(String.join(", ", places.keySet()));
        String hint = head == null ? "" : head.hintFor(wanted);
        return new DataProblem(source, 0, 0, column, null, "there is no such column; allowed: " + allowed + hint);
    }

    DataProblem ragged(long row, long line, int fields) {
        return new DataProblem(
                source,
                row,
                line,
                null,
                null,
                "the row has " + fields + (fields == 1 ? " field" : " fields") + " and the header " + names.size()
                        + "; allowed: as many as the header" + (fields == names.size() + 1 ? ONE_MORE : "")
                        + (head == null ? "" : head.titleHint()));
    }
}

package io.engraft.internal.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands fields and records over. Blank lines, and rows of empty fields alone, are nothing where only such follow; empty
 * fields beyond the header are nothing anywhere. A blank line before the last row, and a last row that sums the others
 * up, are errors.
 */
final class CsvRecords extends AbstractBaseCsvCallbackHandler<Boolean> {

    private static final char[] NONE = {};
    private static final int SHORTEST_WORD = 3;
    private static final int LONGEST_WORD = 12;
    private static final int LEAST_SUMMED = 2;

    private final String source;
    private final int fieldLimit;
    private final CsvSink sink;
    private @Nullable CsvHead head;
    private long skipped;
    private long started = 1;
    /** The header's fields, and how many there are up to the last with a name; the most there can be before it was read. */
    private int width = Integer.MAX_VALUE;

    private int named;
    private long blankLine;
    private final List<EmptyRow> empty = new ArrayList<>();
    /** How many fields of this record are blank so far, while all of them are. */
    private int leading;

    private boolean allBlank = true;
    private boolean beyond;
    private boolean more = true;
    private boolean summary;
    private boolean lastIsSummary;
    private long lastLine;
    private long summaries;
    private long rows;

    private record EmptyRow(int fields, long line) {}

    CsvRecords(String source, int fieldLimit, CsvSink sink) {
        this.source = source;
        this.fieldLimit = fieldLimit;
        this.sink = sink;
    }

    void begin(CsvHead found) {
        head = found;
        skipped = found.skipped();
        started = skipped + 1;
    }

    /** The line on which the record starts that was read last. */
    long started() {
        return started;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        started = startingLineNumber + skipped;
        leading = 0;
        allBlank = true;
        beyond = false;
        summary = false;
    }

    @Override
    protected void handleField(int index, char[] buffer, int from, int length, boolean quoted) {
        if (length > fieldLimit) {
            throw CsvScanner.tooLong(source, started, fieldLimit);
        }
        if (allBlank) {
            if (!quoted && isBlank(buffer, from, length)) {
                leading++;
                return;
            }
            allBlank = false;
            first();
            summary = isSummary(buffer, from, length);
        }
        if (index >= width) {
            beyond |= quoted || !isBlank(buffer, from, length);
            return;
        }
        if (width == Integer.MAX_VALUE && !isBlank(buffer, from, length)) {
            named = index + 1;
        }
        sink.field(index, buffer, from, length);
    }

    /** What was held back before the first field of a record that says something. */
    private void first() {
        if (blankLine > 0) {
            throw new InvalidDataException(new DataProblem(
                    source,
                    0,
                    blankLine,
                    null,
                    null,
                    "blank line; allowed: only at the end of the file" + (head == null ? "" : head.titleHint())));
        }
        for (EmptyRow row : empty) {
            for (int j = 0; j < row.fields(); j++) {
                sink.field(j, NONE, 0, 0);
            }
            finish(row.fields(), row.line());
        }
        empty.clear();
        for (int j = 0; j < leading; j++) {
            sink.field(j, NONE, 0, 0);
        }
    }

    private static boolean isBlank(char[] buffer, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (!Blanks.isBlank(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected Boolean buildRecord() {
        if (!allBlank) {
            finish(getFieldCount(), started);
        } else if (getFieldCount() > 1) {
            empty.add(new EmptyRow(getFieldCount(), started));
        } else {
            blankLine = blankLine == 0 ? started : blankLine;
        }
        return more;
    }

    private void finish(int fields, long line) {
        int count = fields;
        if (width == Integer.MAX_VALUE) {
            width = count;
        } else {
            rows++;
            lastIsSummary = summary;
            lastLine = line;
            summaries += summary ? 1 : 0;
            if (count > width && !beyond) {
                count = width;
            }
            for (; count >= named && count < width; count++) {
                sink.field(count, NONE, 0, 0);
            }
        }
        more &= sink.record(count, line);
    }

    /** After the last record. */
    void end() {
        if (more && lastIsSummary && summaries == 1 && rows > LEAST_SUMMED) {
            throw new InvalidDataException(new DataProblem(
                    source,
                    rows,
                    lastLine,
                    null,
                    null,
                    "the last row looks like a summary of the others; allowed: rows of data alone: delete it"));
        }
    }

    private static boolean isSummary(char[] buffer, int from, int length) {
        if (length < SHORTEST_WORD || length > LONGEST_WORD || "tsmagdTSMAGD".indexOf(buffer[from]) < 0) {
            return false;
        }
        String word = Blanks.strip(new String(buffer, from, length)).toLowerCase(Locale.ROOT);
        return Words.SUMMARIES.contains(word.endsWith(":") ? word.substring(0, word.length() - 1) : word);
    }

    /** Made only when a word is met that may be one. */
    private static final class Words {
        static final Set<String> SUMMARIES = Set.of(
                "total",
                "totals",
                "grand total",
                "sum",
                "mean",
                "average",
                "median",
                "summe",
                "gesamt",
                "gesamtsumme",
                "mittelwert",
                "durchschnitt",
                "somme",
                "moyenne",
                "médiane");

        private Words() {}
    }
}

package io.engraft.internal.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.engraft.DataProblem;
import io.engraft.EngraftException;
import io.engraft.FileException;
import io.engraft.InvalidDataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the records of a delimited text file, strictly: what is doubtful fails with its line. */
public final class CsvScanner {

    /** Stands for a delimiter that is to be found in the header line. */
    public static final char DETECT = 0;

    private static final char[] CANDIDATES = {',', ';', '\t'};
    private static final int LOOK_AHEAD = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvScanner() {}

    /**
     * Reads to the end, or until the sink has enough. The stream stays open.
     *
     * @param in the bytes, UTF-8 with or without a byte-order mark
     * @param source names them in messages
     * @param delimiter between fields, or {@link #DETECT}
     * @param fieldLimit the most characters a field may have
     * @param sink takes the records, the header included
     */
    public static void scan(InputStream in, String source, char delimiter, int fieldLimit, CsvSink sink) {
        Records records = new Records(source, fieldLimit, sink);
        try {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(new Utf8Check(in, source), StandardCharsets.UTF_8));
            skipByteOrderMark(reader);
            char separator = delimiter == DETECT ? detect(reader) : delimiter;
            CsvReader<Boolean> csv = CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .skipEmptyLines(false)
                    .maxBufferSize(bufferSize(fieldLimit))
                    .build(records, reader);
            drain(csv);
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw translate(e, source, fieldLimit, records.started);
        }
    }

    /** A power of two: FastCSV 4.4.0 overruns a buffer whose greatest size is none. */
    private static int bufferSize(int fieldLimit) {
        return Integer.highestOneBit(Math.max(fieldLimit, LOOK_AHEAD)) << 1;
    }

    @SuppressWarnings("MustBeClosedChecker") // closing would close the caller's stream
    private static void drain(CsvReader<Boolean> csv) {
        CloseableIterator<Boolean> records = csv.iterator();
        boolean more = true;
        while (more && records.hasNext()) {
            more = records.next();
        }
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    /** The most frequent of comma, semicolon and tab in the header line, outside quotes; comma when none is there. */
    private static char detect(BufferedReader reader) throws IOException {
        reader.mark(LOOK_AHEAD);
        int[] counts = new int[CANDIDATES.length];
        boolean quoted = false;
        for (int i = 0; i < LOOK_AHEAD; i++) {
            int c = reader.read();
            if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
                break;
            }
            quoted ^= c == '"';
            for (int k = 0; k < CANDIDATES.length && !quoted; k++) {
                counts[k] += c == CANDIDATES[k] ? 1 : 0;
            }
        }
        reader.reset();
        int best = 0;
        for (int k = 1; k < CANDIDATES.length; k++) {
            best = counts[k] > counts[best] ? k : best;
        }
        return CANDIDATES[best];
    }

    private static EngraftException translate(Exception error, String source, int fieldLimit, long line) {
        StringBuilder messages = new StringBuilder();
        for (Throwable t = error; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append(' ');
            if (t instanceof EngraftException ours) {
                return ours;
            }
            if (t instanceof IOException io) {
                return new FileException(source, source + " cannot be read: " + io.getMessage(), io);
            }
        }
        String message = messages.toString().toLowerCase(Locale.ROOT);
        if (message.contains("buffer size")) {
            return tooLong(source, line, fieldLimit);
        }
        String reason = message.contains("unclosed") || message.contains("closing quote")
                ? quoteReason(message)
                : "not readable as delimited text: " + message;
        return new InvalidDataException(new DataProblem(source, 0, line, null, null, reason));
    }

    private static String quoteReason(String message) {
        return message.contains("unclosed")
                ? "a quote is opened in the record that starts here and never closed"
                : "characters follow a closing quote in the record that starts here; allowed: a delimiter or a line"
                        + " end";
    }

    private static InvalidDataException tooLong(String source, long line, int fieldLimit) {
        return new InvalidDataException(new DataProblem(
                source,
                0,
                line,
                null,
                null,
                "LIMIT: a field of the record that starts here has more than " + fieldLimit
                        + " characters; is a quote left open?"));
    }

    /** Hands fields and records over; a blank line is an error unless only blank lines follow. */
    private static final class Records extends AbstractBaseCsvCallbackHandler<Boolean> {

        private final String source;
        private final int fieldLimit;
        private final CsvSink sink;
        private long started = 1;
        private long blankLine;
        private boolean blank = true;

        Records(String source, int fieldLimit, CsvSink sink) {
            this.source = source;
            this.fieldLimit = fieldLimit;
            this.sink = sink;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            started = startingLineNumber;
            blank = true;
        }

        @Override
        protected void handleField(int index, char[] buffer, int from, int length, boolean quoted) {
            if (length > fieldLimit) {
                throw tooLong(source, started, fieldLimit);
            }
            blank &= index == 0 && !quoted && isBlank(buffer, from, length);
            if (!blank && blankLine > 0) {
                throw new InvalidDataException(new DataProblem(
                        source, 0, blankLine, null, null, "blank line; allowed: only at the end of the file"));
            }
            sink.field(index, buffer, from, length);
        }

        private static boolean isBlank(char[] buffer, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (buffer[i] != ' ' && buffer[i] != '\t') {
                    return false;
                }
            }
            return true;
        }

        @Override
        protected @Nullable Boolean buildRecord() {
            if (blank) {
                blankLine = blankLine == 0 ? started : blankLine;
                return true;
            }
            return sink.record(getFieldCount(), started);
        }
    }
}

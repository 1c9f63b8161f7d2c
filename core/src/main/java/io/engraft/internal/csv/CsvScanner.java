package io.engraft.internal.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.engraft.DataProblem;
import io.engraft.EngraftException;
import io.engraft.FileException;
import io.engraft.InvalidDataException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.ZipException;

/** Reads the records of a delimited text file, strictly: what is doubtful fails with its line. */
public final class CsvScanner {

    private static final int LEAST_BUFFER = 1 << 16;

    private CsvScanner() {}

    /**
     * Reads to the end, or until the sink has enough. The stream stays open.
     *
     * @param in the bytes, packed by gzip or not
     * @param source names them in messages
     * @param dialect what was declared of the text
     * @param sink takes the records, the header included
     */
    public static void scan(InputStream in, String source, CsvDialect dialect, CsvSink sink) {
        CsvRecords records = new CsvRecords(source, dialect.fieldLimit(), sink);
        try {
            BufferedReader reader = CsvText.open(in, source, dialect.encoding());
            CsvHead head = CsvHead.read(reader, source, dialect);
            records.begin(head);
            sink.start(head, DecimalMark.of(dialect.decimal(), head.delimiter()));
            CsvReader<Boolean> csv = CsvReader.builder()
                    .fieldSeparator(head.delimiter())
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .skipEmptyLines(false)
                    .maxBufferSize(bufferSize(dialect.fieldLimit()))
                    .build(records, head.delimiter() == ' ' ? new BlankRuns(reader) : reader);
            drain(csv);
            records.end();
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw translate(e, source, dialect.fieldLimit(), records.started());
        }
    }

    /** A power of two: FastCSV 4.4.0 overruns a buffer whose greatest size is none. */
    private static int bufferSize(int fieldLimit) {
        return Integer.highestOneBit(Math.max(fieldLimit, LEAST_BUFFER)) << 1;
    }

    @SuppressWarnings("MustBeClosedChecker") // closing would close the caller's stream
    private static void drain(CsvReader<Boolean> csv) {
        CloseableIterator<Boolean> records = csv.iterator();
        boolean more = true;
        while (more && records.hasNext()) {
            more = records.next();
        }
    }

    private static EngraftException translate(Exception failure, String source, int fieldLimit, long line) {
        StringBuilder messages = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append(' ');
            if (t instanceof EngraftException ours) {
                return ours;
            }
            if (t instanceof Error error) {
                throw error;
            }
            if (t instanceof EOFException || t instanceof ZipException) {
                return new FileException(
                        source, source + " is packed by gzip and damaged or incomplete: " + t.getMessage(), t);
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

    static InvalidDataException tooLong(String source, long line, int fieldLimit) {
        return new InvalidDataException(new DataProblem(
                source,
                0,
                line,
                null,
                null,
                "LIMIT: a field of the record that starts here has more than " + fieldLimit
                        + " characters; is a quote left open?"));
    }
}

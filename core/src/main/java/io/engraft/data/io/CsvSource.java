package io.engraft.data.io;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Dataset;
import io.engraft.internal.Require;
import io.engraft.internal.csv.CsvScanner;
import io.engraft.internal.csv.CsvSink;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where delimited text comes from and how it is written. The text is UTF-8, with or without a byte-order mark, with a
 * header row; fields may be quoted with {@code "}, doubled within. Anything doubtful is an error that names its line: a
 * byte that is not UTF-8, an unclosed quote, characters after a closing quote, a row with more or fewer fields than the
 * header, a blank line before the last row, a field beyond the limit.
 *
 * <p>The delimiter is the most frequent of comma, semicolon and tab in the header line (comma before semicolon before
 * tab), unless it is set. A decimal comma is never read as a number, whatever the delimiter. Immutable; a source of a
 * stream can be read once.
 */
@CheckReturnValue
public final class CsvSource {

    /** The most characters a field may have unless said. */
    public static final int FIELD_LIMIT = 65_536;

    private static final int WIDEST_LIMIT = 1 << 28;

    private final String name;
    private final Opener opener;
    private final char delimiter;
    private final int fieldLimit;

    private CsvSource(String name, Opener opener, char delimiter, int fieldLimit) {
        this.name = name;
        this.opener = opener;
        this.delimiter = delimiter;
        this.fieldLimit = fieldLimit;
    }

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * A file.
     *
     * @param file its path, which is also its name in messages
     * @return the source; each reading opens and closes the file
     */
    public static CsvSource of(Path file) {
        return new CsvSource(file.toString(), () -> Files.newInputStream(file), CsvScanner.DETECT, FIELD_LIMIT);
    }

    /**
     * A stream, such as standard input.
     *
     * @param stream the bytes; reading takes them once and leaves the stream open
     * @param name its name in messages
     * @return the source
     */
    public static CsvSource of(InputStream stream, String name) {
        return new CsvSource(name, () -> new Unclosed(stream), CsvScanner.DETECT, FIELD_LIMIT);
    }

    /**
     * An embedded data set.
     *
     * @param dataset the data set
     * @return the source, named {@code @name}
     */
    public static CsvSource of(Dataset dataset) {
        return new CsvSource("@" + dataset.name(), dataset::open, CsvScanner.DETECT, FIELD_LIMIT);
    }

    /**
     * Text in memory.
     *
     * @param text the table
     * @param name its name in messages
     * @return the source
     */
    public static CsvSource ofText(String text, String name) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CsvSource(name, () -> new ByteArrayInputStream(bytes), CsvScanner.DETECT, FIELD_LIMIT);
    }

    /**
     * The same text with a stated delimiter.
     *
     * @param value comma, semicolon, tab or vertical bar
     * @return the source
     */
    public CsvSource withDelimiter(char value) {
        if (",;\t|".indexOf(value) < 0) {
            throw InvalidArgumentException.ofText("delimiter", String.valueOf(value), "comma, semicolon, tab or |");
        }
        return new CsvSource(name, opener, value, fieldLimit);
    }

    /**
     * The same text with another limit to the length of a field.
     *
     * @param characters the most a field may have, 1 to 2^28
     * @return the source
     */
    public CsvSource withFieldLimit(int characters) {
        Require.atLeast("field limit", characters, 1);
        if (characters > WIDEST_LIMIT) {
            throw InvalidArgumentException.of("field limit", characters, "field limit <= " + WIDEST_LIMIT);
        }
        return new CsvSource(name, opener, delimiter, characters);
    }

    /**
     * The name in messages.
     *
     * @return the file's path, or the name that was given
     */
    public String name() {
        return name;
    }

    void scan(CsvSink sink) {
        try (InputStream in = opener.open()) {
            CsvScanner.scan(in, name, delimiter, fieldLimit, sink);
        } catch (NoSuchFileException e) {
            throw new FileException(name, name + " does not exist", e);
        } catch (IOException e) {
            throw new FileException(name, name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Leaves the caller's stream open. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the stream belongs to the caller
        }
    }

    @Override
    public String toString() {
        return "CSV of " + name;
    }
}

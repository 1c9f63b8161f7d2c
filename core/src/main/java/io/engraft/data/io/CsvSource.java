package io.engraft.data.io;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Dataset;
import io.engraft.internal.Require;
import io.engraft.internal.csv.CsvDialect;
import io.engraft.internal.csv.CsvScanner;
import io.engraft.internal.csv.CsvSink;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where delimited text comes from and how it is written. The text has a header row; fields may be quoted with {@code "},
 * doubled within. What leaves no doubt is recognised; anything doubtful is an error that names its line and what mends
 * it.
 *
 * <table>
 * <caption>What is recognised, and what has to be declared</caption>
 * <tr><th>of</th><th>recognised</th><th>declared by</th></tr>
 * <tr><td>packing</td><td>gzip</td><td></td></tr>
 * <tr><td>encoding</td><td>UTF-8; UTF-16 with a byte-order mark</td><td>{@link #withEncoding}</td></tr>
 * <tr><td>delimiter</td><td>a first line such as {@code sep=;}; comma, semicolon, tab or vertical bar, of which the
 * lines have the same number</td><td>{@link #withDelimiter}; runs of blanks have to be</td></tr>
 * <tr><td>decimal mark</td><td>point; comma where the delimiter is another, no number has a point, and some number
 * cannot have a comma between thousands</td><td>{@link #withDecimal}</td></tr>
 * <tr><td>header</td><td>the first line</td><td>{@link #withHeaderRow}</td></tr>
 * </table>
 *
 * <p>Thousands separators are never read. Rows of empty fields at the end, and empty fields beyond the header, are
 * nothing. Errors are: a byte of another encoding, an unclosed quote, characters after a closing quote, a row with more
 * or fewer fields than the header, a blank line before the last row, a last row named as a sum, a field beyond the limit,
 * and files that are no text (they are named for what they are). Immutable; a source of a stream can be read once.
 */
@CheckReturnValue
public final class CsvSource {

    /** The most characters a field may have unless said. */
    public static final int FIELD_LIMIT = 65_536;

    private static final int WIDEST_LIMIT = 1 << 28;

    private final String name;
    private final Opener opener;
    private final CsvDialect dialect;

    private CsvSource(String name, Opener opener, CsvDialect dialect) {
        this.name = name;
        this.opener = opener;
        this.dialect = dialect;
    }

    private CsvSource(String name, Opener opener) {
        this(name, opener, CsvDialect.recognised(FIELD_LIMIT));
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
        return new CsvSource(file.toString(), () -> Files.newInputStream(file));
    }

    /**
     * A stream, such as standard input.
     *
     * @param stream the bytes; reading takes them once and leaves the stream open
     * @param name its name in messages
     * @return the source
     */
    public static CsvSource of(InputStream stream, String name) {
        return new CsvSource(name, () -> new Unclosed(stream));
    }

    /**
     * An embedded data set.
     *
     * @param dataset the data set
     * @return the source, named {@code @name}
     */
    public static CsvSource of(Dataset dataset) {
        return new CsvSource("@" + dataset.name(), dataset::open);
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
        return new CsvSource(name, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * The same text with a declared delimiter.
     *
     * @param value comma, semicolon, tab or vertical bar; a blank for fields that runs of blanks and tabs separate
     * @return the source
     */
    public CsvSource withDelimiter(char value) {
        if (",;\t| ".indexOf(value) < 0) {
            throw InvalidArgumentException.ofText(
                    "delimiter", String.valueOf(value), "comma, semicolon, tab, | or a blank");
        }
        return new CsvSource(
                name,
                opener,
                new CsvDialect(
                        value, dialect.decimal(), dialect.encoding(), dialect.headerLine(), dialect.fieldLimit()));
    }

    /**
     * The same text with a declared decimal mark.
     *
     * @param value point or comma
     * @return the source; a number with the other mark is an error
     */
    public CsvSource withDecimal(char value) {
        if (",.".indexOf(value) < 0) {
            throw InvalidArgumentException.ofText("decimal mark", String.valueOf(value), "point or comma");
        }
        return new CsvSource(
                name,
                opener,
                new CsvDialect(
                        dialect.delimiter(), value, dialect.encoding(), dialect.headerLine(), dialect.fieldLimit()));
    }

    /**
     * The same text in a declared encoding.
     *
     * @param value such as windows-1252, which Excel writes in Western Europe
     * @return the source; a byte that the encoding does not have is an error, and so is another byte-order mark
     */
    public CsvSource withEncoding(Charset value) {
        return new CsvSource(
                name,
                opener,
                new CsvDialect(
                        dialect.delimiter(), dialect.decimal(), value, dialect.headerLine(), dialect.fieldLimit()));
    }

    /**
     * The same text with a header below other lines.
     *
     * @param line the line on which the header stands, from 1; those above it are not read
     * @return the source
     */
    public CsvSource withHeaderRow(int line) {
        return new CsvSource(
                name,
                opener,
                new CsvDialect(
                        dialect.delimiter(),
                        dialect.decimal(),
                        dialect.encoding(),
                        Require.atLeast("header row", line, 1),
                        dialect.fieldLimit()));
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
        return new CsvSource(
                name,
                opener,
                new CsvDialect(
                        dialect.delimiter(), dialect.decimal(), dialect.encoding(), dialect.headerLine(), characters));
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
            CsvScanner.scan(in, name, dialect, sink);
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

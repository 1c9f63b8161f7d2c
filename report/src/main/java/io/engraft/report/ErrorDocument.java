package io.engraft.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.engraft.DataProblem;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error for a program, as one line of JSON: {@code {"error":{"kind":..,"message":..,"file":..,"row":..,"column":..,
 * "value":..,"allowed":..}}}. Every key is always there, {@code null} where nothing is known.
 *
 * @param kind what went wrong, see {@link Kind}
 * @param message the whole message, as a person would read it
 * @param file the file or other source of the data
 * @param row the row of the data, counted from 1 after the header
 * @param column the column
 * @param value the value that cannot be used
 * @param allowed what would have been allowed
 */
public record ErrorDocument(
        Kind kind,
        String message,
        @Nullable String file,
        @Nullable Long row,
        @Nullable String column,
        @Nullable String value,
        @Nullable String allowed) {

    private static final Pattern ALLOWED = Pattern.compile("(?:^|; )allowed[^:;\\n]*: ([^\\n]*)");

    /** What went wrong. */
    public enum Kind {
        /** The data cannot be used. */
        DATA("data"),
        /** A file cannot be read or written. */
        FILE("file"),
        /** An option or argument is wrong. */
        USAGE("usage"),
        /** What was asked for cannot be estimated. */
        NOT_ESTIMABLE("not-estimable"),
        /** A fault of the program. */
        INTERNAL("internal");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * The name in documents.
         *
         * @return such as "not-estimable"
         */
        public String label() {
            return label;
        }
    }

    /**
     * The document of an exception of this library; any other is an internal fault. Of several bad rows the fields are
     * those of the first, and the message names them all.
     *
     * @param e the exception
     * @return the document
     */
    public static ErrorDocument of(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof InvalidDataException invalid) {
            DataProblem first = invalid.problems().get(0);
            return new ErrorDocument(
                    Kind.DATA,
                    message,
                    first.source(),
                    first.row() > 0 ? first.row() : null,
                    first.column(),
                    first.value(),
                    allowedIn(first.reason()));
        }
        if (e instanceof FileException file) {
            return new ErrorDocument(
                    Kind.FILE, message, file.file().orElse(null), null, null, null, allowedIn(message));
        }
        if (e instanceof InvalidArgumentException wrong) {
            return new ErrorDocument(
                    Kind.USAGE,
                    message,
                    null,
                    null,
                    null,
                    wrong.value().orElse(null),
                    wrong.allowed().orElse(allowedIn(message)));
        }
        if (e instanceof NotEstimableException) {
            return new ErrorDocument(Kind.NOT_ESTIMABLE, message, null, null, null, null, allowedIn(message));
        }
        return internal(e.toString().replaceAll("\\s+", " "));
    }

    /**
     * That of wrong usage.
     *
     * @param message the message
     * @param value the value that cannot be used, null where none is known
     * @return the document
     */
    public static ErrorDocument usage(String message, @Nullable String value) {
        return new ErrorDocument(Kind.USAGE, message, null, null, null, value, allowedIn(message));
    }

    /**
     * That of a fault of the program.
     *
     * @param message the message
     * @return the document
     */
    public static ErrorDocument internal(String message) {
        return new ErrorDocument(Kind.INTERNAL, message, null, null, null, null, null);
    }

    /** Messages say what is allowed at the end of a line. */
    private static @Nullable String allowedIn(String message) {
        Matcher allowed = ALLOWED.matcher(message);
        return allowed.find() ? allowed.group(1) : null;
    }

    /**
     * The document in JSON.
     *
     * @return one line, without its end
     */
    public String toJson() {
        StringBuilder text = new StringBuilder();
        try (JsonGenerator generator = Writing.generator(text)) {
            JsonWriter json = new JsonWriter(generator);
            json.object().object("error").text("kind", kind.label()).text("message", message);
            json.text("file", file).number("row", row == null ? Double.NaN : row);
            json.text("column", column).text("value", value).text("allowed", allowed);
            json.endObject().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

package io.engraft.cli.options;

import io.engraft.InvalidArgumentException;
import io.engraft.cli.output.Console;
import io.engraft.data.io.CsvSource;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the CSV files of a command are written, where that cannot be told without doubt. */
public final class FileOptions {

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            order = 40,
            converter = DelimiterConverter.class,
            description =
                    "What separates the fields of a CSV file: , ; | tab or space (runs of blanks). Needed only for"
                            + " space, and where two fit.")
    private @Nullable Character delimiter;

    @Option(
            names = "--decimal",
            paramLabel = ",|.",
            order = 41,
            converter = DecimalConverter.class,
            description = "Decimal mark of a CSV file. A comma is recognised where no other reading is possible.")
    private @Nullable Character decimal;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            order = 42,
            converter = EncodingConverter.class,
            description = "Encoding of a CSV file, such as windows-1252; UTF-8 without it, or what its byte-order mark"
                    + " says.")
    private @Nullable Charset encoding;

    @Option(
            names = "--header-row",
            paramLabel = "N",
            order = 43,
            description = "The line of the first file on which its header stands; lines above it are not read. Default"
                    + " 1.")
    private @Nullable Integer headerRow;

    /** The source of the first file of a command, written as declared. */
    public CsvSource source(String data, Console console) {
        CsvSource source = further(data, console);
        return headerRow == null ? source : source.withHeaderRow(headerRow);
    }

    /** The source of another file of a command, written as declared but for the line of its header. */
    public CsvSource further(String data, Console console) {
        CsvSource source = DataOptions.source(data, console);
        if (data.startsWith("@")) {
            return source;
        }
        source = delimiter == null ? source : source.withDelimiter(delimiter);
        source = decimal == null ? source : source.withDecimal(decimal);
        return encoding == null ? source : source.withEncoding(encoding);
    }

    /** Refuses what was declared of a file where none is read that could be written so. */
    public void requireFile(@Nullable String data, @Nullable String further) {
        boolean first = isFile(data);
        if (!first) {
            refuse(headerRow != null, "--header-row");
        }
        if (!first && !isFile(further)) {
            refuse(delimiter != null, "--delimiter");
            refuse(decimal != null, "--decimal");
            refuse(encoding != null, "--encoding");
        }
    }

    private static boolean isFile(@Nullable String data) {
        return data != null && !data.startsWith("@");
    }

    private static void refuse(boolean given, String option) {
        if (given) {
            throw new InvalidArgumentException(option + " means nothing without a CSV file");
        }
    }

    /** A delimiter by itself or by name. */
    public static final class DelimiterConverter implements ITypeConverter<Character> {

        @Override
        public Character convert(String text) {
            return switch (text) {
                case ",", ";", "|", "\t", " " -> text.charAt(0);
                case "tab", "\\t" -> '\t';
                case "space" -> ' ';
                default ->
                    throw new TypeConversionException(
                            "'" + text + "' is no delimiter; allowed: , or ; or | or tab or space");
            };
        }
    }

    /** A decimal mark. */
    public static final class DecimalConverter implements ITypeConverter<Character> {

        @Override
        public Character convert(String text) {
            if (!text.equals(",") && !text.equals(".")) {
                throw new TypeConversionException("'" + text + "' is no decimal mark; allowed: , or .");
            }
            return text.charAt(0);
        }
    }

    /** An encoding by its name. */
    public static final class EncodingConverter implements ITypeConverter<Charset> {

        @Override
        public Charset convert(String text) {
            try {
                return Charset.forName(text);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new TypeConversionException("'" + text + "' is no encoding known here; allowed: such as UTF-8,"
                        + " windows-1252, ISO-8859-1, ISO-8859-15, UTF-16");
            }
        }
    }
}

package io.engraft.cli.options;

import io.engraft.cli.output.Console;
import io.engraft.cli.output.Format;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.OutputFailure;
import io.engraft.cli.output.OutputFile;
import io.engraft.cli.output.Provenance;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvOutput;
import io.engraft.internal.NewFile;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a result goes and how it is written. */
public final class OutputOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            order = 900,
            converter = Converters.FormatConverter.class,
            description = "text, json or csv (one tidy row per estimate); default ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            order = 901,
            description = "Write to this file instead of standard output.")
    private @Nullable Path out;

    private final boolean tableByDefault;

    public OutputOptions(Format fallback) {
        this.format = fallback;
        this.tableByDefault = fallback == Format.CSV;
    }

    /** A result that can be written in each format. It is complete before the first byte is written. */
    public interface Result {

        void writeText(Appendable target) throws IOException;

        void writeJson(Json json) throws IOException;

        TidyTable table();

        /** What the result says about itself, null where there is nothing to say. */
        default @Nullable Provenance provenance() {
            return null;
        }
    }

    public Format format() {
        return format;
    }

    public void emit(Result result, Console console) {
        emit(result, format, out, console);
        Provenance provenance = result.provenance();
        // A tidy table has no place for warnings. A command that gives one by default has said them in every format.
        if (format == Format.CSV && !tableByDefault && provenance != null) {
            List<String> warnings = provenance.warnings();
            warnings.forEach(w -> console.err().println("warning: " + w));
        }
    }

    /** Tells of a file that is there now; standard output stays free for results. */
    public static void announce(Path file, Console console) {
        console.err().println("wrote " + file);
    }

    public static void emit(Result result, Format format, @Nullable Path out, Console console) {
        switch (format) {
            case TEXT -> emitText(result::writeText, out, console);
            case JSON ->
                emitBytes(
                        target -> {
                            try (Json json = new Json(target)) {
                                result.writeJson(json);
                            }
                        },
                        out,
                        console);
            case CSV -> {
                TidyTable table = result.table();
                emitText(target -> CsvOutput.write(table, target), out, console);
            }
        }
    }

    public void emitText(TextContent content, Console console) {
        emitText(content, out, console);
    }

    private static void emitText(TextContent content, @Nullable Path out, Console console) {
        emitBytes(
                target -> {
                    Writer writer = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
                    content.writeTo(writer);
                    writer.flush();
                },
                out,
                console);
    }

    /** Text to be written. */
    public interface TextContent {
        void writeTo(Writer target) throws IOException;
    }

    private static void emitBytes(NewFile.Content content, @Nullable Path out, Console console) {
        if (out != null) {
            OutputFile.write(out, content);
            announce(out, console);
            return;
        }
        OutputStream buffered = new BufferedOutputStream(console.out(), 1 << 16);
        try {
            content.writeTo(buffered);
            buffered.flush();
        } catch (IOException | UncheckedIOException e) {
            throw new OutputFailure("standard output cannot be written: " + e.getMessage(), e);
        }
    }
}

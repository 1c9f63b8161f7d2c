package io.engraft.cli.options;

import io.engraft.FileException;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Watched;
import io.engraft.internal.NewFile;
import io.engraft.internal.NewFiles;
import io.engraft.report.Document;
import io.engraft.report.Format;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a result goes and how it is written. */
public final class OutputOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            order = 900,
            converter = Converters.FormatConverter.class,
            description = "text, json, csv (one tidy row per estimate), ard (CDISC analysis results, as CSV), markdown,"
                    + " latex or html; default ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            order = 901,
            description = "Write to this file instead of standard output.")
    private @Nullable Path out;

    public OutputOptions(Format fallback) {
        this.format = fallback;
    }

    /** The file of {@code --out} added to what a command writes. */
    public FilePlan addTo(FilePlan plan) {
        return plan.writes("--out", out);
    }

    /** A file that a call writes beside its document, and what is to be said of it once it is made. */
    public record SideFile(Path file, NewFile.Content content, Supplier<List<String>> warnings) {

        public SideFile(Path file, NewFile.Content content) {
            this(file, content, List::of);
        }
    }

    /** Writes a document where it goes; warnings have no place in a table, so they are said beside it. */
    public void emit(Document document, Console console) {
        emit(document, List.of(), console);
    }

    /** Writes a document and the files beside it: all of them, or none where one cannot be made. */
    public void emit(Document document, List<SideFile> beside, Console console) {
        emitBytes(target -> document.write(format, target), beside, out, console);
        if (format.isTable()) {
            document.warnings().forEach(w -> console.err().println("warning: " + w));
        }
    }

    /** Writes a document to standard output. */
    public static void print(Document document, Format format, Console console) {
        emitBytes(target -> document.write(format, target), List.of(), null, console);
    }

    /** Tells of a file that is there now; standard output stays free for results. */
    private static void announce(Path file, Console console) {
        console.err().println("wrote " + file);
    }

    /** The format, for commands that cannot write every one. */
    public Format format() {
        return format;
    }

    /** Writes text that is no result. */
    public void emitText(TextContent content, Console console) {
        emitBytes(
                target -> {
                    Writer writer = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
                    content.writeTo(writer);
                    writer.flush();
                },
                List.of(),
                out,
                console);
    }

    /** Text to be written. */
    public interface TextContent {
        void writeTo(Writer target) throws IOException;
    }

    private static void emitBytes(NewFile.Content content, List<SideFile> beside, @Nullable Path out, Console console) {
        try (NewFiles files = new NewFiles()) {
            beside.forEach(side -> files.add(side.file(), side.content()));
            if (out != null) {
                files.add(out, content);
            } else {
                print(content, console);
            }
            files.commit();
        }
        for (SideFile side : beside) {
            side.warnings().get().forEach(w -> console.err().println("warning: " + w));
            announce(side.file(), console);
        }
        if (out != null) {
            announce(out, console);
        }
    }

    private static void print(NewFile.Content content, Console console) {
        OutputStream buffered = new BufferedOutputStream(console.out(), 1 << 16);
        try {
            content.writeTo(buffered);
            buffered.flush();
        } catch (IOException | UncheckedIOException e) {
            if (Watched.isReaderGone(e)) {
                return;
            }
            String name = "standard output";
            throw new FileException(name, name + " cannot be written: " + e.getMessage(), e);
        }
    }
}

package io.engraft.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.engraft.FileException;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvOutput;
import io.engraft.internal.NewFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The one place that writes documents. */
final class Writing {

    private Writing() {}

    // Of its own, so that text and tables do without it. The JDK's own shortest form of doubles came with 19; this one
    // is
    // the same on every JDK.
    private static final class Streaming {

        static final JsonFactory FACTORY = new JsonFactoryBuilder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .characterEscapes(new VisibleEscapes())
                .build();
    }

    /** A generator of JSON onto characters. */
    static JsonGenerator generator(Appendable target) throws IOException {
        return Streaming.FACTORY.createGenerator(writer(target));
    }

    private static Writer writer(Appendable target) {
        return target instanceof Writer own ? own : new AppendingWriter(target);
    }

    static void write(Document document, Format format, OutputStream target) throws IOException {
        if (format == Format.JSON) {
            writeJson(document, Streaming.FACTORY.createGenerator(target));
            target.flush();
            return;
        }
        Writer writer = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
        write(document, format, writer);
        writer.flush();
    }

    static void write(Document document, Format format, Appendable target) throws IOException {
        switch (format) {
            case TEXT -> document.writeText(new PlainText(target));
            case JSON -> writeJson(document, generator(target));
            case CSV -> table(document.table(), target);
            case ARD -> table(document.ard(), target);
            case MARKDOWN -> Blocks.of(document).write(new Markdown(target));
            case LATEX -> Blocks.of(document).write(new Latex(target));
            case HTML -> Blocks.of(document).write(new Html(target));
        }
    }

    /** Why the target cannot be written is for whoever knows its name. */
    private static void table(TidyTable table, Appendable target) throws IOException {
        try {
            CsvOutput.write(table, writer(target));
        } catch (FileException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    static void write(Document document, Format format, Path file) {
        NewFile.write(file, target -> write(document, format, target));
    }

    static String text(Document document, Format format) {
        StringBuilder text = new StringBuilder();
        try {
            write(document, format, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeJson(Document document, JsonGenerator generator) throws IOException {
        try (generator) {
            JsonWriter json = new JsonWriter(generator);
            json.object().text("command", document.command()).text("engraft", EngraftVersion.text());
            json.object("conventions");
            document.conventions().writeTo(json);
            json.endObject().object("data");
            document.provenance().writeTo(json);
            json.endObject();
            document.writeBody(json);
            json.array("warnings");
            for (String warning : document.warnings()) {
                json.text(warning);
            }
            json.endArray().endObject();
            generator.writeRaw('\n');
        }
    }

    /** Any place for characters as a writer; closing and flushing it does nothing. */
    private static final class AppendingWriter extends Writer {

        private final Appendable target;

        AppendingWriter(Appendable target) {
            this.target = target;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            target.append(new String(text, from, length));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

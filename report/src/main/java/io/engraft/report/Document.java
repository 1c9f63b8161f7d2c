package io.engraft.report;

import io.engraft.FileException;
import io.engraft.data.TidyTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A result that can be written: what it is, which conventions were in force, which data it is of, what a reader should
 * be warned of, and the result itself. One document is written in every {@link Format}, and the command line prints
 * nothing else, so a program gets from {@link #toJson()} the bytes that the command of {@link #command()} prints.
 *
 * <p>The rooms beside this package hold the documents of each family of results; whoever has a result of another kind
 * implements this interface.
 */
public interface Document {

    /**
     * What was done, as the command line names it.
     *
     * @return the command, such as "km"
     */
    String command();

    /**
     * Every convention in force.
     *
     * @return the conventions, in the order in which they are written
     */
    Conventions conventions();

    /**
     * Which data the result is of.
     *
     * @return the data
     */
    Provenance provenance();

    /**
     * What a reader should know.
     *
     * @return sentences, empty where there is nothing to say
     */
    List<String> warnings();

    /**
     * Writes the keys of the JSON document that hold the result itself; those before and after them are written for it.
     *
     * @param json where to, within the document's object
     * @throws IOException when the target cannot be written
     */
    void writeBody(JsonWriter json) throws IOException;

    /**
     * Writes the result for a person: lines and tables, the first line its title.
     *
     * @param target where to
     * @throws IOException when the target cannot be written
     */
    void writeText(TextWriter target) throws IOException;

    /**
     * The result as a tidy table: one row an estimate, columns named alike in all documents ({@code estimate} or the
     * name of what is estimated, {@code std_error}, {@code lower}, {@code upper}, {@code p_value}).
     *
     * @return the table
     */
    TidyTable table();

    /**
     * The result in the shape of CDISC's analysis results data: one row a statistic, with the columns of {@link
     * AnalysisResults}.
     *
     * @return the table
     */
    TidyTable ard();

    /**
     * Writes the document as UTF-8 bytes; the stream is flushed and stays open.
     *
     * @param format the format
     * @param target where to
     * @throws IOException when the target cannot be written
     */
    default void write(Format format, OutputStream target) throws IOException {
        Writing.write(this, format, target);
    }

    /**
     * Writes the document as characters.
     *
     * @param format the format
     * @param target where to
     * @throws IOException when the target cannot be written
     */
    default void write(Format format, Appendable target) throws IOException {
        Writing.write(this, format, target);
    }

    /**
     * Writes the document to a file, which is there completely or not at all: it is written beside its place, then moved.
     *
     * @param format the format
     * @param file the file; one of that name is replaced
     * @throws FileException when the file cannot be written
     */
    default void write(Format format, Path file) {
        Writing.write(this, format, file);
    }

    /**
     * The document in JSON.
     *
     * @return one JSON object and a line's end
     */
    default String toJson() {
        return Writing.text(this, Format.JSON);
    }

    /**
     * The document for a person.
     *
     * @return lines and aligned tables
     */
    default String toText() {
        return Writing.text(this, Format.TEXT);
    }

    /**
     * The text of the document with Markdown's headings and tables (GitHub's dialect).
     *
     * @return Markdown
     */
    default String toMarkdown() {
        return Writing.text(this, Format.MARKDOWN);
    }

    /**
     * The text of the document with LaTeX's headings and {@code tabular}s; it needs no package.
     *
     * @return a part of a LaTeX document
     */
    default String toLatex() {
        return Writing.text(this, Format.LATEX);
    }

    /**
     * The text of the document with headings and tables of HTML.
     *
     * @return one {@code section} element, to be put into a page
     */
    default String toHtml() {
        return Writing.text(this, Format.HTML);
    }
}

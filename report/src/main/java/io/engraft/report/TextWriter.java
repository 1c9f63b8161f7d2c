package io.engraft.report;

import java.io.IOException;

/** Where a document's text goes: lines, and tables whose form the format decides. */
public interface TextWriter extends Appendable {

    @Override
    TextWriter append(CharSequence text) throws IOException;

    @Override
    TextWriter append(CharSequence text, int from, int to) throws IOException;

    @Override
    TextWriter append(char character) throws IOException;

    /**
     * Writes a table, on lines of its own.
     *
     * @param table the table
     * @param indent what stands before each of its lines in plain text
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    TextWriter table(TextTable table, String indent) throws IOException;
}

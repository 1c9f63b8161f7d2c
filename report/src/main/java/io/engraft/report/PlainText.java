package io.engraft.report;

import java.io.IOException;

/** Text as it is, tables in aligned columns. */
final class PlainText implements TextWriter {

    private final Appendable target;

    PlainText(Appendable target) {
        this.target = target;
    }

    @Override
    public TextWriter append(CharSequence text) throws IOException {
        target.append(text);
        return this;
    }

    @Override
    public TextWriter append(CharSequence text, int from, int to) throws IOException {
        target.append(text, from, to);
        return this;
    }

    @Override
    public TextWriter append(char character) throws IOException {
        target.append(character);
        return this;
    }

    @Override
    public TextWriter table(TextTable table, String indent) throws IOException {
        table.writeAligned(target, indent);
        return this;
    }
}

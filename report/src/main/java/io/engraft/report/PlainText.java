package io.engraft.report;

import io.engraft.internal.ControlCharacters;
import java.io.IOException;

/** Text as it is, tables in aligned columns. */
final class PlainText implements TextWriter {

    private final Appendable target;

    PlainText(Appendable target) {
        this.target = target;
    }

    @Override
    public TextWriter append(CharSequence text) throws IOException {
        target.append(ControlCharacters.escaped(text.toString()));
        return this;
    }

    @Override
    public TextWriter append(CharSequence text, int from, int to) throws IOException {
        return append(text.subSequence(from, to));
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

package io.engraft.internal.csv;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Passes decoded text on and fails, with the line, at what the declared encoding does not have. */
final class DecodeCheck extends FilterReader {

    private static final char REPLACEMENT = '\uFFFD';

    private final String source;
    private final String encoding;
    private long line = 1;
    private boolean afterReturn;

    DecodeCheck(Reader in, String source, String encoding) {
        super(in);
        this.source = source;
        this.encoding = encoding;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        for (int i = from; i < from + count; i++) {
            char c = buffer[i];
            if (c == REPLACEMENT) {
                throw new InvalidDataException(new DataProblem(
                        source,
                        0,
                        line,
                        null,
                        null,
                        "holds bytes that " + encoding + " does not have; allowed: the encoding the file was saved in,"
                                + " or a file saved as UTF-8"));
            }
            if (c == '\r' || (c == '\n' && !afterReturn)) {
                line++;
            }
            afterReturn = c == '\r';
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

package io.engraft.internal.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Makes one blank of every run of blanks and tabs outside quotes, and none of those around a line. */
final class BlankRuns extends FilterReader {

    private boolean quoted;
    private boolean started;
    private boolean pending;
    private int next = -1;

    BlankRuns(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        if (next >= 0) {
            int c = next;
            next = -1;
            return c;
        }
        int c = in.read();
        while (!quoted && (c == ' ' || c == '\t')) {
            pending = started;
            c = in.read();
        }
        boolean lineEnd = !quoted && (c == '\n' || c == '\r' || c < 0);
        if (pending && !lineEnd) {
            pending = false;
            next = c;
            quoted ^= c == '"';
            return ' ';
        }
        pending = false;
        started = !lineEnd;
        quoted ^= c == '"';
        return c;
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int c = read();
            if (c < 0) {
                return count == 0 ? -1 : count;
            }
            buffer[from + count++] = (char) c;
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

package io.engraft.internal.csv;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Passes bytes on and fails at the first that is not UTF-8, with the line it stands on. Decoders replace such bytes in
 * silence, or fail without saying where.
 */
final class Utf8Check extends FilterInputStream {

    private static final int LOWEST_CONTINUATION = 0x80;
    private static final int HIGHEST_CONTINUATION = 0xBF;

    private final String source;
    private long line = 1;
    private boolean afterReturn;
    private int wanted;
    /** The byte that began the character, which is the wrong one where the next does not continue it. */
    private int lead;

    private int least = LOWEST_CONTINUATION;
    private int most = HIGHEST_CONTINUATION;

    Utf8Check(InputStream in, String source) {
        super(in);
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        if (count < 0) {
            if (wanted > 0) {
                throw malformed("the file ends within a character; is it complete?");
            }
            return count;
        }
        for (int i = from; i < from + count; i++) {
            int b = buffer[i];
            if (b >= 0 && wanted == 0) {
                ascii(b);
            } else {
                multiByte(b & 0xFF);
            }
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void ascii(int b) {
        if (b == '\n' || b == '\r') {
            if (b == '\r' || !afterReturn) {
                line++;
            }
            afterReturn = b == '\r';
        } else {
            afterReturn = false;
        }
    }

    private void multiByte(int b) {
        if (wanted == 0) {
            afterReturn = false;
            lead(b);
        } else if (b < least || b > most) {
            throw malformed(lead);
        } else {
            wanted--;
            least = LOWEST_CONTINUATION;
            most = HIGHEST_CONTINUATION;
        }
    }

    /** The ranges exclude overlong forms, surrogates and code points beyond U+10FFFF (Unicode, table 3-7). */
    private void lead(int b) {
        lead = b;
        if (b >= 0xC2 && b <= 0xDF) {
            wanted = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            wanted = 2;
            least = b == 0xE0 ? 0xA0 : least;
            most = b == 0xED ? 0x9F : most;
        } else if (b >= 0xF0 && b <= 0xF4) {
            wanted = 3;
            least = b == 0xF0 ? 0x90 : least;
            most = b == 0xF4 ? 0x8F : most;
        } else {
            throw malformed(b);
        }
    }

    private InvalidDataException malformed(int b) {
        String hex = "0x" + Integer.toHexString(b).toUpperCase(Locale.ROOT);
        return malformed(
                "byte " + hex + " is not valid UTF-8; allowed: a file saved as UTF-8 ('CSV UTF-8' in Excel), or"
                        + " its encoding declared (--encoding windows-1252, say)");
    }

    private InvalidDataException malformed(String reason) {
        return new InvalidDataException(new DataProblem(source, 0, line, null, null, reason));
    }
}

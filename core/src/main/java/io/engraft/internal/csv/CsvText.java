package io.engraft.internal.csv;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** From bytes to text: unpacked, in its encoding, and refused where it is no text at all. */
final class CsvText {

    private static final int PEEKED = 96;
    private static final int GZIP_BUFFER = 1 << 16;
    private static final int[] UTF_8_MARK = {0xEF, 0xBB, 0xBF};
    private static final int[] UTF_16_LITTLE_MARK = {0xFF, 0xFE};
    private static final int[] UTF_16_BIG_MARK = {0xFE, 0xFF};
    private static final int[] GZIP_MARK = {0x1F, 0x8B};

    private CsvText() {}

    /** The text of a stream that stays open. */
    static BufferedReader open(InputStream in, String source, @Nullable Charset declared) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, PEEKED);
        byte[] first = peek(bytes);
        if (starts(first, GZIP_MARK)) {
            bytes = new PushbackInputStream(new GZIPInputStream(bytes, GZIP_BUFFER), PEEKED);
            first = peek(bytes);
        }
        FileKind kind = starts(first, UTF_16_LITTLE_MARK) && declared != null ? null : FileKind.of(first);
        if (kind != null) {
            throw new InvalidDataException(new DataProblem(source, 0, 0, null, null, kind.reason()));
        }
        Charset marked = marked(first);
        if (marked == null && declared == null && looksWide(first)) {
            throw new InvalidDataException(new DataProblem(
                    source,
                    0,
                    0,
                    null,
                    null,
                    "it looks like UTF-16 without a byte-order mark; allowed: a file saved as 'CSV UTF-8', or its"
                            + " encoding declared (--encoding UTF-16LE, or UTF-16BE)"));
        }
        if (marked != null) {
            requireSame(marked, declared, source);
            int length = marked.equals(StandardCharsets.UTF_8) ? UTF_8_MARK.length : UTF_16_LITTLE_MARK.length;
            bytes.skipNBytes(length);
        }
        Charset charset = marked != null ? marked : declared != null ? declared : StandardCharsets.UTF_8;
        return new BufferedReader(reader(bytes, source, charset));
    }

    private static byte[] peek(PushbackInputStream bytes) throws IOException {
        byte[] first = bytes.readNBytes(PEEKED);
        bytes.unread(first);
        return first;
    }

    private static Reader reader(InputStream bytes, String source, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return new InputStreamReader(new Utf8Check(bytes, source), charset);
        }
        return new DecodeCheck(
                new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                source,
                charset.name());
    }

    private static boolean starts(byte[] first, int[] mark) {
        if (first.length < mark.length) {
            return false;
        }
        boolean same = true;
        for (int i = 0; i < mark.length; i++) {
            same &= (first[i] & 0xFF) == mark[i];
        }
        return same;
    }

    private static @Nullable Charset marked(byte[] first) {
        if (starts(first, UTF_8_MARK)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(first, UTF_16_LITTLE_MARK)) {
            return StandardCharsets.UTF_16LE;
        }
        return starts(first, UTF_16_BIG_MARK) ? StandardCharsets.UTF_16BE : null;
    }

    /** Letters between zero bytes. */
    private static boolean looksWide(byte[] first) {
        return first.length > 3 && ((first[0] == 0 && first[2] == 0) || (first[1] == 0 && first[3] == 0));
    }

    private static void requireSame(Charset marked, @Nullable Charset declared, String source) {
        if (declared == null || declared.equals(marked)) {
            return;
        }
        boolean same = declared.equals(StandardCharsets.UTF_16) && !marked.equals(StandardCharsets.UTF_8);
        if (!same) {
            throw new InvalidDataException(new DataProblem(
                    source,
                    0,
                    0,
                    null,
                    null,
                    "the file starts with the byte-order mark of " + marked.name() + " and is declared as "
                            + declared.name() + "; allowed: " + marked.name() + ", or no declaration"));
        }
    }
}

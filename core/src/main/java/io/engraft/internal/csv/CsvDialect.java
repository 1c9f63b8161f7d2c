package io.engraft.internal.csv;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How a delimited text file is written, as far as somebody declared it. The rest is recognised where there is no doubt.
 *
 * @param delimiter between fields, a blank for runs of blanks, or {@link #RECOGNISED}
 * @param decimal the decimal mark, point or comma, or {@link #RECOGNISED}
 * @param encoding of the text; null for UTF-8, or what a byte-order mark says
 * @param headerLine the line on which the header starts, from 1; 0 for the first
 * @param fieldLimit the most characters a field may have
 */
public record CsvDialect(
        char delimiter, char decimal, @Nullable Charset encoding, int headerLine, int fieldLimit) {

    /** Stands for what is to be recognised. */
    public static final char RECOGNISED = 0;

    /** Nothing declared. */
    public static CsvDialect recognised(int fieldLimit) {
        return new CsvDialect(RECOGNISED, RECOGNISED, null, 0, fieldLimit);
    }
}

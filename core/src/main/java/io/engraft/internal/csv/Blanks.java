package io.engraft.internal.csv;

import java.util.Locale;

/** Blanks as spreadsheets and web pages write them: those that {@link Character#isWhitespace} knows, and those it does not. */
public final class Blanks {

    private static final char LAST_ASCII = 0x7F;

    private Blanks() {}

    /** Whether a character shows nothing at the edge of a cell: white space, no-break and zero-width ones included. */
    public static boolean isBlank(char c) {
        if (c <= LAST_ASCII) {
            return Character.isWhitespace(c);
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || isZeroWidth(c);
    }

    private static boolean isZeroWidth(char c) {
        return c == '\u200B' || c == '\u2060' || c == '\uFEFF';
    }

    /** A text without blanks around it. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** A text in which every blank that looks like another, or like nothing, is shown by its code point. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > LAST_ASCII && isBlank(c)) {
                shown.append('<').append(name(c)).append('>');
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** A character by its code point, such as U+00A0. */
    static String name(char c) {
        return "U+" + String.format(Locale.ROOT, "%04X", (int) c);
    }
}

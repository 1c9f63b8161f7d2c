package io.engraft.internal;

/**
 * Characters of data that do something to whatever shows them instead of being shown: they move a terminal's cursor, colour
 * it, turn the reading direction round, or end a line where nobody expects it. Names of columns and groups may hold any.
 */
public final class ControlCharacters {

    private static final int DELETE = 0x7F;
    private static final int LAST_C1 = 0x9F;
    private static final int TAGS_FROM = 0xE0000;
    private static final int TAGS_TO = 0xE007F;

    private ControlCharacters() {}

    /** Whether a code point is such a one, or none that text may hold; line feed and tab are not. */
    public static boolean isUnsafe(int c) {
        if (c < DELETE) {
            return c < ' ' && c != '\n' && c != '\t';
        }
        if (c <= LAST_C1) {
            return true;
        }
        return c >= 0x61C && (isDirection(c) || isNoText(c));
    }

    private static boolean isDirection(int c) {
        return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isNoText(int c) {
        return c == 0x2028
                || c == 0x2029
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                || c == 0xFEFF
                || (c >= 0xFFF9 && c <= 0xFFFB)
                || (c & 0xFFFE) == 0xFFFE
                || (c >= TAGS_FROM && c <= TAGS_TO);
    }

    /** Text of one or more lines to be read: every unsafe character in the form of JSON, as in {@code \u202e}. */
    public static String escaped(String text) {
        return escaped(text, false);
    }

    /** Text that must stay on its line, such as a table's cell: line feeds and tabs escaped as well. */
    public static String escapedLine(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean line) {
        if (isPlain(text, line)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isUnsafe(c) || (line && c < ' ')) {
                for (char unit : Character.toChars(c)) {
                    out.append(escape(unit));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** The form that JSON gives a character. */
    public static String escape(char unit) {
        String hex = Integer.toHexString(unit);
        return "\\u" + "0".repeat(4 - hex.length()) + hex;
    }

    /** The text with another character in the place of every unsafe one. */
    public static String replaced(String text, char by) {
        if (isPlain(text, false)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isUnsafe(c) ? by : c));
        return out.toString();
    }

    private static boolean isPlain(String text, boolean line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Surrogates are looked at in pairs, outside.
            if (isUnsafe(c) || (line && c < ' ')) {
                return false;
            }
        }
        return true;
    }
}

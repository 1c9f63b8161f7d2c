package io.engraft.charts.internal;

import io.engraft.internal.ControlCharacters;

/** Escaping for XML and HTML. */
public final class Markup {

    private Markup() {}

    /** Text between tags; characters that XML forbids or that turn text round become the replacement character. */
    public static String text(String raw) {
        StringBuilder out = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    /** The value of an attribute, for double quotes; line ends become blanks. */
    public static String attribute(String raw) {
        return text(raw.replaceAll("[\\r\\n\\t]+", " "));
    }

    private static boolean allowed(int c) {
        return c == '\r' || !ControlCharacters.isUnsafe(c);
    }
}

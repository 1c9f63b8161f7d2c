package io.engraft.charts.internal;

/** Escaping for XML and HTML. */
public final class Markup {

    private Markup() {}

    /** Text between tags; characters that XML forbids become the replacement character. */
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
        boolean control = c < 0x20 && c != '\n' && c != '\t' && c != '\r';
        return !(control || (c >= 0x7F && c <= 0x9F) || (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF);
    }
}

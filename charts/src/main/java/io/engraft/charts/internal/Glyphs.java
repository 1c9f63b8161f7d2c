package io.engraft.charts.internal;

import io.engraft.charts.internal.Fonts.Face;
import io.engraft.internal.ControlCharacters;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.util.Set;
import java.util.TreeSet;

/** What of a text can be drawn; the rest becomes an empty square, and is remembered so that it can be named. */
public final class Glyphs {

    /** In the place of a character that cannot be drawn; the bundled font has it. */
    public static final char SQUARE = '\u25A1';

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private final Set<Integer> lacking = new TreeSet<>();

    /** The text for a drawing whose viewer brings fonts of its own. */
    public String forViewer(String text) {
        text.codePoints().filter(ControlCharacters::isUnsafe).forEach(lacking::add);
        return ControlCharacters.replaced(text, SQUARE);
    }

    /** The text for a drawing that shows nothing but the glyphs at hand. */
    public String forFonts(String text, Face face) {
        Drawable drawable = drawable(text, face);
        lacking.addAll(drawable.without());
        return drawable.text();
    }

    /** The characters that became squares, so far. */
    public Set<Integer> lacking() {
        return new TreeSet<>(lacking);
    }

    static String measured(String text, Face face) {
        return drawable(text, face).text();
    }

    private record Drawable(String text, Set<Integer> without) {}

    private static Drawable drawable(String text, Face face) {
        if (isAscii(text)) {
            return new Drawable(text, Set.of());
        }
        Font bundled = face.at(1);
        Font other = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
        Set<Integer> without = new TreeSet<>();
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!ControlCharacters.isUnsafe(c) && (has(bundled, c) || (other.canDisplay(c) && !isInvisible(c)))) {
                out.appendCodePoint(c);
            } else if (ControlCharacters.isUnsafe(c) || !isInvisible(c)) {
                out.append(SQUARE);
                without.add(c);
            }
        });
        return new Drawable(out.toString(), without);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /** Joiners, soft hyphens and the like, which are nothing to see where a font does not know them. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT || (c >= 0xFE00 && c <= 0xFE0F) || c == '\n' || c == '\t';
    }

    /** Whether the font itself has a glyph: {@code canDisplay} also says so of what is never drawn. */
    static boolean has(Font font, int c) {
        GlyphVector glyphs = font.createGlyphVector(CONTEXT, Character.toString(c));
        int code = glyphs.getGlyphCode(0);
        return code != font.getMissingGlyphCode() && code >= 0 && code < font.getNumGlyphs();
    }
}

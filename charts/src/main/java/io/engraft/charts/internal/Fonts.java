package io.engraft.charts.internal;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The bundled font, Liberation Sans 2: it has Arial's widths, so an SVG that is shown with Arial or Helvetica keeps its
 * layout.
 */
public final class Fonts {

    /** The family's name. */
    public static final String FAMILY = "Liberation Sans";

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
    private static final Map<Face, Font> LOADED =
            Arrays.stream(Face.values()).collect(Collectors.toUnmodifiableMap(f -> f, f -> load(f.file)));

    /** A face of the family. */
    public enum Face {
        /** Upright. */
        REGULAR("LiberationSans-Regular.ttf", Font.PLAIN),
        /** Bold. */
        BOLD("LiberationSans-Bold.ttf", Font.BOLD),
        /** Italic. */
        ITALIC("LiberationSans-Italic.ttf", Font.ITALIC);

        private final String file;
        private final int style;

        Face(String file, int style) {
            this.file = file;
            this.style = style;
        }

        /**
         * The bytes of the face, for embedding.
         *
         * @return a stream that the caller closes
         */
        public InputStream open() {
            return resource(file);
        }

        /**
         * The face's font at a size.
         *
         * @param size in pixels
         * @return the font
         */
        public Font at(double size) {
            // The style is stated as well, or the SVG canvas would not write font-weight and font-style.
            return Objects.requireNonNull(LOADED.get(this)).deriveFont(style, (float) size);
        }
    }

    private Fonts() {}

    /**
     * The font in which a text can be drawn: the bundled one, or the platform's sans-serif for scripts that it lacks.
     */
    public static Font forText(String text, Face face, double size) {
        Font bundled = face.at(size);
        return text.codePoints().allMatch(c -> c < 0x7F || Glyphs.has(bundled, c))
                ? bundled
                : new Font(Font.SANS_SERIF, face.style, 1).deriveFont((float) size);
    }

    /** The advance width of a text in pixels. */
    public static double width(String text, Face face, double size) {
        if (text.isEmpty()) {
            return 0;
        }
        String drawn = Glyphs.measured(text, face);
        return forText(drawn, face, size).getStringBounds(drawn, CONTEXT).getWidth();
    }

    /** The lines of a text, broken at blanks to fit a width; a word that is wider stands alone, shortened. */
    public static List<String> wrap(String text, Face face, double size, double width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            String line = "";
            for (String word : paragraph.trim().split("\\s+")) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (!line.isEmpty() && width(longer, face, size) > width) {
                    lines.add(line);
                    line = word;
                } else {
                    line = longer;
                }
            }
            lines.add(line);
        }
        return lines.stream().map(line -> shorten(line, face, size, width)).toList();
    }

    /** A text cut to a width, with an ellipsis where something was cut. */
    public static String shorten(String text, Face face, double size, double width) {
        if (width(text, face, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 1) {
            end = text.offsetByCodePoints(end, -1);
            String cut = text.substring(0, end).stripTrailing() + "\u2026";
            if (width(cut, face, size) <= width) {
                return cut;
            }
        }
        return "\u2026";
    }

    private static Font load(String file) {
        try (InputStream in = resource(file)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("bundled font " + file + " is damaged", e);
        }
    }

    private static InputStream resource(String file) {
        InputStream in = Fonts.class.getResourceAsStream("/io/engraft/charts/fonts/" + file);
        if (in == null) {
            throw new IllegalStateException("bundled font " + file + " is missing");
        }
        return in;
    }
}

package io.engraft.charts;

import io.engraft.charts.internal.Fonts;
import io.engraft.charts.internal.Fonts.Face;
import io.engraft.charts.internal.Glyphs;
import io.engraft.charts.internal.SvgCanvas;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws texts and lines, in named groups where the canvas has them, and remembers where each text stands. */
final class Pen {

    /** How a text looks. */
    record Lettering(Face face, double size, Color color) {
        Lettering in(Color other) {
            return new Lettering(face, size, other);
        }

        double width(String text) {
            return Fonts.width(text, face, size);
        }
    }

    /** Which end of a text its position means. */
    enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    /** A text that was drawn, and the box it fills. */
    record TextBox(String group, String text, Rectangle2D box) {}

    private static final double ASCENT = 0.74;
    private static final double DESCENT = 0.21;
    private static final Pattern P_VALUE = Pattern.compile("(?<![\\p{L}\\p{N}])p(?=\\s*[=<>\u2264\u2265])");

    private static final Pattern P_RELATION = Pattern.compile("(?<![\\p{L}\\p{N}])p +([=<>\u2264\u2265]) +");

    final Graphics2D g;
    private final List<TextBox> boxes = new ArrayList<>();
    private final Glyphs glyphs = new Glyphs();
    private String group = "";

    Pen(Graphics2D g) {
        this.g = g;
    }

    void prepare() {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    List<TextBox> boxes() {
        return boxes;
    }

    void group(String name, Runnable drawing) {
        group(name, "", drawing);
    }

    void group(String name, String label, Runnable drawing) {
        String outer = group;
        group = name;
        if (g instanceof SvgCanvas svg) {
            svg.begin(name, label);
            drawing.run();
            svg.end();
        } else {
            drawing.run();
        }
        group = outer;
    }

    /** Names come from data: what no glyph shows, or would turn the text round, is a square. */
    private String drawn(String text, Lettering type) {
        return g instanceof SvgCanvas ? glyphs.forViewer(text) : glyphs.forFonts(text, type.face());
    }

    /** The characters that this drawing could not show. */
    Set<Integer> lacking() {
        return glyphs.lacking();
    }

    void text(String text, Lettering type, double x, double baseline, Align align) {
        if (text.isEmpty()) {
            return;
        }
        String drawn = drawn(text, type);
        double width = type.width(text);
        double left = align == Align.LEFT ? x : align == Align.RIGHT ? x - width : x - width / 2;
        g.setColor(type.color());
        g.setFont(Fonts.forText(drawn, type.face(), type.size()));
        g.drawString(drawn, (float) left, (float) baseline);
        double top = baseline - ASCENT * type.size();
        boxes.add(new TextBox(group, text, new Rectangle2D.Double(left, top, width, (ASCENT + DESCENT) * type.size())));
    }

    /** A text from bottom to top, centred at a height. */
    void upward(String text, Lettering type, double baselineX, double centreY) {
        if (text.isEmpty()) {
            return;
        }
        double width = type.width(text);
        AffineTransform before = g.getTransform();
        g.translate(baselineX, centreY + width / 2);
        g.rotate(-Math.PI / 2);
        g.setColor(type.color());
        String drawn = drawn(text, type);
        Font font = Fonts.forText(drawn, type.face(), type.size());
        g.setFont(font);
        g.drawString(drawn, 0f, 0f);
        g.setTransform(before);
        boxes.add(new TextBox(
                group,
                text,
                new Rectangle2D.Double(
                        baselineX - ASCENT * type.size(),
                        centreY - width / 2,
                        (ASCENT + DESCENT) * type.size(),
                        width)));
    }

    /** A text in which the p of a p-value is italic. */
    void statistics(String text, Lettering type, double x, double baseline, Align align) {
        double at = align == Align.LEFT ? x : x - statisticsWidth(text, type);
        for (String part : parts(text)) {
            Lettering face = part.equals("p") ? new Lettering(Face.ITALIC, type.size(), type.color()) : type;
            text(part, face, at, baseline, Align.LEFT);
            at += face.width(part);
        }
    }

    static double statisticsWidth(String text, Lettering type) {
        double width = 0;
        for (String part : parts(text)) {
            width += (part.equals("p") ? new Lettering(Face.ITALIC, type.size(), type.color()) : type).width(part);
        }
        return width;
    }

    /** The same text with blanks inside "p = 0.003" that do not break. */
    static String keepTogether(String text) {
        return P_RELATION.matcher(text).replaceAll("p\u00A0$1\u00A0");
    }

    static String plainBlanks(String text) {
        return text.replace('\u00A0', ' ');
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = P_VALUE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            parts.add(text.substring(from, matcher.start()));
            parts.add("p");
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    void line(double x1, double y1, double x2, double y2, Color color, double width, float... dash) {
        draw(new Line2D.Double(x1, y1, x2, y2), color, stroke(width, dash));
    }

    void draw(Shape shape, Color color, java.awt.Stroke stroke) {
        g.setColor(color);
        g.setStroke(stroke);
        g.draw(shape);
    }

    void fill(Shape shape, Color color) {
        g.setColor(color);
        g.fill(shape);
    }

    static BasicStroke stroke(double width, float... dash) {
        // Mitred joins keep the corners of steps sharp.
        return dash.length == 0
                ? new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4)
                : new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4, dash, 0);
    }
}

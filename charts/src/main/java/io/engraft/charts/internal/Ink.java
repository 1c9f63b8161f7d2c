package io.engraft.charts.internal;

import java.awt.Color;

/** Colours: contrast, and mixing with white. */
public final class Ink {

    /** Text and axes. */
    public static final Color BLACK = new Color(0x1A1A1A);
    /** Secondary text; contrast 5.7 on white. */
    public static final Color GREY = new Color(0x666666);
    /** Grid lines. */
    public static final Color GRID = new Color(0xE4E4E4);

    private static final double READABLE = 4.5;

    private Ink() {}

    /** Relative luminance of WCAG 2. */
    public static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(int channel) {
        double x = channel / 255.0;
        return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
    }

    /** The contrast ratio with white. */
    public static double contrastOnWhite(Color c) {
        return 1.05 / (luminance(c) + 0.05);
    }

    /** The colour, darkened step by step until text in it reads on white at 4.5 to 1. */
    public static Color readable(Color c) {
        Color dark = new Color(c.getRed(), c.getGreen(), c.getBlue());
        double factor = 1;
        while (contrastOnWhite(dark) < READABLE) {
            factor -= 0.02;
            dark = new Color((int) (c.getRed() * factor), (int) (c.getGreen() * factor), (int) (c.getBlue() * factor));
        }
        return dark;
    }

    /** The colour with an opacity. */
    public static Color alpha(Color c, double opacity) {
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * opacity));
    }
}

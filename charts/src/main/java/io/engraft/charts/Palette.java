package io.engraft.charts;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Colours, and whether curves also differ by dashes. With dashes curves can be told apart in grey print and by readers
 * who do not see the colours. The patterns are ten, the colours of the default palette seven, so 70 curves differ.
 */
@CheckReturnValue
public final class Palette {

    private static final List<Color> OKABE_ITO = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x1A1A1A));

    private static final float[][] DASHES = {
        {},
        {8, 3},
        {2.5f, 2},
        {9, 2.5f, 2, 2.5f},
        {14, 4},
        {5, 2},
        {9, 2, 2, 2, 2, 2},
        {3, 4},
        {14, 3, 4, 3},
        {1.2f, 1.6f},
    };

    /** So many curves differ in colour or dashes. */
    static final int MOST_DISTINCT = 70;

    private static final int RGB = 0xFFFFFF;

    private final List<Color> colors;
    private final boolean dashed;

    private Palette(List<Color> colors, boolean dashed) {
        this.colors = colors;
        this.dashed = dashed;
    }

    /**
     * The default: the colours of Okabe and Ito that readers with colour vision deficiencies can tell apart (without
     * their yellow, which is too light on white), with dashes.
     *
     * @return the palette
     */
    public static Palette okabeIto() {
        return new Palette(OKABE_ITO, true);
    }

    /**
     * Black and greys with dashes, for print without colour.
     *
     * @return the palette
     */
    public static Palette grey() {
        return of(new Color(0x1A1A1A), new Color(0x5E5E5E), new Color(0x8C8C8C));
    }

    /**
     * Own colours, with dashes.
     *
     * @param colors one or more, used in turn
     * @return the palette
     * @throws InvalidArgumentException when there is none
     */
    public static Palette of(Color... colors) {
        if (colors.length == 0) {
            throw InvalidArgumentException.of("number of colours", 0, "at least 1");
        }
        return new Palette(List.of(colors), true);
    }

    /**
     * The same colours with or without dashes.
     *
     * @param dashes true where curves shall also differ by dashes, false where every curve is drawn solid
     * @return a new palette
     */
    public Palette withDashes(boolean dashes) {
        return new Palette(colors, dashes);
    }

    /**
     * The colours.
     *
     * @return in the order of use
     */
    public List<Color> colors() {
        return new ArrayList<>(colors);
    }

    /**
     * The colours, as in style sheets, and whether there are dashes.
     *
     * @return for example {@code Palette with dashes: #1a1a1a, #5e5e5e, #8c8c8c}
     */
    @Override
    public String toString() {
        return (dashed ? "Palette with dashes: " : "Palette without dashes: ")
                + colors.stream()
                        .map(c -> String.format(Locale.ROOT, "#%06x", c.getRGB() & RGB))
                        .collect(Collectors.joining(", "));
    }

    Color color(int index) {
        return colors.get(index % colors.size());
    }

    float[] dash(int index) {
        return dashed ? DASHES[index % DASHES.length].clone() : new float[0];
    }
}

package io.engraft.charts.internal;

import io.engraft.FileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether PDF can be written. It names the optional library in words alone, as a class that mentions its types cannot even
 * be loaded without it.
 */
public final class PdfLibrary {

    /** One class of every jar that PDF needs. */
    private static final List<String> CLASSES = List.of(
            "de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D",
            "org.apache.pdfbox.pdmodel.PDDocument",
            "org.apache.pdfbox.io.RandomAccessRead",
            "org.apache.fontbox.ttf.TrueTypeFont",
            "org.apache.commons.logging.LogFactory");

    private PdfLibrary() {}

    /** Fails clearly where the optional library, or a part of it, is not on the class path. */
    public static void require(ClassLoader loader) {
        for (String name : CLASSES) {
            try {
                Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                throw missing(name, e);
            }
        }
    }

    /** What to add where a class could not be found or linked. */
    public static FileException missing(@Nullable String what, Throwable cause) {
        return new FileException(
                "cannot write PDF: the optional library de.rototor.pdfbox:graphics2d is not on the class path with all that"
                        + " it needs (" + what
                        + "); add the dependency de.rototor.pdfbox:graphics2d:3.0.5, or write .svg"
                        + " or .png",
                cause);
    }
}

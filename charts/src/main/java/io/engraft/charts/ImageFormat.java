package io.engraft.charts;

import io.engraft.FileException;
import java.nio.file.Path;
import java.util.Locale;

/** The file formats of figures. */
public enum ImageFormat {
    /** Vectors with real text, a title and a description, for the web and for editing. */
    SVG(".svg"),
    /** Pixels at twice the screen's resolution (192 dots an inch). */
    PNG(".png"),
    /** Vectors with embedded fonts, for print; needs the optional library de.rototor.pdfbox:graphics2d. */
    PDF(".pdf");

    private final String extension;

    ImageFormat(String extension) {
        this.extension = extension;
    }

    /**
     * The end of a file's name.
     *
     * @return for example ".svg"
     */
    public String extension() {
        return extension;
    }

    /**
     * The format of a file, by the end of its name in any case.
     *
     * @param file the file
     * @return the format
     * @throws FileException when the name ends otherwise
     */
    public static ImageFormat of(Path file) {
        Path name = file.getFileName();
        String lower = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            if (lower.endsWith(format.extension)) {
                return format;
            }
        }
        throw new FileException(
                file.toString(), file + " cannot be written: unknown kind of file; allowed: .svg, .png, .pdf", null);
    }
}

package io.engraft.charts.internal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** PNG with resolution and alternative text. */
public final class PngFile {

    private static final String FORMAT = "javax_imageio_png_1.0";
    private static final double INCHES_PER_METRE = 1 / 0.0254;

    private PngFile() {}

    /** The image as PNG bytes, with title and description as text chunks. */
    public static byte[] encode(BufferedImage image, double dpi, String title, String description) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
            metadata.mergeTree(FORMAT, tree(dpi, title, description));
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
            out.flush();
            return bytes.toByteArray();
        } catch (IIOInvalidTreeException e) {
            throw new IllegalStateException("PNG metadata refused", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    private static IIOMetadataNode tree(double dpi, String title, String description) {
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        String perMetre = String.valueOf(Math.round(dpi * INCHES_PER_METRE));
        root.appendChild(node(
                "pHYs",
                Map.of("pixelsPerUnitXAxis", perMetre, "pixelsPerUnitYAxis", perMetre, "unitSpecifier", "meter")));
        IIOMetadataNode texts = new IIOMetadataNode("iTXt");
        texts.appendChild(international("Title", title));
        texts.appendChild(international("Description", description));
        root.appendChild(texts);
        return root;
    }

    private static IIOMetadataNode international(String keyword, String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("keyword", keyword);
        attributes.put("compressionFlag", "FALSE");
        attributes.put("compressionMethod", "0");
        attributes.put("languageTag", "");
        attributes.put("translatedKeyword", "");
        attributes.put("text", new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        return node("iTXtEntry", attributes);
    }

    private static IIOMetadataNode node(String name, Map<String, String> attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        attributes.forEach(node::setAttribute);
        return node;
    }
}

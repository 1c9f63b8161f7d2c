package io.engraft.charts.internal;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import io.engraft.charts.internal.Fonts.Face;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/** PDF with embedded fonts, so that its text can be searched and copied. */
public final class PdfFile {

    private static final float POINTS_PER_PIXEL = 72f / 96f;

    private PdfFile() {}

    /** One page with the drawing; the same drawing gives the same bytes. */
    public static byte[] encode(int width, int height, String title, String description, Consumer<Graphics2D> drawing) {
        try (PDDocument document = new PDDocument();
                PdfBoxGraphics2DFontTextDrawer texts = new PdfBoxGraphics2DFontTextDrawer()) {
            document.setDocumentId(42L);
            document.setDocumentInformation(information(title, description));
            document.getDocumentCatalog().setLanguage("en");
            PDRectangle size = new PDRectangle(width * POINTS_PER_PIXEL, height * POINTS_PER_PIXEL);
            PDPage page = new PDPage(size);
            document.addPage(page);
            for (Face face : Face.values()) {
                try (InputStream in = face.open()) {
                    texts.registerFont(face.at(1).getFontName(), PDType0Font.load(document, in, true));
                }
            }
            PdfBoxGraphics2D canvas = new PdfBoxGraphics2D(document, size.getWidth(), size.getHeight());
            canvas.setFontTextDrawer(texts);
            // Without a first colour the canvas drops text silently.
            canvas.setColor(Color.BLACK);
            canvas.scale(POINTS_PER_PIXEL, POINTS_PER_PIXEL);
            drawing.accept(canvas);
            canvas.dispose();
            place(document, page, canvas.getXFormObject());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void place(PDDocument document, PDPage page, PDFormXObject form) throws IOException {
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.drawForm(form);
        }
    }

    private static PDDocumentInformation information(String title, String description) {
        Calendar fixed = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        fixed.clear();
        fixed.set(2000, Calendar.JANUARY, 1);
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle(title);
        information.setSubject(description);
        information.setCreator("Engraft");
        information.setCreationDate(fixed);
        information.setModificationDate(fixed);
        return information;
    }
}

package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.charts.Pen.TextBox;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Looks for texts that touch each other or leave the figure. */
final class TextBoxes {

    private TextBoxes() {}

    static void assertNoOverlap(FigureChart chart) {
        chart.bytes(ImageFormat.PNG);
        List<TextBox> boxes = chart.textBoxes();
        assertThat(boxes).isNotEmpty();
        Rectangle2D figure = new Rectangle2D.Double(0, 0, chart.getWidth(), chart.getHeight());
        for (int i = 0; i < boxes.size(); i++) {
            TextBox a = boxes.get(i);
            assertThat(figure.contains(shrunk(a.box())))
                    .as("'%s' of %s inside the figure: %s", a.text(), a.group(), a.box())
                    .isTrue();
            for (TextBox b : boxes.subList(i + 1, boxes.size())) {
                assertThat(shrunk(a.box()).intersects(shrunk(b.box())))
                        .as("'%s' of %s touches '%s' of %s", a.text(), a.group(), b.text(), b.group())
                        .isFalse();
            }
        }
    }

    private static Rectangle2D shrunk(Rectangle2D box) {
        return new Rectangle2D.Double(box.getX() + 0.3, box.getY() + 0.3, box.getWidth() - 0.6, box.getHeight() - 0.6);
    }
}

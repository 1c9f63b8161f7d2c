package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Pen.TextBox;
import java.awt.geom.Line2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FigureLayoutTest {

    @TestFactory
    List<DynamicTest> noTextTouchesAnotherOrLeavesTheFigure() {
        return GalleryTest.gallery().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(), () -> TextBoxes.assertNoOverlap(e.getValue().toChart())))
                .toList();
    }

    @Test
    void theNoteCoversNoCurve() {
        FigureChart chart = GalleryTest.threeGroupFigure().toChart();
        chart.bytes(ImageFormat.PNG);
        Layout layout = Layout.of(chart.model(), chart.getWidth(), chart.getHeight());
        List<TextBox> note = chart.textBoxes().stream()
                .filter(b -> b.group().equals("annotation"))
                .toList();
        assertThat(note).extracting(TextBox::text).containsExactly("Log-rank ", "p", " = 0.001");
        for (Curve curve : chart.model().curves()) {
            for (int i = 1; i < curve.trace.x.length; i++) {
                Line2D segment = new Line2D.Double(
                        layout.x(curve.trace.x[i - 1]),
                        layout.y(curve.trace.y[i - 1]),
                        layout.x(curve.trace.x[i]),
                        layout.y(curve.trace.y[i]));
                assertThat(note).noneMatch(b -> segment.intersects(b.box()));
            }
        }
    }

    @Test
    void aNoteMovesToTheCornerThatIsFree() {
        SurvivalFigure high = SurvivalFigure.of("Nearly all cured", Fakes.cure(0.93, 1, 5))
                .withXLimits(0, 60)
                .withAnnotation("p < 0.001");
        FigureChart chart = high.toChart();
        chart.bytes(ImageFormat.PNG);
        TextBox p = chart.textBoxes().stream()
                .filter(b -> b.text().equals("p"))
                .findFirst()
                .orElseThrow();
        assertThat(p.box().getY()).isGreaterThan(chart.getHeight() / 2.0);
    }

    @Test
    void aNoteIsNotBrokenInsideAPValue() {
        for (int width = 85; width < 180; width += 5) {
            FigureChart chart = GalleryTest.threeGroupFigure()
                    .withAnnotation("Cox model: hazard ratio 0.61 (95% CI 0.44 to 0.85), p = 0.003")
                    .withWidthMillimetres(width)
                    .toChart();
            TextBoxes.assertNoOverlap(chart);
            assertThat(chart.textBoxes())
                    .filteredOn(b -> b.group().equals("annotation"))
                    .extracting(TextBox::text)
                    .contains(" = 0.003");
        }
    }

    @Test
    void tenNamesWrapTheLegend() {
        FigureChart chart = GalleryTest.tenGroups().toChart();
        chart.bytes(ImageFormat.PNG);
        List<TextBox> legend = chart.textBoxes().stream()
                .filter(b -> b.group().equals("legend"))
                .toList();
        assertThat(legend).hasSize(10);
        assertThat(legend.stream().map(b -> b.box().getY()).distinct()).hasSize(2);
    }

    @Test
    void endLabelsOfTheSameHeightAreSpreadInOrder() {
        Map<String, io.engraft.curve.IncidenceFunction> same = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            double level = 0.30 + 0.002 * i;
            same.put("Group " + i, Fakes.smoothIncidence("relapse", t -> level * (1 - Math.exp(-t))));
        }
        FigureChart chart =
                CumulativeIncidenceFigure.ofGroups(same).withXLimits(0, 24).toChart();
        TextBoxes.assertNoOverlap(chart);
        List<Double> heights = chart.textBoxes().stream()
                .filter(b -> b.group().equals("labels") && b.text().startsWith("Group"))
                .map(b -> b.box().getY())
                .toList();
        // The highest curve comes last and must have the highest label.
        assertThat(heights).hasSize(5).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void aSizeWithoutRoomForThePlotIsRefused() {
        SurvivalFigure ten = GalleryTest.tenGroups().withSizeMillimetres(60, 60);
        assertThatThrownBy(ten::toChart)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("figure of 60 x 60 mm leaves")
                .hasMessageContaining("at least 120 x 70");
    }

    @Test
    void aGivenSizeIsKept() {
        FigureChart chart =
                GalleryTest.threeGroupFigure().withSizeMillimetres(127, 101.6).toChart();
        assertThat(chart.getWidth()).isEqualTo(480);
        assertThat(chart.getHeight()).isEqualTo(384);
        TextBoxes.assertNoOverlap(chart);
    }
}

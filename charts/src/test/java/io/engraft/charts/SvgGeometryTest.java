package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.charts.internal.Fonts;
import io.engraft.charts.internal.Fonts.Face;
import io.engraft.curve.SurvivalFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SvgGeometryTest {

    private static final double TIME_ERROR = 0.01;
    private static final double LEVEL_ERROR = 2e-5;

    private static SvgReader read(Figure<?> figure) {
        return new SvgReader(figure.toChart().svg());
    }

    @Test
    void stepCurvesGoThroughEveryJumpInOrder() {
        SvgReader svg = read(GalleryTest.threeGroupFigure());
        int curve = 0;
        for (Fakes.KaplanMeier km : GalleryTest.threeGroups().values()) {
            List<double[]> expected = new ArrayList<>();
            double level = 1;
            expected.add(new double[] {0, 1});
            for (double t : km.jumpTimes()) {
                if (t <= 84) {
                    expected.add(new double[] {t, level});
                    level = km.survivalAt(t).estimate();
                    expected.add(new double[] {t, level});
                }
            }
            expected.add(new double[] {Math.min(84, km.horizon()), level});
            List<double[]> drawn = svg.path("curve-" + ++curve, 0);
            assertThat(drawn).hasSameSizeAs(expected);
            for (int i = 0; i < drawn.size(); i++) {
                assertThat(svg.time(drawn.get(i)[0])).isCloseTo(expected.get(i)[0], within(TIME_ERROR));
                assertThat(svg.probability(drawn.get(i)[1])).isCloseTo(expected.get(i)[1], within(LEVEL_ERROR));
            }
        }
    }

    @Test
    void bandsFollowTheIntervalsAndStartWhereTheyAreEstimable() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});
        SvgReader svg = read(SurvivalFigure.of("All", km).withXBreaksEvery(1));
        List<double[]> band = svg.path("band-1", 0);
        assertThat(svg.time(band.get(0)[0])).isCloseTo(1, within(TIME_ERROR));
        double upper = km.survivalAt(1).interval().upper().orElseThrow();
        double lower = km.survivalAt(1).interval().lower().orElseThrow();
        assertThat(svg.probability(band.get(0)[1])).isCloseTo(upper, within(LEVEL_ERROR));
        // The closing point repeats the first; the one before it is the lower limit at the first event.
        assertThat(svg.probability(band.get(band.size() - 2)[1])).isCloseTo(lower, within(LEVEL_ERROR));
    }

    @Test
    void smoothCurvesStayOnTheFunction() {
        SurvivalFunction model = Fakes.cure(0.4, 0.8, 9);
        SvgReader svg = read(
                SurvivalFigure.of("Model", model).withXLimits(0, 60).withUnit(io.engraft.data.DurationUnit.MONTHS));
        List<double[]> drawn = svg.path("curve-1", 0);
        assertThat(drawn.size()).isBetween(40, 601);
        for (double[] point : drawn) {
            double t = Math.max(0, svg.time(point[0]));
            assertThat(svg.probability(point[1])).isCloseTo(model.survivalAt(t).estimate(), within(2e-4));
        }
    }

    @Test
    void theRiskTableHoldsTheCountsUnderTheTicks() {
        SvgReader svg = read(GalleryTest.threeGroupFigure());
        List<Double> ticks = svg.tickPixels();
        assertThat(ticks).hasSize(8);
        List<SvgReader.Text> texts = svg.texts("risk-table");
        assertThat(texts.get(0).text()).isEqualTo("Number at risk");
        int next = 1;
        for (Map.Entry<String, Fakes.KaplanMeier> group :
                GalleryTest.threeGroups().entrySet()) {
            assertThat(texts.get(next++).text()).isEqualTo(group.getKey());
            for (int i = 0; i < ticks.size(); i++) {
                SvgReader.Text cell = texts.get(next++);
                assertThat(cell.text())
                        .isEqualTo(String.valueOf((int) group.getValue().atRiskAt(12 * i)));
                double centre = cell.x() + Fonts.width(cell.text(), Face.REGULAR, 11.5) / 2;
                assertThat(centre).isCloseTo(ticks.get(i), within(0.005));
            }
        }
        assertThat(texts).hasSize(next);
    }

    @Test
    void countsBeyondAMillionAreGroupedAndDoNotTouch() {
        double[] times = {6, 12, 18, 24, 30, 36, 42, 48, 54, 60};
        var big = new Fakes.Scaled(new Fakes.KaplanMeier(times, new int[] {1, 0, 1, 0, 1, 0, 1, 0, 1, 0}), 1_234_567);
        FigureChart chart = SurvivalFigure.of("All", big)
                .withXBreaksEvery(6)
                .withWidthMillimetres(90)
                .toChart();
        SvgReader svg = new SvgReader(chart.svg());
        List<String> cells =
                svg.texts("risk-table").stream().map(SvgReader.Text::text).toList();
        assertThat(cells).contains("12,345,670");
        // Eleven ticks, but columns only where there is room for them.
        assertThat(cells.size()).isBetween(4, 8);
        TextBoxes.assertNoOverlap(chart);
    }

    @Test
    void censoringMarksStandOnTheCurveAtTheirTimes() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});
        SvgReader svg = read(SurvivalFigure.of("All", km).withXBreaksEvery(1));
        List<double[]> marks = svg.path("censor-1", 0);
        assertThat(marks).hasSize(4);
        assertThat(svg.time(marks.get(0)[0])).isCloseTo(2, within(TIME_ERROR));
        assertThat(svg.probability((marks.get(0)[1] + marks.get(1)[1]) / 2)).isCloseTo(0.75, within(1e-4));
        assertThat(svg.time(marks.get(2)[0])).isCloseTo(4, within(TIME_ERROR));
        assertThat(svg.probability((marks.get(2)[1] + marks.get(3)[1]) / 2)).isCloseTo(0.375, within(1e-4));
    }

    @Test
    void medianLinesStandAtTheMediansThatAreReached() {
        SvgReader svg = read(GalleryTest.threeGroupFigure());
        List<Double> times = SvgReader.elements(svg.group("median"), "line").stream()
                .filter(l -> l.getAttribute("x1").equals(l.getAttribute("x2")))
                .map(l -> svg.time(Double.parseDouble(l.getAttribute("x1"))))
                .toList();
        assertThat(GalleryTest.group("AML low risk").median().isEstimable()).isFalse();
        assertThat(times).hasSize(2);
        assertThat(times.get(0)).isCloseTo(GalleryTest.group("ALL").median().estimate(), within(TIME_ERROR));
        assertThat(times.get(1))
                .isCloseTo(GalleryTest.group("AML high risk").median().estimate(), within(TIME_ERROR));
    }

    @Test
    void stackedAreasEndAtTheSums() {
        SvgReader svg = read(GalleryTest.states());
        double[] shares = {0.4 + 0.6 * Math.exp(-5), 0.02 * (1 - Math.exp(-10))};
        assertThat(rightTop(svg, "area-1")).isCloseTo(shares[0], within(1e-4));
        assertThat(rightTop(svg, "area-2")).isCloseTo(shares[0] + shares[1], within(1e-4));
        assertThat(rightTop(svg, "area-5")).isCloseTo(1, within(1e-4));
    }

    /** The second path of an area is its upper edge. */
    private static double rightTop(SvgReader svg, String area) {
        List<double[]> edge = svg.path(area, 1);
        return svg.probability(edge.get(edge.size() - 1)[1]);
    }

    @Test
    void incidenceCurvesRiseFromZero() {
        SvgReader svg = read(GalleryTest.twoCauses());
        Fakes.Incidence relapse = Fakes.competing(5, 137, 0.35, 0.2, 1, "Relapse");
        List<double[]> drawn = svg.path("curve-1", 0);
        assertThat(svg.probability(drawn.get(0)[1])).isCloseTo(0, within(LEVEL_ERROR));
        assertThat(svg.probability(drawn.get(drawn.size() - 1)[1]))
                .isCloseTo(relapse.incidenceAt(60).estimate(), within(LEVEL_ERROR));
    }

    @Test
    void limitsThatBeginLateStartOnTheCurve() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 0});
        SvgReader svg = read(SurvivalFigure.of("All", km).withXLimits(1.5, 3.5).withXBreaks(1.5, 2.5, 3.5));
        List<double[]> drawn = svg.path("curve-1", 0);
        assertThat(svg.time(drawn.get(0)[0])).isCloseTo(1.5, within(TIME_ERROR));
        assertThat(svg.probability(drawn.get(0)[1])).isCloseTo(0.75, within(LEVEL_ERROR));
        assertThat(svg.time(drawn.get(drawn.size() - 1)[0])).isCloseTo(3.5, within(TIME_ERROR));
        assertThat(svg.probability(drawn.get(drawn.size() - 1)[1])).isCloseTo(0.25, within(LEVEL_ERROR));
    }
}

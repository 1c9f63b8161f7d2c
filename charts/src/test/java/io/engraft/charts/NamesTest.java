package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import java.awt.Font;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from data: every one is drawn in every format, and none does anything but be read. */
class NamesTest {

    private static final double[] TIME = {1, 2, 3, 4};
    private static final int[] STATUS = {1, 0, 1, 0};

    private static List<Figure<?>> figures(String name) {
        IncidenceEstimate incidence = AalenJohansen.withDefaults().fit(TIME, STATUS);
        return List.of(
                SurvivalFigure.of(name, KaplanMeier.withDefaults().fit(TIME, STATUS))
                        .withCurve("b", KaplanMeier.withDefaults().fit(TIME, STATUS))
                        .withTitle(name)
                        .withYLabel(name)
                        .withAnnotation(name),
                CumulativeIncidenceFigure.of(incidence.incidence("1"))
                        .withCauseLabel("1", name)
                        .withFollowUp(CumulativeIncidenceFigure.ALL, incidence)
                        .withXLabel(name),
                StateOccupationFigure.of(incidence)
                        .withStateLabel(incidence.states().get(0), name)
                        .withCaption(name)
                        .withSubtitle(name));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x00, 0x1B, 0x7F, 0x9B, 0x200E, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF, 0xD800, 0xFFFF, 0xE0041})
    void whatWouldTurnTheTextRoundIsASquare(int c) throws IOException {
        String bad = c > 0xFFFF ? Character.toString(c) : String.valueOf((char) c);
        for (Figure<?> figure : figures("Arm " + bad + "evil")) {
            FigureChart chart = figure.toChart();
            String svg = chart.svg();
            SvgReader.parse(svg);
            assertThat(svg).contains("Arm \u25A1evil").doesNotContain(bad);
            String named = String.format("U+%04X", c);
            assertThat(chart.warnings())
                    .singleElement()
                    .asString()
                    .contains("squares")
                    .contains(named);
            assertThat(chart.bytes(ImageFormat.PNG)).isNotEmpty();
            assertThat(chart.warnings()).singleElement().asString().contains(named);
            String pdf = text(chart.bytes(ImageFormat.PDF));
            assertThat(pdf).contains("Arm \u25A1evil").doesNotContain(bad);
            assertThat(chart.warnings()).singleElement().asString().contains(named);
            assertThat(chart.description()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00E9\u00DF\u0416\u03B1 \u2264", "a\u00A0b\u2003c", "e\u200Dj\u00ADk\uFE0F", "\u200B"})
    void usualNamesAreDrawnWithoutAWord(String name) {
        for (Figure<?> figure : figures("x" + name)) {
            FigureChart chart = figure.toChart();
            for (ImageFormat format : ImageFormat.values()) {
                assertThat(chart.bytes(format)).isNotEmpty();
                assertThat(chart.warnings()).isEmpty();
            }
        }
    }

    @Test
    void aCharacterOfNoFontIsASquareInPixelsAndPrintAlone() throws IOException {
        // A private-use character of the last plane: no font has it.
        int c = 0x10FFFD;
        assertThat(new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay(c)).isFalse();
        for (Figure<?> figure : figures("Arm " + Character.toString(c))) {
            FigureChart chart = figure.toChart();
            assertThat(chart.svg()).contains("Arm " + Character.toString(c));
            assertThat(chart.warnings()).isEmpty();
            assertThat(text(chart.bytes(ImageFormat.PDF))).contains("Arm \u25A1");
            assertThat(chart.warnings()).singleElement().asString().endsWith("squares in it: U+10FFFD");
        }
    }

    @Test
    void scriptsThatTheBundledFontLacksAreDrawn() {
        for (Figure<?> figure : figures("\u751F\u5B58 \uD83D\uDE00 \u0645\u0631\u064A\u0636")) {
            FigureChart chart = figure.toChart();
            for (ImageFormat format : ImageFormat.values()) {
                assertThat(chart.bytes(format)).isNotEmpty();
            }
        }
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}

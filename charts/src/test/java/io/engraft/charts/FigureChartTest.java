package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.internal.PdfLibrary;
import io.engraft.internal.NewFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.ChartEncoder;

class FigureChartTest {

    @TempDir
    Path folder;

    private static BufferedImage image(FigureChart chart) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(chart.bytes(ImageFormat.PNG)));
    }

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theSameFigureGivesTheSameBytes() {
        for (ImageFormat format : ImageFormat.values()) {
            FigureChart chart = GalleryTest.threeGroupFigure().toChart();
            byte[] first = chart.bytes(format);
            assertThat(chart.bytes(format)).as("painted again as %s", format).isEqualTo(first);
            assertThat(GalleryTest.threeGroupFigure().toChart().bytes(format)).isEqualTo(first);
        }
    }

    @Test
    void svgHasTitleDescriptionAndRole() {
        SvgReader svg = new SvgReader(GalleryTest.threeGroupFigure().toChart().svg());
        var root = svg.document.getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(svg.content("title")).isEqualTo("Disease-free survival after allogeneic transplant");
        assertThat(svg.content("desc"))
                .contains("Survival curves of 3 groups from 0 to 84 months.")
                .contains("ALL (n = 38): 0.34 at 36 months")
                .contains("AML low risk (n = 54)")
                .contains("median not reached")
                .contains("Log-rank p = 0.001.");
        for (String id : root.getAttribute("aria-labelledby").split(" ")) {
            assertThat(svg.ids()).contains(id);
        }
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 680 509");
    }

    @Test
    void svgTextIsRealTextInABundledFace() {
        String svg = GalleryTest.threeGroupFigure().toChart().svg();
        assertThat(svg)
                .contains(">Number at risk</text>")
                .contains("font-weight=\"bold\"")
                .contains("font-style=\"italic\"")
                .contains("Arial, Helvetica, sans-serif")
                .doesNotContain("<!DOCTYPE")
                .doesNotContain("<?xml");
        assertThat(svg).doesNotContainPattern("[0-9]\\.[0-9]{5,}");
    }

    @Test
    void textsAreEscapedInSvg() {
        String attack = "</title><script>alert(1)</script> & \"x\" \u0000";
        String svg = SurvivalFigure.of(attack, Fakes.cure(0.5, 1, 10))
                .withOverlay("<b onload='x'>", Fakes.cure(0.4, 1, 10))
                .withXLimits(0, 10)
                .withTitle(attack)
                .withXLabel(attack)
                .withAnnotation(attack)
                .withCaption(attack)
                .toChart()
                .svg();
        assertThat(svg).doesNotContain("<script").doesNotContain("<b ");
        SvgReader reader = new SvgReader(svg);
        assertThat(reader.content("title")).startsWith("</title><script>alert(1)</script> & \"x\"");
    }

    @Test
    void twoFiguresInOnePageShareNoIds() {
        List<String> ids = new ArrayList<>();
        ids.addAll(new SvgReader(GalleryTest.threeGroupFigure().toChart().svg()).ids());
        ids.addAll(new SvgReader(GalleryTest.twoCauses().toChart().svg()).ids());
        ids.addAll(new SvgReader(GalleryTest.twoCauses().toChart().svg("second-")).ids());
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        String svg = GalleryTest.twoCauses().toChart().svg("second-");
        assertThat(svg).contains("url(#second-clipPath1)").doesNotContain("url(#clipPath");
    }

    @Test
    void anIdPrefixMustStartAnId() {
        FigureChart chart = GalleryTest.twoCauses().toChart();
        assertThatThrownBy(() -> chart.svg("1\"><x"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("id prefix is '1\"><x'");
    }

    @Test
    void pngIsTwiceTheSizeWithTheCurvesColourOnTheCurve() throws IOException {
        FigureChart chart = SurvivalFigure.of("All", Fakes.cure(0.5, 1, 1e-6))
                .withXLimits(0, 10)
                .toChart();
        BufferedImage image = image(chart);
        assertThat(image.getWidth()).isEqualTo(2 * chart.getWidth());
        assertThat(image.getHeight()).isEqualTo(2 * chart.getHeight());
        Layout layout = Layout.of(chart.model(), chart.getWidth(), chart.getHeight());
        int x = (int) Math.round(2 * layout.x(5));
        int y = (int) Math.floor(2 * layout.y(0.5));
        assertThat(new Color(image.getRGB(x, y))).isEqualTo(new Color(0x0072B2));
        assertThat(new Color(image.getRGB(x, y - 40))).isEqualTo(Color.WHITE);
    }

    @Test
    void theCurveLiesOverAllBands() throws IOException {
        FigureChart chart = GalleryTest.threeGroupFigure()
                .withPalette(Palette.okabeIto().withDashes(false))
                .toChart();
        BufferedImage image = image(chart);
        Layout layout = Layout.of(chart.model(), chart.getWidth(), chart.getHeight());
        Fakes.KaplanMeier low = GalleryTest.group("AML low risk");
        int x = (int) Math.round(2 * layout.x(55));
        int y = (int) Math.floor(2 * layout.y(low.survivalAt(55).estimate()));
        assertThat(new Color(image.getRGB(x, y))).isEqualTo(new Color(0xD55E00));
    }

    @Test
    void pngCarriesTheDescription() {
        FigureChart chart = GalleryTest.twoCauses().toChart();
        String raw = new String(chart.bytes(ImageFormat.PNG), StandardCharsets.UTF_8);
        assertThat(raw).contains("iTXt").contains("Description").contains(chart.description());
    }

    @Test
    void pdfTextCanBeExtracted() throws IOException {
        FigureChart chart =
                GalleryTest.threeGroupFigure().withCaption("Grüße: α ≤ 5 − 3").toChart();
        try (PDDocument pdf = Loader.loadPDF(chart.bytes(ImageFormat.PDF))) {
            String text = new PDFTextStripper().getText(pdf);
            assertThat(text)
                    .contains("Disease-free survival after allogeneic transplant")
                    .contains("Number at risk")
                    .contains("AML high risk")
                    .contains("Grüße: α ≤ 5 − 3");
            assertThat(pdf.getDocumentInformation().getTitle()).startsWith("Disease-free");
            assertThat(pdf.getDocumentInformation().getSubject()).isEqualTo(chart.description());
            assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(chart.getWidth() * 0.75f, within(0.01f));
            List<String> fonts = new ArrayList<>();
            pdf.getDocument()
                    .getObjectsByType(org.apache.pdfbox.cos.COSName.FONT)
                    .forEach(f -> fonts.add(((org.apache.pdfbox.cos.COSDictionary) f.getObject())
                            .getNameAsString(org.apache.pdfbox.cos.COSName.BASE_FONT)));
            assertThat(fonts).anyMatch(f -> f.endsWith("LiberationSans")).anyMatch(f -> f.endsWith("-Bold"));
        }
    }

    @Test
    void pdfWithoutItsLibraryIsAClearError() throws IOException {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> PdfLibrary.require(empty))
                    .isInstanceOf(FileException.class)
                    .hasMessageContaining("de.rototor.pdfbox:graphics2d");
        }
    }

    @Test
    void savingWritesTheWholeFileAndNothingElse() throws IOException {
        for (String name : List.of("a.svg", "b.PNG", "c.pdf")) {
            GalleryTest.twoCauses().save(folder.resolve(name));
        }
        assertThat(filesLeft()).containsExactly("a.svg", "b.PNG", "c.pdf");
        assertThat(Files.readString(folder.resolve("a.svg"))).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        Files.writeString(folder.resolve("a.svg"), "old");
        GalleryTest.twoCauses().save(folder.resolve("a.svg"));
        SvgReader.parse(Files.readString(folder.resolve("a.svg")));
    }

    @Test
    void dotsAnInchDecideThePixels() throws IOException {
        SurvivalFigure figure = GalleryTest.threeGroupFigure().withWidthMillimetres(127);
        for (int dpi : new int[] {96, 192, 300}) {
            byte[] png = figure.withDotsPerInch(dpi).toChart().bytes(ImageFormat.PNG);
            assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(5 * dpi);
        }
        assertThatThrownBy(() -> figure.withDotsPerInch(Double.NaN))
                .hasMessage("dots an inch is NaN; allowed: 36 <= dots an inch <= 2400");
        FigureChart huge =
                figure.withWidthMillimetres(2000).withDotsPerInch(2400).toChart();
        assertThatThrownBy(() -> huge.bytes(ImageFormat.PNG))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("allowed: at most 100 million");
        assertThat(huge.svg()).contains("</svg>");
    }

    @Test
    void savingElsewhereFailsClearlyAndLeavesNothing() throws IOException {
        SurvivalFigure figure = GalleryTest.threeGroupFigure();
        assertThatThrownBy(() -> figure.save(folder.resolve("km.gif")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("km.gif")
                .hasMessageContaining("allowed: .svg, .png, .pdf");
        assertThatThrownBy(() -> figure.save(folder.resolve("missing").resolve("km.svg")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("does not exist");
        Files.createDirectory(folder.resolve("taken.svg"));
        assertThatThrownBy(() -> figure.save(folder.resolve("taken.svg")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("it is a folder");
        assertThat(filesLeft()).containsExactly("taken.svg");
    }

    @Test
    void aFailedMoveLeavesNoTemporaryFile() throws IOException {
        String tooLong = "x".repeat(250) + ".svg";
        assertThatThrownBy(() -> NewFile.write(folder.resolve(tooLong), out -> out.write(1)))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("cannot be written: File name too long");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aStreamThatFailsIsAFileException() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        assertThatThrownBy(() -> GalleryTest.twoCauses().toChart().write(ImageFormat.SVG, broken))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("disk full");
        ByteArrayOutputStream good = new ByteArrayOutputStream();
        GalleryTest.twoCauses().toChart().write(ImageFormat.SVG, good);
        assertThat(good.size()).isGreaterThan(1000);
    }

    @Test
    void theChartIsStillAnXChart() throws IOException {
        FigureChart chart = GalleryTest.threeGroupFigure().toChart();
        assertThat(chart.getTitle()).startsWith("Disease-free");
        chart.getSeries("ALL").setLineColor(Color.MAGENTA);
        chart.getSeries("AML high risk").setEnabled(false);
        chart.addSeries("mine", new double[] {12, 48}, new double[] {0.1, 0.1}).setLineColor(Color.RED);
        chart.addAnnotation(new AnnotationText("here", 40, 0.8, false));
        String svg = chart.svg();
        SvgReader reader = new SvgReader(svg);
        assertThat(svg).contains("fill=\"fuchsia\"").contains("stroke=\"red\"");
        assertThat(reader.hasGroup("curve-2")).isTrue();
        assertThat(reader.hasGroup("curve-3")).isFalse();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChartEncoder.saveChart(chart, out, "png");
        assertThat(ImageIO.read(new ByteArrayInputStream(out.toByteArray())).getWidth())
                .isEqualTo(chart.getWidth());
    }

    @Test
    void xchartsScaleIsOurs() {
        FigureChart chart = GalleryTest.threeGroupFigure().toChart();
        chart.bytes(ImageFormat.PNG);
        Layout layout = Layout.of(chart.model(), chart.getWidth(), chart.getHeight());
        assertThat(chart.getScreenXFromChart(48)).isCloseTo(layout.x(48), within(0.1));
        assertThat(chart.getScreenYFromChart(0.3)).isCloseTo(layout.y(0.3), within(0.1));
    }

    @Test
    void noSizeOfAWindowHangsOrFails() {
        FigureChart chart = GalleryTest.threeGroupFigure().toChart();
        BufferedImage image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        for (int width = 1; width <= 400; width += 57) {
            for (int height = 1; height <= 400; height += 57) {
                var g = image.createGraphics();
                chart.paint(g, width, height);
                g.dispose();
                assertThat(chart.getWidth()).isEqualTo(width);
            }
        }
    }

    @Test
    void curvesAreNamedUnderThePointer() {
        SvgReader svg = new SvgReader(GalleryTest.threeGroupFigure().toChart().svg());
        assertThat(SvgReader.elements(svg.group("curve-2"), "title").get(0).getTextContent())
                .isEqualTo("AML low risk");
    }

    @Test
    void settingsThatTheFigureReplacesDoNoHarm() {
        FigureChart chart = GalleryTest.threeGroupFigure().toChart();
        String before = chart.svg("a-");
        chart.getStyler().setLegendVisible(true).setChartTitleVisible(true).setChartPadding(3);
        chart.getStyler().setXAxisTicksVisible(true).setXAxisMax(7.0);
        // This formatter sends a plain XChart into an endless loop.
        chart.setCustomXAxisTickLabelsFormatter(x -> "a label of more than twenty characters " + x);
        assertThat(chart.svg("a-")).isEqualTo(before);
    }

    @Test
    void hugeCurvesAreDrawnFromFewPoints() {
        int n = 60_000;
        double[] times = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            times[i] = (i + 1) / 1000.0;
            status[i] = i % 2;
        }
        CurveReader reader = CurveReader.of(new FastCurve(times, status));
        Curve.Trace trace = reader.trace(0, 60);
        assertThat(trace.x.length).isBetween(2000, 2 * CurveReader.MOST_JUMPS + 2);
        assertThat(trace.y[trace.y.length - 1]).isCloseTo(0.5, within(1e-9));
        FigureChart chart =
                SurvivalFigure.of("Many", new FastCurve(times, status)).toChart();
        assertThat(chart.svg().length()).isLessThan(600_000);
    }

    /** S(t) = 1 - t/120 in many small steps. */
    private static final class FastCurve implements io.engraft.curve.SurvivalFunction {

        private final double[] jumps;

        FastCurve(double[] times, int[] status) {
            jumps = java.util.stream.IntStream.range(0, times.length)
                    .filter(i -> status[i] == 1)
                    .mapToDouble(i -> times[i])
                    .toArray();
        }

        @Override
        public io.engraft.curve.PointEstimate survivalAt(double t) {
            double s = survivalValues(new double[] {t})[0];
            return io.engraft.curve.PointEstimate.of(
                    s, 0.01, io.engraft.curve.Interval.of(Math.max(0, s - 0.02), Math.min(1, s + 0.02), 0.95));
        }

        @Override
        public double[] survivalValues(double[] at) {
            return java.util.Arrays.stream(at).map(t -> 1 - t / 120).toArray();
        }

        @Override
        public io.engraft.curve.PointEstimate quantile(double p) {
            return io.engraft.curve.PointEstimate.exact(120 * p);
        }

        @Override
        public io.engraft.curve.PointEstimate restrictedMean(double tau) {
            return io.engraft.curve.PointEstimate.notEstimable("not needed");
        }

        @Override
        public double[][] survivalCovariance(double[] times) {
            return new double[times.length][times.length];
        }

        @Override
        public double horizon() {
            return 60;
        }

        @Override
        public double[] jumpTimes() {
            return jumps.clone();
        }
    }
}

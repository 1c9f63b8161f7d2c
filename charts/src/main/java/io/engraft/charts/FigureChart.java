package io.engraft.charts;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.Pen.TextBox;
import io.engraft.charts.internal.Fonts.Face;
import io.engraft.charts.internal.PdfFile;
import io.engraft.charts.internal.PdfLibrary;
import io.engraft.charts.internal.PngFile;
import io.engraft.charts.internal.SvgCanvas;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.ControlCharacters;
import io.engraft.internal.NewFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A drawn figure. It is an XChart chart: annotations and series can be added, each curve is a series under its name,
 * whose line colour, line style and {@code isEnabled} are respected, and it goes through XChart's encoders and panels.
 *
 * <p>What the figure draws itself is not taken from the {@link XYStyler}: chart title, axis titles, ticks and their
 * formats, axis limits, grid lines, legend, paddings and margins. Colours of background and plot are. XChart's
 * screen-space annotations count as in any XChart. Painting changes the chart, so one chart must not be painted by
 * two threads at once; {@code toChart()} gives each thread its own.
 */
public final class FigureChart extends XYChart implements Tabular {

    /** Stands for the prefix of ids until the drawing is known; private-use characters, so that no text holds it. */
    private static final String ID_PLACE = "\uE000engraft\uE001";

    private static final String FRAME = "engraft frame";
    private static final int LEAST_PLOT_WIDTH = 120;
    private static final int LEAST_PLOT_HEIGHT = 70;
    private static final double SCREEN_DPI = 96;
    private static final int MOST_NAMED = 10;
    private static final long MOST_PIXELS = 100_000_000;

    private final FigureModel model;
    private List<TextBox> boxes = List.of();
    private Set<Integer> lacking = Set.of();

    private FigureChart(FigureModel model, int width, int height) {
        super(width, height);
        this.model = model;
        super.setTitle(model.title());
        style(getStyler());
        // The first series is irregular on purpose: XChart formats every value of an equally spaced axis.
        XYSeries frame = addSeries(
                FRAME,
                new double[] {model.x().min(), model.x().max(), model.x().min()},
                new double[] {model.y().min(), model.y().max(), model.y().max()});
        frame.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.NONE);
        for (Curve curve : model.curves()) {
            addCurve(curve);
        }
    }

    static FigureChart of(FigureModel model) {
        FigureOptions options = model.options();
        Layout layout = Layout.of(model, options.widthPixels(), options.heightPixels());
        if (layout.plotWidth < LEAST_PLOT_WIDTH || layout.plotHeight < LEAST_PLOT_HEIGHT) {
            throw new InvalidArgumentException(String.format(
                    Locale.ROOT,
                    "figure of %.0f x %.0f mm leaves %d x %d pixels for the plot; allowed: at least %d x %d, by a larger"
                            + " figure, shorter names or a smaller table",
                    options.widthMillimetres,
                    layout.height() / FigureOptions.MM_TO_PIXELS,
                    layout.plotWidth,
                    layout.plotHeight,
                    LEAST_PLOT_WIDTH,
                    LEAST_PLOT_HEIGHT));
        }
        return new FigureChart(model, layout.width, layout.height());
    }

    private void addCurve(Curve curve) {
        int n = 0;
        double[] x = new double[curve.trace.x.length + 1];
        double[] y = new double[x.length];
        for (int i = 0; i < curve.trace.x.length; i++) {
            if (!Double.isNaN(curve.trace.y[i])) {
                x[n] = curve.trace.x[i];
                y[n++] = curve.trace.y[i];
            }
        }
        // XChart refuses an empty series.
        int length = Math.max(1, n);
        XYSeries series = addSeries(curve.name, java.util.Arrays.copyOf(x, length), java.util.Arrays.copyOf(y, length));
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(curve.color)
                .setLineStyle(Pen.stroke(PlotPainter.CURVE_WIDTH, curve.dash));
    }

    private static void style(XYStyler styler) {
        Font font = Face.REGULAR.at(12);
        styler.setBaseFont(font)
                .setChartTitleFont(font)
                .setLegendFont(font)
                .setAnnotationTextFont(font)
                .setLegendVisible(false)
                .setChartTitleVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
        styler.setAxisTickLabelsFont(font).setAxisTitleFont(font).setLocale(Locale.ROOT);
    }

    /** What XChart would draw or reserve on its own is switched off before each painting, whoever switched it on. */
    private void reserve(Layout layout) {
        XYStyler styler = getStyler();
        styler.setLegendVisible(false)
                .setChartTitleVisible(false)
                .setChartPadding(layout.top)
                .setPlotContentSize(1);
        styler.setXAxisTicksVisible(false)
                .setYAxisTicksVisible(false)
                .setXAxisTitleVisible(false)
                .setYAxisTitleVisible(false)
                .setPlotGridLinesVisible(false)
                .setPlotTicksMarksVisible(false)
                .setPlotMargin(0)
                .setXAxisMin(model.x().lower())
                .setXAxisMax(model.x().upper())
                .setYAxisMin(model.y().lower())
                .setYAxisMax(model.y().upper());
        styler.setYAxisLeftWidthHint(layout.left);
        // A formatter whose labels pass 20 characters would keep XChart in an endless loop.
        styler.setXAxisTickLabelsFormattingFunction(null);
        styler.setYAxisTickLabelsFormattingFunction(null);
    }

    /**
     * Draws the figure.
     *
     * @param g where to
     * @param width in pixels
     * @param height in pixels
     */
    @Override
    public void paint(Graphics2D g, int width, int height) {
        Layout layout = Layout.of(model, width, height);
        Pen pen = new Pen(g);
        pen.prepare();
        pen.group(
                "background",
                () -> pen.fill(
                        new Rectangle2D.Double(0, 0, width, height), getStyler().getChartBackgroundColor()));
        reserve(layout);
        PlotPainter plot = new PlotPainter(this, model, layout, pen);
        XYSeries frame = getSeries(FRAME);
        if (frame != null) {
            frame.setMarker(new FrameMarker(plot, layout));
        }
        // With these sizes XChart's plot is exactly the rectangle of the layout.
        super.paint(g, layout.left + layout.plotWidth + layout.top, 2 * layout.top + layout.plotHeight);
        setWidth(width);
        setHeight(height);
        pen.prepare();
        new FurniturePainter(this, model, layout, pen).paint();
        boxes = List.copyOf(pen.boxes());
        lacking = pen.lacking();
    }

    @Override
    protected void paintBackground(Graphics2D g) {
        // The background is painted once, over the whole figure, before XChart starts.
    }

    /** Paints the whole inside of the plot when XChart comes to the first point of the first series. */
    private static final class FrameMarker extends Marker {

        private final PlotPainter plot;
        private final Layout layout;

        FrameMarker(PlotPainter plot, Layout layout) {
            this.plot = plot;
            this.layout = layout;
        }

        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            boolean firstPoint = y > layout.top + layout.plotHeight / 2.0;
            if (firstPoint) {
                plot.paint();
            }
        }
    }

    /**
     * The alternative text: what the figure shows, in words.
     *
     * @return one paragraph
     */
    public String description() {
        return model.description();
    }

    /**
     * What the last painting could not show: characters of names and titles for which there is no glyph, or which would do
     * something to the text around them. An empty square stands in their place.
     *
     * @return one sentence that names them by their code points, or none
     */
    public List<String> warnings() {
        if (lacking.isEmpty()) {
            return List.of();
        }
        String names = lacking.stream()
                .limit(MOST_NAMED)
                .map(c -> String.format(Locale.ROOT, "U+%04X", c))
                .collect(Collectors.joining(", "));
        String more = lacking.size() > MOST_NAMED ? " and " + (lacking.size() - MOST_NAMED) + " more" : "";
        return List.of("characters of the figure's texts that cannot be drawn here are squares in it: " + names + more);
    }

    /**
     * The numbers that the figure shows at its ticks, as data: those of {@link Figure#tidy()}.
     *
     * @return one row a curve (or state) and tick
     */
    @Override
    public TidyTable tidy() {
        return model.data();
    }

    /**
     * The size and what the figure shows, in the words of {@link #description()}.
     *
     * @return one paragraph
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "FigureChart, %d x %d pixels: %s", getWidth(), getHeight(), description());
    }

    /**
     * The figure as an {@code svg} element for inlining into HTML: no XML declaration, no DOCTYPE. Its ids start with a
     * prefix made from the content, so that different figures can stand in one page.
     *
     * @return the element
     */
    public String svg() {
        String drawn = drawSvg(ID_PLACE);
        CRC32 sum = new CRC32();
        sum.update(drawn.getBytes(StandardCharsets.UTF_8));
        return drawn.replace(ID_PLACE, "f" + Long.toHexString(sum.getValue()) + "-");
    }

    /**
     * The figure as an {@code svg} element whose ids start with a given prefix.
     *
     * @param idPrefix a letter, then letters, digits, - or _
     * @return the element
     * @throws InvalidArgumentException when the prefix is not a valid start of an id
     */
    public String svg(String idPrefix) {
        if (!idPrefix.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw InvalidArgumentException.ofText("id prefix", idPrefix, "a letter, then letters, digits, - or _");
        }
        return drawSvg(idPrefix);
    }

    private String drawSvg(String prefix) {
        SvgCanvas canvas = SvgCanvas.create(prefix);
        paint(canvas, getWidth(), getHeight());
        return canvas.finish(getWidth(), getHeight(), model.title(), model.description());
    }

    /**
     * The figure as a file's bytes; the same figure gives the same bytes on the same platform.
     *
     * @param format the format
     * @return the bytes
     * @throws FileException when the format is PDF and its library is missing
     * @throws InvalidArgumentException when the format is PNG and the figure would have too many pixels
     */
    public byte[] bytes(ImageFormat format) {
        return switch (format) {
            case SVG -> ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg()).getBytes(StandardCharsets.UTF_8);
            case PNG -> png();
            case PDF -> pdf();
        };
    }

    private byte[] png() {
        double dpi = model.options().dotsPerInch;
        double scale = dpi / SCREEN_DPI;
        int width = (int) Math.round(getWidth() * scale);
        int height = (int) Math.round(getHeight() * scale);
        if ((long) width * height > MOST_PIXELS) {
            throw new InvalidArgumentException("PNG would have " + width + " x " + height
                    + " pixels; allowed: at most 100 million, by a smaller figure or fewer dots an inch");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(scale, scale);
        paint(g, getWidth(), getHeight());
        g.dispose();
        return PngFile.encode(image, dpi, plain(model.title()), plain(description()));
    }

    private static String plain(String text) {
        return ControlCharacters.replaced(text, '\uFFFD');
    }

    private byte[] pdf() {
        PdfLibrary.require(FigureChart.class.getClassLoader());
        try {
            return PdfFile.encode(
                    getWidth(),
                    getHeight(),
                    plain(model.title()),
                    plain(description()),
                    g -> paint(g, getWidth(), getHeight()));
        } catch (LinkageError e) {
            // Another version of the library than the one that PDF is written with.
            throw PdfLibrary.missing(e.getMessage(), e);
        }
    }

    /**
     * Writes the figure to a stream, which stays open.
     *
     * @param format the format
     * @param out the stream
     * @throws FileException when writing fails
     */
    public void write(ImageFormat format, OutputStream out) {
        try {
            out.write(bytes(format));
            out.flush();
        } catch (IOException e) {
            throw new FileException("cannot write the figure: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the figure to a file: whole, or not at all.
     *
     * @param file the file, ending in .svg, .png or .pdf; an existing one is replaced
     * @throws FileException when the ending is another one, the folder does not exist, or writing fails
     */
    public void save(Path file) {
        ImageFormat format = ImageFormat.of(file);
        NewFile.requireWritable(file);
        byte[] bytes = bytes(format);
        NewFile.write(file, target -> target.write(bytes));
    }

    /** The texts of the last painting and where they stand. */
    List<TextBox> textBoxes() {
        return boxes;
    }

    FigureModel model() {
        return model;
    }
}

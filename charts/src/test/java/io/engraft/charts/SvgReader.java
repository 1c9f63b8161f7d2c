package io.engraft.charts;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads a drawn figure back from its SVG, knowing nothing of the layout: pixels are turned into data by the ticks. */
final class SvgReader {

    /** A text and where its baseline starts. */
    record Text(String text, double x, double y) {}

    final Document document;

    SvgReader(String svg) {
        this.document = parse(svg);
    }

    static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed", e);
        }
    }

    static List<Element> elements(Element from, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = from.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    List<String> ids() {
        return elements(document.getDocumentElement(), "*").stream()
                .map(e -> e.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    boolean hasGroup(String name) {
        return elements(document.getDocumentElement(), "g").stream()
                .anyMatch(g -> g.getAttribute("id").endsWith("-" + name));
    }

    Element group(String name) {
        return elements(document.getDocumentElement(), "g").stream()
                .filter(g -> g.getAttribute("id").endsWith("-" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no group " + name));
    }

    String content(String name) {
        return elements(document.getDocumentElement(), name).get(0).getTextContent();
    }

    List<Text> texts(String group) {
        return elements(group(group), "text").stream()
                .map(t -> new Text(
                        t.getTextContent(),
                        Double.parseDouble(t.getAttribute("x")),
                        Double.parseDouble(t.getAttribute("y"))))
                .toList();
    }

    /** The points of the n-th path of a group, in pixels. */
    List<double[]> path(String group, int n) {
        String d = elements(group(group), "path").get(n).getAttribute("d");
        List<double[]> points = new ArrayList<>();
        for (String part : d.replaceAll("[MLZ]", ";").split(";")) {
            if (!part.isBlank()) {
                String[] xy = part.trim().split(" ");
                points.add(new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])});
            }
        }
        return points;
    }

    /** The pixel positions of the ticks of the time axis: vertical lines below the plot. */
    List<Double> tickPixels() {
        return elements(group("x-axis"), "line").stream()
                .filter(l -> l.getAttribute("x1").equals(l.getAttribute("x2")))
                .map(l -> Double.parseDouble(l.getAttribute("x1")))
                .toList();
    }

    List<Double> levelPixels() {
        return elements(group("y-axis"), "line").stream()
                .filter(l -> l.getAttribute("y1").equals(l.getAttribute("y2")))
                .map(l -> Double.parseDouble(l.getAttribute("y1")))
                .toList();
    }

    double time(double pixel) {
        List<Double> ticks = tickPixels();
        List<Text> labels = texts("x-axis").stream()
                .filter(t -> t.text().matches("[0-9.]+"))
                .toList();
        double first = Double.parseDouble(labels.get(0).text());
        double last = Double.parseDouble(labels.get(labels.size() - 1).text());
        double left = ticks.get(0);
        double right = ticks.get(ticks.size() - 1);
        return first + (last - first) * (pixel - left) / (right - left);
    }

    double probability(double pixel) {
        List<Double> levels = levelPixels();
        List<Text> labels = texts("y-axis").stream()
                .filter(t -> t.text().matches("[0-9.]+%?"))
                .toList();
        double first = level(labels.get(0).text());
        double last = level(labels.get(labels.size() - 1).text());
        double bottom = levels.get(0);
        double top = levels.get(levels.size() - 1);
        return first + (last - first) * (pixel - bottom) / (top - bottom);
    }

    private static double level(String label) {
        return label.endsWith("%")
                ? Double.parseDouble(label.substring(0, label.length() - 1)) / 100
                : Double.parseDouble(label);
    }
}

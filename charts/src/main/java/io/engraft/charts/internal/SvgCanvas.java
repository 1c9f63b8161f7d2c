package io.engraft.charts.internal;

import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A canvas that writes SVG, in named groups. */
public final class SvgCanvas extends SVGGraphics2D {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private static final List<String> NOISE =
            List.of("color-interpolation", "color-rendering", "image-rendering", "shape-rendering", "text-rendering");

    private final Document document;
    private final String prefix;
    private final List<Element> groups = new ArrayList<>();

    private SvgCanvas(Document document, SVGGeneratorContext context, String prefix) {
        super(context, false);
        this.document = document;
        this.prefix = prefix;
    }

    /**
     * A new canvas.
     *
     * @param prefix what every id starts with, so that several drawings can stand in one page
     * @return the canvas
     */
    public static SvgCanvas create(String prefix) {
        Document document;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            document = factory.newDocumentBuilder().getDOMImplementation().createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the platform has no XML document builder", e);
        }
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(3);
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String kind) {
                return prefix + super.generateID(kind);
            }
        });
        return new SvgCanvas(document, context, prefix);
    }

    /** Starts a named group: what is drawn until {@link #end()} belongs to it. A label shows under the pointer. */
    public void begin(String name, String label) {
        keepLoose();
        Element group = document.createElementNS(NAMESPACE, "g");
        group.setAttributeNS(null, "id", prefix + name);
        if (!label.isEmpty()) {
            Element title = document.createElementNS(NAMESPACE, "title");
            title.appendChild(document.createTextNode(label));
            group.appendChild(title);
        }
        setTopLevelGroup(group);
    }

    /** Ends the named group. */
    public void end() {
        groups.add(getTopLevelGroup(false));
        setTopLevelGroup(document.createElementNS(NAMESPACE, "g"));
    }

    private void keepLoose() {
        Element loose = getTopLevelGroup(false);
        if (loose.hasChildNodes()) {
            groups.add(loose);
        }
    }

    /**
     * The drawing as text, without XML declaration or DOCTYPE.
     *
     * @param width in pixels
     * @param height in pixels
     * @param title a short name
     * @param description the alternative text
     * @return the svg element
     */
    public String finish(int width, int height, String title, String description) {
        keepLoose();
        Element root = document.createElementNS(NAMESPACE, "svg");
        getRoot(root);
        for (Element group : groups) {
            root.appendChild(group);
        }
        tidy(root);
        root.setAttributeNS(null, "id", prefix + "figure");
        root.setAttributeNS(null, "width", String.valueOf(width));
        root.setAttributeNS(null, "height", String.valueOf(height));
        root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
        root.setAttributeNS(null, "role", "img");
        root.setAttributeNS(null, "aria-labelledby", prefix + "title " + prefix + "desc");
        root.insertBefore(textElement("desc", prefix + "desc", description), root.getFirstChild());
        root.insertBefore(textElement("title", prefix + "title", title), root.getFirstChild());
        StringBuilder out = new StringBuilder(1 << 14);
        write(root, out);
        return out.toString();
    }

    private Element textElement(String name, String id, String text) {
        Element element = document.createElementNS(NAMESPACE, name);
        element.setAttributeNS(null, "id", id);
        element.appendChild(document.createTextNode(text));
        return element;
    }

    private void tidy(Element element) {
        // Canvas defaults that Batik repeats on every group and no reader needs.
        for (String noise : NOISE) {
            element.removeAttribute(noise);
        }
        String family = element.getAttribute("font-family");
        if (family.contains(Fonts.FAMILY)) {
            element.setAttributeNS(null, "font-family", "'" + Fonts.FAMILY + "', Arial, Helvetica, sans-serif");
        }
        if ("genericDefs".equals(element.getAttribute("id"))) {
            element.setAttributeNS(null, "id", prefix + "genericDefs");
        }
        NodeList children = element.getChildNodes();
        for (int i = children.getLength() - 1; i >= 0; i--) {
            if (children.item(i) instanceof Element child) {
                tidy(child);
                boolean container = "g".equals(child.getTagName()) || "defs".equals(child.getTagName());
                if (container && !child.hasChildNodes()) {
                    element.removeChild(child);
                }
            }
        }
    }

    private static void write(Node node, StringBuilder out) {
        if (!(node instanceof Element element)) {
            out.append(Markup.text(node.getNodeValue()));
            return;
        }
        String name = element.getTagName();
        out.append('<').append(name);
        if ("svg".equals(name)) {
            out.append(" xmlns=\"").append(NAMESPACE).append('"');
        }
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (!attribute.getNodeName().startsWith("xmlns")) {
                out.append(' ').append(attribute.getNodeName()).append("=\"");
                out.append(Markup.attribute(attribute.getNodeValue())).append('"');
            }
        }
        if (!element.hasChildNodes()) {
            out.append("/>\n");
            return;
        }
        boolean lines = element.getFirstChild() instanceof Element;
        out.append(lines ? ">\n" : ">");
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            write(child, out);
        }
        out.append("</").append(name).append(">\n");
    }
}

package io.engraft.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The source tree that this module is part of, as its POMs describe it, and what the build made of it. */
final class Reactor {

    /** Where the tests of this module run. */
    static final Path HERE = Path.of("").toAbsolutePath();

    static final Path ROOT = HERE.resolve("..").normalize();

    private Reactor() {}

    /**
     * One module.
     *
     * @param folder its folder
     * @param pom its POM's root element
     */
    record Module(Path folder, Element pom) {

        String artifact() {
            return text(pom, "artifactId").orElseThrow();
        }

        boolean isJar() {
            return text(pom, "packaging").orElse("jar").equals("jar");
        }

        boolean isDeployed() {
            return !property("maven.deploy.skip").equals(Optional.of("true"));
        }

        Optional<String> property(String name) {
            return child(pom, "properties").flatMap(properties -> text(properties, name));
        }

        /** The file that the build made, such as the jar itself (no suffix) or its sources ("-sources"). */
        Path jar(String suffix) {
            return folder.resolve("target/" + artifact() + "-" + version() + suffix + ".jar");
        }
    }

    static Module parent() {
        return module(ROOT);
    }

    static String version() {
        return text(parent().pom(), "version").orElseThrow();
    }

    static List<Module> modules() {
        return children(child(parent().pom(), "modules").orElseThrow(), "module").stream()
                .map(element -> module(ROOT.resolve(element.getTextContent().strip())))
                .toList();
    }

    /** The artifacts whose public types others compile against: all jars of the BOM but the program itself. */
    static List<Module> libraries() {
        return modules().stream()
                .filter(module -> module.isJar() && module.isDeployed())
                .filter(module -> !module.artifact().equals("engraft-cli"))
                .toList();
    }

    private static Module module(Path folder) {
        return new Module(folder, read(folder.resolve("pom.xml")).getDocumentElement());
    }

    static Document read(Path xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(xml.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(xml + " is no XML", e);
        }
    }

    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    /** The text of a child, where it has any. */
    static Optional<String> text(Element parent, String name) {
        return child(parent, name)
                .map(element -> element.getTextContent().strip())
                .filter(text -> !text.isEmpty());
    }

    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.engraft.examples;

import io.engraft.charts.Figure;
import io.engraft.data.SurvivalData;
import io.engraft.report.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The public top-level types of core, charts and report, found on the class path (folders or jars). */
final class PublishedTypes {

    private PublishedTypes() {}

    static List<Class<?>> all() {
        return Stream.of(SurvivalData.class, Figure.class, Document.class)
                .flatMap(member -> names(member).stream())
                .filter(name -> !name.contains("internal") && !name.contains("$") && !name.endsWith("-info"))
                .<Class<?>>map(PublishedTypes::load)
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .toList();
    }

    static SortedSet<String> packages() {
        SortedSet<String> packages = new TreeSet<>();
        all().forEach(type -> packages.add(type.getPackageName()));
        return packages;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublishedTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Class<?> member) {
        try {
            Path place = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return names(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), java.util.Map.of())) {
                return names(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && name.startsWith("io"))
                    .map(name -> name.substring(0, name.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .toList();
        }
    }
}

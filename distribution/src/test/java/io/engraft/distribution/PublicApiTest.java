package io.engraft.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baseline of the API and the comparison with it, on small libraries that are compiled here. */
class PublicApiTest {

    private static final Map<String, String> LIBRARY = Map.of(
            "a/Shape.java",
            """
            package a;
            public sealed abstract class Shape extends Base permits Circle {
                public static final int SIDES = 3;
                Shape() {}
                public abstract double area();
                protected double twice(double x) { return 2 * x; }
                void secret() {}
                private int hidden;
            }
            """,
            "a/Base.java",
            """
            package a;
            abstract class Base { public String name() { return "n"; } }
            """,
            "a/Circle.java",
            """
            package a;
            public final class Circle extends Shape {
                public Circle(double radius) {}
                public double area() { Runnable r = () -> {}; r.run(); return 1; }
                public record Part(int size, String name) {}
                private static final class Inner {}
            }
            """,
            "a/Helper.java",
            """
            package a;
            class Helper { public static class Nested {} }
            """,
            "a/internal/Machine.java",
            """
            package a.internal;
            public class Machine { public void run() {} }
            """);

    @TempDir
    private Path folder;

    private Path before;
    private int libraries;

    @BeforeEach
    void takeTheBaseline() throws IOException {
        before = api("before", LIBRARY);
    }

    /** Compiles a library and takes what it publishes. */
    private Path api(String name, Map<String, String> sources) throws IOException {
        Path sourceFolder = folder.resolve(name + "-src");
        Path classes = folder.resolve(name + "-classes");
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "--release", "17"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = sourceFolder.resolve(source.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                zip.write(Files.readAllBytes(file));
                zip.closeEntry();
            }
        }
        Path api = folder.resolve(name + "-api.jar");
        PublicApi.write(jar, api);
        return api;
    }

    private ApiDifferences after(String file, String was, String is) throws IOException {
        Map<String, String> changed = new java.util.HashMap<>(LIBRARY);
        String source = LIBRARY.getOrDefault(file, "");
        assertThat(source).contains(was);
        changed.put(file, source.replace(was, is));
        return ApiDifferences.between(before, api("after" + libraries++, changed));
    }

    @Test
    void holdsWhatAUserCanNameAndWhatThatInheritsWithoutCode() throws IOException {
        try (JarFile jar = new JarFile(before.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .containsExactly("a/Base.class", "a/Circle.class", "a/Circle$Part.class", "a/Shape.class");
            try (InputStream in = jar.getInputStream(jar.getEntry("a/Shape.class"))) {
                String bytes = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(bytes)
                        .contains("area", "twice", "SIDES", "PermittedSubclasses")
                        .doesNotContain("Code", "secret", "hidden", "SourceFile");
            }
        }
    }

    @Test
    void theSameLibraryGivesTheSameBytesAndNoDifference() throws IOException {
        Path again = api("again", LIBRARY);
        assertThat(again).hasSameBinaryContentAs(before);
        ApiDifferences differences = ApiDifferences.between(before, again);
        assertThat(differences.incompatible()).isEmpty();
        assertThat(differences.changed()).isZero();
    }

    @Test
    void whatCannotBeSeenMayChange() throws IOException {
        assertThat(after("a/Shape.java", "void secret() {}", "").changed()).isZero();
        assertThat(after("a/internal/Machine.java", "run()", "walk()").changed())
                .isZero();
        assertThat(after("a/Helper.java", "class Nested", "class Other").changed())
                .isZero();
    }

    @Test
    void whatIsNewBreaksNobody() throws IOException {
        ApiDifferences differences =
                after("a/Circle.java", "public Circle(", "public double radius() { return 1; } public Circle(");
        assertThat(differences.incompatible()).isEmpty();
        assertThat(differences.changed()).isEqualTo(1);
        assertThat(differences.report()).contains("Added", "**`radius`**()");
    }

    @Test
    void whatIsGoneOrOtherwiseIsNamed() throws IOException {
        assertThat(after("a/Shape.java", "protected double twice(double x)", "protected double twice(int x)")
                        .incompatible())
                .containsExactly("METHOD_REMOVED a.Shape#twice(double)", "METHOD_REMOVED_IN_SUPERCLASS a.Circle");
        assertThat(after("a/Circle.java", "public Circle(double radius)", "public Circle(float radius)")
                        .incompatible())
                .containsExactly("CONSTRUCTOR_REMOVED a.Circle#Circle(double)");
        assertThat(after("a/Circle.java", "record Part(int size, String name)", "record Part(int size)")
                        .incompatible())
                .contains("METHOD_REMOVED a.Circle$Part#name()");
        assertThat(after("a/Circle.java", "public record Part(int size, String name) {}", "")
                        .incompatible())
                .containsExactly("CLASS_REMOVED a.Circle$Part");
        assertThat(after("a/Base.java", "public String name() { return \"n\"; }", "public int name() { return 1; }")
                        .incompatible())
                .contains("METHOD_RETURN_TYPE_CHANGED a.Base#name()");
        assertThat(after("a/Shape.java", "int SIDES = 3", "long SIDES = 3").incompatible())
                .containsExactly("FIELD_TYPE_CHANGED a.Shape#SIDES");
    }

    @Test
    void acceptedChangesAreReadLineByLine() throws IOException {
        Path file = folder.resolve("accepted.txt");
        Files.writeString(file, """
                # meant

                METHOD_REMOVED a.Shape#twice(double)  # nobody used it
                CLASS_REMOVED a.Circle
                """);
        assertThat(ApiDifferences.accepted(file))
                .containsExactly("CLASS_REMOVED a.Circle", "METHOD_REMOVED a.Shape#twice(double)");
        Files.writeString(file, "a.Shape twice gone\n");
        assertThatThrownBy(() -> ApiDifferences.accepted(file))
                .hasMessageContaining("accepted.txt: 'a.Shape twice gone' is no line such as METHOD_REMOVED");
    }
}

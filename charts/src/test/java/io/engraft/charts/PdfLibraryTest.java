package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.FileException;
import io.engraft.estimate.KaplanMeier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Class paths as projects have them: the documented dependencies, and parts of what PDF needs beside them. */
class PdfLibraryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** What a project does. Called by name, from a class path of its own. */
    public static final class Project {

        private Project() {}

        /** Draws to a file and gives what went wrong, "" for nothing. */
        public static String save(String file) {
            try {
                SurvivalFigure.of("All", KaplanMeier.withDefaults().fit(new double[] {1, 2, 3}, new int[] {1, 0, 1}))
                        .save(Path.of(file));
                return "";
            } catch (FileException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** The classes of this test's class path but for some packages. */
    private static final class Without extends ClassLoader {

        private final ClassLoader all = PdfLibraryTest.class.getClassLoader();
        private final List<String> packages;

        Without(List<String> packages) {
            super(ClassLoader.getPlatformClassLoader());
            this.packages = packages;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = all.getResourceAsStream(name.replace('.', '/') + ".class")) {
                // What is in a package's own jar: pdfbox-io holds one of pdfbox's packages.
                boolean io = name.startsWith("org.apache.pdfbox.io.");
                boolean missing =
                        packages.stream().anyMatch(p -> io ? p.equals("org.apache.pdfbox.io.") : name.startsWith(p));
                if (in == null || missing) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        protected URL findResource(String name) {
            return all.getResource(name);
        }
    }

    private static String save(Path file, String... without) throws ReflectiveOperationException {
        Object message = new Without(List.of(without))
                .loadClass(Project.class.getName())
                .getMethod("save", String.class)
                .invoke(null, file.toString());
        return String.valueOf(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "de.rototor. org.apache.pdfbox. org.apache.pdfbox.io. org.apache.fontbox. org.apache.commons.logging.",
                "de.rototor.",
                "org.apache.pdfbox.",
                "org.apache.pdfbox.io.",
                "org.apache.fontbox.",
                "org.apache.commons.logging."
            })
    void whatIsMissingForPdfIsSaid(String without) throws Exception {
        Path pdf = folder.resolve("km.pdf");
        String message = save(pdf, without.split(" "));
        assertThat(message)
                .startsWith(
                        "cannot write PDF: the optional library de.rototor.pdfbox:graphics2d is not on the class path")
                .endsWith("add the dependency de.rototor.pdfbox:graphics2d:3.0.5, or write .svg or .png");
        assertThat(pdf).doesNotExist();
        assertThat(save(folder.resolve("km.svg"), without.split(" "))).isEmpty();
        assertThat(save(folder.resolve("km.png"), without.split(" "))).isEmpty();
        assertThat(Files.size(folder.resolve("km.svg"))).isGreaterThan(1000);
    }

    @Test
    void withTheLibraryPdfIsWritten() throws Exception {
        Path pdf = folder.resolve("km.pdf");
        assertThat(save(pdf, "nothing")).isEmpty();
        assertThat(Files.size(pdf)).isGreaterThan(1000);
    }
}

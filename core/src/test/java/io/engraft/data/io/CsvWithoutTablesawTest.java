package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CsvWithoutTablesawTest {

    @Test
    void csvIsReadWhereTablesawIsNotOnTheClassPath() throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("tablesaw"))
                .map(CsvWithoutTablesawTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.getResource("tech/tablesaw/api/Table.class")).isNull();
            Object data = loader.loadClass("io.engraft.data.io.CsvData")
                    .getMethod("bmtcrr")
                    .invoke(null);
            assertThat(data.getClass().getClassLoader()).isSameAs(loader);
            assertThat(data.getClass().getMethod("size").invoke(data)).isEqualTo(177);
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}

package io.engraft.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of the build. */
public final class EngraftVersion {

    private EngraftVersion() {}

    /**
     * The version that every document names.
     *
     * @return the version, such as "0.1.0"
     */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(EngraftVersion.class.getResourceAsStream("version.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}

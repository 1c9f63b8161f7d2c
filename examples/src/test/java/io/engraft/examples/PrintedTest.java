package io.engraft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of the documentation would find a page that is wrong. */
class PrintedTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path room;

    @Test
    void numbersMayDifferInTheirLastDigitsOnly() {
        assertThat(Printed.agrees("S = 0.34508547008547", "S = 0.34508547008548"))
                .isTrue();
        assertThat(Printed.agrees("S = 0.3451", "S = 0.3450")).isFalse();
        assertThat(Printed.agrees("S = 0.3451", "R = 0.3451")).isFalse();
        assertThat(Printed.agrees("1e-12", "0")).isFalse();
    }

    @Test
    void everyLineCountsUnlessDotsLeaveItOut() {
        assertThat(Printed.agrees("a\nb", "a")).isFalse();
        assertThat(Printed.agrees("a", "a\nb")).isFalse();
        assertThat(Printed.agrees("a", "")).isFalse();
        assertThat(Printed.agrees("a\nb\nc", "a\n...\nc")).isTrue();
        assertThat(Printed.agrees("a\nb\nd", "a\n...\nc")).isFalse();
    }

    @Test
    void aPageIsReadBySections() throws IOException {
        Path file = Files.writeString(room.resolve("page.md"), """
                # A
                ```java
                int i = 1;
                ```
                Words.
                ```text
                ```
                ## B
                <!-- file: x.csv -->
                ```csv
                a
                ```
                ```java
                f();
                ```

                ```text
                1
                2
                ```
                ```text
                not its
                ```
                """);
        Page page = Page.read(file);
        assertThat(page.sections())
                .containsExactly(
                        List.of(new Snippet("page.md:2", "int i = 1;", "")),
                        List.of(new Snippet("page.md:13", "f();", "1\n2")));
        assertThat(page.files()).containsOnlyKeys("x.csv").containsValue("a\n");
    }
}

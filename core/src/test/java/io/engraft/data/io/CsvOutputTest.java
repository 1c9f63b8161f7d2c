package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FileException;
import io.engraft.data.TidyTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvOutputTest {

    private static final TidyTable TABLE = TidyTable.builder()
            .text("group")
            .count("n")
            .number("survival")
            .row("AML", 10, 0.1 + 0.2)
            .row("a,b \"c\"\nd", null, null)
            .row(null, 3, 12.0)
            .row("", 4L, Double.POSITIVE_INFINITY)
            .build();

    private static TidyTable texts(@Nullable String... cells) {
        TidyTable.Builder table = TidyTable.builder().text("t");
        for (String cell : cells) {
            table.row(cell);
        }
        return table.build();
    }

    @Test
    void writesRfc4180WithShortestNumbersAndEmptyMissing() {
        assertThat(CsvOutput.text(TABLE))
                .isEqualTo("group,n,survival\nAML,10,0.30000000000000004\n\"a,b \"\"c\"\"\nd\",,\n,3,12\n\"\",4,Inf\n");
        StringWriter out = new StringWriter();
        CsvOutput.write(TABLE, out);
        assertThat(out).hasToString(CsvOutput.text(TABLE));
    }

    private static String neutralised(String cell) {
        return CsvOutput.text(texts(cell)).substring(2).stripTrailing();
    }

    @Test
    void csv_formulaInjection() {
        assertThat(neutralised("=1+1")).isEqualTo("'=1+1");
        assertThat(neutralised("+cmd|' /C calc'!A0")).isEqualTo("'+cmd|' /C calc'!A0");
        assertThat(neutralised("-2+3")).isEqualTo("'-2+3");
        assertThat(neutralised("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(neutralised("\t=1")).isEqualTo("\"'\t=1\"");
        assertThat(neutralised("\r=1")).isEqualTo("\"'\r=1\"");
        assertThat(neutralised("=LINK(\"x\")")).isEqualTo("\"'=LINK(\"\"x\"\")\"");
        assertThat(CsvOutput.text(texts("-1", "+2.5", "a=b", "CR1"))).isEqualTo("t\n-1\n+2.5\na=b\nCR1\n");
        assertThat(CsvOutput.text(TidyTable.builder().text("=A1").build())).isEqualTo("'=A1\n");
        assertThat(CsvOutput.text(TidyTable.builder().number("x").row(-1.5).build()))
                .isEqualTo("x\n-1.5\n");
    }

    @Test
    void whatIsWrittenReadsBack() {
        CsvTable back = CsvTable.read(CsvSource.ofText(CsvOutput.text(TABLE), "x"));
        assertThat(back.number(0, "survival")).hasValue(0.1 + 0.2);
        assertThat(back.text(1, "group")).isEqualTo("a,b \"c\"\nd");
    }

    @Test
    void replacesAFileAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.csv");
        Files.writeString(file, "old");
        CsvOutput.write(TABLE, file);
        CsvOutput.write(TABLE, folder.resolve("new.csv"));
        assertThat(Files.readString(file)).isEqualTo(CsvOutput.text(TABLE));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()).sorted().toList())
                    .isEqualTo(List.of("new.csv", "out.csv"));
        }
    }

    @Test
    void writesThroughSymbolicLinks(@TempDir Path folder) throws IOException {
        Path target = Files.writeString(folder.resolve("target.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), target);
        CsvOutput.write(TABLE, link);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(target)).startsWith("group,n,survival");
    }

    @Test
    void failuresAreNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> CsvOutput.write(TABLE, folder.resolve("no/such/folder.csv")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("folder.csv cannot be written");
        assertThatThrownBy(() -> CsvOutput.write(TABLE, folder))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("cannot be written");
        Writer full = new Writer() {
            @Override
            public void write(char[] buffer, int from, int length) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> CsvOutput.write(TABLE, full)).hasMessageContaining("disk full");
    }
}

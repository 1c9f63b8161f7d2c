package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FileException;
import io.engraft.InvalidDataException;
import io.engraft.data.SurvivalData;
import io.engraft.internal.csv.CsvDialect;
import io.engraft.internal.csv.CsvScanner;
import io.engraft.internal.csv.CsvSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheets, registries and other programs write them: read to the right numbers, or refused with what mends it. */
class FileShapesTest {

    private static final ColumnRoles PLAIN = ColumnRoles.of("time", "status");

    private static CsvSource bytes(byte[] bytes) {
        return CsvSource.of(new ByteArrayInputStream(bytes), "x.csv");
    }

    private static CsvSource text(String text) {
        return CsvSource.ofText(text, "x.csv");
    }

    private static double[] times(CsvSource source) {
        SurvivalData data = CsvData.read(source, PLAIN);
        return IntStream.range(0, data.size()).mapToDouble(data::time).toArray();
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time;status\n1,5;1\n12,25;0\n",
                "time\tstatus\n1,5\t1\n12,25\t0\n",
                "time|status\n1,5|1\n12,25|0\n",
                "time|status\n1.5|1\n12.25|0\n",
                "sep=;\ntime;status\n1,5;1\n12,25;0\n",
                "\uFEFFsep=;\r\ntime;status\r\n1,5;1\r\n12,25;0\r\n",
                "\"sep=;\"\rtime;status\r1,5;1\r12,25;0\r",
                "SEP=\t\ntime\tstatus\n1.5\t1\n12.25\t0\n",
                "time;status;;;\n1,5;1;;;\n12,25;0;;;\n;;;;\n;;;;\n",
                "time;status\n1,5;1;;;\n12,25;0\n;\n",
                "time;status;;\n1,5;1\n12,25;0\n",
                "time,status\n\"1.5\",1,\n12.25,0,\n",
                "time\u00A0;\u200Bstatus\n1,5\u00A0;\u202F1\n\u20071,225e1;0\n",
                "time;status;name, first\n1,5;1;Doe, J\n12,25;0;Roe, R\n",
                "time;status;day\n1,5;1;1,234\n12,25;0;2\n"
            })
    void isReadToTheRightNumbers(String text) {
        assertThat(times(text(text))).containsExactly(1.5, 12.25);
        assertThat(CsvTable.read(text(text)).numbers("time")).containsExactly(1.5, 12.25);
        SurvivalData data = CsvData.read(text(text), PLAIN);
        assertThat(new int[] {data.status(0), data.status(1)}).containsExactly(1, 0);
    }

    /** A column that holds text says nothing of how numbers are written, wherever its first text stands. */
    @Test
    void theOrderOfRowsDecidesNoDoubt() {
        ColumnRoles stage = PLAIN.withCovariate("stage", CovariateType.AUTOMATIC);
        String first = "time;status;stage\n1,5;1;low\n12,25;0;1.2\n2,5;0;high\n";
        String last = "time;status;stage\n12,25;0;1.2\n2,5;0;high\n1,5;1;low\n";
        for (String text : new String[] {first, last}) {
            SurvivalData data = CsvData.read(text(text), stage);
            assertThat(data.categoricalCovariate("stage").levels()).containsExactlyInAnyOrder("1.2", "high", "low");
        }
        // All numbers: the point beside the comma is a doubt.
        assertThatThrownBy(() -> CsvData.read(text("time;status;stage\n12,25;0;1.2\n2,5;0;3.4\n"), stage))
                .hasMessageContaining("this number has a comma and '1.2'");
    }

    /** A mark that is a number stands for it however it is written. */
    @Test
    void aMarkOfMissingMayHaveADecimalComma() {
        String text = "time;status;age\n1,5;1;-9,0\n12,25;0;7,5\n";
        ColumnRoles roles = PLAIN.withCovariate("age", CovariateType.NUMERIC)
                .withMissingMarks(List.of("-9"))
                .withMissing(MissingValues.DROP);
        assertThat(CsvData.read(text(text), roles).time(0)).isEqualTo(12.25);
        assertThat(CsvTable.read(text(text)).withMissingMarks(List.of("-9")).isMissing(0, "age"))
                .isTrue();
    }

    @Test
    void runsOfBlanksSeparateWhereDeclared() {
        String text = "  id  time\tstatus \n\"A  1\"   1.5 1\n b 12.25     0\n";
        CsvSource declared = text(text).withDelimiter(' ');
        assertThat(times(declared)).containsExactly(1.5, 12.25);
        assertThat(CsvTable.read(declared).text(0, "id")).isEqualTo("A  1");
        assertThat(CsvTable.read(declared).line(1)).isEqualTo(3);
        assertThatThrownBy(() -> times(text(text)))
                .hasMessageContaining("are the fields separated by blanks? declare it (--delimiter space)");
    }

    @Test
    void aDeclaredMarkIsTheOnlyOne() {
        CsvSource comma = text("time;status\n1,234;1\n2;0\n");
        assertThat(times(comma.withDecimal(','))).containsExactly(1.234, 2);
        assertThat(times(text("time,status\n\"1,5\",1\n2,0\n").withDecimal(',')))
                .containsExactly(1.5, 2);
        assertThat(times(text("time;status\n1.234;1\n2;0\n").withDecimal('.'))).containsExactly(1.234, 2);
        assertThatThrownBy(() -> times(comma.withDecimal('.'))).hasMessageContaining("it has a comma");
        assertThatThrownBy(() -> times(text("time;status\n1.234;1\n").withDecimal(',')))
                .hasMessage(
                        "x.csv, row 1, line 2, column 'time', value '1.234': not a number: it has a point, and the"
                                + " decimal mark is the comma; allowed: a decimal comma, as in 1,5, and no thousands separator");
        assertThatThrownBy(() -> times(text("time;status\n1.234,5;1\n").withDecimal(',')))
                .hasMessageContaining("it has a thousands separator");
        assertThatThrownBy(() -> comma.withDecimal(';')).hasMessageContaining("decimal mark is ';'");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void aDoubtAboutTheMarkIsNamed(String between) {
        String only = "time;status\n5;1\n1,234;0\n7;0\n".replace(";", between);
        String doubt = "x.csv, row 2, line 3, column 'time', value '1,234': this may be 1234 or 1.234, and no other"
                + " number tells which; allowed: the decimal mark declared (--decimal , or --decimal .)";
        assertThatThrownBy(() -> times(text(only))).hasMessage(doubt);
        assertThatThrownBy(() -> CsvTable.read(text(only)).numbers("time")).hasMessage(doubt);
        assertThatThrownBy(() -> CsvTable.read(text(only)).number(1, "time")).hasMessage(doubt);
        assertThat(CsvTable.read(text(only)).number(0, "time")).hasValue(5);
        String both = "time;status\n5.5;1\n1,5;0\n".replace(";", between);
        assertThatThrownBy(() -> times(text(both)))
                .hasMessage(
                        "x.csv, row 2, line 3, column 'time', value '1,5': this number has a comma and '5.5' (row 1,"
                                + " column 'time') a point; allowed: one decimal mark and no thousands separator, or the mark"
                                + " declared (--decimal , or --decimal .)");
    }

    @Test
    void pointsBetweenThousandsAreADoubtWhereSemicolonsSeparate() {
        assertThatThrownBy(() -> times(text("time;status\n987;1\n1.234;0\n")))
                .hasMessageContaining("row 2, line 3, column 'time', value '1.234': this may be 1234 or 1.234");
        assertThat(times(text("time;status\n0.987;1\n1.234;0\n"))).containsExactly(0.987, 1.234);
        assertThat(times(text("time,status\n987,1\n1.234,0\n"))).containsExactly(987, 1.234);
    }

    @Test
    void twoDelimitersThatBothFitAreADoubt() {
        assertThatThrownBy(() -> times(text("time;status,x\n1;1,a\n")))
                .hasMessageContaining("both ',' and ';' may separate the fields; allowed: the delimiter declared");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "windows-1252", "ISO-8859-1", "ISO-8859-15", "UTF-16LE", "UTF-16BE", "UTF-16", "IBM850"
            })
    void aDeclaredEncodingIsRead(String name) {
        byte[] written = "zeit;größe;status\n1,5;ä;1\n12,25;é;0\n".getBytes(Charset.forName(name));
        SurvivalData data = CsvData.read(
                bytes(written).withEncoding(Charset.forName(name)),
                ColumnRoles.of("zeit", "status").withGroup("größe"));
        assertThat(data.time(1)).isEqualTo(12.25);
        assertThat(data.group().orElseThrow().levels()).containsExactly("ä", "é");
    }

    @Test
    void aByteOrderMarkTellsTheEncoding() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] marked = "\uFEFFtime,status\n1.5,1\n12.25,0\n".getBytes(charset);
            assertThat(times(bytes(marked))).containsExactly(1.5, 12.25);
            assertThat(times(bytes(marked).withEncoding(charset))).containsExactly(1.5, 12.25);
            assertThatThrownBy(() -> times(bytes(marked).withEncoding(StandardCharsets.ISO_8859_1)))
                    .hasMessage("x.csv: the file starts with the byte-order mark of " + charset.name()
                            + " and is declared as ISO-8859-1; allowed: " + charset.name() + ", or no declaration");
        }
    }

    @Test
    void whatTheDeclaredEncodingDoesNotHaveIsNamedByItsLine() {
        byte[] bytes = "time,status\r\n1,1\r\n2,0\u0081\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> times(bytes(bytes).withEncoding(StandardCharsets.US_ASCII)))
                .hasMessageContaining("x.csv, line 3: holds bytes that US-ASCII does not have");
    }

    @Test
    void gzipIsUnpacked(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) throws IOException {
        byte[] plain = "time;status\n1,5;1\n12,25;0\n".getBytes(StandardCharsets.UTF_16);
        assertThat(times(bytes(packed(plain)))).containsExactly(1.5, 12.25);
        java.nio.file.Path file = java.nio.file.Files.write(folder.resolve("x.csv.gz"), packed(plain));
        assertThat(times(CsvSource.of(file))).containsExactly(1.5, 12.25);
        byte[] cut = Arrays.copyOf(packed(plain), 40);
        assertThatThrownBy(() -> times(bytes(cut)))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("x.csv is packed by gzip and damaged or incomplete");
    }

    @Test
    void titleRowsAreRefusedWithTheLineOfTheHeader() {
        String title = "Study A\nexported 2024\n\ntime,status\n1.5,1\n12.25,0\n";
        String hint = "; line 4 looks like the header: delete the lines above it, or declare it (--header-row 4)";
        assertThatThrownBy(() -> times(text(title))).hasMessageEndingWith(hint);
        assertThatThrownBy(() -> CsvTable.read(text(title))).hasMessageEndingWith(hint);
        assertThat(times(text(title).withHeaderRow(4))).containsExactly(1.5, 12.25);
        assertThat(CsvTable.read(text(title).withHeaderRow(4)).line(1)).isEqualTo(6);
        String wide = "Study A;;\n;;\ntime;status;age\n1,5;1;3\n12,25;0;4\n";
        assertThatThrownBy(() -> times(text(wide))).hasMessageContaining("line 3 looks like the header");
        assertThat(times(text(wide).withHeaderRow(3))).containsExactly(1.5, 12.25);
        assertThatThrownBy(() -> times(text("\n" + title))).hasMessageContaining("line 5 looks like the header");
        assertThatThrownBy(() -> times(text(wide).withHeaderRow(9)))
                .hasMessage("x.csv: the header is declared on line 9 and the file ends on line 5");
        assertThat(times(text("sep=;\nStudy\ntime;status\n1,5;1\n12,25;0\n").withHeaderRow(3)))
                .containsExactly(1.5, 12.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Total", "Summe:", "mean", "Mittelwert"})
    void aLastRowThatSumsUpIsRefused(String word) {
        String table = "id,time,status\nA,1,1\nB,2,0\n" + word + ",3,1\n";
        assertThatThrownBy(() -> times(text(table)))
                .hasMessage("x.csv, row 3, line 4: the last row looks like a summary of the others; allowed: rows of"
                        + " data alone: delete it");
        assertThatThrownBy(() -> CsvTable.read(text(table))).hasMessageContaining("looks like a summary");
        assertThat(times(text("id,time,status\nTotal,1,1\nB,2,0\nTotal,3,1\n"))).hasSize(3);
    }

    @Test
    void rowsOfEmptyFieldsBetweenOthersAreRowsWithMissingValues() {
        String table = "time,status\n1,1\n,\n2,0\n,\n,\n";
        assertThatThrownBy(() -> times(text(table))).hasMessageContaining("row 2, line 3, column 'time', value ''");
        SurvivalData dropped = CsvData.read(text(table), PLAIN.withMissing(MissingValues.DROP));
        assertThat(dropped.size()).isEqualTo(2);
        assertThat(dropped.dropped()).isEqualTo(1);
    }

    @Test
    void fieldsBeyondTheHeaderAreRefusedIfTheyHoldAnything() {
        assertThatThrownBy(() -> times(text("time,status\n1,1,,x\n")))
                .hasMessageContaining("the row has 4 fields and the header 2");
        assertThatThrownBy(() -> times(text("time,status\n1,1,\"\"\n"))).hasMessageContaining("3 fields");
        assertThatThrownBy(() -> times(text("time,status,g\n1,1\n"))).hasMessageContaining("2 fields");
    }

    @Test
    void blanksInsideNamesAreShown() {
        assertThatThrownBy(() ->
                        CsvData.read(text("follow\u00A0up,sta\u200Btus\n1,1\n"), ColumnRoles.of("follow up", "x")))
                .hasMessageContaining("allowed: follow<U+00A0>up, sta<U+200B>tus");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(
            delimiter = '|',
            value = {
                "504B030414000600080000002100|an Excel workbook (.xlsx)|[Content_Types].xml",
                "504B030414000600080000002100|a ZIP archive|data.csv",
                "D0CF11E0A1B11AE1|an old Excel workbook (.xls)|",
                "24464C324028|an SPSS file (.sav)|",
                "000000000000000000000000C2EA8160B31411CFBD92080009C7318C181F1011|a SAS data set (.sas7bdat)|",
                "7301010000|a Stata file (.dta)|",
                "580A00000003|an R object (.rds)|",
                "524458330A580A|an R workspace (.RData)|",
                "504152311504|a Parquet file|",
                "255044462D312E37|a PDF document|",
                "3C21444F43545950452068746D6C3E|a web page|",
                "425A683931415926|compressed with bzip2|",
                "FD377A585A000004|compressed with xz|",
                "28B52FFD0458|compressed with zstd|"
            })
    void filesThatAreNoTextAreNamed(String hex, String words, String entry) throws IOException {
        byte[] start = Arrays.copyOf(java.util.HexFormat.of().parseHex(hex), entry == null ? hex.length() / 2 : 30);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(start);
        file.write((entry == null ? "" : entry).getBytes(StandardCharsets.US_ASCII));
        file.write(new byte[100]);
        for (byte[] one : List.of(file.toByteArray(), packed(file.toByteArray()))) {
            assertThatThrownBy(() -> times(bytes(one)))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageStartingWith("x.csv: this is " + words + "; allowed: delimited text (CSV): ");
        }
    }

    @Test
    void headersThatStartLikeOtherFilesAreRead() {
        assertThat(CsvTable.read(text("PAR1,A\n1,2\n")).columns()).containsExactly("PAR1", "A");
        assertThat(CsvTable.read(text("A\n2\n")).columns()).containsExactly("A");
        assertThat(CsvTable.read(text("X\n1\n")).columns()).containsExactly("X");
        assertThat(CsvTable.read(text("RDX2,BZh9\n1,2\n")).columns()).containsExactly("RDX2", "BZh9");
    }

    @Test
    void memoryThatRunsOutWhileReadingIsNoFaultOfTheData() {
        InputStream in = new ByteArrayInputStream("time,status\n1,1\n".getBytes(StandardCharsets.UTF_8));
        CsvSink full = new CsvSink() {
            @Override
            public void field(int index, char[] buffer, int from, int length) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public boolean record(int fields, long line) {
                return true;
            }
        };
        assertThatThrownBy(() -> CsvScanner.scan(in, "x", CsvDialect.recognised(100), full))
                .isInstanceOf(OutOfMemoryError.class);
    }

    /** One table, written in every way that leaves no doubt, is one table. */
    @Test
    void writtenAnotherWayItIsTheSameTable() throws IOException {
        SplittableRandom random = new SplittableRandom(20);
        for (int n = 0; n < 60; n++) {
            StringBuilder plain = new StringBuilder("time,status,grüße,age\n");
            for (int i = 0; i < 30; i++) {
                plain.append(random.nextInt(1, 400) + 0.25 * random.nextInt(4))
                        .append(',')
                        .append(random.nextInt(3))
                        .append(",ä")
                        .append(random.nextInt(3))
                        .append(',')
                        .append(random.nextInt(1, 90) + 0.5)
                        .append('\n');
            }
            String text = plain.toString();
            char delimiter = ";\t|".charAt(n % 3);
            if (n % 2 == 0) {
                text = text.replace(',', delimiter).replace('.', ',');
            }
            text = n % 5 == 0 ? text.replace("\n", "\r\n") : text;
            Charset charset = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, Charset.forName("windows-1252"))
                    .get(random.nextInt(3));
            byte[] written = text.getBytes(charset);
            CsvSource source = bytes(n % 7 == 0 ? packed(written) : written);
            source = charset.name().equals("windows-1252") ? source.withEncoding(charset) : source;
            ColumnRoles roles = PLAIN.withGroup("grüße").withCovariates(List.of("age"));
            SurvivalData one = CsvData.read(text(plain.toString()), roles);
            SurvivalData other = CsvData.read(source, roles);
            for (int i = 0; i < 30; i++) {
                assertThat(other.time(i)).isEqualTo(one.time(i));
                assertThat(other.status(i)).isEqualTo(one.status(i));
                assertThat(other.group().orElseThrow().value(i))
                        .isEqualTo(one.group().orElseThrow().value(i));
            }
            assertThat(other.numericCovariate("age")).containsExactly(one.numericCovariate("age"));
        }
    }
}

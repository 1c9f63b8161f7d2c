package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FileException;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.WeightType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBadInputTest {

    private static final ColumnRoles PLAIN = ColumnRoles.of("months", "state");

    private static String message(String text, ColumnRoles roles) {
        return String.valueOf(error(text, roles).getMessage());
    }

    private static InvalidDataException error(String text, ColumnRoles roles) {
        return errorOf(io.engraft.data.io.CsvSource.ofText(text, "bad.csv"), roles);
    }

    private static String messageOfBytes(byte[] bytes) {
        return String.valueOf(
                errorOf(io.engraft.data.io.CsvSource.of(new ByteArrayInputStream(bytes), "bad.csv"), PLAIN)
                        .getMessage());
    }

    private static InvalidDataException errorOf(io.engraft.data.io.CsvSource source, ColumnRoles roles) {
        try {
            CsvData.read(source, roles);
        } catch (InvalidDataException e) {
            return e;
        }
        throw new AssertionError("no error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN|missing value",
                "Infinity|not a number",
                "-inf|not a number",
                "1e999|too large for a number",
                "-1|allowed: 0 <= time < infinity",
                "-0.50|allowed: 0 <= time < infinity",
                "0x1p3|not a number",
                "1d|not a number",
                "1,5|it has a comma; allowed: a decimal point",
                "1.234,5|it has a thousands separator",
                "1,234.5|it has a thousands separator",
                "1,234,567|it has a thousands separator",
                "1 234|it has a thousands separator (a blank)",
                "1\u202F234,5|it has a thousands separator (U+202F)",
                "1'234|it has a thousands separator (U+0027)",
                "\u0661\u0662|its digits are of another script; allowed: the digits 0 to 9",
                "\uFF11.5|its digits are of another script",
                "5%|not a number",
                "twelve|not a number"
            })
    void aBadTimeIsNamedWithFileRowLineColumnAndValue(String value, String reason) {
        assertThat(message("months,state\n3,1\n\"" + value + "\",0\n", PLAIN))
                .startsWith("bad.csv, row 2, line 3, column 'months', value '" + value + "': ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dead|not a status code; allowed: 0 for censored, 1 to 64 for events",
                "-1|allowed: 0 for censored, 1 to 64 for events",
                "65|allowed: 0 for censored, 1 to 64 for events",
                "1.5|allowed: a whole number, 0 for censored",
                "1e10|allowed: a whole number",
            })
    void aBadStatusIsNamed(String value, String reason) {
        assertThat(message("state,months\n" + value + ",1\n", PLAIN))
                .startsWith("bad.csv, row 1, line 2, column 'state', value '" + value + "': ")
                .contains(reason);
    }

    @Test
    void aStatusBeyondTheLabelsIsUnknown() {
        assertThat(message("state,months\n3,1\n", PLAIN.withCauseLabels(List.of("relapse", "death"))))
                .contains("value '3': allowed: 0 for censored, 1 to 2 for events");
    }

    @Test
    void anUnknownStatusLevelIsNamed() {
        assertThat(message("months,state\n1,alive\n2,lost\n", PLAIN.withEvents(List.of("relapse", "death"), "alive")))
                .isEqualTo("bad.csv, row 2, line 3, column 'state', value 'lost': unknown status; allowed: alive for"
                        + " censored, relapse, death for events");
    }

    @Test
    void entryNotBeforeTimeIsNamed() {
        assertThat(message("months,state,start\n5,1,5\n5,1,-1\n5,1,6.50\n", PLAIN.withEntry("start")))
                .contains("row 1, line 2, column 'start', value '5': allowed: entry < time, which is 5.0")
                .contains("row 2, line 3, column 'start', value '-1': allowed: 0 <= entry < infinity")
                .contains("row 3, line 4, column 'start', value '6.50': allowed: entry < time");
    }

    @Test
    void badWeightsAreNamed() {
        assertThat(message(
                        "months,state,w\n5,1,NaN\n5,1,-2\n5,1,Infinity\n", PLAIN.withWeight("w", WeightType.FREQUENCY)))
                .contains("row 1, line 2, column 'w', value 'NaN': missing value")
                .contains("row 2, line 3, column 'w', value '-2': allowed: 0 <= weight < infinity")
                .contains("row 3, line 4, column 'w', value 'Infinity': not a number");
    }

    @Test
    void everyProblemOfEveryRowIsListedInOrder() {
        InvalidDataException error = error("months,state\nx,y\n1,1\n,0\n-4,9e9\n", PLAIN);
        assertThat(error.problems())
                .extracting(p -> p.row() + "/" + p.line() + " " + p.column() + "=" + p.value())
                .containsExactly("1/2 months=x", "1/2 state=y", "3/4 months=", "4/5 state=9e9");
    }

    @Test
    void linesCountLineBreaksWithinQuotes() {
        assertThat(message("months,state,note\n1,1,\"a\nb\nc\"\nx,0,d\n", PLAIN))
                .contains("row 2, line 5, column");
    }

    @Test
    void listingStopsAtTheLimit() {
        StringBuilder text = new StringBuilder("months,state\n");
        for (int i = 0; i < 3000; i++) {
            text.append("x,1\n");
        }
        InvalidDataException error = error(text.toString(), PLAIN);
        assertThat(error.problems()).hasSize(DataCheck.MOST_PROBLEMS);
        assertThat(error).hasMessageEndingWith("and 990 more");
        assertThat(error("months,state\n" + "1,2,3\n".repeat(3000), PLAIN).problems())
                .hasSize(DataCheck.MOST_PROBLEMS);
    }

    @Test
    void missingValuesAreListedByRow() {
        assertThat(message("months,state\n1,1\n,0\n3,NA\n", PLAIN))
                .contains("row 2, line 3, column 'months', value '': missing value; allowed: a value in every row")
                .contains("row 3, line 4, column 'state', value 'NA': missing value");
    }

    @Test
    void droppingEveryRowIsAnError() {
        assertThat(message("months,state\nNA,1\n", PLAIN.withMissing(MissingValues.DROP)))
                .isEqualTo("bad.csv: every row has a missing value, so none is left");
    }

    @Test
    void missingColumnsAreNamedBesideThoseThatAreThere() {
        assertThat(message("time,status\n1,1\n", PLAIN.withGroup("arm")))
                .contains("bad.csv, column 'months': there is no such column; allowed: time, status")
                .contains("column 'state': there is no such column")
                .contains("column 'arm': there is no such column");
    }

    @Test
    void duplicateColumnsAreNamed() {
        assertThat(message("months,state, months\n1,1,2\n", PLAIN))
                .isEqualTo("bad.csv, line 1, column 'months': columns 1 and 3 have the same name; allowed: distinct"
                        + " names");
    }

    @Test
    void columnsWithoutANameAreIgnored() {
        assertThat(CsvData.read(io.engraft.data.io.CsvSource.ofText(",,months,state\n1,a,2,1\n", "x"), PLAIN)
                        .time(0))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n", "\n\n  \n"})
    void anEmptyFileIsNamed(String text) {
        assertThat(message(text, PLAIN)).isEqualTo("bad.csv: the file is empty; allowed: a header and rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"months,state", "months,state\n", "months,state\r\n\r\n"})
    void aHeaderAloneIsNamed(String text) {
        assertThat(message(text, PLAIN)).isEqualTo("bad.csv: there is a header and no row; allowed: at least one row");
    }

    @Test
    void raggedRowsAreListed() {
        assertThat(message("months,state\n1,1\n2\n3,1,4\n", PLAIN))
                .contains(
                        "bad.csv, row 2, line 3: the row has 1 field and the header 2; allowed: as many as the header")
                .contains("bad.csv, row 3, line 4: the row has 3 fields and the header 2");
    }

    @Test
    void aBlankLineIsAllowedOnlyAtTheEnd() {
        assertThat(message("months,state\n1,1\n\n3,1\n", PLAIN))
                .isEqualTo("bad.csv, line 3: blank line; allowed: only at the end of the file");
    }

    @Test
    void anUnclosedQuoteIsNamedByTheLineItStartsOn() {
        assertThat(message("months,state\n1,1\n\"2,1\n3,1\n4,0\n", PLAIN))
                .isEqualTo("bad.csv, line 3: a quote is opened in the record that starts here and never closed");
        assertThat(message("months,state\n1,1\n2,\"1", PLAIN)).contains("line 3: a quote is opened");
        assertThat(message("\"months,state\n1,1\n", PLAIN)).contains("line 1: a quote is opened");
    }

    @Test
    void textAfterAClosingQuoteIsNamed() {
        assertThat(message("months,state\n1,1\n\"2\"x,1\n", PLAIN))
                .contains("line 3: characters follow a closing quote");
    }

    @Test
    void csv_hugeField() {
        String huge = "9".repeat(1_000_000);
        assertThat(message("months,state,note\n1,1,a\n2,0," + huge + "\n", PLAIN))
                .isEqualTo("bad.csv, line 3: LIMIT: a field of the record that starts here has more than 65536"
                        + " characters; is a quote left open?");
        assertThat(message("months,state,note\n1,1,\"" + huge, PLAIN)).contains("line 2: LIMIT");
        assertThat(message(huge + ",state\n1,1", PLAIN)).contains("line 1: LIMIT");
        assertThat(message("months,state,note\n1,1,a\n2,0," + "b".repeat(65_537) + "\n", PLAIN))
                .contains("line 3: LIMIT");
    }

    @Test
    void theFieldLimitHoldsWhereverTheFieldBegins() {
        for (int before = 0; before < 4; before++) {
            String start = "months,state,note\n" + "1,1,abc\n".repeat(before * 331);
            assertThat(CsvData.read(
                                    io.engraft.data.io.CsvSource.ofText(start + "2,0," + "b".repeat(65_536), "x"),
                                    PLAIN)
                            .size())
                    .isEqualTo(before * 331 + 1);
            for (int length : new int[] {65_537, 70_000, 131_071, 131_072, 131_073, 200_000}) {
                assertThat(message(start + "2,0," + "b".repeat(length) + "\n", PLAIN))
                        .contains("line " + (before * 331 + 2) + ": LIMIT");
            }
        }
    }

    @Test
    void theFieldLimitCanBeRaised() {
        String huge = "9".repeat(1 << 20);
        var source = io.engraft.data.io.CsvSource.ofText("months,state,note\n2,0," + huge + "\n", "x")
                .withFieldLimit(2 << 20);
        assertThat(CsvData.read(source, PLAIN).size()).isEqualTo(1);
        assertThat(CsvTable.read(source).text(0, "note")).hasSize(1 << 20);
        assertThatThrownBy(() -> source.withFieldLimit(0)).hasMessageContaining("field limit is 0");
        assertThatThrownBy(() -> source.withFieldLimit(Integer.MAX_VALUE)).hasMessageContaining("field limit <=");
    }

    @Test
    void malformedUtf8IsNamedByItsLine() {
        assertThat(messageOfBytes("months,state\n1,1\nJos\u00e9,2\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(
                        "bad.csv, line 3: byte 0xE9 is not valid UTF-8; allowed: a file saved as UTF-8 ('CSV UTF-8' in"
                                + " Excel), or its encoding declared (--encoding windows-1252, say)");
        assertThat(messageOfBytes("months,state\r\n1,1\r\n2,\u00ff".getBytes(StandardCharsets.ISO_8859_1)))
                .contains("line 3: byte 0xFF is not valid UTF-8");
        assertThat(messageOfBytes(new byte[] {'a', '\n', (byte) 0xE2, (byte) 0x82}))
                .contains("line 2: the file ends within a character");
        assertThat(messageOfBytes("months,state\n1,1\n".getBytes(StandardCharsets.UTF_16LE)))
                .contains("it looks like UTF-16 without a byte-order mark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 80",
                "C1 BF",
                "E0 80 80",
                "ED A0 80",
                "F0 80 80 80",
                "F4 90 80 80",
                "F5 80 80 80",
                "80",
                "E2 28 A1"
            })
    void overlongFormsSurrogatesAndStrayBytesAreMalformed(String hex) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        assertThat(messageOfBytes(bytes)).contains("is not valid UTF-8");
    }

    @Test
    void everyWellFormedCharacterIsRead() {
        String text = "months,state,g\n1,1,\u00e9\u07ff\u0800\ud7ff\uffee\ud83d\ude00\udbff\udfff\n";
        assertThat(CsvData.read(io.engraft.data.io.CsvSource.ofText(text, "x"), PLAIN.withGroup("g"))
                        .group()
                        .orElseThrow()
                        .value(0))
                .isEqualTo("\u00e9\u07ff\u0800\ud7ff\uffee\ud83d\ude00\udbff\udfff");
    }

    @Test
    void textInADeclaredNumberColumnIsNamed() {
        assertThat(message("months,state,age\n1,1,40\n2,0,old\n", PLAIN.withCovariate("age", CovariateType.NUMERIC)))
                .startsWith("bad.csv, row 2, line 3, column 'age', value 'old': not a number");
    }

    @Test
    void miswrittenNumbersInACovariateAreNotTakenForLevels() {
        ColumnRoles roles = PLAIN.withCovariates(List.of("age"));
        assertThat(message("months,state,age\n1,1,40\n2,0,\"41,5\"\n3,0,Infinity\n4,0,40\n", roles))
                .contains("row 2, line 3, column 'age', value '41,5': not a number, in a column of numbers; correct it,"
                        + " declare it as a mark of missing (--missing), or the column as categorical (--categorical"
                        + " age)")
                .contains("row 3, line 4, column 'age', value 'Infinity'");
        StringBuilder many = new StringBuilder("months,state,age\n");
        for (int i = 0; i < 12; i++) {
            many.append("1,1,").append(i).append('\n');
        }
        assertThat(message(many + "1,1,unknown\n", roles)).contains("row 13, line 14, column 'age', value 'unknown'");
        assertThat(CsvData.read(
                                io.engraft.data.io.CsvSource.ofText(many + "1,1,unknown\n", "x"),
                                PLAIN.withCovariate("age", CovariateType.CATEGORICAL))
                        .categoricalCovariate("age")
                        .levels())
                .hasSize(13);
    }

    @Test
    void filesThatCannotBeReadAreNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> CsvData.read(folder.resolve("none.csv"), PLAIN))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("none.csv does not exist");
        assertThatThrownBy(() -> CsvData.read(folder, PLAIN))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("cannot be read");
        InputStream broken = new InputStream() {
            private int count;

            @Override
            public int read() throws IOException {
                if (count++ > 5) {
                    throw new IOException("line went dead");
                }
                return 'a';
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                buffer[from] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> CsvData.read(io.engraft.data.io.CsvSource.of(broken, "pipe"), PLAIN))
                .isInstanceOf(FileException.class)
                .hasMessage("pipe cannot be read: line went dead");
    }
}

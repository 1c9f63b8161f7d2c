package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two dates in place of a time. */
class DatePairTest {

    private static final ColumnRoles DATES = ColumnRoles.ofDates("tx", "end", "s");

    private static SurvivalData read(String text, ColumnRoles roles) {
        return CsvData.read(io.engraft.data.io.CsvSource.ofText(text, "d.csv"), roles);
    }

    @Test
    void countsWholeDaysInTheUnit() {
        // 2020 is a leap year: 366 days from the first of January to the next.
        String text = "tx,end,s\n2020-01-01,2021-01-01,1\n2020-02-28,2020-03-01,0\n2020-05-05,2020-05-05,0\n";
        assertThat(read(text, DATES.withUnit(DurationUnit.DAYS)).time(0)).isEqualTo(366);
        assertThat(read(text, DATES.withUnit(DurationUnit.DAYS)).time(1)).isEqualTo(2);
        assertThat(read(text, DATES).time(0)).isEqualTo(366 / 30.4375);
        assertThat(read(text, DATES.withUnit(DurationUnit.YEARS)).time(0)).isEqualTo(366 / 365.25);
        assertThat(read(text, DATES).time(2)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yyyy, 01.02.2020, 11.02.2020",
        "MM/dd/yyyy, 02/01/2020, 02/11/2020",
        "d.M.yyyy, 1.2.2020, 11.2.2020",
        "ddMMMyyyy, 01FEB2020, 11Feb2020",
        "yyyy-MM-dd, 2020-02-01T00:00:00Z, 2020-02-11 00:00:00.000"
    })
    void readsDeclaredFormats(String format, String from, String to) {
        SurvivalData data = read(
                "tx,end,s\n" + from + "," + to + ",1\n",
                DATES.withDateFormat(format).withUnit(DurationUnit.DAYS));
        assertThat(data.time(0)).isEqualTo(10);
    }

    @Test
    void anEntryIsADateToo() {
        SurvivalData data = read(
                "tx,ref,end,s\n2020-01-01,2020-01-11,2020-01-31,1\n",
                DATES.withEntry("ref").withUnit(DurationUnit.DAYS));
        assertThat(data.entry(0)).isEqualTo(10);
        assertThat(data.time(0)).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-01|2019-12-31|column 'end', value '2019-12-31': before 2020-01-01, the date in column tx",
                "2020-01-01|9999-12-31|column 'end', value '9999-12-31': such a date stands for one that is not known",
                "1900-01-01|2020-12-31|column 'tx', value '1900-01-01': such a date stands for one",
                "2020-01-01|2020-02-30|column 'end', value '2020-02-30': there is no such day in the calendar",
                "2020-01-01|01.02.2020|column 'end', value '01.02.2020': not a date; allowed: year-month-day",
                "2020-01-01|2020-01-05 13:45|midnight alone",
                "2020-01-01|12|not a date",
                "2020-01-01|3.4.2020|another order that is declared (--date-format d.M.yyyy or M.d.yyyy)",
                "2020-01-01|31/4/2020|another order that is declared (--date-format d/M/yyyy)",
                "2020-01-01|03.04.20|a year of two digits may be of either century; allowed: years of four digits, as in 2024"
            })
    void badDatesAreNamed(String from, String to, String message) {
        assertThatThrownBy(() -> read("tx,end,s\n" + from + "," + to + ",1\n", DATES))
                .hasMessageStartingWith("d.csv, row 1, line 2, ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dd.MM.yy", "yyyy", "HH:mm", "dd.MM.yyyyy", "", "dd MM yyyy HH"})
    void formatsThatLeaveADateOpenAreRefused(String format) {
        assertThatThrownBy(() -> DATES.withDateFormat(format)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void yearsOfTwoDigitsNeedFourWhateverTheFormat() {
        ColumnRoles german = DATES.withDateFormat("d.M.yyyy");
        assertThatThrownBy(() -> read("tx,end,s\n1.1.2020,3.4.20,1\n", german))
                .hasMessageContaining(
                        "value '3.4.20': not a date: a year of two digits may be of either century; allowed:"
                                + " years of four digits, as in d.M.yyyy");
        assertThatThrownBy(() -> DATES.withDateFormat("dd.MM.yy")).hasMessageContaining("are to be written with four");
    }

    /** One error a row, up to a thousand, where the two options were swapped. */
    @Test
    void swappedColumnsAreOneError() {
        StringBuilder rows = new StringBuilder("tx,end,s\n");
        for (int i = 0; i < 19; i++) {
            rows.append("2020-02-01,2020-01-0").append(1 + i % 9).append(",1\n");
        }
        String nearly = rows + "2020-01-01,2020-01-01,0\n";
        assertThatThrownBy(() -> read(nearly, DATES))
                .hasMessage(
                        "d.csv, column 'end': in 19 of 20 rows it is before the date in column tx; allowed: that day or"
                                + " later, so perhaps the two columns are swapped (--from is the first date, --to the last)");
        String few = "tx,end,s\n2020-02-01,2020-01-01,1\n2020-02-01,2020-01-02,1\n2020-02-01,2020-03-01,1\n";
        assertThatThrownBy(() -> read(few, DATES)).hasMessageContaining("row 2, line 3");
    }

    @Test
    void missingDatesAreMissing() {
        ColumnRoles drop = DATES.withMissing(MissingValues.DROP).withMissingMarks(List.of("9999-12-31"));
        assertThat(read("tx,end,s\n2020-01-01,9999-12-31,1\n2020-01-01,2020-01-02,1\n", drop)
                        .size())
                .isEqualTo(1);
    }
}

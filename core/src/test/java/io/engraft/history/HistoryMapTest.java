package io.engraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registry exports: other names, yes and no beside a date, one date of death or last contact. */
class HistoryMapTest {

    private static final String MAP = """
            name,column
            id,patid
            transplant_date,hct
            relapse,relapse_date
            relapse_flag,relapse
            death,last_seen
            death_flag,vital_status
            last_contact,last_seen
            date_format,dd.MM.yyyy
            """;

    private static HistoryTable read(String map, String text) {
        return HistoryCsv.read(
                CsvSource.ofText(text, "e.csv"), HistoryMap.read(CsvSource.ofText(map, "m.csv")), OtherColumns.FAIL);
    }

    @Test
    void readsYesAndNoBesideDates() {
        HistoryTable table = read(MAP, """
                patid,hct,relapse,relapse_date,vital_status,last_seen
                A,01.03.2020,Yes,11.03.2020,Dead,31.03.2020
                B,01.03.2020,no,,alive,01.03.2021 00:00
                """);
        TransplantHistory a = table.histories().get(0);
        assertThat(a.firstRelapse()).hasValue(10);
        assertThat(a.day(TransplantEvent.DEATH)).hasValue(30);
        TransplantHistory b = table.histories().get(1);
        assertThat(b.firstRelapse()).isEmpty();
        assertThat(b.day(TransplantEvent.DEATH)).isEmpty();
        assertThat(b.end()).isEqualTo(365);
        assertThat(table.availableEndpoints(EndpointRules.withDefaults())).contains(Endpoint.OS, Endpoint.DFS);
    }

    /** The library's own names and its own way to write dates are in no column of the file. */
    @Test
    void conflictsNameTheColumnsAndValuesOfTheFile() {
        assertThatThrownBy(() -> read(MAP, """
                        patid,hct,relapse,relapse_date,vital_status,last_seen
                        A,01.03.2020,yes,05.04.2020,dead,31.03.2020
                        """))
                .hasMessage(
                        "e.csv, row 1, line 2, column 'relapse_date', value '05.04.2020': patient A: relapse (column"
                                + " relapse_date) is after death (column last_seen), 31.03.2020; allowed: on that day or before");
        String two = "name,column\nid,id\ndeath,died\nlast_contact,seen\n";
        assertThatThrownBy(() -> read(two, "id,died,seen\nA,90,100\n"))
                .hasMessage("e.csv, row 1, line 2, column 'seen', value '100': patient A: last_contact (column seen) is"
                        + " after death (column died), day 90; allowed: the same day, or no last contact where death is"
                        + " known");
    }

    @Test
    void anUnknownNameListsAllThatThereAre() {
        assertThatThrownBy(() -> HistoryMap.read(CsvSource.ofText("name,column\nrelapsed,x\n", "m.csv")))
                .hasMessageStartingWith(
                        "m.csv, row 1, line 2, column 'name', value 'relapsed': no name of a map; allowed: id,"
                                + " transplant_date, yes, no, missing, date_format, an event (engraftment, graft_failure,")
                .hasMessageEndingWith("or an event with _flag behind it, as in relapse_flag");
        assertThatThrownBy(() -> HistoryMap.read(CsvSource.ofText("name,column\ngvhd_flag,x\n", "m.csv")))
                .hasMessageContaining("value 'gvhd_flag': no name of a map; allowed: id,");
        assertThatThrownBy(() -> HistoryMap.read(CsvSource.ofText("name,column\ndate_format,dd.MM.yy\n", "m.csv")))
                .hasMessageContaining(
                        "column 'column', value 'dd.MM.yy': date format is 'dd.MM.yy'; allowed: d, M and yyyy");
    }

    @Test
    void marksOfOneColumnAndWhatBecameOfThemAreSaid() {
        HistoryMap map = HistoryMap.read(CsvSource.ofText("name,column\nmissing,unknown|age=99\n", "m.csv"));
        String rows = "id,last_contact,age,day,sex\nA,100,99,99,unknown\nB,200,12,7,.\nC,300,99,8,m\n";
        HistoryTable table = HistoryCsv.read(CsvSource.ofText(rows, "e.csv"), map, OtherColumns.KEEP);
        TidyTable kept = table.endpoints(List.of(), EndpointRules.withDefaults(), DurationUnit.DAYS);
        assertThat(kept.value(0, "age")).isNull();
        assertThat(kept.value(0, "day")).isEqualTo(99.0);
        assertThat(table.warnings())
                .containsExactly(
                        "marks of a missing value became empty cells in columns that are carried along: age ('99'"
                                + " in 2 rows), sex ('unknown' in 1 row, '.' in 1 row)");
        assertThat(HistoryCsv.read(CsvSource.ofText("id,last_contact,a\nA,100,\n", "e.csv"), OtherColumns.KEEP)
                        .warnings())
                .isEmpty();
        HistoryMap other = HistoryMap.none().withMissingMarks(List.of("size=1"));
        assertThatThrownBy(() -> HistoryCsv.read(CsvSource.ofText(rows, "e.csv"), other, OtherColumns.KEEP))
                .hasMessageContaining("column 'size': there is no such column");
    }

    @Test
    void contradictionsAreNamedRowByRow() {
        assertThatThrownBy(() -> read(MAP, """
                        patid,hct,relapse,relapse_date,vital_status,last_seen
                        A,01.03.2020,yes,,alive,31.03.2020
                        B,01.03.2020,no,05.03.2020,alive,31.03.2020
                        C,01.03.2020,unknown,,alive,31.03.2020
                        D,01.03.2020,,05.03.2020,dead,31.03.2020
                        E,01.03.2020,no,,dead,
                        """))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "row 1, line 2, column 'relapse_date', value '': missing value, and column relapse says"
                                + " 'yes'")
                .hasMessageContaining(
                        "row 2, line 3, column 'relapse_date', value '05.03.2020': relapse has a date, and"
                                + " column relapse says 'no'")
                .hasMessageContaining("row 3, line 4, column 'relapse', value 'unknown': neither yes nor no")
                .hasMessageContaining(
                        "row 4, line 5, column 'relapse', value '': missing value, and relapse has a date")
                .hasMessageContaining("row 5, line 6, column 'last_seen'");
    }

    @Test
    void levelsAreDeclared() {
        HistoryTable table = read(MAP + "yes,1|Deceased\nno,0|unknown|Living\nmissing,99.99.9999\n", """
                patid,hct,relapse,relapse_date,vital_status,last_seen
                A,01.03.2020,unknown,99.99.9999,deceased,31.03.2020
                """);
        assertThat(table.histories().get(0).day(TransplantEvent.DEATH)).hasValue(30);
    }

    @Test
    void mapsThatNameNothingAreRefused() {
        assertThatThrownBy(() -> read("name,column\nrelaps,x\n", "id,death\nA,1\n"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("m.csv, row 1, line 2, column 'name', value 'relaps'");
        assertThatThrownBy(() -> read("name,column\ndeath,dod\n", "id,death\nA,1\n"))
                .hasMessageContaining("column 'dod': there is no such column");
        assertThatThrownBy(() -> read("name,column\nrelapse_flag,rel\n", "id,rel,death\nA,1,2\n"))
                .hasMessageContaining("no column says when");
        assertThatThrownBy(() -> HistoryMap.none().withDateFormat("dd.MM.yy"))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void datesThatStandForNoneAreRefused() {
        for (String date : List.of("1900-01-01", "9999-12-31")) {
            assertThatThrownBy(() -> HistoryCsv.read(
                            CsvSource.ofText("id,transplant_date,last_contact\nA,2020-01-01," + date + "\n", "h.csv")))
                    .hasMessageContaining("h.csv, row 1, line 2, column 'last_contact', value '" + date
                            + "': such a date stands for one that is not known");
        }
        assertThat(HistoryCsv.read(CsvSource.ofText(
                                "id,transplant_date,last_contact\nA,2020-01-01T00:00:00Z,2020-01-11 00:00\n", "h.csv"))
                        .histories()
                        .get(0)
                        .end())
                .isEqualTo(10);
    }
}

package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.EngraftException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventCounts;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.KaplanMeier;
import io.engraft.testing.RandomFollowUp;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event tables as text: what is read equals what was written, and what is damaged is named. */
class EventTableTextTest {

    private static final double[] AWKWARD = {0.1, 1e-17, 1e17, 0.3, 1e-300, 7, 1.0 / 3, 0};

    private static final String SMALL = """
            {"engraftEventTable": 2, "unit": "months", "causes": ["relapse", "death"], "weights": null, "groups": [
              {"group": "A", "rowsFromStart": 3, "times": [1, 2.5], "censored": [0, 1], "events": [[1, 0], [0, 1]]}]}
            """;

    private static final String SMALL_CSV = """
            version,unit,group,time,entered,censored,event:relapse,event:death
            2,months,A,,3,,,
            2,months,A,1,0,0,1,0
            2,months,A,2.5,0,1,0,1
            """;

    private static EventTable small() {
        return EventTable.builder(List.of("relapse", "death"))
                .unit(DurationUnit.MONTHS)
                .add(1, 1)
                .add(2.5, 0)
                .add(2.5, 2)
                .build();
    }

    private static SurvivalData data(RandomFollowUp sample, int weights) {
        SurvivalData.Builder data =
                SurvivalData.builder(sample.time, sample.status).causes(List.of("relapse", "other, \"so\"", "3"));
        if (sample.hasEntry) {
            data.entry(sample.entry);
        }
        double[] weight = new double[sample.size()];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = AWKWARD[(int) ((i * 31L + sample.seed) % AWKWARD.length)];
        }
        if (weights > 0) {
            if (weights == 1) {
                data.weights(Arrays.stream(weight).map(Math::ceil).toArray(), WeightType.FREQUENCY);
            } else {
                data.weights(weight, WeightType.SAMPLING);
            }
        }
        return data.group(io.engraft.data.Categories.of(sample.group)).build();
    }

    @Test
    void whatIsReadEqualsWhatWasWritten() {
        for (long seed = 0; seed < 60; seed++) {
            for (int weights = 0; weights < 3; weights++) {
                Map<String, EventTable> tables = EventTable.byGroup(data(RandomFollowUp.of(seed), weights));
                Map<String, EventTable> fromJson = EventTableText.ofJson(EventTableText.json(tables), "tables.json");
                Map<String, EventTable> fromCsv = EventTableCsv.read(
                        io.engraft.data.io.CsvSource.ofText(EventTableCsv.text(tables), "tables.csv"));
                assertThat(fromJson).as("seed %d", seed).isEqualTo(tables);
                assertThat(fromCsv).as("seed %d", seed).isEqualTo(tables);
                assertThat(fromJson.keySet()).containsExactlyElementsOf(tables.keySet());
                tables.forEach((g, table) -> assertSameSums(of(fromJson, g), table));
                tables.forEach((g, table) -> assertSameSums(of(fromCsv, g), table));
            }
        }
    }

    private static void assertSameSums(EventTable actual, EventTable expected) {
        EventCounts a = EventCounts.of(actual);
        EventCounts e = EventCounts.of(expected);
        assertThat(actual.atRiskWeights()).isEqualTo(expected.atRiskWeights());
        for (int i = 0; i < e.size() && expected.weightType().isPresent(); i++) {
            for (int c = 0; c < e.columns(); c++) {
                assertThat(a.weight(i, c)).isEqualByComparingTo(e.weight(i, c));
                if (expected.weightType().orElseThrow() == WeightType.SAMPLING) {
                    assertThat(a.squaredWeight(i, c)).isEqualByComparingTo(e.squaredWeight(i, c));
                }
            }
        }
    }

    @Test
    void theDocumentedTextsAreTheSmallTable() {
        assertThat(EventTableText.ofJson(SMALL, "x.json")).containsExactly(Map.entry("A", small()));
        assertThat(EventTableCsv.read(io.engraft.data.io.CsvSource.ofText(SMALL_CSV, "x.csv")))
                .containsExactly(Map.entry("A", small()));
        assertThat(EventTableCsv.text(Map.of("A", small()))).isEqualTo(SMALL_CSV);
    }

    @Test
    void sumsKeepEveryDigit() {
        EventTable table = EventTable.builder(List.of("1"), WeightType.FREQUENCY)
                .addWeighted(1, 1, 0x1p53)
                .addWeighted(1, 1, 1)
                .addWeighted(2, 0, 0x1p60)
                .addWeighted(2, 0, 3)
                .build();
        EventCounts counts = EventCounts.of(table);
        assertThat(counts.weight(0, 1)).isEqualByComparingTo("9007199254740993");
        assertThat(counts.weight(1, 0)).isEqualByComparingTo("1152921504606846979");
        String json = EventTableText.json(Map.of("all", table));
        assertThat(json).contains("\"9.007199254740992E15+1\"");
        assertSameSums(of(EventTableText.ofJson(json, "x"), "all"), table);
    }

    @Test
    void aSumMayBeWrittenByHand() {
        String json = """
                {"engraftEventTable": 1, "causes": ["1"], "weights": "frequency", "groups": [{"group": "all",
                 "rowsFromStart": 1, "times": [1], "censored": [0], "events": [[1]],
                 "weight": {"censored": [0], "events": [["2+3"]]}}]}
                """;
        assertThat(of(EventTableText.ofJson(json, "x"), "all").eventWeight(0)).isEqualTo(5);
        assertThat(of(EventTableText.ofJson(json.replace("2+3", "1e+1 + 2"), "x"), "all")
                        .eventWeight(0))
                .isEqualTo(12);
        for (String wrong : List.of("x", "", "1+", "1e400", "-1")) {
            assertThatThrownBy(() -> EventTableText.ofJson(json.replace("2+3", wrong), "x"))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("sum of weights");
        }
    }

    @Test
    void filesAreReadBackAndCurvesAreTheSame(@TempDir Path folder) throws IOException {
        Map<String, EventTable> tables = EventTable.byGroup(data(RandomFollowUp.of(11), 1));
        EventTableText.writeJson(tables, folder.resolve("t.json"));
        EventTableCsv.write(tables, folder.resolve("t.csv"));
        Map<String, EventTable> json = EventTableText.readJson(folder.resolve("t.json"));
        Map<String, EventTable> csv = EventTableCsv.read(io.engraft.data.io.CsvSource.of(folder.resolve("t.csv")));
        tables.forEach((group, table) -> {
            assertThat(CsvOutput.text(
                            KaplanMeier.withDefaults().fit(of(json, group)).tidy()))
                    .isEqualTo(
                            CsvOutput.text(KaplanMeier.withDefaults().fit(table).tidy()));
            assertThat(csv.get(group)).isEqualTo(table);
        });
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThatThrownBy(() -> EventTableText.readJson(folder.resolve("none.json")))
                .isInstanceOf(EngraftException.class)
                .hasMessageContaining("none.json cannot be read");
        assertThatThrownBy(() -> EventTableText.writeJson(tables, folder.resolve("no/where.json")))
                .isInstanceOf(EngraftException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void namesThatSpreadsheetsWouldRunComeBack() {
        Map<String, EventTable> tables = new LinkedHashMap<>();
        tables.put("=1+1", small());
        tables.put("-1", small());
        tables.put("B \"b\", c", small());
        assertThat(EventTableCsv.text(tables)).contains("'=1+1");
        assertThat(EventTableCsv.read(io.engraft.data.io.CsvSource.ofText(EventTableCsv.text(tables), "x")))
                .isEqualTo(tables);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "engraftEventTable": 2  | "engraftEventTable": 3           | line 1, column 'engraftEventTable', value '3': allowed: version 1 or 2
            "engraftEventTable": 2  | "engraftEventTable": 1           | column 'unit', value 'months': unknown key
            "unit": "months"        | "unit": "weeks"                  | column 'unit', value 'weeks': allowed: null, "days", "months" or "years"
            "unit": "months",       | ''                               | the key 'unit' is missing
            "weights": null         | "weights": "kilograms"           | column 'weights', value 'kilograms': allowed: null, "frequency" or "sampling"
            "weights": null         | "weights": "frequency"           | the key 'weight' is missing
            "rowsFromStart": 3      | "rowsFromStart": 2               | number of rows that leave at time 2.5 is 2; allowed: at most the 1 at risk
            "rowsFromStart": 3      | "rowsFromStart": 4               | number of rows that never leave is 1; allowed: 0
            "rowsFromStart": 3      | "rowsFromStart": 2.5             | column 'groups[0].rowsFromStart', value '2.5': expected a whole number
            "rowsFromStart": 3      | "rowsFromStart": -3              | rows from the start is -3; allowed: rows from the start >= 0
            [1, 2.5]                | [2.5, 1]                         | time is 1.0; allowed: finite, >= 0, and after 2.5
            [1, 2.5]                | [-1, 2.5]                        | time is -1.0; allowed: finite, >= 0
            [1, 2.5]                | [1]                              | column 'groups[0].censored', value '[...]': the list has 2 items; allowed: 1, one a time
            [[1, 0], [0, 1]]        | [[1, 0]]                         | there are 1 lists; allowed: 2, one a cause
            [[1, 0], [0, 1]]        | [[1, 0], [0, -1]]                | count at time 2.5 is -1
            [0, 1], "events"        | [0, 1], "extra": 1, "events"     | column 'groups[0].extra', value '1': unknown key
            [0, 1], "events"        | [0, 1], "entered": [0, 0], "events" | the key 'shortestInterval' is missing
            [0, 1], "events"        | [0, 1], "shortestInterval": 0.5, "events" | the key 'shortestInterval' is there though nothing calls for it
            [0, 1], "events"        | [0, 1], "entered": [0, 0], "shortestInterval": 0, "events" | shortest interval is 0.0; allowed: above 0, at most 1
            "death"                 | "relapse"                        | cause labels is [relapse, relapse]; allowed: distinct labels
            """)
    void damagedJsonIsNamed(String from, String to, String message) {
        assertThat(SMALL).contains(from);
        assertThatThrownBy(() -> EventTableText.ofJson(SMALL.replace(from, to), "centre.json"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("centre.json")
                .hasMessageContaining(message);
    }

    @Test
    void groupsOfADocumentAreDistinctAndSome() {
        String twice = SMALL.replace(
                "]}]}",
                "]}, {\"group\": \"A\", \"rowsFromStart\": 1, \"times\": [1],"
                        + " \"censored\": [1], \"events\": [[0], [0]]}]}");
        assertThatThrownBy(() -> EventTableText.ofJson(twice, "x"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("value 'A': a second group of that name");
        String none = "{\"engraftEventTable\": 1, \"causes\": [\"1\"], \"weights\": null, \"groups\": []}";
        assertThatThrownBy(() -> EventTableText.ofJson(none, "x"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there are no groups");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2,months,A,1,0,0,1,0    | 9,months,A,1,0,0,1,0 | row 2, line 3, column 'version', value '9': allowed: version 1 or 2
            2,months,A,1,0,0,1,0    | 2,months,,1,0,0,1,0 | row 2, line 3, column 'group', value '': missing value
            2,months,A,1,0,0,1,0    | 2,months,A,,0,0,1,0 | column 'time', value '': missing value; allowed: a time
            2,months,A,1,0,0,1,0    | 2,months,A,x,0,0,1,0 | row 2, line 3, column 'time', value 'x'
            2,months,A,1,0,0,1,0    | 2,months,A,3,0,0,1,0 | column 'group', value 'A': time is 2.5; allowed: finite, >= 0, and after 3.0
            2,months,A,1,0,0,1,0    | 2,months,A,1,0,0,,0 | column 'event:relapse', value '': missing value; allowed: a number of rows
            2,months,A,1,0,0,1,0    | 2,months,A,1,0,0,1.5,0 | column 'event:relapse', value '1.5': allowed: a whole number of rows
            2,months,A,1,0,0,1,0    | 2,months,A,1,2,0,1,0 | late entries need shortest_interval in the group's first row
            2,months,A,1,0,0,1,0    | 2,months,A,1,0,0,0,0 | counts at time 1.0 is all 0
            2,months,A,,3,,,        | 2,months,A,0,3,,, | the first row of a group gives the rows at risk from time 0
            2,months,A,,3,,,        | 2,months,A,,9,,, | number of rows that never leave is 6
            2,months,A,1,0,0,1,0 | 1,months,A,1,0,0,1,0 | column 'version', value '1': allowed: version 1 or 2 of the format, those that this release reads; with a column 'unit' it is 2
            2,months,A,1,0,0,1,0 | 2,days,A,1,0,0,1,0 | row 2, line 3, column 'unit', value 'days': allowed: the unit of the first row, 'months'
            months           | weeks            | row 1, line 2, column 'unit', value 'weeks': allowed: days, months, years, or nothing
            event:death      | death            | column 'death': unknown column
            censored         | gone             | censored
            """)
    void damagedCsvIsNamed(String from, String to, String message) {
        assertThat(SMALL_CSV).contains(from);
        assertThatThrownBy(() -> EventTableCsv.read(
                        io.engraft.data.io.CsvSource.ofText(SMALL_CSV.replace(from, to), "centre.csv")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("centre.csv")
                .hasMessageContaining(message);
    }

    /** Version 1 is what releases before wrote: the same without a unit, which only its owners know. */
    @Test
    void tablesWithoutAUnitAreReadAndSaid() {
        String json = SMALL.replace("2, \"unit\": \"months\"", "1");
        String csv = SMALL_CSV.replace("version,unit", "version").replace("2,months,", "1,");
        for (Map<String, EventTable> old : List.of(
                EventTableText.ofJson(json, "old.json"),
                EventTableCsv.read(io.engraft.data.io.CsvSource.ofText(csv, "old.csv")))) {
            EventTable table = of(old, "A");
            assertThat(table.unit()).isEmpty();
            assertThat(EventTableText.warnings(old))
                    .containsExactly(
                            "no unit of time is given for A (version 1 of the format has none): ask whose tables"
                                    + " they are, and declare it by withUnit");
            assertThat(table.withUnit(DurationUnit.MONTHS)).isEqualTo(small());
            assertThatThrownBy(() -> table.merge(small()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("tables in no declared unit and in months cannot be merged");
            assertThat(EventTableText.ofJson(EventTableText.json(old), "again")).isEqualTo(old);
            assertThat(EventTableCsv.read(io.engraft.data.io.CsvSource.ofText(EventTableCsv.text(old), "again")))
                    .isEqualTo(old);
        }
        assertThat(EventTableText.warnings(Map.of("A", small()))).isEmpty();
    }

    @Test
    void tablesThatDoNotBelongTogetherAreRefused() {
        EventTable days = EventTable.of(new double[] {1}, new int[] {1}).withUnit(DurationUnit.DAYS);
        Map<String, EventTable> units = new LinkedHashMap<>(Map.of("A", small()));
        units.put("B", days);
        assertThatThrownBy(() -> EventTableText.json(units))
                .hasMessage("table of group 'B' is in days; allowed: the unit of the first group, months");

        EventTable other = EventTable.of(new double[] {1}, new int[] {1}).withUnit(DurationUnit.MONTHS);
        Map<String, EventTable> mixed = new LinkedHashMap<>(Map.of("A", small()));
        mixed.put("B", other);
        assertThatThrownBy(() -> EventTableText.json(mixed))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(
                        "table of group 'B' has causes [1] and weights none; allowed: those of the first");
        assertThatThrownBy(() -> EventTableCsv.text(Map.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("number of tables is 0");
        for (String name : List.of("", " x", "NA", "'x")) {
            assertThatThrownBy(() -> EventTableCsv.text(Map.of(name, small())))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("name is '" + name + "'; allowed: neither empty nor NA");
        }
    }

    @Test
    void countsThatCannotBeAreRefused() {
        EventCounts.Builder plain = EventCounts.builder(List.of("1"));
        assertThatThrownBy(plain::build)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("there are no counts");
        assertThatThrownBy(() -> plain.add(Double.NaN, 0, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> plain.add(1, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("number of counts at time 1.0 is 1; allowed: 2 columns");
        assertThatThrownBy(() -> plain.add(1, new int[] {0, 1}, List.of(), List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("the counts have no weights");
        EventCounts.Builder weighted = EventCounts.builder(List.of("1"), WeightType.SAMPLING);
        assertThatThrownBy(() -> weighted.add(1, 0, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("the counts have weights");
        assertThatThrownBy(() -> weighted.add(
                        1, new int[] {0, 1}, List.of(BigDecimal.ONE, BigDecimal.ONE), List.of(BigDecimal.ONE)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("squared weights has 1 rows");
        assertThatThrownBy(() -> weighted.add(
                        1,
                        new int[] {0, 1},
                        List.of(BigDecimal.ONE, BigDecimal.ONE),
                        List.of(BigDecimal.ZERO, BigDecimal.ONE)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("sum of weights of 0 rows at time 1.0 is 1; allowed: at least 0, and 0 without");
        EventCounts.Builder late = EventCounts.builder(List.of("1"), WeightType.FREQUENCY)
                .rowsFromStart(1)
                .lateEntries(0.5)
                .add(1, new int[] {0, 0, 1}, numbers(0, 0, 9), List.of())
                .add(2, new int[] {0, 2, 0}, numbers(0, 3, 0), List.of());
        assertThatThrownBy(late::build)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("weight that leaves at time 1.0 is 0.0; allowed: at most the -6.0 at risk");
        assertThatThrownBy(() -> late.lateEntries(0.5))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("late entries after time is 1.0");
        EventCounts counts = EventCounts.of(small());
        assertThatThrownBy(() -> counts.rows(0, 3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("column is 3; allowed: 0 to 2");
        assertThatThrownBy(() -> counts.weight(0, 0)).isInstanceOf(InvalidArgumentException.class);
        assertThat(counts.rows(1, EventCounts.CENSORED)).isEqualTo(1);
        assertThat(counts.toTable()).isEqualTo(small());
    }

    private static EventTable of(Map<String, EventTable> tables, String group) {
        return java.util.Objects.requireNonNull(tables.get(group), group);
    }

    private static List<BigDecimal> numbers(int... values) {
        return java.util.Arrays.stream(values).mapToObj(BigDecimal::valueOf).toList();
    }
}

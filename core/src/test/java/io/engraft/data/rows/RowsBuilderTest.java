package io.engraft.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateCheck.Kind;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.TieRule;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.data.io.MissingValues;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows worked by hand, and what is refused. */
class RowsBuilderTest {

    private static double[] at(double... times) {
        return times;
    }

    private static Categories ids(String... ids) {
        return Categories.of(List.of(ids));
    }

    /** A to day 10 with a relapse, B to day 20 censored. */
    private static SurvivalData.Builder two() {
        return SurvivalData.builder(at(10, 20), new int[] {1, 0})
                .causes(List.of("relapse"))
                .id(ids("A", "B"))
                .source("base.csv");
    }

    private static RowsBuilder rows() {
        return RowsBuilder.of(two().covariate("age", at(3, 7)).build());
    }

    private static TimedCovariate bili(double... timesAndValues) {
        int n = timesAndValues.length / 2;
        double[] time = new double[n];
        double[] value = new double[n];
        for (int i = 0; i < n; i++) {
            time[i] = timesAndValues[2 * i];
            value[i] = timesAndValues[2 * i + 1];
        }
        return TimedCovariate.values("bili", Categories.of(Collections.nCopies(n, "A")), time, value)
                .withInitial(0);
    }

    private static List<String> lines(RowsBuilder builder, String... covariates) {
        return RowsCases.lines(builder.build().data(), covariates);
    }

    @Test
    void aValueHoldsFromItsTimeOn() {
        assertThat(lines(rows().withCovariate(bili(4, 2, 7, 3)), "age", "bili"))
                .containsExactly("A (0,4] 0 3 0", "A (4,7] 0 3 2", "A (7,10] 1 3 3", "B (0,20] 0 7 0");
        // At or before entry it is the value at the begin; at the end and after it it is none.
        assertThat(lines(rows().withCovariate(bili(-5, 1, 0, 2, 10, 3, 12, 4)), "bili"))
                .containsExactly("A (0,10] 1 2", "B (0,20] 0 0");
        assertThat(lines(rows().withCovariate(bili(-5, 1, -2, 2)), "bili"))
                .first()
                .isEqualTo("A (0,10] 1 2");
    }

    @Test
    void theValueBeforeIsTheInitialOneElseTheBaselines() {
        RowsBuilder known = RowsBuilder.of(two().covariate("bili", at(8, 9))
                .covariate("stage", ids("I", "II"))
                .build());
        TimedCovariate numbers = TimedCovariate.values("bili", ids("A"), at(4), at(2));
        assertThat(lines(known.withCovariate(numbers), "bili"))
                .containsExactly("A (0,4] 0 8", "A (4,10] 1 2", "B (0,20] 0 9");
        assertThat(lines(known.withCovariate(numbers.withInitial(5)), "bili"))
                .containsExactly("A (0,4] 0 5", "A (4,10] 1 2", "B (0,20] 0 5");
        TimedCovariate levels = TimedCovariate.levels("stage", ids("A", "B"), at(4, 6), List.of("III", "I"));
        BuiltRows rows = known.withCovariate(levels).build();
        assertThat(RowsCases.lines(rows.data(), "stage"))
                .containsExactly("A (0,4] 0 I", "A (4,10] 1 III", "B (0,6] 0 II", "B (6,20] 0 I");
        assertThat(rows.data().categoricalCovariate("stage").levels()).containsExactly("I", "II", "III");
        assertThat(rows.covariates()).containsExactly("bili", "stage");
        assertThat(lines(known.withCovariate(levels.withInitial("0")), "stage"))
                .first()
                .isEqualTo("A (0,4] 0 0");
        TimedCovariate units = TimedCovariate.sum("bili", ids("A", "A"), at(2, 6), at(1, 10));
        assertThat(lines(known.withCovariate(units), "bili"))
                .containsExactly("A (0,2] 0 8", "A (2,6] 0 9", "A (6,10] 1 19", "B (0,20] 0 9");
    }

    @Test
    void aMissingValueKeepsOrClears() {
        TimedCovariate some = bili(2, 5, 4, Double.NaN, 6, 7);
        assertThat(lines(rows().withCovariate(some), "bili"))
                .containsExactly("A (0,2] 0 0", "A (2,6] 0 5", "A (6,10] 1 7", "B (0,20] 0 0");
        BuiltRows cleared = rows().withCovariate(some.withMissingClears(true))
                .withUnknown(MissingValues.DROP)
                .build();
        assertThat(RowsCases.lines(cleared.data(), "bili"))
                .containsExactly("A (0,2] 0 0", "A (2,4] 0 5", "A (6,10] 1 7", "B (0,20] 0 0");
        assertThat(cleared.unknownRows()).isEqualTo(1);
        assertThat(cleared.data().warnings()).contains("1 row left out, in which a covariate has no value");
        assertThat(cleared.check().rows(Kind.GAP)).containsExactly(3L);
        assertThat(cleared.check().patients(Kind.GAP)).containsExactly("A");
        assertThat(cleared.check()).hasToString("4 rows: 1 gap");
    }

    @Test
    void aLagDelaysWhatIsRecordedAfterTheEntry() {
        assertThat(lines(rows().withCovariate(bili(0, 1, 4, 2, 9, 3).withLag(2)), "bili"))
                .containsExactly("A (0,6] 0 1", "A (6,10] 1 2", "B (0,20] 0 0");
        double barely = Math.nextUp(1.0);
        RowsBuilder late = RowsBuilder.of(two().entry(at(1, 1)).build());
        assertThat(lines(late.withCovariate(bili(barely, 5).withLag(2)), "bili"))
                .first()
                .isEqualTo("A (1,10] 1 5");
    }

    @Test
    void onsetsSumsAndCounts() {
        Categories three = ids("A", "A", "B");
        assertThat(lines(rows().withCovariate(TimedCovariate.onset("gvhd", three, at(6, 3, Double.NaN))), "gvhd"))
                .containsExactly("A (0,3] 0 0", "A (3,6] 0 1", "A (6,10] 1 1", "B (0,20] 0 0");
        assertThat(lines(rows().withCovariate(TimedCovariate.count("visits", three, at(-1, 3, 25))), "visits"))
                .containsExactly("A (0,3] 0 1", "A (3,10] 1 2", "B (0,20] 0 0");
        assertThat(lines(
                        rows().withCovariate(TimedCovariate.sum("units", three, at(3, 3, 5), at(2, 0.5, Double.NaN))),
                        "units"))
                .containsExactly("A (0,3] 0 0", "A (3,10] 1 2.5", "B (0,20] 0 0");
    }

    @Test
    void tiedValuesAreAChoice() {
        TimedCovariate tied = bili(4, 3, 4, 1, 4, 8);
        assertThatThrownBy(
                        () -> rows().withCovariate(tied.withSource("labs.csv")).build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "labs.csv, row 2, column 'bili', value '1.0': patient 'A' has 3.0 at the same time 4.0 in row"
                                + " 1; allowed: one value a time, or a choice: the smallest, the largest or the mean\n"
                                + "labs.csv, row 3, column 'bili', value '8.0': patient 'A' has 1.0 at the same time 4.0 in row"
                                + " 2; allowed: one value a time, or a choice: the smallest, the largest or the mean");
        assertThat(lines(rows().withCovariate(tied.withTied(TiedValues.SMALLEST)), "bili"))
                .contains("A (4,10] 1 1");
        assertThat(lines(rows().withCovariate(tied.withTied(TiedValues.LARGEST)), "bili"))
                .contains("A (4,10] 1 8");
        assertThat(lines(rows().withCovariate(tied.withTied(TiedValues.MEAN)), "bili"))
                .contains("A (4,10] 1 4");
        assertThat(lines(rows().withCovariate(bili(4, 3, 4, 3, 4, Double.NaN)), "bili"))
                .contains("A (4,10] 1 3");
        TimedCovariate levels = TimedCovariate.levels("stage", ids("A", "A"), at(0, 0), Arrays.asList("I", "II"));
        assertThatThrownBy(() -> rows().withCovariate(levels).build())
                .hasMessageEndingWith("allowed: one value a time");
        assertThatThrownBy(() -> levels.withTied(TiedValues.MEAN))
                .hasMessage("choice among tied values of stage is mean; allowed: fail, as it holds levels");
    }

    @Test
    void anEventEndsARowAndThePatientStaysAtRisk() {
        TimedEvents infections = TimedEvents.of("infection", ids("A", "A", "B", "B"), at(4, 7, 20, 25))
                .withCount("before")
                .withNumber("nr");
        BuiltRows rows = rows().withEvents(infections).build();
        assertThat(RowsCases.lines(rows.data(), "before", "nr"))
                .containsExactly("A (0,4] 2 0 1", "A (4,7] 2 1 2", "A (7,10] 1 2 0", "B (0,20] 2 0 1");
        assertThat(rows.data().causes()).containsExactly("relapse", "infection");
        assertThat(rows.data().warnings())
                .containsExactly(
                        "1 event of infection outside their patients' follow-up, counted as none: 1 after the end");
        assertThat(rows.check().transitions())
                .containsExactly(
                        Map.entry(new Transition("event-free", "infection"), 2L),
                        Map.entry(new Transition("infection", "infection"), 1L),
                        Map.entry(new Transition("infection", "relapse"), 1L));
        assertThat(rows.check()).hasToString("4 rows: no gap, no overlap");
    }

    @Test
    void kindsOfEventsAreCausesInLevelOrder() {
        SurvivalData plain =
                SurvivalData.builder(at(10), new int[] {0}).id(ids("A")).build();
        TimedEvents kinds = TimedEvents.of("events", ids("A", "A"), at(3, 5), ids("sepsis", "fever"));
        SurvivalData data = RowsBuilder.of(plain).withEvents(kinds).build().data();
        assertThat(data.causes()).containsExactly("fever", "sepsis");
        assertThat(RowsCases.lines(data)).containsExactly("A (0,3] 2", "A (3,5] 1", "A (5,10] 0");
        TimedEvents relapse = TimedEvents.of("more", ids("B"), at(15), ids("relapse"));
        assertThat(lines(rows().withEvents(relapse))).containsExactly("A (0,10] 1", "B (0,15] 1", "B (15,20] 0");
    }

    @Test
    void ofSeveralEventsAtOneTimeOneIsChosen() {
        TimedEvents same = TimedEvents.of("events", ids("A", "B", "B"), at(10, 5, 5), ids("death", "fever", "death"))
                .withSource("events.csv");
        assertThatThrownBy(() -> rows().withEvents(same).build())
                .hasMessage("events.csv, row 3, value 'death': patient 'B' has 'fever' at the same time 5.0, and a row"
                        + " ends with one event; allowed: one event a time, or a list of which kind comes first");
        RowsBuilder first = rows().withEvents(same).withPriority(List.of("death"));
        assertThat(lines(first)).containsExactly("A (0,10] 2", "B (0,5] 2", "B (5,20] 0");
        assertThat(first.build().data().warnings())
                .contains(
                        "2 times at which a patient has several kinds of event; the row ends with the one that comes"
                                + " first: death, then the others in the order of codes",
                        "1 event of events.csv at the time of another event of the patient in the same table");
        assertThat(lines(first.withPriority(List.of("relapse", "fever"))))
                .containsExactly("A (0,10] 1", "B (0,5] 3", "B (5,20] 0");
        assertThatThrownBy(() -> first.withPriority(List.of("rash")).build())
                .hasMessage("kind of event that comes first is 'rash'; allowed: one of [relapse, death, fever]");
        assertThatThrownBy(() -> first.withPriority(List.of("death", "death"))).hasMessageContaining("distinct kinds");
        TimedEvents alone =
                TimedEvents.of("one", ids("A"), at(10), ids("death")).withSource("one.csv");
        assertThatThrownBy(() -> rows().withEvents(alone).build())
                .hasMessageStartingWith(
                        "one.csv, row 1, value 'death': patient 'A' has 'relapse' at the same time 10.0");
    }

    @Test
    void splitsHaveEpisodes() {
        // R's example: (15, 60] cut at 10, 30 and 40 lies in the intervals 2, 3 and 4.
        RowsBuilder row = RowsBuilder.of(SurvivalData.builder(at(60), new int[] {1})
                .entry(at(15))
                .id(ids("A"))
                .build());
        assertThat(lines(row.withSplits(40, 10, 30), "episode"))
                .containsExactly("A (15,30] 0 2", "A (30,40] 0 3", "A (40,60] 1 4");
        assertThat(lines(rows().withSplitsAtEvents().withEpisode("e"), "e"))
                .containsExactly("A (0,10] 1 1", "B (0,10] 0 1", "B (10,20] 0 2");
        RowsBuilder both = rows().withSplitsAtEvents()
                .withSplits(5)
                .withEvents(TimedEvents.of("fever", ids("B", "B", "B"), at(0, 12, 21)));
        assertThat(lines(both))
                .containsExactly("A (0,5] 0", "A (5,10] 1", "B (0,5] 0", "B (5,10] 0", "B (10,12] 2", "B (12,20] 0");
        assertThatThrownBy(() -> rows().withSplits(3, 3)).hasMessageContaining("distinct times");
        assertThatThrownBy(() -> rows().withSplits(0)).hasMessageContaining("0 < time of a split");
        assertThatThrownBy(() -> rows().withSplits(Double.NaN)).hasMessageContaining("time of a split is NaN");
    }

    @Test
    void aWindowCutsAway() {
        RowsBuilder window = rows().withCovariate(bili(2, 5)).withStart(4).withEnd(10);
        assertThat(lines(window, "bili")).containsExactly("A (4,10] 1 5", "B (4,10] 0 0");
        BuiltRows late = rows().withStart(10).build();
        assertThat(RowsCases.lines(late.data())).containsExactly("B (10,20] 0");
        assertThat(late.withoutRows()).containsExactly("A");
        assertThat(late.data().warnings())
                .containsExactly("1 patient without a row, as nothing is left of their follow-up: 'A'");
        assertThat(lines(rows().withEnd(5))).containsExactly("A (0,5] 0", "B (0,5] 0");
        assertThatThrownBy(() -> rows().withStart(5).withEnd(5))
                .hasMessage("start is 5.0; allowed: start < end, which is 5.0");
        assertThatThrownBy(() -> rows().withStart(20).build())
                .hasMessage("base.csv: no row is left: nobody is at risk; allowed: at least one patient who is");
    }

    @Test
    void whoIsNeverAtRiskHasNoRow() {
        SurvivalData data = SurvivalData.builder(at(0, 5), new int[] {1, 1})
                .id(ids("A", "B"))
                .build();
        BuiltRows rows = RowsBuilder.of(data).build();
        assertThat(rows.withoutRows()).containsExactly("A");
        assertThat(RowsCases.lines(rows.data())).containsExactly("B (0,5] 1");
        assertThat(rows.data().id().orElseThrow().levels()).containsExactly("B");
    }

    @Test
    void everyColumnOfTheFollowUpIsCarried() {
        SurvivalData data = two().weights(at(2, 3), WeightType.FREQUENCY)
                .group(ids("x", "y"))
                .strata(ids("s", "t"))
                .cluster(ids("u", "v"))
                .covariate("sex", ids("f", "m"))
                .dropped(4)
                .build();
        BuiltRows rows = RowsBuilder.of(data).withCovariate(bili(4, 2)).build();
        assertThat(rows.data().dropped()).isEqualTo(4);
        assertThat(rows.data().source()).isEqualTo("base.csv");
        assertThat(rows.data().weightType()).contains(WeightType.FREQUENCY);
        assertThat(rows.data().sourceRow(2)).isEqualTo(2);
        TidyTable table = rows.tidy();
        assertThat(table.columns().stream().map(TidyTable.Column::name))
                .containsExactly(
                        "id", "entry", "time", "status", "weight", "group", "stratum", "cluster", "sex", "bili");
        assertThat(table.value(1, "group")).isEqualTo("x");
        assertThat(table.value(2, "weight")).isEqualTo(3.0);
        assertThat(rows).hasToString("rows of base.csv: 3 rows of 2 patients, covariates sex, bili");
    }

    @Test
    void unknownPatientsAreCountedAndNamed() {
        TimedCovariate some = TimedCovariate.values("bili", ids("A", "C", "D", "C"), at(0, 1, 1, 2), at(1, 2, 3, 4))
                .withInitial(0)
                .withSource("labs.csv");
        BuiltRows rows = rows().withCovariate(some).build();
        assertThat(rows.counts().get(0).missingId()).isEqualTo(3);
        assertThat(rows.counts().get(0).missingIds()).containsExactly("C", "D");
        assertThat(rows.counts().get(0)).hasToString("bili: 1 record, 1 leading, 3 of unknown patients");
        assertThat(rows.data().warnings())
                .containsExactly("3 rows of labs.csv left out, of ids that the follow-up does not have: 'C', 'D'");
        TimedCovariate nobody =
                TimedCovariate.onset("gvhd", ids("01", "02"), at(1, 2)).withSource("gvhd.csv");
        assertThatThrownBy(() -> rows().withCovariate(nobody).build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("gvhd.csv: none of its 2 rows is of a patient of the follow-up; allowed: the same ids in"
                        + " both, which are written '01' here and 'A' there");
    }

    @Test
    void aRowWithoutAValueIsRefusedUnlessItMayBeLeftOut() {
        TimedCovariate late =
                TimedCovariate.values("bili", ids("A"), at(4), at(2)).withSource("labs.csv");
        assertThatThrownBy(() -> rows().withCovariate(late).build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "labs.csv, column 'bili': patient 'A' has no value on (0.0, 4.0]; allowed: one recorded at or"
                                + " before 0.0, an initial value, or leaving out rows without one\n"
                                + "labs.csv, column 'bili': patient 'B' has no value on (0.0, 20.0]; allowed: one recorded at or"
                                + " before 0.0, an initial value, or leaving out rows without one");
        RowsBuilder dropping = rows().withCovariate(late).withUnknown(MissingValues.DROP);
        assertThat(lines(dropping, "bili")).containsExactly("A (4,10] 1 2");
        assertThatThrownBy(() -> dropping.withEnd(4).build())
                .hasMessage("base.csv: no row is left: nobody is at risk with a value of every covariate; allowed: at"
                        + " least one patient who is");
    }

    @Test
    void namesAreDistinct() {
        assertThatThrownBy(() -> RowsBuilder.of(SurvivalData.of(at(1), new int[] {1})))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("without an id column");
        assertThatThrownBy(
                        () -> RowsBuilder.of(two().covariate("time", at(1, 2)).build()))
                .hasMessage("covariate is 'time'; allowed: another name than id, entry, time, status");
        TimedCovariate gvhd = TimedCovariate.onset("gvhd", ids("A"), at(1));
        assertThatThrownBy(() -> rows().withCovariate(gvhd).withCovariate(gvhd))
                .hasMessageStartingWith("covariate is 'gvhd'; allowed: a name that is not taken");
        assertThatThrownBy(() -> rows().withCovariate(TimedCovariate.onset("status", ids("A"), at(1))))
                .hasMessageContaining("a name that is not taken; these are: id, entry, time, status");
        TimedEvents events = TimedEvents.of("fever", ids("A"), at(1)).withCount("age");
        assertThatThrownBy(() -> rows().withEvents(events)).hasMessageStartingWith("covariate is 'age'");
        assertThatThrownBy(() -> rows().withSplits(3).withEpisode("age")).hasMessageStartingWith("covariate is 'age'");
        assertThatThrownBy(() -> RowsBuilder.of(
                                two().covariate("gvhd", ids("y", "n")).build())
                        .withCovariate(gvhd)
                        .build())
                .hasMessage(
                        "covariate gvhd holds numbers in the records and levels in the baseline; allowed: the same in"
                                + " both, or another name");
    }

    @Test
    void badRecordsAreListed() {
        assertThatThrownBy(() -> TimedCovariate.values("bili", ids("A", "B"), at(1, Double.NaN), at(1, 2)))
                .hasMessage("bili, row 2, column 'time', value 'NaN': allowed: a finite number");
        assertThatThrownBy(
                        () -> TimedCovariate.values("bili", ids("A", "B"), at(1, 2), at(Double.POSITIVE_INFINITY, 2)))
                .hasMessage(
                        "bili, row 1, column 'bili', value 'Infinity': allowed: a finite number, NaN where missing");
        assertThatThrownBy(() -> TimedCovariate.onset("gvhd", ids("A"), at(Double.NEGATIVE_INFINITY)))
                .hasMessageContaining("allowed: a finite number, or NaN for never");
        assertThatThrownBy(() -> TimedCovariate.values("bili", ids("A"), at(1, 2), at(1, 2)))
                .hasMessageContaining("time has 2 rows and id has 1");
        assertThatThrownBy(() -> TimedEvents.of("e", ids("A"), at(1), ids("x", "y")))
                .hasMessageContaining("length of kind is 2");
        assertThatThrownBy(() -> bili(1, 2).withLag(-1)).hasMessageContaining("0 <= lag of bili");
        assertThatThrownBy(() -> bili(1, 2).withInitial("high")).hasMessageContaining("a number, as it holds numbers");
        assertThatThrownBy(() -> bili(1, 2).withInitial(Double.NaN)).hasMessageContaining("a finite number");
        assertThatThrownBy(() -> TimedCovariate.onset(" ", ids("A"), at(1))).hasMessageContaining("a name");
    }

    @Test
    void rowsThatOverlapOrHaveNoLengthAreListed() {
        SurvivalData overlap = SurvivalData.builder(at(10, 15), new int[] {0, 0})
                .entry(at(0, 8))
                .id(ids("A", "A"))
                .recurrent()
                .source("base.csv")
                .build();
        assertThatThrownBy(() -> RowsBuilder.of(overlap).build())
                .hasMessage(
                        "base.csv, row 2, column 'entry', value '8.0': patient 'A' is under observation to 10.0 in row"
                                + " 1 already; allowed: entry at that time or later");
        assertThat(RowsCheck.of(overlap).rows(Kind.OVERLAP)).containsExactly(2L);
        SurvivalData short1 = SurvivalData.builder(at(1 + 1e-9), new int[] {1})
                .entry(at(1))
                .id(ids("A"))
                .build();
        assertThatThrownBy(() -> RowsBuilder.of(short1).build())
                .hasMessageContaining("counts as the same time by the tie tolerance 1.0E-8")
                .hasMessageContaining("TieRule.EXACT");
        assertThat(RowsBuilder.of(short1)
                        .withTieRule(TieRule.EXACT)
                        .build()
                        .data()
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1,0,0,0,0,0,0", "2, 0,0,0,0,0,1,0", "3, 0,0,0,1,0,0,0", "5, 0,0,0,0,1,0,0",
        "10,0,0,0,0,0,0,1", "11,0,0,1,0,0,0,0", "14,0,0,0,0,0,1,0", "40,0,0,0,0,0,0,1",
        "50,0,1,0,0,0,0,0"
    })
    void recordsAreCountedWhereTheyFall(
            double time, int early, int late, int gap, int within, int boundary, int leading, int trailing) {
        // The vignette's example: intervals (2, 5], (5, 10] and (14, 40].
        SurvivalData data = SurvivalData.builder(at(10, 40, 5), new int[] {0, 0, 0})
                .entry(at(5, 14, 2))
                .id(ids("A", "A", "A"))
                .build();
        BuiltRows rows = RowsBuilder.of(data)
                .withCovariate(TimedCovariate.onset("x", ids("A"), at(time)))
                .withEvents(TimedEvents.of("e", ids("A"), at(time)))
                .build();
        for (MergeCount count : rows.counts()) {
            assertThat(List.of(
                            count.early(),
                            count.late(),
                            count.gap(),
                            count.within(),
                            count.boundary(),
                            count.leading(),
                            count.trailing()))
                    .containsExactly(
                            (long) early,
                            (long) late,
                            (long) gap,
                            (long) within,
                            (long) boundary,
                            (long) leading,
                            (long) trailing);
            assertThat(count.total()).isEqualTo(1);
        }
        boolean counts = within + boundary + trailing > 0;
        assertThat(Arrays.stream(RowsCases.lines(rows.data()).toArray(String[]::new))
                        .filter(l -> l.endsWith("1")))
                .hasSize(counts ? 1 : 0);
        assertThat(rows.counts().get(1).isOfEvents()).isTrue();
        assertThat(rows.counts().get(1).table()).isEqualTo("e");
    }

    @Test
    void textsSayWhatIsThere() {
        assertThat(rows().withCovariate(bili(1, 2)).withSplits(3).withSplitsAtEvents())
                .hasToString(
                        "rows of base.csv: 2 rows of follow-up, 1 covariate that change, 0 tables of events, splits"
                                + " 3, splits at events");
        assertThat(bili(1, 2).withLag(3)).hasToString("bili: 1 row of values, lag 3.0");
        assertThat(TimedEvents.of("e", ids("A"), at(1))).hasToString("e: 1 event, kinds e");
        assertThat(RowsCheck.of(two().build())).hasToString("2 rows: no gap, no overlap");
        assertThatThrownBy(() -> RowsCheck.of(SurvivalData.of(at(1), new int[] {0})))
                .hasMessageContaining("without an id column");
        assertThatThrownBy(() -> RowsCheck.of(two().build(), ids("x"))).hasMessageContaining("one a row");
    }
}

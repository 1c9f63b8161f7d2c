package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.EventCounts;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.InnerEnds;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.EventTableCsv;
import io.engraft.data.io.EventTableText;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a row at which the same patient's next row begins is no censoring; {@code golden_inner_ends.R} has R's word. */
class InnerEndsTest {

    private static final double TOLERANCE = 1e-10;
    private static final GoldenFile FILE = GoldenFile.read("/golden/inner_ends.csv");

    record Case(String dataset, String kind, boolean grouped, List<Integer> rows) {
        @Override
        public String toString() {
            return dataset + " " + kind + (grouped ? " by group" : "");
        }
    }

    static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (int row = 0; row < FILE.texts("dataset").size(); row++) {
            String dataset = FILE.text(row, "dataset");
            String kind = FILE.text(row, "kind");
            boolean grouped = !FILE.text(row, "group").equals("all");
            Case last = all.isEmpty() ? null : all.get(all.size() - 1);
            if (last == null || last.grouped != grouped || !(last.dataset + last.kind).equals(dataset + kind)) {
                all.add(new Case(dataset, kind, grouped, new ArrayList<>()));
            }
            all.get(all.size() - 1).rows.add(row);
        }
        return all.stream();
    }

    private static SurvivalData data(Case c) {
        GoldenFile file = GoldenFile.read("/golden/data/inner_" + c.dataset + ".csv");
        SurvivalData.Builder data = SurvivalData.builder(file.numbers("time"), file.integers("status"))
                .entry(file.numbers("entry"))
                .id(Categories.of(file.texts("id")));
        if (c.dataset.equals("weights")) {
            data.weights(file.numbers("weight"), WeightType.SAMPLING);
        }
        return (c.grouped ? data.group(Categories.of(file.texts("group"))) : data).build();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pointsAreSurvfits(Case c) {
        Grouped<SurvivalEstimate> fit = c.kind.equals("reverse")
                ? ReverseKaplanMeier.withDefaults().fit(data(c))
                : KaplanMeier.withDefaults().fit(data(c));
        int next = 0;
        for (String group : fit.groups()) {
            SurvivalEstimate curve = fit.get(group);
            for (int i = 0; i < curve.size(); i++, next++) {
                int row = c.rows.get(next);
                assertThat(FILE.text(row, "group")).isEqualTo(group);
                close(curve.time(i), row, "time");
                close(curve.atRisk(i), row, "n_risk");
                close(curve.events(i), row, "n_event");
                close(curve.censored(i), row, "n_censor");
                close(curve.survival(i), row, "survival");
            }
        }
        assertThat(next).isEqualTo(c.rows.size());
    }

    private static void close(double ours, int row, String column) {
        double expected = FILE.number(row, column);
        assertThat(ours).as(column + " of row " + row).isCloseTo(expected, within(TOLERANCE * Math.max(1, expected)));
    }

    /** Patients 1 (0 to 7 with the event, split at 3), 2 (in A to 2, in B to 6, split at 4), 3 (0 to 5 in A). */
    private static SurvivalData moving() {
        return SurvivalData.builder(new double[] {6, 3, 2, 7, 5, 4}, new int[] {0, 0, 0, 1, 0, 0})
                .entry(new double[] {4, 0, 0, 3, 0, 2})
                .id(Categories.of(List.of("2", "1", "2", "1", "3", "2")))
                .group(Categories.of(List.of("B", "A", "A", "A", "A", "B")))
                .build();
    }

    @Test
    void whoGoesOnInAnotherGroupIsNotCensoredInTheFirst() {
        Grouped<SurvivalEstimate> fit = KaplanMeier.withDefaults().fit(moving());
        assertThat(fit.get("A").censoringTimes()).containsExactly(5);
        assertThat(fit.get("A").censoredUpTo(10)).isEqualTo(1);
        assertThat(fit.get("A").atRiskAt(2)).isEqualTo(3);
        assertThat(fit.get("A").atRiskAt(2.5)).isEqualTo(2);
        // At a seam nobody is there twice.
        assertThat(fit.get("A").presentAt(3)).isEqualTo(2);
        assertThat(fit.get("A").rows()).isEqualTo(4);
        assertThat(fit.get("B").censoringTimes()).containsExactly(6);
        assertThat(fit.get("B").atRiskAt(3)).isEqualTo(1);
        assertThat(fit.get("B").rows()).isEqualTo(2);
        SurvivalEstimate ends = ReverseKaplanMeier.withDefaults().fit(moving()).get("A");
        assertThat(ends.jumpTimes()).containsExactly(5);
        assertThat(ends.survivalAt(5).estimate()).isEqualTo(0.5);
    }

    @Test
    void theReadingOfRowsSaysWhichEndsAreInner() {
        InnerEnds ends = InnerEnds.of(moving());
        assertThat(IntStream.range(0, 6).filter(ends::at)).containsExactly(1, 2, 5);
        assertThat(ends).hasToString("3 inner ends");
        assertThat(InnerEnds.of(SurvivalData.of(new double[] {1}, new int[] {0}))
                        .any())
                .isFalse();
    }

    @Test
    void tablesOfGroupsMergeToTheTableOfAll() {
        Map<String, EventTable> groups = EventTable.byGroup(moving());
        EventTable all = EventTable.of(moving());
        assertThat(EventTable.merge(List.copyOf(groups.values()))).isEqualTo(all);
        assertThat(all.rows()).isEqualTo(6);
        assertThat(all.goingOn(1)).isEqualTo(1);
        assertThat(all.atRiskWeights()[all.size() - 1]).isEqualTo(1);
        assertThat(Objects.requireNonNull(groups.get("A")).after(2).rows()).isEqualTo(3);
    }

    @Test
    void countsOfSuchRowsAreWrittenAndRead() {
        Map<String, EventTable> tables = EventTable.byGroup(moving());
        tables.values()
                .forEach(table -> assertThat(EventCounts.of(table).toTable()).isEqualTo(table));
        assertThat(EventTableText.ofJson(EventTableText.json(tables), "text")).isEqualTo(tables);
        assertThat(EventTableCsv.read(CsvSource.ofText(EventTableCsv.text(tables), "text")))
                .isEqualTo(tables);
    }

    /** Of whole follow-up and of the same in parts. */
    @Test
    void splittingRowsChangesNoCompleteness() {
        SurvivalData whole = SurvivalData.builder(new double[] {7, 6, 5}, new int[] {1, 0, 0})
                .entry(new double[] {0, 0, 0})
                .build();
        SurvivalData split = moving().withGroup(Categories.of(List.of("x", "x", "x", "x", "x", "x")));
        double expected = Objects.requireNonNull(
                FollowUpCompleteness.indexByGroup(whole, 10).get("all"));
        assertThat(expected).isCloseTo(18 / 27.0, within(1e-15));
        assertThat(FollowUpCompleteness.indexByGroup(split, 10).get("x")).isCloseTo(expected, within(1e-12));
    }

    @Test
    void followUpThatEndsTwiceIsRefused() {
        SurvivalData gap = SurvivalData.builder(new double[] {3, 9, 4}, new int[] {0, 0, 1})
                .entry(new double[] {0, 5, 0})
                .id(Categories.of(List.of("p", "p", "q")))
                .build();
        assertThatThrownBy(() -> ReverseKaplanMeier.withDefaults().fit(gap))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 2")
                .hasMessageContaining(
                        "the patient's follow-up would end more than once; allowed for the distribution of"
                                + " follow-up: rows of a patient without a gap between");
        // Elsewhere the end at the gap is a censoring.
        assertThat(KaplanMeier.withDefaults().fit(gap).get("all").censoringTimes())
                .containsExactly(3, 9);
    }
}

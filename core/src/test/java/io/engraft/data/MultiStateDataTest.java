package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.MultiStateCheck.Kind;
import io.engraft.history.TransplantEvent;
import io.engraft.history.TransplantHistory;
import io.engraft.history.TransplantState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Multi-state rows: how they are made, what each check finds, and what it says. */
class MultiStateDataTest {

    private static MultiStateData.Builder rows(String... rows) {
        List<String[]> cells = new ArrayList<>();
        for (String row : rows) {
            cells.add(row.split(" "));
        }
        return MultiStateData.builder(
                        cells.stream()
                                .mapToDouble(c -> Double.parseDouble(c[2]))
                                .toArray(),
                        Categories.of(cells.stream().map(c -> c[3]).toList()),
                        Categories.of(cells.stream().map(c -> c[4]).toList()))
                .states(List.of("h", "i", "d"))
                .censored("-")
                .entry(cells.stream().mapToDouble(c -> Double.parseDouble(c[1])).toArray())
                .id(Categories.of(cells.stream().map(c -> c[0]).toList()));
    }

    private static void finds(MultiStateData.Builder data, Kind kind, long row, String message) {
        MultiStateCheck check = data.check();
        assertThat(check.findings()).hasSize(1);
        assertThat(check.rows(kind)).containsExactly(row);
        assertThat(check.count(kind)).isEqualTo(1);
        DataProblem problem = check.findings().get(0).problem();
        assertThat(problem.describe()).isEqualTo(message);
        assertThat(DataCheck.multiState(data)).containsExactly(problem);
        assertThatThrownBy(data::build).isInstanceOf(InvalidDataException.class).hasMessage(message);
    }

    @Test
    void findsOverlap() {
        finds(
                rows("A 0 5 h -", "A 4 9 h -"),
                Kind.OVERLAP,
                2,
                "row 2, column 'entry', value '4.0': subject A is under observation to 5.0 in row 1; allowed: entry at that"
                        + " time or later");
    }

    @Test
    void findsGapUnlessAllowed() {
        MultiStateData.Builder data = rows("A 0 5 h i", "A 6 9 i -");
        finds(
                data,
                Kind.GAP,
                2,
                "row 2, column 'entry', value '6.0': subject A is out of sight from 5.0 in row 1 to 6.0; allowed: entry at"
                        + " that time, or gaps allowed by choice");
        assertThat(data.allowGaps().build().size()).isEqualTo(2);
        assertThat(data.check().count(Kind.GAP)).isEqualTo(1);
        assertThat(data.check().problems()).isEmpty();
    }

    @Test
    void findsJump() {
        finds(
                rows("A 0 5 h -", "A 6 9 i -"),
                Kind.JUMP,
                2,
                "row 2, column 'from', value 'i': subject A is out of sight from 5.0 in row 1 to 6.0, and was in state 'h';"
                        + " allowed: the state it was left in");
        assertThatThrownBy(() -> rows("A 0 5 h -", "A 6 9 i -").allowGaps().build())
                .hasMessageContaining("was in state 'h'");
    }

    @Test
    void findsTeleport() {
        finds(
                rows("A 5 9 h -", "A 0 5 h i"),
                Kind.TELEPORT,
                1,
                "row 1, column 'from', value 'h': subject A is in state 'i' at 5.0 in row 2; allowed: that state");
    }

    @Test
    void findsDuplicate() {
        finds(
                rows("A 0 5 h -", "A 0 5 h -"),
                Kind.DUPLICATE,
                2,
                "row 2, column 'entry', value '0.0': subject A has the same interval in row 1; allowed: once");
    }

    @Test
    void findsRowsWithoutLengthOrBackward() {
        finds(
                rows("A 0 5 h i", "A 5 5 i -"),
                Kind.ZERO_LENGTH,
                2,
                "row 2, column 'entry', value '5.0': the row has no length; allowed: entry < time");
        finds(
                rows("A 7 5 h i"),
                Kind.BACKWARD,
                1,
                "row 1, column 'entry', value '7.0': the row ends before, at 5.0; allowed: entry < time");
    }

    @Test
    void findsChangesWithinASubject() {
        finds(
                rows("A 0 5 h i", "A 5 6 i -").group(Categories.of(List.of("x", "y"))),
                Kind.GROUP_CHANGE,
                2,
                "row 2, column 'group', value 'y': subject A is in group 'x' in row 1; allowed: one group a subject");
        finds(
                rows("A 0 5 h i", "A 5 6 i -").cluster(Categories.of(List.of("x", "y"))),
                Kind.CLUSTER_CHANGE,
                2,
                "row 2, column 'cluster', value 'y': subject A is in cluster 'x' in row 1; allowed: one cluster a subject");
        MultiStateData.Builder weighted = rows("A 0 5 h i", "A 5 6 i -");
        finds(
                weighted.weights(new double[] {1, 2}, WeightType.FREQUENCY),
                Kind.WEIGHT_CHANGE,
                2,
                "row 2, column 'weight', value '2.0': subject A has frequency weight 1.0 in row 1; allowed: one frequency"
                        + " weight a subject");
        assertThat(weighted.weights(new double[] {1, 2}, WeightType.SAMPLING)
                        .build()
                        .weight(1))
                .isEqualTo(2);
    }

    @Test
    void findsRowsAfterAnAbsorbingState() {
        finds(
                rows("A 0 5 h d", "A 5 6 h -").absorbing(List.of("d")),
                Kind.AFTER_ABSORBING,
                2,
                "row 2, column 'from', value 'h': subject A entered the absorbing state 'd' at 5.0 in row 1; allowed: no"
                        + " later row");
        finds(
                rows("A 0 5 h d", "A 5 6 d -").absorbing(List.of("d")),
                Kind.AFTER_ABSORBING,
                2,
                "row 2, column 'from', value 'd': the state is declared absorbing; allowed: no row that begins in it");
    }

    @Test
    void findsSameStateAndBadValues() {
        finds(
                rows("A 0 5 h h"),
                Kind.SAME_STATE,
                1,
                "row 1, column 'to', value 'h': the row is in that state already; allowed: another state, or '-'");
        finds(rows("A 0 5 x -"), Kind.BAD_VALUE, 1, "row 1, column 'from', value 'x': allowed: one of [h, i, d]");
        finds(rows("A 0 5 h x"), Kind.BAD_VALUE, 1, "row 1, column 'to', value 'x': allowed: one of [h, i, d], or '-'");
        finds(
                rows("A -1 5 h -"),
                Kind.BAD_VALUE,
                1,
                "row 1, column 'entry', value '-1.0': allowed: 0 <= entry < infinity");
        finds(
                rows("A 0 NaN h -"),
                Kind.BAD_VALUE,
                1,
                "row 1, column 'time', value 'NaN': allowed: 0 <= time < infinity");
        finds(
                rows("A 0 5 h -").weights(new double[] {Double.NaN}, WeightType.SAMPLING),
                Kind.BAD_VALUE,
                1,
                "row 1, column 'weight', value 'NaN': allowed: 0 <= weight < infinity");
    }

    @Test
    void listsEveryRow() {
        MultiStateData.Builder data =
                rows("A 0 5 h i", "A 4 8 i -", "A 9 12 i -", "B 3 2 h -", "C 0 1 h -", "C 1 2 i -");
        assertThat(data.check().problems()).hasSize(4);
        assertThatThrownBy(data.source("file.csv")::build).isInstanceOfSatisfying(InvalidDataException.class, e -> {
            assertThat(e.problems().stream().map(DataProblem::row)).containsExactly(4L, 2L, 3L, 6L);
            assertThat(e.problems().get(0).source()).isEqualTo("file.csv");
        });
    }

    @Test
    void timesApartByRoundingAreOne() {
        double end = 0.1 + 0.2;
        MultiStateData.Builder data = MultiStateData.builder(
                        new double[] {end, 1},
                        Categories.of(List.of("h", "i")),
                        Categories.of(List.of("i", "censored")))
                .entry(new double[] {0, 0.3})
                .id(Categories.of(List.of("A", "A")));
        assertThat(data.check().findings()).isEmpty();
        assertThat(data.tieRule(TieRule.EXACT).check().count(Kind.OVERLAP)).isEqualTo(1);
    }

    @Test
    void refusesBadColumns() {
        Categories two = Categories.of(List.of("h", "h"));
        double[] one = {1};
        assertThatThrownBy(() -> MultiStateData.builder(one, two, two))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("from has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> MultiStateData.builder(one, Categories.of(List.of("h")), two))
                .hasMessage("to has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> rows("A 0 1 h -").entry(new double[2]))
                .hasMessage("entry has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> rows("A 0 1 h -").id(two))
                .hasMessage("id has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> rows("A 0 1 h -").group(two))
                .hasMessage("group has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> rows("A 0 1 h -").cluster(two))
                .hasMessage("cluster has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> rows("A 0 1 h -").weights(new double[2], WeightType.SAMPLING))
                .hasMessage("weight has 2 rows and time has 1; allowed: equal lengths");
        assertThatThrownBy(() -> rows("A 0 1 h -").states(List.of()))
                .hasMessage("states is []; allowed: one or more, distinct");
        assertThatThrownBy(() -> rows("A 0 1 h -").states(List.of("h", "h")))
                .hasMessage("states is [h, h]; allowed: one or more, distinct");
        assertThatThrownBy(rows("A 0 1 h -").absorbing(List.of("x"))::build)
                .hasMessage("absorbing state is x; allowed: one of [h, i, d]");
        assertThatThrownBy(rows("A 0 1 h -").censored("h")::build)
                .hasMessage("name for censored is h; allowed: a name that is not a state, which are [h, i, d]");
        Categories none = Categories.of(List.of());
        assertThatThrownBy(MultiStateData.builder(new double[0], none, none).states(List.of("h"))::build)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("there are no rows; allowed: at least one");
    }

    @Test
    void statusAloneTellsWhereRowsStart() {
        MultiStateData data = MultiStateData.ofStatus(
                        Categories.of(List.of("A", "B", "A", "A")),
                        new double[] {5, 0, 0, 8},
                        new double[] {8, 3, 5, 9},
                        Categories.of(List.of("none", "dead", "ill", "dead")),
                        "start",
                        "none")
                .build();
        assertThat(data.states()).containsExactly("start", "dead", "ill");
        assertThat(new int[] {data.from(0), data.from(1), data.from(2), data.from(3)})
                .containsExactly(2, 0, 0, 2);
        assertThat(data.to(0)).isEqualTo(-1);
        assertThat(data.to(3)).isEqualTo(1);
        assertThat(data.absorbing()).containsExactly("dead");
        assertThat(data.source()).isEqualTo("data");
        assertThat(data.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThatThrownBy(() -> MultiStateData.ofStatus(
                        Categories.of(List.of("A")),
                        new double[2],
                        new double[1],
                        Categories.of(List.of("ill")),
                        "start",
                        "none"))
                .hasMessage("entry has 2 rows and time has 1; allowed: equal lengths");
    }

    @Test
    void competingRisksAreStates() {
        SurvivalData follow = SurvivalData.builder(new double[] {0, 2, 3}, new int[] {1, 0, 2})
                .causes(List.of("relapse", "death"))
                .weights(new double[] {1, 2, 3}, WeightType.FREQUENCY)
                .group(Categories.of(List.of("a", "b", "a")))
                .cluster(Categories.of(List.of("x", "y", "y")))
                .unit(DurationUnit.DAYS)
                .build();
        MultiStateData data = MultiStateData.of(follow);
        assertThat(data.states()).containsExactly("event-free", "relapse", "death");
        assertThat(data.hasEntry()).isFalse();
        assertThat(data.time(0)).isZero();
        assertThat(data.entry(2)).isZero();
        assertThat(data.to(2)).isEqualTo(2);
        assertThat(data.weightType()).contains(WeightType.FREQUENCY);
        assertThat(data.group()).isPresent();
        assertThat(data.cluster()).isPresent();
        assertThat(data.id()).isEmpty();
        assertThat(data.unit()).isEqualTo(DurationUnit.DAYS);
        assertThat(new Transition("a", "b")).hasToString("a -> b");
    }

    private static TransplantHistory history(String id, Object... events) {
        TransplantHistory.Builder builder = TransplantHistory.builder(id);
        for (int i = 0; i < events.length; i += 2) {
            builder.on((TransplantEvent) events[i], (Integer) events[i + 1]);
        }
        return builder.build();
    }

    private static List<String> path(TransplantHistory history) {
        MultiStateData data = TransplantState.rows(List.of(history), DurationUnit.DAYS);
        List<String> path = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            path.add((int) data.entry(i) + "-" + (int) data.time(i) + " "
                    + data.states().get(data.from(i))
                    + (data.to(i) < 0 ? "" : ": " + data.states().get(data.to(i))));
        }
        return path;
    }

    @Test
    void historiesBecomeStates() {
        assertThat(path(history("1", TransplantEvent.LAST_CONTACT, 9))).containsExactly("0-9 in remission");
        assertThat(path(history("2", TransplantEvent.DEATH, 9)))
                .containsExactly("0-9 in remission: dead without relapse");
        assertThat(path(history(
                        "3",
                        TransplantEvent.RELAPSE,
                        3,
                        TransplantEvent.SECOND_TRANSPLANT,
                        5,
                        TransplantEvent.SECOND_RELAPSE,
                        7,
                        TransplantEvent.DEATH,
                        9)))
                .containsExactly(
                        "0-3 in remission: relapsed",
                        "3-5 relapsed: in remission after second transplant",
                        "5-7 in remission after second transplant: relapsed after second transplant",
                        "7-9 relapsed after second transplant: dead after relapse");
        // On one day: relapse before death, and transplantation after relapse.
        assertThat(path(history("4", TransplantEvent.RELAPSE, 9, TransplantEvent.DEATH, 9)))
                .containsExactly("0-9 in remission: dead after relapse");
        assertThat(path(history(
                        "5",
                        TransplantEvent.RELAPSE,
                        4,
                        TransplantEvent.SECOND_TRANSPLANT,
                        4,
                        TransplantEvent.DEATH,
                        9)))
                .containsExactly(
                        "0-4 in remission: in remission after second transplant",
                        "4-9 in remission after second transplant: dead after relapse");
        // A second transplantation without relapse, and a first relapse after it.
        assertThat(path(history(
                        "6",
                        TransplantEvent.SECOND_TRANSPLANT,
                        4,
                        TransplantEvent.RELAPSE,
                        6,
                        TransplantEvent.LAST_CONTACT,
                        6)))
                .containsExactly(
                        "0-4 in remission: in remission after second transplant",
                        "4-6 in remission after second transplant: relapsed after second transplant");
        assertThat(path(history("7", TransplantEvent.SECOND_TRANSPLANT, 4, TransplantEvent.DEATH, 6)))
                .containsExactly(
                        "0-4 in remission: in remission after second transplant",
                        "4-6 in remission after second transplant: dead without relapse");
        assertThat(path(history("8", TransplantEvent.RELAPSE, 0, TransplantEvent.LAST_CONTACT, 6)))
                .containsExactly("0-6 relapsed");
    }

    @Test
    void historiesThatEndAtOnceAreNamed() {
        TransplantHistory gone = history("gone", TransplantEvent.DEATH, 0);
        TransplantHistory there = history("there", TransplantEvent.LAST_CONTACT, 73);
        MultiStateData data = TransplantState.rows(List.of(gone, there), DurationUnit.YEARS);
        assertThat(data.withoutRows()).containsExactly("gone");
        assertThat(data.time(0)).isEqualTo(73 / 365.25);
        assertThat(data.states())
                .isEqualTo(Arrays.stream(TransplantState.values())
                        .map(TransplantState::label)
                        .toList());
        assertThatThrownBy(() -> TransplantState.rows(List.of(gone), DurationUnit.DAYS))
                .hasMessage("every patient's follow-up ends on day 0; allowed: at least one who was at risk");
        assertThatThrownBy(() -> TransplantState.rows(List.of(), DurationUnit.DAYS))
                .hasMessage("there are no histories; allowed: at least one");
        assertThatThrownBy(() -> TransplantState.rows(List.of(there, there), DurationUnit.DAYS))
                .hasMessage(
                        "row 2, column 'id', value 'there': the patient is there before; allowed: each patient once");
    }
}

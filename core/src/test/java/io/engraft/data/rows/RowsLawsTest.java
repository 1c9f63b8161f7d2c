package io.engraft.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.MultiStateCheck.Kind;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of rows, and the named cases that concern them. */
class RowsLawsTest {

    /** Follow-up with ties, in a unit in which days are no whole numbers. */
    private static SurvivalData drawn(long seed, int n, double scale) {
        Random random = new Random(seed);
        double[] entry = new double[n];
        double[] time = new double[n];
        int[] status = new int[n];
        double[] x = new double[n];
        double[] z = new double[n];
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            entry[i] = random.nextInt(4) * 7 / scale;
            time[i] = (30 + random.nextInt(300)) / scale;
            status[i] = random.nextInt(3);
            x[i] = random.nextGaussian();
            z[i] = random.nextInt(2);
            ids.add("P" + i);
        }
        return SurvivalData.builder(time, status)
                .entry(entry)
                .id(Categories.of(ids))
                .covariate("x", x)
                .covariate("z", z)
                .build();
    }

    private static CoxFit fit(SurvivalData data) {
        return CoxModel.withDefaults().withCovariates("x", "z").fit(data);
    }

    private static void sameFit(SurvivalData whole, SurvivalData cut) {
        CoxFit a = fit(whole);
        CoxFit b = fit(cut);
        for (int j = 0; j < 2; j++) {
            double expected = a.coefficients().get(j).value().estimate();
            assertThat(b.coefficients().get(j).value().estimate())
                    .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
        }
        assertThat(b.logLikelihood()).isCloseTo(a.logLikelihood(), within(1e-9));
        SurvivalEstimate km = KaplanMeier.withDefaults().fit(EventTable.of(whole));
        SurvivalEstimate pieces = KaplanMeier.withDefaults().fit(EventTable.of(cut));
        assertThat(pieces.jumpTimes()).isEqualTo(km.jumpTimes());
        for (double t : km.jumpTimes()) {
            assertThat(pieces.survivalAt(t).estimate())
                    .isEqualTo(km.survivalAt(t).estimate());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cuttingChangesNoFit(long seed) {
        for (double scale : new double[] {1, 30.4375, 365.25}) {
            SurvivalData whole = drawn(seed, 150, scale);
            RowsBuilder rows = RowsBuilder.of(whole);
            double[] cuts =
                    IntStream.range(1, 30).mapToDouble(k -> k * 11 / scale).toArray();
            sameFit(whole, rows.withSplits(cuts).build().data());
            sameFit(whole, rows.withSplitsAtEvents().build().data());
            Random random = new Random(seed);
            double[] when = random.doubles(900, -20 / scale, 320 / scale).toArray();
            Categories who = Categories.of(
                    random.ints(900, 0, 150).mapToObj(i -> "P" + i).toList());
            sameFit(
                    whole,
                    rows.withCovariate(TimedCovariate.count("visits", who, when))
                            .withSplits(cuts)
                            .build()
                            .data());
        }
    }

    private static int[] shuffled(int n, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(i -> i).toArray();
    }

    private static double[] taken(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    private static RowsBuilder everything(SurvivalData base, int[] visitOrder, int[] eventOrder) {
        GoldenFile v = RowsCases.file("data_visits");
        GoldenFile e = RowsCases.file("data_happen");
        Categories who = Categories.of(v.texts("id")).rows(visitOrder);
        double[] when = taken(v.numbers("time"), visitOrder);
        List<String> levels =
                Arrays.stream(visitOrder).mapToObj(i -> v.text(i, "level")).toList();
        return RowsBuilder.of(base)
                .withCovariate(TimedCovariate.values("value", who, when, taken(v.numbers("value"), visitOrder))
                        .withTied(TiedValues.MEAN))
                .withCovariate(TimedCovariate.levels("level", who, when, levels))
                .withCovariate(TimedCovariate.sum("amount", who, when, taken(v.numbers("amount"), visitOrder)))
                .withEvents(TimedEvents.of(
                                "events",
                                Categories.of(e.texts("id")).rows(eventOrder),
                                taken(e.numbers("time"), eventOrder),
                                Categories.of(e.texts("kind")).rows(eventOrder))
                        .withCount("so_far"))
                .withSplits(10, 20);
    }

    private static List<String> lines(SurvivalData data) {
        return RowsCases.lines(data, "x", "value", "level", "amount", "so_far", "episode");
    }

    @Test
    void theOrderOfRowsOfNoTableCounts() {
        SurvivalData base = RowsCases.base();
        int visits = RowsCases.file("data_visits").size();
        int events = RowsCases.file("data_happen").size();
        int[] same = IntStream.range(0, visits).toArray();
        int[] sameEvents = IntStream.range(0, events).toArray();
        BuiltRows first = everything(base, same, sameEvents).build();
        for (long seed = 1; seed <= 5; seed++) {
            BuiltRows other = everything(base, shuffled(visits, seed), shuffled(events, seed))
                    .build();
            assertThat(lines(other.data())).isEqualTo(lines(first.data()));
            assertThat(other.counts()).hasToString(first.counts().toString());
            assertThat(other.data().warnings()).isEqualTo(first.data().warnings());
            int[] order = shuffled(base.size(), seed);
            BuiltRows moved = everything(base.inOrder(order), same, sameEvents).build();
            assertThat(lines(moved.data())).containsExactlyInAnyOrderElementsOf(lines(first.data()));
            assertThat(moved.data().id().orElseThrow().value(0))
                    .isEqualTo(base.id().orElseThrow().value(order[0]));
        }
    }

    @Test
    void twoStepsAreOne() {
        TimedEvents events = RowsCases.events();
        SurvivalData once = RowsCases.rows()
                .withCovariate(RowsCases.values())
                .withCovariate(RowsCases.levels("w"))
                .withCovariate(RowsCases.onset("o"))
                .withEvents(events.withCount("k"))
                .withSplits(10, 20)
                .build()
                .data();
        String[] names = {"x", "v", "w", "o", "k", "episode"};
        SurvivalData a =
                RowsCases.rows().withCovariate(RowsCases.values()).build().data();
        SurvivalData b = RowsBuilder.of(a)
                .withCovariate(RowsCases.onset("o"))
                .withEvents(events.withCount("k"))
                .build()
                .data();
        SurvivalData c = RowsBuilder.of(b)
                .withCovariate(RowsCases.levels("w"))
                .withSplits(10, 20)
                .build()
                .data();
        assertThat(RowsCases.lines(c, names)).isEqualTo(RowsCases.lines(once, names));
        SurvivalData d = RowsBuilder.of(
                        RowsBuilder.of(b).withSplits(10, 20).build().data())
                .withCovariate(RowsCases.levels("w"))
                .build()
                .data();
        assertThat(RowsCases.lines(d, names)).isEqualTo(RowsCases.lines(once, names));
        assertThat(RowsCases.lines(RowsBuilder.of(once).build().data(), names)).isEqualTo(RowsCases.lines(once, names));
    }

    /** Person-time, and events by cause, are those of the follow-up. */
    @Test
    void nothingIsLost() {
        SurvivalData base = RowsCases.base();
        BuiltRows rows = RowsCases.rows()
                .withCovariate(RowsCases.values())
                .withSplits(5, 15, 25)
                .build();
        for (int cause = 0; cause <= 2; cause++) {
            int code = cause;
            assertThat(IntStream.range(0, rows.data().size())
                            .filter(i -> rows.data().status(i) == code && code > 0)
                            .count())
                    .isEqualTo(IntStream.range(0, base.size())
                            .filter(i -> base.status(i) == code && code > 0)
                            .count());
        }
        assertThat(IntStream.range(0, rows.data().size())
                        .mapToDouble(i -> rows.data().time(i) - rows.data().entry(i))
                        .sum())
                .isEqualTo(IntStream.range(0, base.size())
                        .mapToDouble(i -> base.time(i) - base.entry(i))
                        .sum());
        assertThat(rows.check().findings()).isEmpty();
    }

    @Test
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void floatTies_survSplit() {
        // 0.1 + 0.2 is not 0.3, and no cut at the one makes a row that ends at the other.
        SurvivalData whole = SurvivalData.builder(
                        new double[] {0.3, 0.1 + 0.2, 0.5, 0.7, 0.1 * 7, 0.9}, new int[] {1, 1, 0, 1, 1, 0})
                .id(Categories.of(List.of("A", "B", "C", "D", "E", "F")))
                .covariate("x", new double[] {1, 0.2, 0.4, 2, 0.1, 1.1})
                .covariate("z", new double[] {1, 0, 0, 1, 0, 0})
                .build();
        double[] cuts = new double[8];
        double sum = 0;
        for (int k = 0; k < cuts.length; k++) {
            sum += 0.1;
            cuts[k] = sum;
        }
        BuiltRows rows = RowsBuilder.of(whole).withSplits(cuts).build();
        assertThat(IntStream.range(0, rows.data().size())
                        .mapToDouble(i -> rows.data().time(i) - rows.data().entry(i))
                        .min()
                        .orElseThrow())
                .isGreaterThan(0.09);
        assertThat(RowsCases.lines(rows.data()))
                .filteredOn(l -> l.startsWith("A"))
                .hasSize(3);
        sameFit(whole, rows.data());
        sameFit(whole, RowsBuilder.of(whole).withSplitsAtEvents().build().data());
        Categories two = Categories.of(List.of("A", "B"));
        BuiltRows measured = RowsBuilder.of(whole)
                .withCovariate(TimedCovariate.onset("late", two, new double[] {0.1 + 0.2, 0.3}))
                .build();
        assertThat(measured.data().size()).isEqualTo(6);
        assertThat(measured.counts().get(0).trailing()).isEqualTo(2);
        assertThat(measured.counts().get(0).joined()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-10})
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void floatTies_tinyIntervals(double length) {
        SurvivalData data = SurvivalData.builder(new double[] {1, 1 + length, 2}, new int[] {0, 1, 0})
                .entry(new double[] {0, 1, 0})
                .id(Categories.of(List.of("A", "B", "C")))
                .build();
        assertThatThrownBy(() -> RowsBuilder.of(data).withSplits(1.5).build())
                .hasMessageContaining("row 2, column 'entry', value '1.0': the row ends at " + (1 + length))
                .hasMessageContaining("TieRule.EXACT for none");
        SurvivalData exact = RowsBuilder.of(data)
                .withTieRule(TieRule.EXACT)
                .withCovariate(TimedCovariate.onset(
                        "x", Categories.of(List.of("A", "C")), new double[] {1 - length, 1 + length}))
                .build()
                .data();
        assertThat(RowsCases.lines(exact, "x"))
                .containsExactly(
                        "A (0," + (1 - length) + "] 0 0",
                        "A (" + (1 - length) + ",1] 0 1",
                        "B (1," + (1 + length) + "] 1 0",
                        "C (0," + (1 + length) + "] 0 0",
                        "C (" + (1 + length) + ",2] 0 1");
    }

    /** The rows that R's survcheck flags, in the multi-state data of golden_multistate.R. */
    @Test
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void ms_overlapGapTeleport() {
        GoldenFile check = GoldenFile.read("/golden/ms_check.csv");
        int flagged = 0;
        for (int r = 0; r < check.size(); r++) {
            GoldenFile f = GoldenFile.read("/golden/data/ms_" + check.text(r, "dataset") + ".csv");
            List<String> states = new ArrayList<>(f.texts("to"));
            states.removeIf(s -> s.equals("censored"));
            List<String> causes =
                    Categories.sortLevels(states.stream().distinct().toList());
            int[] status =
                    f.texts("to").stream().mapToInt(s -> causes.indexOf(s) + 1).toArray();
            SurvivalData rows = SurvivalData.builder(f.numbers("time"), status)
                    .entry(f.numbers("entry"))
                    .id(Categories.of(f.texts("id")))
                    .causes(causes)
                    .recurrent()
                    .build();
            RowsCheck found = RowsCheck.of(rows, Categories.of(f.texts("from")));
            List<Long> overlaps = new ArrayList<>(found.rows(Kind.OVERLAP));
            overlaps.addAll(found.rows(Kind.DUPLICATE));
            Collections.sort(overlaps);
            String name = check.text(r, "dataset");
            assertThat(overlaps).as(name).isEqualTo(rows(check, r, "overlap"));
            assertThat(found.rows(Kind.GAP)).as(name).isEqualTo(rows(check, r, "gap"));
            assertThat(found.rows(Kind.JUMP)).as(name).isEqualTo(rows(check, r, "jump"));
            assertThat(found.rows(Kind.TELEPORT)).as(name).isEqualTo(rows(check, r, "teleport"));
            flagged += found.findings().size();
        }
        assertThat(flagged).isGreaterThan(10);
    }

    private static List<Long> rows(GoldenFile check, int r, String flag) {
        String text = check.text(r, flag + "_rows");
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(";")).map(Long::valueOf).toList();
    }
}

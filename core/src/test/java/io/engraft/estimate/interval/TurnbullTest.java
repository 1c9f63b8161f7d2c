package io.engraft.estimate.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.internal.SkylineSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TurnbullTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final Turnbull TURNBULL = Turnbull.withDefaults();

    /** Two rows in (0, 2], one in (1, 3], one after 3: masses on (1, 2] and (3, infinity): 3/4 and 1/4. */
    @Test
    void fourRowsByHand() {
        TurnbullEstimate found = TURNBULL.fit(new double[] {0, 0, 1, 3}, new double[] {2, 2, 3, NEVER});
        assertThat(found.size()).isEqualTo(2);
        assertThat(found.left(0)).isEqualTo(1);
        assertThat(found.right(0)).isEqualTo(2);
        assertThat(found.mass(0)).isCloseTo(0.75, within(1e-12));
        assertThat(found.survivalAfter(0)).isCloseTo(0.25, within(1e-12));
        assertThat(found.right(1)).isEqualTo(NEVER);
        assertThat(found.logLikelihood()).isCloseTo(3 * Math.log(0.75) + Math.log(0.25), within(1e-12));
        assertThat(found.survivalAt(0.5).estimate()).isEqualTo(1);
        assertThat(found.survivalAt(1).estimate()).isEqualTo(1);
        assertThat(found.survivalAt(2).estimate()).isCloseTo(0.25, within(1e-12));
        assertThat(found.survivalAt(3).isEstimable()).isTrue();
        assertThat(found.survivalAt(1.5).reason()).startsWith("S falls from 1 to 0.25");
        assertThat(found.leastSurvival(4)).isZero();
        assertThat(found.largestSurvival(4)).isCloseTo(0.25, within(1e-12));
        assertThat(found.tidy().value(1, "right")).isNull();
        assertThat(found.totalWeight()).isEqualTo(4);
    }

    /** An event seen at 2, one in (1, 3], one in (2, 4]: (2, 4] shares nothing with the mass at 2: 1/2 each. */
    @Test
    void exactTimesAndOpenLeftEnds() {
        TurnbullEstimate found = TURNBULL.fit(new double[] {2, 1, 2}, new double[] {2, 3, 4});
        // (1, 3] holds both masses, so the likelihood is p (p + q) q: 1/2 each, on [2] and (2, 3].
        assertThat(found.size()).isEqualTo(2);
        assertThat(found.left(0)).isEqualTo(2);
        assertThat(found.right(0)).isEqualTo(2);
        assertThat(found.mass(0)).isCloseTo(0.5, within(1e-12));
        assertThat(found.left(1)).isEqualTo(2);
        assertThat(found.right(1)).isEqualTo(3);
        assertThat(found.survivalAt(2).estimate()).isCloseTo(0.5, within(1e-12));
        assertThat(found.survivalAt(1.9).estimate()).isEqualTo(1);
        assertThat(found.survivalAt(3).estimate()).isZero();
    }

    /** 0 and minus infinity on the left both say: some time up to the right end, 0 included. */
    @Test
    void leftCensoredRows() {
        double[] right = {0, 2, NEVER};
        TurnbullEstimate zero = TURNBULL.fit(new double[] {0, 0, 2}, right);
        TurnbullEstimate minus = TURNBULL.fit(new double[] {0, Double.NEGATIVE_INFINITY, 2}, right);
        assertThat(zero.logLikelihood()).isEqualTo(minus.logLikelihood());
        assertThat(zero.mass(0)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(zero.right(0)).isZero();
        assertThat(zero.left(0)).isZero();
        // One that may lie on both sides: (1, infinity) and [0, 2] share the mass on (1, 2].
        TurnbullEstimate both = TURNBULL.fit(new double[] {0, 0, 1}, right);
        assertThat(both.mass(0)).isCloseTo(0.5, within(1e-12));
        assertThat(both.left(1)).isEqualTo(1);
    }

    /** Masses 1/2 on (1, 2], 1/4 on (4, 6] and 1/4 on (6, infinity): S is 1/2 from 2 to 4 and 1/4 at 6. */
    @Test
    void quantilesAreTimesOrIntervals() {
        TurnbullEstimate found = TURNBULL.fit(new double[] {1, 1, 4, 6}, new double[] {2, 2, 6, NEVER});
        assertThat(found.quantile(0.25).isEstimable()).isFalse();
        assertThat(found.quantile(0.25).reason()).isEqualTo("not unique: any time in (1.0, 2.0]");
        assertThat(found.earliestQuantile(0.25)).isEqualTo(1);
        assertThat(found.latestQuantile(0.25)).isEqualTo(2);
        // S is exactly 1/2 from somewhere in (1, 2] to somewhere in (4, 6].
        assertThat(found.median().reason()).isEqualTo("not unique: any time in (1.0, 6.0]");
        assertThat(found.quantile(0.6).reason()).isEqualTo("not unique: any time in (4.0, 6.0]");
        assertThat(found.quantile(0.9).reason()).isEqualTo("it is not before 6.0, and no row says by when");
        assertThat(found.latestQuantile(0.9)).isEqualTo(NEVER);
        assertThat(found.horizon()).isEqualTo(6);
        assertThat(found.jumpTimes()).containsExactly(1, 2, 4, 6);
        assertThat(found.survivalValues(new double[] {0.5, 1.5, 3, 6})).containsExactly(1, Double.NaN, 0.5, 0.25);
        // Every event at its interval's left end: 1/2 1 + 1/4 4 + 1/4 6; at its right end, or 6: 1/2 2 + 1/4 6 + 1/4 6.
        assertThat(found.restrictedMean(6).reason()).isEqualTo("it lies between 3.0 and 4.0");
        assertThat(found.restrictedMean(1).estimate()).isEqualTo(1);
        assertThat(found.survivalCovariance(new double[] {3})[0]).containsExactly(Double.NaN);
        assertThatThrownBy(() -> found.quantile(1)).isInstanceOf(InvalidArgumentException.class);

        TurnbullEstimate zero = TURNBULL.fit(new double[] {0, 0}, new double[] {2, 2});
        assertThat(zero.median().reason()).isEqualTo("not unique: any time in [0.0, 2.0]");
        assertThat(zero.horizon()).isEqualTo(NEVER);
    }

    @Test
    void quantilesOfSingleTimesAreThoseOfKaplanMeier() {
        double[] time = {1, 2, 3, 4, 6, 9};
        TurnbullEstimate found = TURNBULL.fit(time, time);
        SurvivalEstimate km = KaplanMeier.withDefaults().fit(time, new int[] {1, 1, 1, 1, 1, 1});
        for (double p : new double[] {0.1, 1.0 / 6, 0.3, 0.5, 0.7, 5.0 / 6, 0.9}) {
            assertThat(found.quantile(p).estimate())
                    .as("p " + p)
                    .isEqualTo(km.quantile(p).estimate());
            assertThat(found.quantile(p).interval().isEstimable()).isFalse();
        }
        assertThat(found.restrictedMean(7).estimate())
                .isCloseTo(km.restrictedMean(7).estimate(), within(1e-12));
    }

    /** survfit's curve carried to its maximum (golden_turnbull.R): the interval that each quantile lies in. */
    @ParameterizedTest
    @CsvFileSource(resources = "/golden/turnbull_quantiles.csv", numLinesToSkip = 1)
    void quantilesAreNearThoseOfSurvfit(
            String data, double p, double from, @Nullable Double to, double after, double middle) throws IOException {
        double[][] rows = golden(data);
        TurnbullEstimate found = TURNBULL.fit(rows[0], rows[1]);
        assertThat(found.earliestQuantile(p)).isEqualTo(from);
        assertThat(found.latestQuantile(p)).isEqualTo(to == null ? NEVER : to);
        if (to != null) {
            assertThat((from + to) / 2).isCloseTo(middle, within(1e-9));
            assertThat(found.survivalAt(to).estimate()).isCloseTo(after, within(1e-10));
        }
    }

    private static double[][] golden(String data) throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (InputStream file = TurnbullTest.class.getResourceAsStream("/golden/data/" + data + ".csv")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).forEach(line -> {
                String[] cells = line.split(",", -1);
                rows.add(new double[] {
                    Double.parseDouble(cells[0]), cells[1].isEmpty() ? NEVER : Double.parseDouble(cells[1])
                });
            });
        }
        return new double[][] {
            rows.stream().mapToDouble(r -> r[0]).toArray(),
            rows.stream().mapToDouble(r -> r[1]).toArray()
        };
    }

    /** Right-censored and exact rows alone give the Kaplan-Meier curve. */
    @Test
    void withoutIntervalsItIsKaplanMeier() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(30);
            double[] time = new double[n];
            double[] right = new double[n];
            int[] status = new int[n];
            for (int i = 0; i < n; i++) {
                time[i] = 1 + random.nextInt(12);
                status[i] = random.nextInt(3) > 0 ? 1 : 0;
                right[i] = status[i] == 1 ? time[i] : NEVER;
            }
            TurnbullEstimate found = TURNBULL.fit(time, right);
            SurvivalEstimate km = KaplanMeier.withDefaults().fit(time, status);
            for (int p = 0; p < km.size(); p++) {
                assertThat(found.survivalAt(km.time(p)).estimate())
                        .as("seed " + seed + ", point " + p)
                        .isCloseTo(km.survival(p), within(1e-9));
            }
        }
    }

    /** turnbull_negativeVariance: no variance is given; all masses are at least 0 and sum to 1, and the gap is closed. */
    @Test
    void massesAreADistributionAndTheGapIsClosed() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] rows = rows(random, 1 + random.nextInt(60), seed % 2 == 0);
            double[] weight = Arrays.stream(rows[0]).map(x -> random.nextInt(4)).toArray();
            weight[0] = 1;
            TurnbullEstimate found = TURNBULL.fit(rows[0], rows[1], weight);
            String where = "seed " + seed;
            assertThat(found.status()).as(where).isEqualTo(FitStatus.CONVERGED);
            assertThat(found.gap()).as(where).isBetween(0.0, 1e-12);
            double sum = 0;
            for (int j = 0; j < found.size(); j++) {
                assertThat(found.mass(j)).as(where).isBetween(0.0, 1 + 1e-12);
                sum += found.mass(j);
            }
            assertThat(sum).as(where).isCloseTo(1, within(1e-12));
            // Weights are copies: the likelihood of the rows repeated is the same.
            double[] left = repeat(rows[0], weight);
            TurnbullEstimate copies = TURNBULL.fit(left, repeat(rows[1], weight));
            assertThat(copies.logLikelihood())
                    .as(where)
                    .isCloseTo(found.logLikelihood(), within(1e-9 * (1 + Math.abs(found.logLikelihood()))));
            // Kuhn-Tucker by the definition.
            assertThat(gap(found, left, repeat(rows[1], weight))).as(where).isLessThan(1e-10);
        }
    }

    private static double gap(TurnbullEstimate found, double[] left, double[] right) {
        double worst = 0;
        double[] p = new double[left.length];
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < found.size(); j++) {
                p[i] += lies(found, j, left[i], right[i]) ? found.mass(j) : 0;
            }
        }
        for (int j = 0; j < found.size(); j++) {
            double slope = 0;
            for (int i = 0; i < left.length; i++) {
                slope += lies(found, j, left[i], right[i]) ? 1 / p[i] : 0;
            }
            worst = Math.max(worst, slope / left.length - 1);
        }
        return worst;
    }

    private static boolean lies(TurnbullEstimate found, int j, double left, double right) {
        boolean point = found.left(j) == found.right(j);
        boolean after =
                left == right ? found.left(j) >= left && point : point ? found.left(j) > left : found.left(j) >= left;
        return after && found.right(j) <= right;
    }

    private static double[] repeat(double[] values, double[] weight) {
        double[] all = new double[(int) Arrays.stream(weight).sum()];
        int k = 0;
        for (int i = 0; i < values.length; i++) {
            for (int c = 0; c < weight[i]; c++) {
                all[k++] = values[i];
            }
        }
        return all;
    }

    private static double[][] rows(SplittableRandom random, int n, boolean grid) {
        double[] left = new double[n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            double t = -Math.log(1 - random.nextDouble()) * 10;
            double a = grid ? 1 + Math.floor(t) : t + 0.01;
            switch (random.nextInt(3)) {
                case 0 -> {
                    left[i] = a;
                    right[i] = a;
                }
                case 1 -> {
                    left[i] = a;
                    right[i] = NEVER;
                }
                default -> {
                    left[i] = a;
                    right[i] = a + 1 + (grid ? random.nextInt(5) : 10 * random.nextDouble());
                }
            }
        }
        return new double[][] {left, right};
    }

    /** Inspection times: thousands of rows, so that many masses come out as 0 and return. */
    @Test
    void manyRows() {
        int n = 3000;
        SplittableRandom random = new SplittableRandom(5);
        double[] left = new double[n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            double t = -Math.log(1 - random.nextDouble()) * 10;
            double look = random.nextDouble() * 20;
            left[i] = t <= look ? 0 : look;
            right[i] = t <= look ? look : NEVER;
        }
        TurnbullEstimate found = TURNBULL.fit(left, right);
        assertThat(found.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(found.iterations()).isLessThan(100);
        // The truth exp(-t / 10) within what n^(1/3) allows.
        assertThat((found.leastSurvival(7) + found.largestSurvival(7)) / 2).isCloseTo(Math.exp(-0.7), within(0.1));
    }

    @Test
    void itSaysWhereItDidNotConverge() {
        double[][] rows = rows(new SplittableRandom(1), 50, false);
        TurnbullEstimate found = TURNBULL.withMaxIterations(2).fit(rows[0], rows[1]);
        assertThat(found.status()).isEqualTo(FitStatus.FAILED);
        assertThat(found.iterations()).isEqualTo(2);
        assertThat(found.gap()).isGreaterThan(1e-12);
        assertThat(found.survivalAt(1).reason()).isEqualTo("the likelihood was not maximised in 2 steps");
    }

    /** Symmetric, by hand: 4x + y = 6, x + 3y + z = 10, y + 2z = 8 has the solution 1, 2, 3. */
    @Test
    void skylineSystems() {
        SkylineSystem system = new SkylineSystem(new int[] {0, 0, 1});
        system.addDiagonal(0, 4);
        system.addDiagonal(1, 3);
        system.addDiagonal(2, 2);
        system.add(1, 0, 1);
        system.add(2, 1, 1);
        assertThat(system.solve(new double[] {6, 10, 8})).containsExactly(new double[] {1, 2, 3}, within(1e-14));
        assertThat(SkylineSystem.entries(new int[] {0, 0, 1})).isEqualTo(2);
        SkylineSystem blind = new SkylineSystem(new int[] {0, 1});
        blind.addDiagonal(0, 2);
        assertThat(blind.solve(new double[] {4, 0})).containsExactly(2, 0);
    }

    @Test
    void badInputIsNamed() {
        double[] one = {1};
        assertThatThrownBy(() -> TURNBULL.fit(new double[] {2}, one))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 1, column 'right', value '1.0': allowed: left <= right, which is 2.0");
        assertThatThrownBy(() -> TURNBULL.fit(one, new double[] {Double.NaN}))
                .hasMessageContaining("column 'right', value 'NaN'");
        assertThatThrownBy(() -> TURNBULL.fit(new double[] {Double.NaN}, one))
                .hasMessage("row 1, column 'left', value 'NaN': allowed: 0 <= left < infinity, or minus infinity");
        assertThatThrownBy(() -> TURNBULL.fit(new double[] {-1}, one))
                .hasMessageContaining("column 'left', value '-1.0'");
        assertThatThrownBy(() -> TURNBULL.fit(new double[] {NEVER}, new double[] {NEVER}))
                .hasMessageContaining("column 'left', value 'Infinity'");
        assertThatThrownBy(() -> TURNBULL.fit(new double[] {Double.NEGATIVE_INFINITY}, new double[] {NEVER}))
                .hasMessage("row 1, column 'right', value 'Infinity': says nothing; allowed: one finite end");
        assertThatThrownBy(() -> TURNBULL.fit(new double[0], new double[0]))
                .hasMessage("there are no rows; allowed: at least one");
        assertThatThrownBy(() -> TURNBULL.fit(one, one, new double[] {0})).hasMessage("all weights are 0");
        assertThatThrownBy(() -> TURNBULL.fit(one, one, new double[] {-1}))
                .hasMessageContaining("column 'weight', value '-1.0'");
        assertThatThrownBy(() -> TURNBULL.fit(one, new double[2]))
                .hasMessageContaining("right has 2 rows and left has 1");
        assertThatThrownBy(() -> TURNBULL.fit(one, one, new double[2])).hasMessageContaining("weight has 2 rows");
        assertThatThrownBy(() -> TURNBULL.withMaxIterations(0)).hasMessageContaining("max iterations is 0");
        assertThatThrownBy(() -> TURNBULL.withTolerance(Double.NaN)).hasMessageContaining("tolerance is NaN");
        TurnbullEstimate found = TURNBULL.withTolerance(1e-9).fit(one, one);
        assertThatThrownBy(() -> found.mass(1)).hasMessage("interval is 1; allowed: 0 to 0");
        assertThatThrownBy(() -> found.survivalAt(Double.NaN)).hasMessageContaining("time is NaN");
    }

    @Test
    void estimatesEachGroupOfCensoredData() {
        double[] left = {0, 3, 2, 3, 0, 2};
        double[] right = {2, 3, NEVER, 5, 4, NEVER};
        Grouped<TurnbullEstimate> found = TURNBULL.fit(CensoredData.of(
                left,
                right,
                columns -> columns.group(Categories.of(List.of("a", "b", "a", "b", "b", "a")))
                        .weights(new double[] {2, 1, 1, 1, 1, 1}, WeightType.FREQUENCY)));
        // a: two of four in (0, 2], two later than 2; b: (0, 4] and [3, 3] share 3, and (3, 5] meets (0, 4] in (3, 4]
        assertThat(found.get("a").survivalAt(2).estimate()).isCloseTo(0.5, within(1e-12));
        assertThat(found.get("a").totalWeight()).isEqualTo(4);
        TurnbullEstimate alone = TURNBULL.fit(new double[] {3, 3, 0}, new double[] {3, 5, 4});
        assertThat(found.get("b").logLikelihood()).isEqualTo(alone.logLikelihood());
        assertThat(found.get("b").survivalAt(3).estimate())
                .isEqualTo(alone.survivalAt(3).estimate());
        assertThat(TURNBULL.fit(CensoredData.of(new double[] {0, 1}, new double[] {1, NEVER}))
                        .get("all")
                        .survivalAt(1)
                        .estimate())
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void refusesCensoredDataThatItDoesNotTakeIntoAccount() {
        double[] left = {0, 1};
        double[] right = {1, NEVER};
        Map<String, UnaryOperator<SurvivalData.Builder>> refused = Map.of(
                "entry times", columns -> columns.entry(new double[] {0.5, 0}),
                "sampling weights", columns -> columns.weights(new double[] {1, 2}, WeightType.SAMPLING),
                "rows that belong together", columns -> columns.cluster(Categories.of(List.of("a", "a"))));
        refused.forEach((what, columns) -> assertThatThrownBy(() -> TURNBULL.fit(CensoredData.of(left, right, columns)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(what));
    }
}

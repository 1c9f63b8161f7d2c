package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.testing.GoldenFile;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExactProportionTest {

    private static double lower(Interval interval) {
        return interval.lower().orElseThrow();
    }

    private static double upper(Interval interval) {
        return interval.upper().orElseThrow();
    }

    private static void near(double actual, double expected, String where) {
        assertThat(actual).as(where).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
    }

    @Test
    void twentyTwoOfSixty() {
        ExactProportion unit = ExactProportion.of(22, 60);
        Interval exact = unit.clopperPearson(0.95);
        assertThat(lower(exact)).isCloseTo(0.2459406, within(5e-8));
        assertThat(upper(exact)).isCloseTo(0.5010307, within(5e-8));
        assertThat(unit.pValue(0.30)).isCloseTo(0.262, within(5e-4));
        assertThat(unit.pValue(0.35)).isCloseTo(0.788, within(5e-4));
        assertThat(unit.pValue(0.40)).isCloseTo(0.693, within(5e-4));
    }

    @Test
    void intervalsAreThoseOfR() {
        GoldenFile golden = GoldenFile.read("/golden/exact_proportion.csv");
        for (int i = 0; i < golden.size(); i++) {
            ExactProportion p = ExactProportion.of((int) golden.number(i, "x"), (int) golden.number(i, "n"));
            double level = golden.number(i, "level");
            String where = p.events() + " of " + p.patients() + " at " + level;
            near(lower(p.clopperPearson(level)), golden.number(i, "cp_low"), "Clopper-Pearson lower of " + where);
            near(upper(p.clopperPearson(level)), golden.number(i, "cp_high"), "Clopper-Pearson upper of " + where);
            near(lower(p.wilson(level)), golden.number(i, "wilson_low"), "Wilson lower of " + where);
            near(upper(p.wilson(level)), golden.number(i, "wilson_high"), "Wilson upper of " + where);
            near(lower(p.jeffreys(level)), golden.number(i, "jeffreys_low"), "Jeffreys lower of " + where);
            near(upper(p.jeffreys(level)), golden.number(i, "jeffreys_high"), "Jeffreys upper of " + where);
        }
        assertThat(golden.size()).isEqualTo(180);
    }

    @Test
    void testsAreThoseOfR() {
        GoldenFile golden = GoldenFile.read("/golden/exact_test.csv");
        for (int i = 0; i < golden.size(); i++) {
            int x = (int) golden.number(i, "x");
            int n = (int) golden.number(i, "n");
            double p0 = golden.number(i, "p0");
            near(ExactProportion.of(x, n).pValue(p0), golden.number(i, "p_value"), x + " of " + n + " against " + p0);
        }
        assertThat(golden.size()).isEqualTo(172);
    }

    @Test
    void predictiveRangesAreThoseOfTheFormula() {
        GoldenFile golden = GoldenFile.read("/golden/predictive.csv");
        for (int i = 0; i < golden.size(); i++) {
            ExactProportion p = ExactProportion.of((int) golden.number(i, "x"), (int) golden.number(i, "n"));
            PredictiveRange range = p.predictive(
                    (int) golden.number(i, "m"),
                    golden.number(i, "level"),
                    golden.number(i, "a"),
                    golden.number(i, "b"));
            int k = (int) golden.number(i, "k");
            String where = "row " + i;
            assertThat(range.lower()).as(where).isEqualTo((int) golden.number(i, "lower"));
            assertThat(range.upper()).as(where).isEqualTo((int) golden.number(i, "upper"));
            near(range.probability(k), golden.number(i, "probability"), where);
            near(range.atMost(k), golden.number(i, "at_most"), where);
        }
    }

    /** x = 0 of n: the upper limits are 1 - alpha^(1/n) by hand; one of one: 0.025 to 1. */
    @Test
    void edgesByHand() {
        assertThat(upper(ExactProportion.of(0, 10).clopperPearson(0.95)))
                .isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-15));
        assertThat(lower(ExactProportion.of(0, 10).clopperPearson(0.95))).isZero();
        assertThat(lower(ExactProportion.of(1, 1).clopperPearson(0.95))).isCloseTo(0.025, within(1e-16));
        assertThat(upper(ExactProportion.of(1, 1).clopperPearson(0.95))).isEqualTo(1);
        assertThat(lower(ExactProportion.of(0, 5).wilson(0.95))).isZero();
        assertThat(lower(ExactProportion.of(0, 5).jeffreys(0.95))).isZero();
        assertThat(upper(ExactProportion.of(5, 5).jeffreys(0.95))).isEqualTo(1);
        // 2 of 4 with a uniform prior, one more patient: (2 + 1) / (4 + 2)
        PredictiveRange one = ExactProportion.of(2, 4).predictive(1, 0.95, 1, 1);
        assertThat(one.probability(1)).isCloseTo(0.5, within(1e-16));
        assertThat(ExactProportion.of(2, 3).predictive(1, 0.95, 1, 1).mean()).isCloseTo(0.6, within(1e-15));
    }

    /** 1 of 3 against 1/2: all counts but none are as likely or less: 3/8 + 3/8 + 1/8 + 1/8 = 1. 0 of 3: 1/8 + 1/8. */
    @Test
    void testsByHand() {
        assertThat(ExactProportion.of(1, 3).pValue(0.5)).isEqualTo(1);
        assertThat(ExactProportion.of(0, 3).pValue(0.5)).isCloseTo(0.25, within(1e-16));
        assertThat(ExactProportion.of(2, 2).pValue(0.25)).isCloseTo(0.0625, within(1e-16));
        assertThat(ExactProportion.of(0, 4).pValue(0)).isEqualTo(1);
        assertThat(ExactProportion.of(1, 4).pValue(0)).isZero();
        assertThat(ExactProportion.of(4, 4).pValue(1)).isEqualTo(1);
        assertThat(ExactProportion.of(3, 4).pValue(1)).isZero();
    }

    @Test
    void laws() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 1 + random.nextInt(seed % 10 == 0 ? 100_000 : 300);
            int x = random.nextInt(n + 1);
            double level = 0.5 + 0.499 * random.nextDouble();
            ExactProportion p = ExactProportion.of(x, n);
            ExactProportion mirrored = ExactProportion.of(n - x, n);
            String where = "seed " + seed + ": " + x + " of " + n + " at " + level;
            Interval exact = p.clopperPearson(level);
            Offset<Double> tiny = within(1e-12);
            for (Interval interval : new Interval[] {exact, p.wilson(level), p.jeffreys(level)}) {
                assertThat(lower(interval)).as(where).isBetween(0.0, p.proportion() + 1e-15);
                assertThat(upper(interval)).as(where).isBetween(p.proportion() - 1e-15, 1.0);
            }
            assertThat(1 - upper(mirrored.clopperPearson(level))).as(where).isCloseTo(lower(exact), tiny);
            assertThat(1 - upper(mirrored.jeffreys(level))).as(where).isCloseTo(lower(p.jeffreys(level)), tiny);
            assertThat(1 - upper(mirrored.wilson(level))).as(where).isCloseTo(lower(p.wilson(level)), tiny);
            assertThat(lower(p.jeffreys(level))).as(where).isGreaterThanOrEqualTo(lower(exact) - 1e-15);
            double p0 = random.nextDouble();
            assertThat(p.pValue(p0)).as(where).isBetween(0.0, 1.0).isCloseTo(mirrored.pValue(1 - p0), within(1e-9));
            // a value that the exact interval leaves out has one tail below (1 - level) / 2
            PredictiveRange range = p.predictive(1 + random.nextInt(80), level);
            assertThat(range.coverage()).as(where).isGreaterThanOrEqualTo(level - 1e-12);
            assertThat(range.atMost(range.patients())).as(where).isCloseTo(1, tiny);
            double mean = range.patients() * (x + 0.5) / (n + 1);
            assertThat(range.mean()).as(where).isCloseTo(mean, within(1e-9 * (1 + mean)));
            assertThat(range.holds(range.lower()) && range.holds(range.upper()))
                    .as(where)
                    .isTrue();
        }
    }

    @Test
    void largeCountsAndFarTails() {
        assertThat(ExactProportion.of(1_000_000, 1_000_000)
                        .clopperPearson(0.95)
                        .lower()
                        .orElseThrow())
                .isCloseTo(Math.pow(0.025, 1e-6), within(1e-15));
        // all of 1000 against 1/2: 2 * 2^-1000
        assertThat(ExactProportion.of(1000, 1000).pValue(0.5)).isCloseTo(Math.pow(2, -999), within(1e-310));
        PredictiveRange large = ExactProportion.of(350_000, 1_000_000).predictive(1_000_000, 0.95);
        assertThat(large.lower()).isBetween(347_000, 349_000);
        assertThat(large.coverage()).isCloseTo(0.95, within(1e-3));
    }

    @Test
    void tidyHasTheThreeIntervals() {
        assertThat(ExactProportion.of(22, 60).tidy().rowCount()).isEqualTo(3);
        assertThat((Double) ExactProportion.of(22, 60).tidy().value(0, "lower")).isCloseTo(0.2459406, within(5e-8));
        PredictiveRange range = ExactProportion.of(1, 2).predictive(3, 0.9);
        assertThat(range.tidy().rowCount()).isEqualTo(4);
        assertThat(range.tidy().value(3, "count")).isEqualTo(3L);
        assertThat(range.level()).isEqualTo(0.9);
    }

    @Test
    void badInput() {
        assertThatThrownBy(() -> ExactProportion.of(-1, 5))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("events is -1; allowed: 0 <= events <= 5, the patients");
        assertThatThrownBy(() -> ExactProportion.of(6, 5))
                .hasMessage("events is 6; allowed: 0 <= events <= 5, the patients");
        assertThatThrownBy(() -> ExactProportion.of(0, 0)).hasMessage("patients is 0; allowed: patients >= 1");
        ExactProportion p = ExactProportion.of(2, 5);
        assertThatThrownBy(() -> p.clopperPearson(1)).hasMessage("level is 1.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> p.wilson(Double.NaN)).hasMessage("level is NaN; allowed: 0 < level < 1");
        assertThatThrownBy(() -> p.jeffreys(0)).hasMessage("level is 0.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> p.pValue(1.1)).hasMessage("hypothesis is 1.1; allowed: 0 <= hypothesis <= 1");
        assertThatThrownBy(() -> p.pValue(Double.NaN)).hasMessage("hypothesis is NaN; allowed: 0 <= hypothesis <= 1");
        assertThatThrownBy(() -> p.predictive(0, 0.9))
                .hasMessage("future patients is 0; allowed: 1 to 10000000, as the distribution is held count by count");
        assertThatThrownBy(() -> p.predictive(3, 2)).hasMessage("level is 2.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> p.predictive(3, 0.9, 0, 1))
                .hasMessage("prior a is 0.0; allowed: 0 < prior a < infinity");
        assertThatThrownBy(() -> p.predictive(3, 0.9, 1, Double.NaN))
                .hasMessage("prior b is NaN; allowed: 0 < prior b < infinity");
        assertThatThrownBy(() -> p.predictive(3, 0.9).probability(4))
                .hasMessage("count is 4; allowed: 0 <= count <= 3");
        assertThatThrownBy(() -> p.predictive(3, 0.9).atMost(-1)).hasMessage("count is -1; allowed: 0 <= count <= 3");
    }
}

package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.curve.Interval;
import io.engraft.data.io.CsvSource;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProportionPoolTest {

    private static final ProportionPool NORMAL =
            ProportionPool.withDefaults().withInterval(PoolingInterval.HARTUNG_KNAPP);

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static void near(double actual, double expected, double tolerance, String where) {
        assertThat(actual).as(where).isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    }

    private static double width(Interval interval) {
        return interval.upper().orElseThrow() - interval.lower().orElseThrow();
    }

    @Test
    void everythingIsAsMetaforHasIt() {
        GoldenFile studies = GoldenFile.read("/golden/pool_studies.csv");
        Map<String, List<Integer>> rows = studies.rowsBy("dataset");
        GoldenFile golden = GoldenFile.read("/golden/pool.csv");
        assertThat(golden.size()).isEqualTo(90);
        for (int i = 0; i < golden.size(); i++) {
            int row = i;
            String where =
                    golden.text(i, "dataset") + " " + golden.text(i, "method") + " " + golden.text(i, "interval");
            List<StudyProportion> set = Objects.requireNonNull(rows.get(golden.text(i, "dataset"))).stream()
                    .map(r -> StudyProportion.of(
                            "study " + r, (int) studies.number(r, "x"), (int) studies.number(r, "n")))
                    .toList();
            PooledProportion pooled = ProportionPool.withDefaults()
                    .withHeterogeneity(Arrays.stream(HeterogeneityMethod.values())
                            .filter(m -> m.label().equals(golden.text(row, "method")))
                            .findFirst()
                            .orElseThrow())
                    .withInterval(
                            golden.text(i, "interval").equals("wald")
                                    ? PoolingInterval.WALD
                                    : PoolingInterval.HARTUNG_KNAPP_PLAIN)
                    .fit(set);
            near(pooled.tau2().estimate(), golden.number(i, "tau2"), 1e-10, "tau2 of " + where);
            near(pooled.logit(), golden.number(i, "mu"), 1e-10, "mu of " + where);
            near(pooled.logitStandardError(), golden.number(i, "se"), 1e-10, "se of " + where);
            Interval interval = pooled.proportion().interval();
            near(logit(interval.lower().orElseThrow()), golden.number(i, "lower"), 1e-9, "lower of " + where);
            near(logit(interval.upper().orElseThrow()), golden.number(i, "upper"), 1e-9, "upper of " + where);
            near(pooled.q(), golden.number(i, "q"), 1e-10, "Q of " + where);
            near(pooled.qPValue(), golden.number(i, "q_p"), 1e-10, "p of " + where);
            near(pooled.iSquared(), golden.number(i, "i2"), 1e-10, "I2 of " + where);
            if (set.size() < 3) {
                assertThat(pooled.prediction().isEstimable()).isFalse();
                assertThat(pooled.prediction().reason()).isEqualTo("a prediction interval needs three studies");
            } else {
                near(logit(pooled.prediction().lower().orElseThrow()), golden.number(i, "pi_lower"), 1e-9, where);
                near(logit(pooled.prediction().upper().orElseThrow()), golden.number(i, "pi_upper"), 1e-9, where);
            }
        }
    }

    /** By hand, tau^2 = 0: w = 1 / (1 / x + 1 / (n - x)) is 5 for 10 of 20 and 0.5 x 10.5 / 11 for 0 of 10. */
    @Test
    void weightsAreSharesOfTheInverseVariances() {
        PooledProportion equal = NORMAL.fit(List.of(StudyProportion.of("a", 10, 20), StudyProportion.of("b", 20, 40)));
        assertThat(equal.tau2().estimate()).isZero();
        assertThat(equal.weight(0)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(equal.weight(1)).isCloseTo(2.0 / 3, within(1e-15));
        PooledProportion corrected = ProportionPool.withDefaults()
                .withHeterogeneity(HeterogeneityMethod.DERSIMONIAN_LAIRD)
                .fit(List.of(StudyProportion.of("none", 0, 10), StudyProportion.of("half", 10, 20)));
        double tau2 = corrected.tau2().estimate();
        double none = 1 / (1 / 0.5 + 1 / 10.5 + tau2);
        double half = 1 / (0.2 + tau2);
        assertThat(corrected.weight(0)).isCloseTo(none / (none + half), within(1e-15));
        assertThat(corrected.logit()).isCloseTo(corrected.weight(0) * Math.log(0.5 / 10.5), within(1e-14));
    }

    /**
     * By hand: 10 of 20, 10 of 20 and 10 of 20 have logit 0, v = 0.2, Q = 0; the pooled logit is 0 with se sqrt(0.2 / 3).
     */
    @Test
    void equalStudiesByHand() {
        List<StudyProportion> three = List.of(
                StudyProportion.of("a", 10, 20), StudyProportion.of("b", 10, 20), StudyProportion.of("c", 10, 20));
        PooledProportion pooled =
                ProportionPool.withDefaults().withInterval(PoolingInterval.WALD).fit(three);
        assertThat(pooled.proportion().estimate()).isEqualTo(0.5);
        assertThat(pooled.logitStandardError()).isCloseTo(Math.sqrt(0.2 / 3), within(1e-15));
        assertThat(pooled.proportion().standardError().orElseThrow())
                .isCloseTo(0.25 * Math.sqrt(0.2 / 3), within(1e-15));
        assertThat(pooled.tau2().estimate()).isZero();
        assertThat(pooled.iSquared()).isZero();
        assertThat(pooled.qPValue()).isEqualTo(1);
        assertThat(pooled.study(0).interval().lower().orElseThrow())
                .isEqualTo(
                        ExactProportion.of(10, 20).clopperPearson(0.95).lower().orElseThrow());
        assertThat(pooled.tidy().rowCount()).isEqualTo(5);
        assertThat(pooled.tidy().value(3, "row")).isEqualTo("pooled");
        assertThat(pooled.conventions()).containsEntry("tau2", "REML").containsEntry("interval", "wald");
    }

    /** By hand: 0 of 10 becomes 0.5 and 10.5, 10 of 20 stays; the other study is not touched. */
    @Test
    void theCorrectionIsOnlyWhereItIsNeededAndSaid() {
        PooledProportion pooled = ProportionPool.withDefaults()
                .withHeterogeneity(HeterogeneityMethod.DERSIMONIAN_LAIRD)
                .fit(List.of(StudyProportion.of("none", 0, 10), StudyProportion.of("half", 10, 20)));
        double y = Math.log(0.5 / 10.5);
        double w1 = 1 / (1 / 0.5 + 1 / 10.5);
        double w2 = 5;
        double mean = w1 * y / (w1 + w2);
        assertThat(pooled.q()).isCloseTo(w1 * (y - mean) * (y - mean) + w2 * mean * mean, within(1e-13));
        assertThat(pooled.corrected()).containsExactly("none");
        assertThat(pooled.warnings())
                .contains("0.5 was added to events and to the others in none, where none or all had the event");
        assertThat(ProportionPool.withDefaults()
                        .withCorrection(0.1)
                        .fit(List.of(StudyProportion.of("none", 0, 10), StudyProportion.of("half", 10, 20)))
                        .logit())
                .isNotEqualTo(pooled.logit());
    }

    @Test
    void oneStudyIsItself() {
        List<StudyProportion> one = List.of(StudyProportion.of("only", 22, 60));
        PooledProportion wald =
                ProportionPool.withDefaults().withInterval(PoolingInterval.WALD).fit(one);
        assertThat(wald.proportion().estimate()).isCloseTo(22 / 60.0, within(1e-15));
        assertThat(wald.proportion().interval().isEstimable()).isTrue();
        assertThat(wald.tau2().isEstimable()).isFalse();
        assertThat(wald.tau2().reason()).isEqualTo("one study says nothing of the variance between studies");
        assertThat(wald.prediction().reason()).isEqualTo("a prediction interval needs three studies");
        assertThat(wald.warnings()).containsExactly("there is one study: nothing was pooled");
        PooledProportion hartung = NORMAL.fit(one);
        assertThat(hartung.proportion().interval().reason()).isEqualTo("the Hartung-Knapp interval needs two studies");
        assertThat(hartung.logitStandardError()).isNaN();
        assertThat(hartung.tidy().value(1, "lower")).isNull();
    }

    @Test
    void overlappingCohortsAreFlaggedAndKept() {
        StudyProportion a = StudyProportion.of("EWOG 2005", 35, 100).withCohort(1993, 2002, "EWOG-MDS", "EBMT");
        StudyProportion b = StudyProportion.of("Eurocord 2013", 36, 110).withCohort(1995, 2010, "Eurocord", "ebmt ");
        StudyProportion c = StudyProportion.of("Japan 2020", 44, 129).withCohort(2000, 2011, "JSHCT");
        StudyProportion d = StudyProportion.of("EBMT early", 10, 30).withCohort(1980, 1992, "EBMT");
        PooledProportion pooled = ProportionPool.withDefaults().fit(List.of(a, b, c, d));
        assertThat(pooled.studies()).hasSize(4);
        assertThat(pooled.overlaps()).hasSize(1);
        assertThat(pooled.overlaps().get(0).sentence())
                .isEqualTo("EWOG 2005 and Eurocord 2013 both have patients of EBMT in overlapping years (1993-2002 and"
                        + " 1995-2010): they may count the same patients");
        assertThat(pooled.overlaps().get(0).yearsKnown()).isTrue();
        assertThat(pooled.warnings()).containsExactly(pooled.overlaps().get(0).sentence());
        StudyProportion undated =
                new StudyProportion("undated", 5, 20, List.of("JSHCT"), OptionalInt.empty(), OptionalInt.empty());
        PooledProportion unsure = NORMAL.fit(List.of(c, undated));
        assertThat(unsure.overlaps().get(0).yearsKnown()).isFalse();
        assertThat(unsure.overlaps().get(0).sentence()).contains("and the years do not tell them apart");
        assertThat(NORMAL.fit(List.of(c, StudyProportion.of("bare", 5, 20))).warnings())
                .containsExactly(
                        "overlap of cohorts could not be checked for every study: a centre or registry is not given");
    }

    @Test
    void laws() {
        List<HeterogeneityMethod> methods = List.of(HeterogeneityMethod.values());
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<StudyProportion> studies = new ArrayList<>();
            int k = 2 + random.nextInt(10);
            double spread = seed % 3 == 0 ? 0 : 2 * random.nextDouble();
            for (int i = 0; i < k; i++) {
                int n = 5 + random.nextInt(200);
                double p = 1 / (1 + Math.exp(0.7 - spread * (random.nextDouble() - 0.5) * 3));
                int x = 0;
                for (int j = 0; j < n; j++) {
                    x += random.nextDouble() < p ? 1 : 0;
                }
                studies.add(StudyProportion.of("s" + i, x, n));
            }
            HeterogeneityMethod method = methods.get((int) (seed % 3));
            ProportionPool pool = NORMAL.withHeterogeneity(method);
            PooledProportion fit = pool.fit(studies);
            String where = "seed " + seed;
            List<StudyProportion> shuffled = new ArrayList<>(studies);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(pool.fit(shuffled).logit()).as(where).isEqualTo(fit.logit());
            assertThat(pool.fit(shuffled).tau2()).as(where).isEqualTo(fit.tau2());
            // relabelling event and no event turns everything round
            PooledProportion mirrored = pool.fit(studies.stream()
                    .map(s -> StudyProportion.of(s.label(), s.patients() - s.events(), s.patients()))
                    .toList());
            assertThat(mirrored.logit()).as(where).isCloseTo(-fit.logit(), within(1e-9));
            assertThat(mirrored.tau2().estimate())
                    .as(where)
                    .isCloseTo(
                            fit.tau2().estimate(), within(1e-9 * (1 + fit.tau2().estimate())));
            double least = studies.stream()
                    .mapToDouble(s -> (s.events() + 0.5) / (s.patients() + 1))
                    .min()
                    .orElseThrow();
            double most = studies.stream()
                    .mapToDouble(s -> (s.events() + 0.5) / (s.patients() + 1))
                    .max()
                    .orElseThrow();
            assertThat(fit.proportion().estimate()).as(where).isBetween(least - 0.05, most + 0.05);
            assertThat(fit.iSquared()).as(where).isBetween(0.0, 1.0);
            // every study twice, tau^2 held at what it is: the Wald interval narrows
            PooledProportion wald = pool.withInterval(PoolingInterval.WALD).fit(studies);
            if (wald.tau2().estimate() == 0) {
                List<StudyProportion> twice = new ArrayList<>(studies);
                studies.forEach(s -> twice.add(StudyProportion.of(s.label() + " again", s.events(), s.patients())));
                PooledProportion doubled = pool.withInterval(PoolingInterval.WALD)
                        .withHeterogeneity(HeterogeneityMethod.DERSIMONIAN_LAIRD)
                        .fit(twice);
                if (doubled.tau2().estimate() == 0) {
                    assertThat(width(doubled.proportion().interval()))
                            .as(where)
                            .isLessThan(width(wald.proportion().interval()));
                    assertThat(doubled.logit()).as(where).isCloseTo(wald.logit(), within(1e-12));
                }
            }
            if (k > 2) {
                assertThat(width(fit.prediction()))
                        .as(where)
                        .isGreaterThan(width(wald.proportion().interval()));
            }
        }
    }

    /** 4 of 12, 10 of 30 and 3 of 9 agree wholly; by hand, the common effect's limits are logit(1/3) -+ z / sqrt(51 2/9). */
    @Test
    void hartungKnappIsNeverNarrowerThanTheCommonEffect() {
        List<StudyProportion> agreeing =
                List.of(StudyProportion.of("a", 4, 12), StudyProportion.of("b", 10, 30), StudyProportion.of("c", 3, 9));
        double half = 1.959963984540054 / Math.sqrt(51 * 2 / 9.0);
        PooledProportion floored = NORMAL.fit(agreeing);
        Interval interval = floored.proportion().interval();
        assertThat(logit(interval.lower().orElseThrow())).isCloseTo(-Math.log(2) - half, within(1e-13));
        assertThat(logit(interval.upper().orElseThrow())).isCloseTo(-Math.log(2) + half, within(1e-13));
        assertThat(floored.logitStandardError()).isCloseTo(half / 1.959963984540054, within(1e-14));
        assertThat(floored.warnings()).hasSize(1);
        PooledProportion plain =
                NORMAL.withInterval(PoolingInterval.HARTUNG_KNAPP_PLAIN).fit(agreeing);
        assertThat(width(plain.proportion().interval())).isLessThan(1e-12);
        assertThat(plain.warnings().get(1))
                .contains("narrower than that of a common effect, which would be 0.2183 to 0.4723");
        for (long seed = 0; seed < 500; seed++) {
            List<StudyProportion> studies =
                    PoolCoverage.studies(2 + (int) (seed % 6), -1, 0.3, new SplittableRandom(seed));
            PooledProportion fit = NORMAL.fit(studies);
            assertThat(width(fit.proportion().interval()))
                    .as("seed " + seed)
                    .isGreaterThanOrEqualTo(width(NORMAL.withInterval(PoolingInterval.WALD)
                            .fit(studies)
                            .proportion()
                            .interval()))
                    .isGreaterThanOrEqualTo(width(NORMAL.withInterval(PoolingInterval.HARTUNG_KNAPP_PLAIN)
                            .fit(studies)
                            .proportion()
                            .interval()));
        }
    }

    @Test
    void theLastChoiceSaysWhichModelItIs() {
        List<StudyProportion> two = List.of(StudyProportion.of("a", 0, 12), StudyProportion.of("b", 10, 30));
        ProportionPool pool = ProportionPool.withDefaults();
        assertThat(pool.fit(two).conventions())
                .containsEntry("model", "binomial-normal")
                .containsEntry("interval", "likelihood")
                .containsEntry("correction", "none");
        for (ProportionPool normal : List.of(
                pool.withHeterogeneity(HeterogeneityMethod.REML),
                pool.withCorrection(0.5),
                pool.withInterval(PoolingInterval.HARTUNG_KNAPP))) {
            assertThat(normal.fit(two).conventions())
                    .containsEntry("model", "normal-normal")
                    .containsEntry("interval", "hartung-knapp");
        }
        assertThat(pool.withCorrection(0.1)
                        .withInterval(PoolingInterval.LIKELIHOOD)
                        .fit(two)
                        .corrected())
                .isEmpty();
    }

    @Test
    void studiesAreReadFromText() {
        List<StudyProportion> studies = StudyProportion.read(CsvSource.ofText(
                "study,events,n,registry,first_year,last_year\nA,35,100,EWOG-MDS; EBMT,1993,2002\nB,3,9,,,\n",
                "s.csv"));
        assertThat(studies.get(0).registries()).containsExactly("EWOG-MDS", "EBMT");
        assertThat(studies.get(0).firstYear()).hasValue(1993);
        assertThat(studies.get(1)).isEqualTo(StudyProportion.of("B", 3, 9));
        assertThat(StudyProportion.read(CsvSource.ofText("study,events,n\nA,1,2\n", "s.csv")))
                .hasSize(1);
        assertThatThrownBy(() -> StudyProportion.read(CsvSource.ofText(
                        "study,events,n,first_year\nA,1.5,2,2000\n,1,2,2000\nC,,2,2000\nD,3,2,2000\nE,x,2,MM\n",
                        "s.csv")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("s.csv, row 1, line 2, column 'events', value '1.5': allowed: a whole number")
                .hasMessageContaining("row 2, line 3, column 'study', value '': missing value; allowed: a name")
                .hasMessageContaining(
                        "row 3, line 4, column 'events', value '': missing value; allowed: a whole number")
                .hasMessageContaining(
                        "row 4, line 5, column 'events', value '3': events of D is 3; allowed: 0 <= events <= 2")
                .hasMessageContaining("row 5, line 6, column 'events', value 'x': not a number")
                .hasMessageContaining("row 5, line 6, column 'first_year', value 'MM': not a number");
        assertThatThrownBy(() -> StudyProportion.read(CsvSource.ofText("study,n\nA,2\n", "s.csv")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("events");
    }

    @Test
    void badInput() {
        ProportionPool pool = ProportionPool.withDefaults();
        assertThatThrownBy(() -> pool.fit(List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("studies is empty; allowed: one or more");
        assertThatThrownBy(() -> pool.fit(List.of(StudyProportion.of("a", 1, 2), StudyProportion.of("a", 1, 2))))
                .hasMessage("study is 'a' twice; allowed: distinct labels");
        assertThatThrownBy(() -> StudyProportion.of("a", 3, 2))
                .hasMessage("events of a is 3; allowed: 0 <= events <= 2");
        assertThatThrownBy(() -> StudyProportion.of("a", 0, 0))
                .hasMessage("patients of a is 0; allowed: patients >= 1");
        assertThatThrownBy(() -> StudyProportion.of(" ", 0, 1)).hasMessage("study is ' '; allowed: a name");
        assertThatThrownBy(() -> StudyProportion.of("a", 1, 2).withCohort(2005, 2001, "X"))
                .hasMessage("years of a are 2005 to 2001; allowed: first year <= last year");
        assertThatThrownBy(() -> StudyProportion.of("a", 1, 2).withCohort(2001, 2005))
                .hasMessage("registries of a is []; allowed: one or more names");
        assertThatThrownBy(() -> pool.withLevel(0)).hasMessage("level is 0.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> pool.withCorrection(Double.NaN))
                .hasMessage("correction is NaN; allowed: 0 < correction < infinity");
    }
}

package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.Interval;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The pool of counts by the binomial-normal likelihood. */
class BinomialPoolTest {

    private static final ProportionPool POOL = ProportionPool.withDefaults();

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static void near(double actual, double expected, double tolerance, String where) {
        assertThat(actual).as(where).isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    }

    private static double lower(Interval interval) {
        return interval.lower().orElseThrow();
    }

    private static double upper(Interval interval) {
        return interval.upper().orElseThrow();
    }

    private static List<StudyProportion> studies(int... counts) {
        List<StudyProportion> all = new ArrayList<>();
        for (int i = 0; i < counts.length; i += 2) {
            all.add(StudyProportion.of("study " + i / 2, counts[i], counts[i + 1]));
        }
        return all;
    }

    /** Maximum and limits by nested searches in R; the maximum is lme4's to 1e-7 (core/src/test/r). */
    @Test
    void maximumAndLimitsAreThoseOfTheLikelihood() {
        GoldenFile rows = GoldenFile.read("/golden/pool_likelihood_studies.csv");
        Map<String, List<Integer>> sets = rows.rowsBy("dataset");
        GoldenFile golden = GoldenFile.read("/golden/pool_likelihood.csv");
        assertThat(golden.size()).isEqualTo(20);
        for (int i = 0; i < golden.size(); i++) {
            String where = golden.text(i, "dataset");
            List<StudyProportion> set = Objects.requireNonNull(sets.get(where)).stream()
                    .map(r -> StudyProportion.of("study " + r, (int) rows.number(r, "x"), (int) rows.number(r, "n")))
                    .toList();
            PooledProportion pooled = POOL.fit(set);
            // 90 nodes of Gauss and Hermite give seven digits where tau is large
            double tolerance = golden.number(i, "tau2") > 2 ? 2e-7 : 1e-8;
            near(pooled.logit(), golden.number(i, "mu"), tolerance, "mu of " + where);
            near(pooled.tau2().estimate(), golden.number(i, "tau2"), tolerance, "tau2 of " + where);
            near(pooled.logitStandardError(), golden.number(i, "se"), 1e-6, "se of " + where);
            near(
                    BinomialNormal.fit(set).logLikelihood(),
                    golden.number(i, "loglik"),
                    tolerance * 1e-2,
                    "loglik of " + where);
            double cpLower = logit(golden.number(i, "cp_lower"));
            double cpUpper = logit(golden.number(i, "cp_upper"));
            Interval own = pooled.proportion().interval();
            near(logit(lower(own)), Math.min(cpLower, golden.number(i, "lower")), 1e-6, "lower of " + where);
            near(logit(upper(own)), Math.max(cpUpper, golden.number(i, "upper")), 1e-6, "upper of " + where);
            Interval further = pooled.prediction();
            near(logit(lower(further)), Math.min(cpLower, golden.number(i, "pi_lower")), 1e-6, "further " + where);
            near(logit(upper(further)), Math.max(cpUpper, golden.number(i, "pi_upper")), 1e-6, "further " + where);
            near(pooled.q(), golden.number(i, "q"), 1e-10, "Q of " + where);
            near(pooled.qPValue(), golden.number(i, "q_p"), 1e-10, "p of " + where);
            near(pooled.mean().estimate(), golden.number(i, "mean"), tolerance, "mean of " + where);
        }
    }

    /** Whole agreement: exactly 17 of 51 is 0.208 to 0.479 (binom.test), and no interval is narrower. */
    @Test
    void agreementIsNotPrecision() {
        Interval exact = ExactProportion.of(17, 51).clopperPearson(0.95);
        PooledProportion pooled = POOL.fit(studies(4, 12, 10, 30, 3, 9));
        assertThat(pooled.proportion().estimate()).isCloseTo(1 / 3.0, within(1e-14));
        assertThat(pooled.tau2().estimate()).isZero();
        assertThat(pooled.q()).isCloseTo(0, within(1e-25));
        for (Interval interval : List.of(pooled.proportion().interval(), pooled.prediction())) {
            assertThat(lower(interval)).isLessThanOrEqualTo(lower(exact));
            assertThat(upper(interval)).isGreaterThanOrEqualTo(upper(exact));
        }
    }

    /** Cochran's rule: with 1 of 30 everywhere 1 event is expected in each; with 10 of 30 10 are. */
    @Test
    void fewExpectedEventsMakeTheChiSquareRough() {
        assertThat(POOL.fit(studies(1, 30, 1, 30, 1, 30)).warnings())
                .anyMatch(w -> w.startsWith("the p-value of Q is rough where so few events are expected (if the studies"
                        + " share one proportion, 1 of the events in "));
        assertThat(POOL.fit(studies(10, 30, 12, 30, 8, 30)).warnings()).noneMatch(w -> w.contains("p-value of Q"));
    }

    @Test
    void noneAndAllOfAllPatients() {
        PooledProportion none = POOL.fit(studies(0, 10, 0, 30, 0, 20));
        assertThat(none.proportion().estimate()).isZero();
        // 1 - 0.025^(1/60), by hand
        assertThat(upper(none.proportion().interval())).isCloseTo(-Math.expm1(Math.log(0.025) / 60), within(1e-14));
        assertThat(lower(none.proportion().interval())).isZero();
        assertThat(none.proportion().standardError()).isEmpty();
        assertThat(none.tau2().isEstimable()).isFalse();
        assertThat(none.prediction().reason()).startsWith("no patient had the event");
        assertThat(none.weight(1)).isEqualTo(0.5);
        assertThat(none.qPValue()).isNaN();
        assertThat(none.iSquared()).isNaN();
        assertThat(none.q()).isNaN();
        assertThat(none.heterogeneityReason())
                .isEqualTo("no patient of any study had the event, so that no study can differ from another");
        assertThat(POOL.fit(studies(3, 10)).heterogeneityReason()).isEqualTo("there is one study");
        assertThat(POOL.fit(studies(3, 10)).qPValue()).isNaN();
        assertThat(none.logit()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(none.warnings().get(1))
                .startsWith("no patient of any study had the event: the interval is exact if");
        assertThat(none.tidy().rowCount()).isEqualTo(5);
        PooledProportion all = POOL.fit(studies(10, 10, 30, 30));
        assertThat(all.proportion().estimate()).isEqualTo(1);
        assertThat(lower(all.proportion().interval())).isCloseTo(Math.pow(0.025, 1 / 40.0), within(1e-14));
        assertThat(all.mean().estimate()).isEqualTo(1);
    }

    @Test
    void oneStudyIsItsExactSelf() {
        PooledProportion one = POOL.fit(studies(22, 60));
        assertThat(one.proportion().interval())
                .isEqualTo(ExactProportion.of(22, 60).clopperPearson(0.95));
        assertThat(one.proportion().estimate()).isCloseTo(22 / 60.0, within(1e-15));
        assertThat(one.logitStandardError()).isCloseTo(Math.sqrt(1 / 22.0 + 1 / 38.0), within(1e-13));
        assertThat(one.prediction().reason()).isEqualTo("one study says nothing of the variance between studies");
        assertThat(one.warnings()).containsExactly("there is one study: nothing was pooled");
    }

    /** 0 of 50 and 50 of 50: the likelihood rises for ever with tau. */
    @Test
    void studiesWithNothingInCommonAreNotPooled() {
        PooledProportion apart = POOL.fit(studies(0, 50, 50, 50));
        assertThat(apart.proportion().isEstimable()).isFalse();
        assertThat(apart.proportion().reason()).contains("has no finite estimate; do not pool them");
        assertThat(apart.prediction().isEstimable()).isFalse();
        assertThat(apart.tau2().isEstimable()).isFalse();
        assertThat(apart.logit()).isNaN();
        assertThat(apart.weight(0)).isEqualTo(0.5);
        assertThat(apart.tidy().value(2, "lower")).isNull();
        assertThat(apart.toString()).contains("not estimable");
    }

    /** With tau = 0 the integral is the binomial probability itself, and halving nothing changes: exact by hand. */
    @Test
    void theIntegralIsExact() {
        double[] sums = new double[6];
        new StudyLikelihood(3, 10).addTo(sums, logit(0.3), 0);
        assertThat(sums[0]).isCloseTo(Math.log(120 * Math.pow(0.3, 3) * Math.pow(0.7, 7)), within(1e-13));
        assertThat(sums[1]).isCloseTo(0, within(1e-14));
        assertThat(sums[3]).isCloseTo(-10 * 0.21, within(1e-13));
        // one patient, mu = 0: 1/2 whatever tau is, by symmetry
        for (double tau : new double[] {0.1, 1, 5, 50}) {
            double[] half = new double[6];
            new StudyLikelihood(1, 1).addTo(half, 0, tau);
            assertThat(half[0]).as("tau " + tau).isCloseTo(-Math.log(2), within(1e-12));
        }
        // derivatives against differences
        for (double[] at : new double[][] {{-2, 0.7}, {-5, 2}, {0.3, 0.2}}) {
            double h = 1e-5;
            double[] d = value(at[0], at[1]);
            double[] right = value(at[0] + h, at[1]);
            double[] left = value(at[0] - h, at[1]);
            double[] up = value(at[0], at[1] + h);
            double[] down = value(at[0], at[1] - h);
            near(d[1], (right[0] - left[0]) / (2 * h), 1e-7, "mu");
            near(d[2], (up[0] - down[0]) / (2 * h), 1e-7, "tau");
            near(d[3], (right[1] - left[1]) / (2 * h), 1e-7, "mu mu");
            near(d[4], (right[2] - left[2]) / (2 * h), 1e-7, "mu tau");
            near(d[5], (up[2] - down[2]) / (2 * h), 1e-7, "tau tau");
        }
    }

    private static double[] value(double mu, double tau) {
        double[] sums = new double[6];
        new StudyLikelihood(4, 35).addTo(sums, mu, tau);
        return sums;
    }

    @Test
    void laws() {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<StudyProportion> given =
                    PoolCoverage.studies(2 + random.nextInt(8), -2 + 2 * random.nextDouble(), 0.8, random);
            PooledProportion fit = POOL.fit(given);
            String where = "seed " + seed + " " + given;
            if (!fit.tau2().isEstimable()) {
                continue;
            }
            List<StudyProportion> shuffled = new ArrayList<>(given);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(POOL.fit(shuffled).proportion()).as(where).isEqualTo(fit.proportion());
            assertThat(POOL.fit(shuffled).prediction()).as(where).isEqualTo(fit.prediction());
            PooledProportion turned = POOL.fit(given.stream()
                    .map(s -> StudyProportion.of(s.label(), s.patients() - s.events(), s.patients()))
                    .toList());
            assertThat(turned.logit()).as(where).isCloseTo(-fit.logit(), within(1e-7));
            Interval own = fit.proportion().interval();
            assertThat(lower(turned.proportion().interval())).as(where).isCloseTo(1 - upper(own), within(1e-7));
            assertThat(lower(fit.prediction())).as(where).isLessThanOrEqualTo(lower(own) + 1e-9);
            assertThat(upper(fit.prediction())).as(where).isGreaterThanOrEqualTo(upper(own) - 1e-9);
            Interval wider = POOL.withLevel(0.99).fit(given).proportion().interval();
            assertThat(lower(wider)).as(where).isLessThan(lower(own));
            assertThat(upper(wider)).as(where).isGreaterThan(upper(own));
        }
    }

    /** Rare events in ten studies: with a correction of 1/2 the interval held 0.02 in two thirds of the replications. */
    @Test
    void intervalsHoldWhatTheySay() {
        PoolCoverage.Shares rare = PoolCoverage.of(POOL, 10, 0.02, 0.5, 150);
        assertThat(rare.pooled()).isGreaterThan(0.93);
        assertThat(rare.prediction()).isGreaterThan(0.93);
        PoolCoverage.Shares few = PoolCoverage.of(POOL, 3, 0.1, 0.5, 150);
        assertThat(few.pooled()).isGreaterThan(0.93);
        assertThat(few.prediction()).isGreaterThan(0.93);
    }
}

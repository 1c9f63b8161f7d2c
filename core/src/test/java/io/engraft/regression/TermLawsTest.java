package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold of terms for every data set; 300 seeded ones each. */
class TermLawsTest {

    private static final int SETS = 300;
    private static final String[] LEVELS = {"a", "b", "c"};

    /** Rows with an age, a group, a sex and counts, by seed. */
    private static final class Sample {
        final double[] time;
        final int[] status;
        final double[] age;
        final double[] count;
        final int[] g;
        final int[] s;

        Sample(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 60 + random.nextInt(60);
            time = new double[n];
            status = new int[n];
            age = new double[n];
            count = new double[n];
            g = new int[n];
            s = new int[n];
            for (int i = 0; i < n; i++) {
                age[i] = Math.round(60 * random.nextDouble()) + 1;
                g[i] = i % 3;
                s[i] = random.nextInt(2);
                count[i] = 1 + random.nextInt(3);
                double mean = 5 * Math.exp(0.02 * age[i] - 0.4 * g[i] + 0.01 * s[i] * age[i]);
                double t = mean * Math.pow(-Math.log(random.nextDouble()), 0.8);
                double c = 3 + 40 * random.nextDouble();
                time[i] = Math.min(t, c) + 1e-3;
                status[i] = t <= c ? 1 : 0;
            }
        }

        SurvivalData.Builder rows(int[] order, double unit, double shift) {
            return SurvivalData.builder(
                            IntStream.of(order).mapToDouble(i -> time[i]).toArray(),
                            IntStream.of(order).map(i -> status[i]).toArray())
                    .covariate(
                            "age",
                            IntStream.of(order)
                                    .mapToDouble(i -> age[i] * unit + shift)
                                    .toArray())
                    .covariate("one", IntStream.of(order).mapToDouble(i -> 1).toArray())
                    .covariate("g", levels(g, order))
                    .covariate("s", levels(s, order));
        }

        private static Categories levels(int[] codes, int[] order) {
            return Categories.of(
                    IntStream.of(order).mapToObj(i -> LEVELS[codes[i]]).toList());
        }

        int[] order() {
            return IntStream.range(0, time.length).toArray();
        }

        SurvivalData rows() {
            return rows(order(), 1, 0).build();
        }
    }

    private static AftFit fit(SurvivalData data, Terms terms) {
        AftFit fit = AftModel.of(AftDistribution.WEIBULL).withCovariates(terms).fit(data);
        assertThat(fit.status()).isIn(FitStatus.CONVERGED, FitStatus.RANK_DEFICIENT);
        return fit;
    }

    private static final Terms RICH = Terms.of("ns(age,3)*s", "g", "g:s");

    /** Patients of every group and sex, younger and older than all rows too. */
    private static List<CovariateProfile> patients(double unit, double shift, boolean sex) {
        List<CovariateProfile> all = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            CovariateProfile p = CovariateProfile.empty()
                    .with("age", (18 * k - 10) * unit + shift)
                    .with("g", LEVELS[k % 3]);
            all.add(sex ? p.with("s", LEVELS[k / 2 % 2]) : p);
        }
        return all;
    }

    private static void same(AftFit a, AftFit b, String what) {
        same(a, b, 1, 0, what);
    }

    /** The fitted values of two fits, the ages of the second in another unit. */
    private static void same(AftFit a, AftFit b, double unit, double shift, String what) {
        assertThat(b.logLikelihood()).as(what).isCloseTo(a.logLikelihood(), within(1e-8));
        boolean sex = a.terms().stream()
                .anyMatch(t -> t.term().contains("s") && !t.term().equals("ns(age,3)"));
        List<CovariateProfile> mine = patients(1, 0, sex);
        List<CovariateProfile> others = patients(unit, shift, sex);
        for (int k = 0; k < mine.size(); k++) {
            double x = Math.log(a.predict(mine.get(k)).median().estimate());
            double y = Math.log(b.predict(others.get(k)).median().estimate());
            double se = a.predict(mine.get(k)).median().standardError().getAsDouble() / Math.exp(x);
            assertThat(y).as(what + " patient " + k).isCloseTo(x, within(1e-6 * Math.max(se, 1)));
            assertThat(b.predict(others.get(k)).median().standardError().getAsDouble() / Math.exp(y))
                    .as(what + " patient " + k)
                    .isCloseTo(se, within(1e-6 * Math.max(se, 1)));
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        for (long seed = 0; seed < SETS; seed++) {
            Sample sample = new Sample(seed);
            int n = sample.time.length;
            int[] reversed = IntStream.range(0, n).map(i -> n - 1 - i).toArray();
            same(fit(sample.rows(), RICH), fit(sample.rows(reversed, 1, 0).build(), RICH), "seed " + seed);
        }
    }

    @Test
    void anotherReferenceChangesNoFittedValue() {
        for (long seed = 0; seed < SETS; seed++) {
            SurvivalData data = new Sample(seed).rows();
            AftFit fit = fit(data, RICH);
            for (String level : LEVELS) {
                same(fit, fit(data, RICH.withReference("g", level).withReference("s", "b")), "seed " + seed);
            }
        }
    }

    @Test
    void theFirstLevelIsTheReferenceThatNeedNotBeNamed() {
        for (long seed = 0; seed < 20; seed++) {
            SurvivalData data = new Sample(seed).rows();
            assertThat(fit(data, RICH.withReference("g", "a")).coefficients())
                    .isEqualTo(fit(data, RICH).coefficients());
        }
    }

    @Test
    void anotherUnitOfAgeChangesNoFittedValue() {
        for (long seed = 0; seed < SETS; seed++) {
            Sample sample = new Sample(seed);
            AftFit years = fit(sample.rows(), RICH);
            AftFit days = fit(sample.rows(sample.order(), 365.25, 0).build(), RICH);
            same(years, days, 365.25, 0, "seed " + seed);
            same(years, fit(sample.rows(sample.order(), 1, -1000).build(), RICH), 1, -1000, "seed " + seed);
            // Even the coefficients stay: a spline's columns have no unit.
            for (int j = 0; j < years.coefficients().size(); j++) {
                Coefficient c = years.coefficients().get(j);
                double se = c.stdError().orElse(1);
                assertThat(days.coefficients().get(j).value().optional().orElse(0))
                        .as("seed " + seed + " " + c.name())
                        .isCloseTo(c.value().optional().orElse(0), within(1e-6 * se));
            }
        }
    }

    @Test
    void aProductWithOneIsTheOther() {
        for (long seed = 0; seed < SETS; seed++) {
            SurvivalData data = new Sample(seed).rows();
            AftFit plain = fit(data, Terms.of("age", "g"));
            AftFit product = fit(data, Terms.of("age:one", "g"));
            assertThat(product.coefficient("age:one").value())
                    .isEqualTo(plain.coefficient("age").value());
            AftFit both = fit(data, Terms.of("age", "g", "age:one"));
            assertThat(both.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
            assertThat(both.coefficient("age:one").value().isEstimable()).isFalse();
            assertThat(both.coefficient("age")).isEqualTo(plain.coefficient("age"));
        }
    }

    @Test
    void differentWaysToWriteTheSameModel() {
        for (long seed = 0; seed < SETS; seed++) {
            SurvivalData data = new Sample(seed).rows();
            AftFit star = fit(data, Terms.of("age*g"));
            assertThat(fit(data, Terms.of("age", "g", "age:g")).coefficients()).isEqualTo(star.coefficients());
            Terms built = Terms.none()
                    .with(Term.of("age"))
                    .with(Term.of("g"))
                    .with(Term.of("age").by(Term.of("g")));
            assertThat(fit(data, built).coefficients()).isEqualTo(star.coefficients());
            same(star, fit(data, Terms.of("g", "age:g")), "slopes, seed " + seed);
            same(star, fit(data, Terms.of("age:g", "age", "g")), "order, seed " + seed);
        }
    }

    @Test
    void aFrequencyWeightIsARowRepeated() {
        for (long seed = 0; seed < SETS; seed++) {
            Sample sample = new Sample(seed);
            int[] repeated = IntStream.of(sample.order())
                    .flatMap(i -> IntStream.range(0, (int) sample.count[i]).map(k -> i))
                    .toArray();
            SurvivalData weighted = sample.rows(sample.order(), 1, 0)
                    .weights(sample.count, WeightType.FREQUENCY)
                    .build();
            AftFit fit = fit(weighted, RICH);
            AftFit rows = fit(sample.rows(repeated, 1, 0).build(), RICH);
            assertThat(fit.terms()).isEqualTo(rows.terms());
            same(fit, rows, "seed " + seed);
        }
    }

    @Test
    void rowsOfWeightZeroMoveNoKnot() {
        for (long seed = 0; seed < SETS; seed++) {
            Sample sample = new Sample(seed);
            int n = sample.time.length;
            int[] some = IntStream.range(0, n).filter(i -> i % 5 > 0).toArray();
            double[] weights = new double[n];
            Arrays.setAll(weights, i -> i % 5 > 0 ? 1 : 0);
            SurvivalData zeros = sample.rows(sample.order(), 1, 0)
                    .weights(weights, WeightType.FREQUENCY)
                    .build();
            AftFit fit = fit(zeros, RICH);
            AftFit without = fit(sample.rows(some, 1, 0).build(), RICH);
            assertThat(fit.terms()).isEqualTo(without.terms());
            same(fit, without, "seed " + seed);
        }
    }
}

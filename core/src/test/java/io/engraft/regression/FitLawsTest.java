package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold for every data set; 1,000 seeded ones each. */
class FitLawsTest {

    private static final AftDistribution[] DISTRIBUTIONS = AftDistribution.values();

    /** Rows with ties, weights, two covariates and clusters, by seed. */
    private static final class Sample {
        final double[] time;
        final int[] status;
        final double[] weight;
        final double[] entry;
        final double[] x;
        final List<String> g = new ArrayList<>();
        final List<String> cluster = new ArrayList<>();
        final AftDistribution distribution;

        Sample(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 25 + random.nextInt(60);
            time = new double[n];
            status = new int[n];
            weight = new double[n];
            entry = new double[n];
            x = new double[n];
            distribution = DISTRIBUTIONS[(int) (seed % DISTRIBUTIONS.length)];
            boolean days = random.nextBoolean();
            for (int i = 0; i < n; i++) {
                x[i] = random.nextDouble() * 3;
                g.add("g" + i % 3);
                cluster.add("c" + i % 10);
                double t = 10 * Math.exp(0.3 * x[i] + 0.8 * Math.log(-Math.log(random.nextDouble())));
                double c = 40 * random.nextDouble() + 1;
                status[i] = t <= c ? 1 + random.nextInt(2) : 0;
                time[i] = days ? Math.ceil(Math.min(t, c)) : Math.min(t, c) + 1e-3;
                weight[i] = 1 + random.nextInt(3);
                entry[i] = random.nextBoolean() ? 0 : time[i] * 0.8 * random.nextDouble();
            }
        }

        SurvivalData.Builder rows(int[] order, double unit) {
            SurvivalData.Builder b = SurvivalData.builder(
                            IntStream.of(order).mapToDouble(i -> time[i] * unit).toArray(),
                            IntStream.of(order).map(i -> status[i]).toArray())
                    .covariate("x", pick(x, order))
                    .covariate(
                            "g",
                            Categories.of(IntStream.of(order).mapToObj(g::get).toList()))
                    .cluster(Categories.of(
                            IntStream.of(order).mapToObj(cluster::get).toList()))
                    .strata(Categories.of(IntStream.of(order).mapToObj(g::get).toList()));
            if (distribution.logTime() && (int) time[0] % 2 == 0) {
                b.entry(IntStream.of(order).mapToDouble(i -> entry[i] * unit).toArray());
            }
            return b;
        }

        int[] order() {
            return IntStream.range(0, time.length).toArray();
        }

        AftFit fit(SurvivalData.Builder b) {
            return AftModel.of(distribution)
                    .withCovariates("x", "g")
                    .withRobustVariance()
                    .fit(b.build());
        }
    }

    private static double[] pick(double[] v, int[] order) {
        return IntStream.of(order).mapToDouble(i -> v[i]).toArray();
    }

    private static void same(AftFit a, AftFit b, String what, double tolerance) {
        assertThat(a.status()).as(what).isEqualTo(b.status());
        if (a.status() != FitStatus.CONVERGED) {
            return;
        }
        assertThat(a.logLikelihood())
                .as(what)
                .isCloseTo(b.logLikelihood(), within(1e-10 * Math.abs(b.logLikelihood())));
        for (int j = 0; j < a.coefficients().size(); j++) {
            Coefficient c = a.coefficients().get(j);
            Coefficient d = b.coefficients().get(j);
            double se = d.stdError().getAsDouble();
            String at = what + " " + c.name();
            assertThat(c.value().estimate()).as(at).isCloseTo(d.value().estimate(), within(tolerance * se));
            assertThat(c.stdError().getAsDouble()).as(at).isCloseTo(se, within(tolerance * se));
            assertThat(c.robustStdError().getAsDouble())
                    .as(at)
                    .isCloseTo(d.robustStdError().getAsDouble(), within(tolerance * se));
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        for (long seed = 0; seed < 1000; seed++) {
            Sample s = new Sample(seed);
            int[] reversed =
                    IntStream.of(s.order()).map(i -> s.time.length - 1 - i).toArray();
            same(s.fit(s.rows(reversed, 1)), s.fit(s.rows(s.order(), 1)), "seed " + seed, 1e-6);
        }
    }

    @Test
    void aFrequencyWeightIsARowRepeated() {
        for (long seed = 0; seed < 1000; seed++) {
            Sample s = new Sample(seed);
            int[] repeated = IntStream.of(s.order())
                    .flatMap(i -> IntStream.range(0, (int) s.weight[i]).map(k -> i))
                    .toArray();
            AftFit weighted = s.fit(s.rows(s.order(), 1).weights(s.weight, WeightType.FREQUENCY));
            AftFit rows = s.fit(s.rows(repeated, 1));
            same(weighted, rows, "seed " + seed, 1e-6);
            assertThat(weighted.events()).isEqualTo(rows.events());
            assertThat(weighted.bic()).as("seed " + seed).isCloseTo(rows.bic(), within(1e-8 * Math.abs(rows.bic())));
        }
    }

    @Test
    void aChangeOfUnitShiftsTheInterceptByItsLogarithm() {
        for (long seed = 0; seed < 1000; seed++) {
            Sample s = new Sample(seed);
            if (!s.distribution.logTime()) {
                continue;
            }
            double unit = Math.exp((double) (seed % 21 - 10));
            AftFit one = s.fit(s.rows(s.order(), 1));
            AftFit other = s.fit(s.rows(s.order(), unit));
            assertThat(other.status()).as("seed " + seed).isEqualTo(one.status());
            if (one.status() != FitStatus.CONVERGED) {
                continue;
            }
            for (int j = 0; j < one.coefficients().size(); j++) {
                Coefficient a = one.coefficients().get(j);
                Coefficient b = other.coefficients().get(j);
                double shift = j == 0 ? Math.log(unit) : 0;
                double se = a.stdError().getAsDouble();
                assertThat(b.value().estimate() - shift)
                        .as("seed " + seed + " " + a.name())
                        .isCloseTo(a.value().estimate(), within(1e-6 * se));
                assertThat(b.stdError().getAsDouble()).as("seed " + seed).isCloseTo(se, within(1e-6 * se));
            }
            assertThat(other.logLikelihood() + one.events() * Math.log(unit))
                    .as("seed " + seed)
                    .isCloseTo(one.logLikelihood(), within(1e-9 * Math.abs(one.logLikelihood())));
        }
    }

    @Test
    void anIntervalWithoutLengthIsAnExactTime() {
        for (long seed = 0; seed < 1000; seed++) {
            Sample s = new Sample(seed);
            double[] right = s.time.clone();
            for (int i = 0; i < right.length; i++) {
                right[i] = s.status[i] > 0 ? right[i] : Double.POSITIVE_INFINITY;
            }
            AftModel model = AftModel.of(s.distribution).withCovariates("x").withRobustVariance();
            CensoredData censored = CensoredData.of(s.time, right, b -> b.covariate("x", s.x));
            SurvivalData rows =
                    SurvivalData.builder(s.time, s.status).covariate("x", s.x).build();
            same(model.fit(censored), model.fit(rows), "seed " + seed, 1e-6);
        }
    }

    @Test
    void aNarrowIntervalIsAlmostAnExactTime() {
        for (long seed = 0; seed < 200; seed++) {
            Sample s = new Sample(seed);
            if (!s.distribution.logTime()) {
                continue;
            }
            double[] left = s.time.clone();
            double[] right = s.time.clone();
            double width = 1e-5;
            for (int i = 0; i < right.length; i++) {
                left[i] = s.status[i] > 0 ? left[i] - width / 2 : left[i];
                right[i] = s.status[i] > 0 ? right[i] + width / 2 : Double.POSITIVE_INFINITY;
            }
            AftModel model = AftModel.of(s.distribution).withCovariates("x");
            AftFit narrow = model.fit(CensoredData.of(left, right, b -> b.covariate("x", s.x)));
            AftFit exact = model.fit(
                    SurvivalData.builder(s.time, s.status).covariate("x", s.x).build());
            assertThat(narrow.logLikelihood() - exact.events() * Math.log(width))
                    .as("seed " + seed)
                    .isCloseTo(exact.logLikelihood(), within(1e-3));
        }
    }

    @Test
    void strataSplitAsSeparateFitsDo() {
        // With every covariate interacting the model falls apart; here: without covariates the scale of a stratum alone
        // differs, so that the log-likelihood is at least that of one scale and at most that of separate fits.
        for (long seed = 0; seed < 1000; seed++) {
            Sample s = new Sample(seed);
            if (!s.distribution.hasScale() || !s.distribution.logTime()) {
                continue;
            }
            SurvivalData data = s.rows(s.order(), 1).build();
            AftModel model = AftModel.of(s.distribution);
            AftFit strata = model.withStrataOnScale().fit(data);
            double separate = 0;
            for (int g = 0; g < 3; g++) {
                int level = g;
                int[] rows = IntStream.of(s.order()).filter(i -> i % 3 == level).toArray();
                separate += model.fit(s.rows(rows, 1).build()).logLikelihood();
            }
            assertThat(strata.logLikelihood())
                    .as("seed " + seed)
                    .isGreaterThan(model.fit(data).logLikelihood() - 1e-8);
            assertThat(strata.logLikelihood()).as("seed " + seed).isLessThan(separate + 1e-8);
        }
    }

    @Test
    void familiesThatContainEachOtherAgree() {
        for (long seed = 0; seed < 150; seed++) {
            Sample s = new Sample(seed);
            SurvivalData data = s.rows(s.order(), 1).build();
            double weibull = fit("weibull", data).logLikelihood();
            double logNormal = fit("lognormal", data).logLikelihood();
            double gamma = fit("gamma", data).logLikelihood();
            ParametricFit gengamma = fit("gengamma", data);
            double exponential = fit("exponential", data).logLikelihood();
            String what = "seed " + seed;
            if (gengamma.status() == FitStatus.CONVERGED) {
                assertThat(gengamma.logLikelihood())
                        .as(what)
                        .isGreaterThan(Math.max(Math.max(weibull, logNormal), gamma) - 1e-7);
            }
            assertThat(exponential).as(what).isLessThan(weibull + 1e-9);
            assertThat(exponential).as(what).isLessThan(gamma + 1e-9);
            assertThat(fit("gompertz", data).logLikelihood()).as(what).isGreaterThan(exponential - 1e-9);
            assertThat(fit("spline-hazard-0", data).logLikelihood()).as(what).isCloseTo(weibull, within(1e-7));
            assertThat(fit("spline-normal-0", data).logLikelihood()).as(what).isCloseTo(logNormal, within(1e-7));
        }
    }

    private static ParametricFit fit(String family, SurvivalData data) {
        return ParametricModel.of(ParametricFamily.parse(family)).fit(data);
    }
}

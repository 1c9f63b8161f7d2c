package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.engraft.FitStatus;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The museum of searches: data on which Cox models of others broke. Names as in named-cases.md. */
class NamedCoxTest {

    private static final CoxModel X = CoxModel.withDefaults().withCovariates("x");
    private static final CoxModel X1 = CoxModel.withDefaults().withCovariates("x1");

    private static SurvivalData rows(double[] time, int[] status, double... x) {
        return SurvivalData.builder(time, status).covariate("x", x).build();
    }

    private static double[] upTo(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
    }

    /** x tells who has the event: the coefficient is infinite, and Wald's test of it says nothing. */
    @Test
    void cox_separation() {
        double[] time = {4, 3, 1, 1, 2, 2, 3, 6, 8, 9};
        int[] status = {1, 1, 1, 0, 1, 0, 0, 0, 1, 0};
        double[] apart = Arrays.stream(status).asDoubleStream().toArray();
        double[] age = {41, 52, 33, 24, 45, 36, 27, 58, 39, 20};
        SurvivalData data = SurvivalData.builder(time, status)
                .covariate("x", apart)
                .covariate("age", age)
                .build();
        CoxFit fit = X.withCovariates("age", "x").fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.MONOTONE_LIKELIHOOD);
        assertThat(fit.statusReason())
                .contains("run away: x;")
                .doesNotContain("age")
                .contains("Firth");
        for (Coefficient c : fit.coefficients()) {
            assertThat(c.stdError()).isEmpty();
            assertThat(c.z()).isEmpty();
            assertThat(c.pValue()).isEmpty();
            assertThat(c.value().interval().isEstimable()).isFalse();
        }
        assertThat(fit.logLikelihood()).isGreaterThan(fit.nullLogLikelihood());
        CoxFit firth = X.withFirth().fit(data);
        assertThat(firth.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(firth.coefficient("x").value().estimate()).isBetween(0.5, 5.0);
    }

    /** A function of one coefficient, by its value and two derivatives. */
    private static Objective objective(DoubleUnaryOperator f, DoubleUnaryOperator g, DoubleUnaryOperator h) {
        return new Objective() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Point at(double[] theta) {
                double t = theta[0];
                return new Point(
                        f.applyAsDouble(t), new double[] {g.applyAsDouble(t)}, new double[][] {{h.applyAsDouble(t)}});
            }

            @Override
            public double unit(int coefficient) {
                return 100;
            }

            @Override
            public String name(int coefficient) {
                return "x";
            }
        };
    }

    private static Newton.End search(Objective objective, double from) {
        return new Newton(objective, new boolean[1], 200).from(new double[] {from});
    }

    /** log x - x from 5: the whole step leads to -15, where there is no logarithm, and NaN is not below what was. */
    @Test
    void cox_stepHalvingNaN() {
        Objective objective = objective(x -> Math.log(x) - x, x -> 1 / x - 1, x -> -1 / (x * x));
        assertThat(objective.at(new double[] {5 - 20}).value()).isNaN();
        Newton.End end = search(objective, 5);
        assertThat(end.converged()).isTrue();
        assertThat(end.theta()[0]).isCloseTo(1, within(1e-9));
        // A covariate over six decades and few events: no number out is NaN unless the fit says why.
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] x = new double[14];
            Arrays.setAll(x, i -> Math.pow(10, 6 * random.nextDouble()));
            CoxFit fit = X.fit(rows(upTo(14), new int[] {1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0}, x));
            found += neverNaN(fit, "seed " + seed) ? 1 : 0;
            assertThat(fit.logLikelihood()).isGreaterThanOrEqualTo(fit.nullLogLikelihood());
        }
        assertThat(found).isGreaterThan(120);
    }

    private static boolean neverNaN(CoxFit fit, String what) {
        assertThat(fit.status())
                .as(what + fit.statusReason())
                .isIn(FitStatus.CONVERGED, FitStatus.MONOTONE_LIKELIHOOD, FitStatus.RANK_DEFICIENT);
        assertThat(fit.logLikelihood()).as(what).isFinite();
        boolean converged = fit.status() == FitStatus.CONVERGED;
        for (Coefficient c : fit.coefficients()) {
            if (converged) {
                assertThat(c.value().estimate()).as(what).isFinite();
                assertThat(c.stdError().orElseThrow()).as(what).isFinite().isPositive();
                assertThat(c.pValue().orElseThrow()).as(what).isBetween(0.0, 1.0);
            } else {
                assertThat(c.stdError()).as(what).isEmpty();
            }
        }
        return converged;
    }

    /**
     * Half of the rows have a hazard exp(-1600) times that of the others, and none of them has the event: sums and their
     * derivatives go beyond doubles together, and the fit is that of the others alone.
     */
    @Test
    void cox_derivativesOverflowTogether() {
        double[] x = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
        int[] status = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0};
        SurvivalData all = rows(upTo(12), status, x);
        CoxModel model = X.withOffset("o");
        for (double far : new double[] {700, 1600, 1e5}) {
            SurvivalData wide = NamedCoxRows.with(all, "o", i -> i % 2 == 0 ? 0 : -far);
            CoxFit fit = model.fit(wide);
            assertThat(neverNaN(fit, "offset")).isTrue();
            LawRows.same(fit, X.fit(all.where(i -> i % 2 == 0)), 1e-11);
            assertThat(fit.residuals().coxSnell()).doesNotContain(Double.NaN);
        }
    }

    /**
     * From beta = -d the whole step of Newton leads beyond the maximum to where the likelihood is that of the start, for
     * one d, which is found here: no change of the likelihood is no sign of a maximum.
     */
    @Test
    void cox_falseConvergenceSameLoglik() {
        SurvivalData data = NamedCoxRows.of("flat");
        double low = 0;
        double high = 8;
        for (int i = 0; i < 200; i++) {
            double d = (low + high) / 2;
            if (gainOfWholeStep(data, d) > 0) {
                low = d;
            } else {
                high = d;
            }
        }
        double d = low;
        assertThat(d).isBetween(0.1, 7.9);
        assertThat(gainOfWholeStep(data, d)).isCloseTo(0, within(1e-10));
        CoxFit fit = X1.withOffset("o").fit(NamedCoxRows.with(data, "o", i -> -d * data.numericCovariate("x1")[i]));
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.gradientNorm()).isLessThan(1e-8);
        assertThat(fit.coefficient("x1").value().estimate() - d)
                .isCloseTo(NamedCoxRows.estimate("flat", 0), within(1e-10));
        // -|x|^1.5: whole steps go from x to -x and back, and never end at the maximum.
        Newton.End end = search(
                objective(
                        x -> -Math.pow(Math.abs(x), 1.5),
                        x -> -1.5 * Math.signum(x) * Math.sqrt(Math.abs(x)),
                        x -> -0.75 / Math.sqrt(Math.abs(x))),
                2);
        assertThat(end.converged() && Math.abs(end.theta()[0]) > 1e-6).isFalse();
    }

    private static double gainOfWholeStep(SurvivalData data, double d) {
        PartialLikelihood likelihood = new PartialLikelihood(
                RiskRows.of(data, 0, TieRule.DEFAULT),
                Terms.of("x1").design(data),
                Arrays.stream(data.numericCovariate("x1")).map(x -> -d * x).toArray(),
                CoxTies.EFRON.method());
        Objective.Point start = likelihood.at(new double[1]);
        double step = -start.gradient()[0] / start.hessian()[0][0];
        return likelihood.at(new double[] {step}).value() - start.value();
    }

    @Test
    void cox_flatRegionSecondStep() {
        CoxFit fit = X1.fit(NamedCoxRows.of("flat"));
        NamedCoxRows.check(fit, "flat", 1e-10, 1e-10);
        assertThat(fit.coefficient("x1").value().estimate()).isCloseTo(4.421, within(5e-4));
    }

    /** One of 40 has 5e4 where the others have at most 7. */
    @ParameterizedTest
    @ValueSource(strings = {"skew", "skewcensored"})
    void cox_skewedCovariate(String set) {
        CoxFit fit = X1.fit(NamedCoxRows.of(set));
        NamedCoxRows.check(fit, set, 1e-8, 1e-8);
        // 1e4 times as far out nearly all is said of its hazard by the sign alone: an end, or what there is in place of
        // one.
        SurvivalData data = NamedCoxRows.of(set);
        double[] x = data.numericCovariate("x1");
        CoxFit farther = X1.fit(data.withCovariate(
                "x1", Arrays.stream(x).map(v -> v > 100 ? 1e4 * v : v).toArray()));
        neverNaN(farther, set);
        assertThat(farther.logLikelihood()).isCloseTo(fit.logLikelihood(), within(0.01));
    }

    /** A row with x = 500 whose interval holds no event is at risk nowhere. */
    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void cox_uselessIntervalHugeX(CoxTies ties) {
        double[] t = {1, 2, 2, 4, 5, 6, 2.9};
        double[] from = {0, 0, 0, 0, 0, 1.5, 2.1};
        int[] s = {1, 1, 1, 1, 0, 1, 0};
        double[] x = {1, 0, 1, 0, 1, 0.5, 500};
        CoxModel model = X.withTies(ties);
        CoxFit with = model.fit(
                SurvivalData.builder(t, s).entry(from).covariate("x", x).build());
        CoxFit without = model.fit(SurvivalData.builder(Arrays.copyOf(t, 6), Arrays.copyOf(s, 6))
                .entry(Arrays.copyOf(from, 6))
                .covariate("x", Arrays.copyOf(x, 6))
                .build());
        assertThat(without.status()).isEqualTo(FitStatus.CONVERGED);
        LawRows.same(with, without, 1e-12);
        if (ties != CoxTies.EXACT) {
            double[] met = with.residuals().coxSnell();
            assertThat(Arrays.copyOf(met, 6))
                    .containsExactly(without.residuals().coxSnell(), within(1e-12));
            assertThat(met[6]).isZero();
        }
    }

    /** The search begins as many standard errors from the maximum. */
    @ParameterizedTest
    @ValueSource(doubles = {20, 170, 1000, -170})
    void cox_hugeOffset(double errors) {
        SurvivalData data = NamedCoxRows.of("offset");
        double far = errors * NamedCoxRows.error("offset", 0);
        double[] x = data.numericCovariate("x1");
        CoxFit fit = X1.withOffset("o").fit(NamedCoxRows.with(data, "o", i -> -far * x[i]));
        assertThat(fit.status()).as(fit.statusReason()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.iterations()).isLessThanOrEqualTo(50);
        Coefficient c = fit.coefficient("x1");
        assertThat(c.value().estimate() - far).isCloseTo(NamedCoxRows.estimate("offset", 0), within(1e-10));
        assertThat(c.stdError().orElseThrow())
                .isCloseTo(
                        NamedCoxRows.error("offset", 0),
                        within(1e-9 * c.stdError().orElseThrow()));
        assertThat(fit.logLikelihood())
                .isCloseTo(X1.fit(data).logLikelihood(), within(1e-10 * Math.abs(fit.logLikelihood())));
    }

    /**
     * A covariate that tracks time: log hazards move by 7000 over the study and by 4 within a risk set. Its information is
     * the small difference of two sums of its squares, which are 1e7 times as large, so that errors have eight digits; all
     * else has ten.
     */
    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void cox_slidingMean(CoxTies ties) {
        SurvivalData data = NamedCoxRows.of("slide");
        double[] z = data.numericCovariate("x1");
        double[] slide = data.numericCovariate("x2");
        SurvivalData tracking = NamedCoxRows.with(data, "x", i -> z[i] + slide[i]);
        String expected = "slide_" + ties.label().toLowerCase(Locale.ROOT);
        CoxFit centred = X1.withTies(ties).fit(data);
        NamedCoxRows.check(centred, expected, 1e-10, 1e-10);
        CoxFit fit = X.withTies(ties).fit(tracking);
        NamedCoxRows.check(fit, expected, 1e-10, 1e-7);
        // From the first risk set to the last.
        assertThat(5700 * fit.coefficient("x").value().estimate()).isGreaterThan(6900);
        if (ties == CoxTies.EXACT) {
            return;
        }
        double[] met = centred.residuals().coxSnell();
        assertThat(fit.residuals().coxSnell()).containsExactly(met, within(1e-10));
        CovariatePath path = CovariatePath.of(CovariateProfile.empty().with("x", 0.4 - 2700));
        for (int j = 1; j < 20; j++) {
            path = path.then(j, CovariateProfile.empty().with("x", 0.4 - 2700 + 300 * j));
        }
        PredictedSurvival along = fit.predict(path);
        PredictedSurvival plain = centred.predict(CovariateProfile.empty().with("x1", 0.4));
        for (double t : new double[] {1, 7, 12, 19}) {
            assertThat(along.survivalAt(t).estimate())
                    .isCloseTo(plain.survivalAt(t).estimate(), within(1e-10));
            assertThat(along.survivalAt(t).standardError().orElseThrow())
                    .isCloseTo(plain.survivalAt(t).standardError().orElseThrow(), within(1e-8));
        }
    }

    @Test
    void cox_collinearYear1e7() {
        SurvivalData data = NamedCoxRows.of("year");
        double[] year = data.numericCovariate("x1");
        NamedCoxRows.check(X1.fit(data), "year", 1e-10, 1e-10);
        NamedCoxRows.check(X1.withCovariates("x1", "x2").fit(data), "year_square", 1e-10, 1e-10);
        SurvivalData far = NamedCoxRows.with(data, "year", i -> year[i] + 1e7);
        NamedCoxRows.check(X.withCovariates("year").fit(far), "year", 1e-10, 1e-10);
        // The square of years about 2000 is all but a multiple of the year: the coefficient of the square is as it was.
        SurvivalData squared = NamedCoxRows.with(
                NamedCoxRows.with(data, "year", i -> year[i] + 2000), "square", i -> Math.pow(year[i] + 2000, 2));
        CoxFit fit = X.withCovariates("year", "square").fit(squared);
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        Coefficient square = fit.coefficient("square");
        double se = NamedCoxRows.error("year_square", 1);
        assertThat(square.value().estimate()).isCloseTo(NamedCoxRows.estimate("year_square", 1), within(1e-6 * se));
        assertThat(square.stdError().orElseThrow()).isCloseTo(se, within(1e-6 * se));
        double first = X.withCovariates("x1", "nearly")
                .fit(NamedCoxRows.with(data, "nearly", i -> 2 * year[i] + 0.01 * (i % 3)))
                .coefficient("nearly")
                .value()
                .estimate();
        // Whether one is a combination of the other does not hang on where they lie or what they are measured in.
        for (double unit : new double[] {1e-9, 1, 1e9}) {
            for (double at : new double[] {0, 1e7}) {
                SurvivalData twice = NamedCoxRows.with(data, "twice", i -> unit * (2 * year[i] + at));
                CoxFit both = X.withCovariates("x1", "twice").fit(twice);
                assertThat(both.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
                assertThat(both.statusReason()).endsWith(": twice");
                SurvivalData nearly =
                        NamedCoxRows.with(data, "nearly", i -> unit * (2 * year[i] + at + 0.01 * (i % 3)));
                CoxFit kept = X.withCovariates("x1", "nearly").fit(nearly);
                assertThat(kept.status()).as(kept.statusReason()).isEqualTo(FitStatus.CONVERGED);
                assertThat(unit * kept.coefficient("nearly").value().estimate())
                        .isCloseTo(first, within(1e-5 * Math.abs(first)));
            }
        }
    }

    /** An interval between two events, one behind the last, and strata without an event: nothing to look for for ever. */
    @Test
    void cox_infiniteLoopStrata() {
        double[] entry = {0, 0, 0, 0, 1.2, 7, 0, 3, 0, 2};
        double[] time = {1, 2, 3, 4, 1.9, 9, 5, 6, 8, 2.5};
        int[] status = {1, 1, 0, 1, 0, 0, 1, 1, 0, 0};
        double[] x = {1, 0, 3, 2, 40, -50, 1, 0, 2, 77};
        List<String> strata = List.of("a", "a", "a", "a", "a", "a", "b", "b", "b", "c");
        int[] useful = {0, 1, 2, 3, 6, 7, 8};
        SurvivalData all = SurvivalData.builder(time, status)
                .entry(entry)
                .strata(Categories.of(strata))
                .covariate("x", x)
                .build();
        for (CoxTies ties : CoxTies.values()) {
            CoxFit fit = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> X.withTies(ties).fit(all));
            SurvivalData few = all.where(i -> Arrays.binarySearch(useful, i) >= 0);
            LawRows.same(fit, X.withTies(ties).fit(few), 1e-12);
            assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        }
    }

    /** Two columns that are the nearer to one, the smaller their difference: errors that are numbers, or a column less. */
    @Test
    void cox_negativeHessian() {
        SurvivalData data = NamedCoxRows.of("offset");
        double[] x = data.numericCovariate("x1");
        int kept = 0;
        for (int power = 0; power <= 18; power++) {
            double apart = Math.pow(10, -power);
            CoxFit fit =
                    X.withCovariates("x1", "x").fit(NamedCoxRows.with(data, "x", i -> x[i] + apart * (i * 13 % 7)));
            if (fit.status() == FitStatus.RANK_DEFICIENT) {
                assertThat(fit.statusReason()).endsWith(": x");
                assertThat(fit.coefficient("x").stdError()).isEmpty();
                NamedCoxRows.check(fit, "offset", "x1");
            } else {
                assertThat(neverNaN(fit, "1e-" + power)).isTrue();
                double[][] v = fit.covariance();
                assertThat(v[0][0] * v[1][1] - v[0][1] * v[1][0]).isPositive();
                // The coefficient of what is apart is that of a column of its own.
                CoxFit plain = X.withCovariates("x1", "x").fit(NamedCoxRows.with(data, "x", i -> i * 13 % 7));
                double se = plain.coefficient("x").stdError().orElseThrow();
                assertThat(apart * fit.coefficient("x").stdError().orElseThrow())
                        .isCloseTo(se, within(0.01 * se));
                kept++;
            }
        }
        assertThat(kept).isBetween(4, 9);
    }
}

package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every kind of bad input, by its message. */
class FitBadInputTest {

    private static final double[] TIME = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final int[] STATUS = {1, 1, 0, 1, 1, 0, 1, 1};
    private static final double[] X = {0.3, 1, 2, 0.4, 5, 0, 2, 1};

    private static SurvivalData data() {
        return SurvivalData.builder(TIME, STATUS)
                .covariate("x", X)
                .covariate("g", Categories.of(List.of("a", "b", "a", "b", "a", "b", "a", "b")))
                .build();
    }

    private static AftModel weibull() {
        return AftModel.of(AftDistribution.WEIBULL);
    }

    private static void bad(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContainingAll(parts);
    }

    private static void badData(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InvalidDataException.class).hasMessageContainingAll(parts);
    }

    @Test
    void times() {
        badData(
                () -> weibull().fit(SurvivalData.of(new double[] {1, 0, 2}, new int[] {1, 1, 1})),
                "row 2",
                "time",
                "parametric models need a positive time; allowed: time > 0");
        badData(
                () -> ParametricModel.of(ParametricFamily.GAMMA)
                        .fit(SurvivalData.of(new double[] {0, 2}, new int[] {0, 1})),
                "row 1",
                "time > 0");
    }

    @Test
    void events() {
        badData(
                () -> weibull().fit(SurvivalData.of(TIME, new int[8])),
                "there are no events among 8 rows",
                "allowed: at least one event");
        badData(
                () -> weibull()
                        .withCovariates("x", "g")
                        .fit(SurvivalData.builder(TIME, new int[] {1, 1, 1, 0, 0, 0, 0, 0})
                                .covariate("x", X)
                                .covariate("g", data().categoricalCovariate("g"))
                                .build()),
                "fewer events than coefficients, 3 and 4",
                "allowed: at least as many events as coefficients");
    }

    @Test
    void names() {
        bad(() -> weibull().withCovariates("age").fit(data()), "covariate is age; allowed: one of [x, g]");
        bad(() -> weibull().withCovariates("x", "x").fit(data()), "covariates is [x, x]; allowed: distinct names");
        bad(
                () -> ParametricModel.of(ParametricFamily.WEIBULL)
                        .withCovariatesOn("rate", "x")
                        .fit(data()),
                "parameter is rate; allowed: one of [shape, scale]");
        bad(
                () -> AftDistribution.parse("weibul"),
                "distribution is weibul; allowed: exponential, weibull, rayleigh, lognormal");
        bad(() -> ParametricFamily.parse("cox"), "family is cox; allowed: exponential, weibull, lognormal");
        bad(() -> ParametricFamily.parse("spline-cubic-2"), "family is spline-cubic-2");
        bad(() -> ParametricFamily.parse("cure-gompertz"), "base of a cure model is gompertz", "a law that reaches 0");
        bad(
                () -> weibull().fit(data()).coefficient("x"),
                "coefficient is x; allowed: one of [(Intercept), Log(scale)]");
        bad(
                () -> ParametricModel.of(ParametricFamily.EXPONENTIAL)
                        .fit(data())
                        .coefficient("x"),
                "coefficient is x; allowed: one of [rate]");
    }

    @Test
    void covariates() {
        badData(
                () -> SurvivalData.builder(TIME, STATUS)
                        .covariate("x", new double[] {1, 2, Double.NaN, 4, 5, 6, 7, 8})
                        .build(),
                "x",
                "a finite number");
        SurvivalData one = SurvivalData.builder(TIME, STATUS)
                .covariate("g", Categories.of(List.of("a", "a", "a", "a", "a", "a", "a", "a")))
                .build();
        badData(
                () -> weibull().withCovariates("g").fit(one),
                "levels of g is [a]; allowed: two or more, for a contrast");
    }

    @Test
    void collinearAndConstantColumnsAreNamed() {
        double[] sum = new double[8];
        for (int i = 0; i < 8; i++) {
            sum[i] = 1e6 * X[i] - 3 * (i % 2);
        }
        SurvivalData data = SurvivalData.builder(TIME, STATUS)
                .covariate("x", X)
                .covariate("odd", new double[] {0, 1, 0, 1, 0, 1, 0, 1})
                .covariate("sum", sum)
                .covariate("five", new double[] {5, 5, 5, 5, 5, 5, 5, 5})
                .build();
        AftFit fit = weibull().withCovariates("x", "odd", "sum", "five").fit(data);
        AftFit without = weibull().withCovariates("x", "odd").fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
        assertThat(fit.statusReason())
                .isEqualTo("left out as constant or a combination of the covariates before: sum, five");
        assertThat(fit.logLikelihood()).isEqualTo(without.logLikelihood());
        assertThat(fit.aic()).isEqualTo(without.aic());
        assertThat(fit.coefficient("sum").value().isEstimable()).isFalse();
        assertThat(fit.coefficient("sum").value().reason())
                .isEqualTo("sum was left out: it is constant or a combination of the covariates before it");
        assertThat(fit.coefficient("sum").stdError()).isEmpty();
        assertThat(fit.coefficient("x")).isEqualTo(without.coefficient("x"));
        assertThat(fit.coefficient("Log(scale)")).isEqualTo(without.coefficient("Log(scale)"));
        assertThat(fit.tidy().value(3, "estimate")).isNull();
        CovariateProfile p = CovariateProfile.empty().with("x", 1).with("odd", 1);
        CovariateProfile all = p.with("sum", 1e6 - 3).with("five", 5);
        assertThat(fit.predict(all).survivalAt(3)).isEqualTo(without.predict(p).survivalAt(3));
        assertThatThrownBy(() -> fit.coefficient("five").value().estimate()).isInstanceOf(NotEstimableException.class);
    }

    @Test
    void profiles() {
        AftFit fit = weibull().withCovariates("x", "g").fit(data());
        CovariateProfile good = CovariateProfile.empty().with("x", 1).with("g", "b");
        assertThat(fit.predict(good).survivalAt(2).isEstimable()).isTrue();
        bad(() -> fit.predict(CovariateProfile.empty().with("g", "b")), "covariate x is not given; allowed: a number");
        bad(
                () -> fit.predict(CovariateProfile.empty().with("x", 1)),
                "covariate g is not given; allowed: one of its levels");
        bad(() -> fit.predict(good.with("g", "c")), "covariate g is c; allowed: one of [a, b]");
        bad(() -> fit.predict(good.with("y", 1)), "numeric covariate is y; allowed: one of [x]");
        bad(() -> fit.predict(good.with("h", "c")), "categorical covariate is h; allowed: one of [g]");
        bad(() -> good.with("x", Double.NaN), "x is NaN; allowed: a finite number");
        bad(() -> fit.predict(good, "s"), "stratum is s; allowed: none, the scale has no strata");
        assertThat(good).hasToString("{x=1.0, g=b}");
    }

    @Test
    void strata() {
        bad(() -> weibull().withStrataOnScale().fit(data()), "the data have no strata column");
        bad(
                () -> AftModel.of(AftDistribution.EXPONENTIAL).withStrataOnScale(),
                "distribution is exponential; allowed: one whose scale is estimated");
        SurvivalData strata = SurvivalData.builder(TIME, STATUS)
                .strata(data().categoricalCovariate("g"))
                .build();
        AftFit fit = weibull().withStrataOnScale().fit(strata);
        bad(() -> fit.predict(CovariateProfile.empty()), "stratum is missing; allowed: one of [a, b]");
        bad(() -> fit.predict(CovariateProfile.empty(), "z"), "stratum is z; allowed: one of [a, b]");
    }

    @Test
    void options() {
        bad(() -> weibull().withLevel(1), "level is 1.0; allowed: 0 < level < 1");
        bad(() -> ParametricModel.of(ParametricFamily.WEIBULL).withLevel(Double.NaN), "level is NaN");
        bad(() -> weibull().withCause(0), "cause is 0; allowed: cause >= 1");
        bad(() -> weibull().withCause(2).fit(data()), "cause is 2; allowed: 1");
        bad(() -> ParametricModel.of(ParametricFamily.WEIBULL).withCause(2).fit(data()), "cause is 2; allowed: 1");
        bad(() -> ParametricModel.of(ParametricFamily.WEIBULL).withMostIterations(0), "iterations is 0");
        CensoredData intervals = CensoredData.of(TIME, TIME);
        bad(() -> weibull().withCause(1).fit(intervals), "cause is 1; allowed: none with interval-censored times");
        bad(
                () -> ParametricModel.of(ParametricFamily.WEIBULL).withCause(1).fit(intervals),
                "cause is 1; allowed: none with interval-censored times");
        SurvivalData late = SurvivalData.builder(TIME, STATUS)
                .entry(new double[] {0.5, 0, 0, 0, 0, 0, 0, 0})
                .build();
        bad(
                () -> AftModel.of(AftDistribution.GAUSSIAN).fit(late),
                "distribution is gaussian; allowed: one of log time where rows have entry times");
        bad(
                () -> AftModel.of(AftDistribution.GAUSSIAN)
                        .fit(data())
                        .predict(CovariateProfile.empty())
                        .law(),
                "the law on the scale of time itself");
    }

    @Test
    void knots() {
        bad(
                () -> ParametricFamily.spline(io.engraft.law.RoystonParmar.Scale.HAZARD, -1),
                "interior knots is -1; allowed: 0 to 20");
        bad(
                () -> ParametricFamily.spline(io.engraft.law.RoystonParmar.Scale.ODDS, 3.0, 2.0),
                "knots is [3.0, 2.0]; allowed: ascending, distinct times");
        bad(
                () -> ParametricFamily.spline(io.engraft.law.RoystonParmar.Scale.ODDS, 3.0),
                "number of knots is 1; allowed: 2 to 22");
        bad(() -> ParametricFamily.spline(io.engraft.law.RoystonParmar.Scale.ODDS, -1.0, 3.0), "knot is -1.0");
        SurvivalData ties = SurvivalData.of(new double[] {1, 1, 1, 1, 2}, new int[] {1, 1, 1, 1, 1});
        bad(
                () -> ParametricModel.of(ParametricFamily.spline(io.engraft.law.RoystonParmar.Scale.HAZARD, 2))
                        .fit(ties),
                "interior knots is 2; allowed: fewer: with these event times two of the 4 knots fall together");
    }

    @Test
    void intervals() {
        badData(() -> CensoredData.of(new double[] {1, Double.NaN}, new double[] {2, 3}), "row 2", "left", "0 <= left");
        badData(() -> CensoredData.of(new double[] {3}, new double[] {2}), "row 1", "right", "right >= left");
        badData(
                () -> CensoredData.of(new double[] {0}, new double[] {Double.POSITIVE_INFINITY}),
                "row 1",
                "the interval says nothing");
        badData(() -> CensoredData.of(new double[] {0}, new double[] {0}), "row 1", "the interval says nothing");
        bad(() -> CensoredData.of(new double[] {1}, new double[] {2, 3}), "left has 1 rows and right has 2");
        badData(
                () -> weibull().fit(CensoredData.of(TIME, new double[] {
                    Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY,
                            Double.POSITIVE_INFINITY
                })),
                "there are no events among 8 rows");
    }

    @Test
    void backgroundHazards() {
        SurvivalData negative = SurvivalData.builder(TIME, STATUS)
                .covariate("b", new double[] {0, 0.1, -0.2, 0, 0, 0, 0, 0})
                .build();
        badData(
                () -> ParametricModel.of(ParametricFamily.WEIBULL)
                        .withBackgroundHazard("b")
                        .fit(negative),
                "row 3",
                "b",
                "a hazard >= 0");
        bad(
                () -> ParametricModel.of(ParametricFamily.WEIBULL)
                        .withBackgroundHazard("z")
                        .fit(negative),
                "numeric covariate is z");
    }

    @Test
    void questions() {
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL).fit(data());
        bad(() -> fit.draws(99, 1), "draws is 99; allowed: draws >= 100");
        bad(fit::cureFraction, "family is weibull; allowed: a cure family without covariates on the cured share");
        FittedSurvival curve = fit.predict(CovariateProfile.empty());
        bad(() -> curve.survivalAt(-1), "time is -1.0");
        bad(() -> curve.survivalAt(Double.NaN), "time is NaN");
        bad(() -> curve.quantile(1), "p is 1.0; allowed: 0 < p < 1");
        bad(() -> curve.restrictedMean(Double.POSITIVE_INFINITY), "tau is Infinity; allowed: 0 < tau < infinity");
        bad(() -> curve.restrictedMean(Double.NaN), "tau is NaN");
        bad(() -> fit.function(b -> Double.NaN, 100, 1), "function of draw 0 is NaN");
        assertThat(fit.function(b -> Double.NaN).reason()).isEqualTo("the function is not a number at the estimates");
        bad(() -> FamilyComparison.of(List.of()), "number of fits is 0");
        ParametricFit other = ParametricModel.of(ParametricFamily.WEIBULL)
                .fit(SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 1, 1}));
        bad(() -> FamilyComparison.of(List.of(fit, other)), "the fits are of different data", "8 rows", "3 rows");
        bad(
                () -> FollowUpCheck.of(SurvivalData.builder(TIME, STATUS)
                        .entry(new double[] {0.5, 0, 0, 0, 0, 0, 0, 0})
                        .build()),
                "allowed: right-censored data");
        bad(() -> FollowUpCheck.of(SurvivalData.of(TIME, new int[8])), "there are no events; allowed: at least one");
    }
}

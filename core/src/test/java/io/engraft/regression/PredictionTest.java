package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.NotEstimableException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.law.RoystonParmar;
import io.engraft.regression.internal.Jet;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.Rows;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Curves, quantiles, functions and draws from fits. */
class PredictionTest {

    private final GoldenData golden = new GoldenData();

    private ParametricFit fit(String family) {
        return ParametricModel.of(ParametricFamily.parse(family))
                .withCovariates("x1", "g")
                .fit(golden.withoutEntry("wei", "plain"));
    }

    private static PointEstimate natural(ParametricFit fit, CovariateProfile profile, String parameter) {
        return Objects.requireNonNull(fit.parameters(profile).get(parameter));
    }

    private static final CovariateProfile SOMEONE =
            CovariateProfile.empty().with("x1", 0.4).with("g", "adv");

    /** Where the curve may level off, the limits of a quantile are where those of survival cross what is left. */
    @Test
    void quantilesOfCuredSharesHaveLimitsFromThoseOfSurvival() {
        for (String family : List.of("cure-weibull", "gompertz")) {
            FittedSurvival curve = plateau(family);
            for (double p : new double[] {0.1, 0.2, 0.3}) {
                PointEstimate time = curve.quantile(p);
                double lower = time.interval().lower().getAsDouble();
                double upper = time.interval().upper().getAsDouble();
                assertThat(curve.survivalAt(lower).interval().lower().getAsDouble())
                        .as(family + p)
                        .isCloseTo(1 - p, within(1e-9));
                assertThat(curve.survivalAt(upper).interval().upper().getAsDouble())
                        .as(family + p)
                        .isCloseTo(1 - p, within(1e-9));
                // Far from the level the delta method says nearly the same.
                double se = time.standardError().getAsDouble();
                assertThat(Math.log(upper / lower))
                        .as(family + p)
                        .isBetween(0.8 * 3.92 * se / time.estimate(), 1.3 * 3.92 * se / time.estimate());
            }
        }
    }

    @Test
    void nearTheLevelOfACuredShareAQuantileHasNoUpperLimit() {
        for (String family : List.of("cure-weibull", "gompertz")) {
            FittedSurvival curve = plateau(family);
            double level = curve.survivalAt(1e6).estimate();
            PointEstimate near = curve.quantile(1 - level - 0.003);
            assertThat(near.interval().upper()).as(family).isEmpty();
            assertThat(near.interval().reason()).as(family).startsWith("the upper limit of S never falls to 0.");
            assertThat(near.interval().lower().getAsDouble())
                    .as(family)
                    .isBetween(0.3 * near.estimate(), near.estimate());
            // A share just above what the curve reaches may have been reached, but no earlier than this.
            PointEstimate over = curve.quantile(1 - level + 0.003);
            assertThat(over.isEstimable()).as(family).isFalse();
            assertThat(over.reason()).startsWith("S stays above 0.");
            assertThat(over.interval().lower().getAsDouble())
                    .as(family)
                    .isGreaterThan(near.interval().lower().getAsDouble());
            assertThat(over.interval().upper()).as(family).isEmpty();
            PointEstimate never = curve.quantile(1 - level / 4);
            assertThat(never.interval().lower()).as(family).isEmpty();
            assertThat(never.interval().upper()).as(family).isEmpty();
        }
    }

    /** Of 400 two fifths have the event, most of them before 10, and the others are seen to 10 and more without it. */
    private static FittedSurvival plateau(String family) {
        double[] time = new double[400];
        int[] status = new int[400];
        for (int i = 0; i < time.length; i++) {
            boolean event = i % 5 < 2;
            time[i] = event ? -2.5 * Math.log(1 - (i + 0.5) / time.length) : 10 + (i % 11);
            status[i] = event ? 1 : 0;
        }
        ParametricFit fit = ParametricModel.of(ParametricFamily.parse(family)).fit(SurvivalData.of(time, status));
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        return fit.predict(CovariateProfile.empty());
    }

    @Test
    void curvesAreThoseOfTheLawWithDeltaErrors() {
        for (String family : List.of(
                "exponential",
                "weibull",
                "lognormal",
                "loglogistic",
                "gamma",
                "gompertz",
                "gengamma",
                "spline-odds-1",
                "cure-loglogistic")) {
            ParametricFit fit = fit(family);
            FittedSurvival curve = fit.predict(SOMEONE);
            for (double t : new double[] {0.5, 2, 6}) {
                PointEstimate s = curve.survivalAt(t);
                assertThat(s.estimate()).as(family + t).isCloseTo(curve.law().survival(t), within(1e-11));
                assertThat(s.interval().lower().getAsDouble()).isPositive().isLessThan(s.estimate());
                assertThat(s.interval().upper().getAsDouble()).isLessThan(1).isGreaterThan(s.estimate());
                double se = s.standardError().getAsDouble();
                assertThat(numericError(fit, b -> survival(fit, b, t)))
                        .as(family + t)
                        .isCloseTo(se, within(1e-5 * se));
                assertThat(curve.survivalCovariance(new double[] {1, t})[1][1])
                        .as(family + t)
                        .isCloseTo(se * se, within(1e-9 * se * se));
            }
            PointEstimate median = curve.median();
            assertThat(curve.law().survival(median.estimate())).as(family).isCloseTo(0.5, within(1e-9));
            double se = median.standardError().getAsDouble();
            assertThat(median.interval().lower().getAsDouble()).isPositive().isLessThan(median.estimate());
            PointEstimate mean = curve.restrictedMean(8);
            assertThat(mean.estimate()).as(family).isCloseTo(curve.law().meanUpTo(8), within(1e-8));
            assertThat(mean.standardError().getAsDouble()).as(family).isPositive();
            assertThat(mean.interval().upper().getAsDouble()).isLessThanOrEqualTo(8);
            assertThat(numericError(fit, b -> median(fit, b))).as(family).isCloseTo(se, within(1e-4 * se));
            assertThat(curve.survivalAt(0).estimate()).isEqualTo(1);
            assertThat(curve.survivalAt(0).interval().reason()).contains("S is 1");
            assertThat(curve.horizon()).isInfinite();
            assertThat(curve.jumpTimes()).isEmpty();
            assertThat(curve.survivalValues(new double[] {0, 2})[1])
                    .isEqualTo(curve.survivalAt(2).estimate());
        }
    }

    /** Errors of natural parameters by the delta method: rate and share from their logarithm and logit. */
    @Test
    void naturalParametersHaveTheirOwnErrors() {
        ParametricFit exponential = ParametricModel.of(ParametricFamily.EXPONENTIAL)
                .fit(SurvivalData.of(new double[] {2, 3, 4, 7}, new int[] {1, 1, 1, 0}));
        PointEstimate rate = natural(exponential, CovariateProfile.empty(), "rate");
        assertThat(rate.estimate()).isCloseTo(3 / 16.0, within(1e-12));
        assertThat(rate.standardError().orElseThrow()).isCloseTo(3 / 16.0 / Math.sqrt(3), within(1e-12));
        double[] time = {1, 2, 2.5, 3, 4, 5, 20, 21, 22, 23};
        int[] status = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
        ParametricFit cure = ParametricModel.of(ParametricFamily.cure(ParametricFamily.EXPONENTIAL))
                .fit(SurvivalData.of(time, status));
        PointEstimate share = natural(cure, CovariateProfile.empty(), "cured");
        double p = share.estimate();
        double logitError = cure.coefficient("cured").stdError().orElseThrow();
        assertThat(p).isBetween(0.3, 0.5);
        assertThat(share.standardError().orElseThrow()).isCloseTo(logitError * p * (1 - p), within(1e-12));
    }

    private static double numericError(ParametricFit fit, java.util.function.ToDoubleFunction<double[]> f) {
        return fit.function(f).standardError().getAsDouble();
    }

    /** eta of SOMEONE from coefficients laid out parameter by parameter. */
    private static double[] eta(ParametricFit fit, double[] b) {
        Kernel kernel = fit.family().kernel(Rows.of(new GoldenData().withoutEntry("wei", "plain"), 0, ""));
        double[] eta = new double[kernel.size()];
        int at = 0;
        for (int k = 0; k < eta.length; k++) {
            eta[k] = b[at++];
            if (k == kernel.location()) {
                eta[k] += 0.4 * b[at] + b[at + 2];
                at += 3;
            }
        }
        return eta;
    }

    private static double survival(ParametricFit fit, double[] b, double t) {
        Kernel kernel = fit.family().kernel(Rows.of(new GoldenData().withoutEntry("wei", "plain"), 0, ""));
        Jet out = new Jet(kernel.size());
        kernel.logSurvival(t, Math.log(t), eta(fit, b), out);
        return Math.exp(out.value);
    }

    private static double median(ParametricFit fit, double[] b) {
        Kernel kernel = fit.family().kernel(Rows.of(new GoldenData().withoutEntry("wei", "plain"), 0, ""));
        return kernel.timeAt(eta(fit, b), 0.5);
    }

    @Test
    void mediansAgreeWithSurvreg() {
        GoldenFile rows = GoldenData.file("survreg_rows.csv");
        GoldenFile cases = GoldenData.file("survreg_cases.csv");
        GoldenFile wei = GoldenData.file("data_wei.csv");
        Map<String, List<Integer>> where = cases.rowsBy("case");
        int compared = 0;
        for (Map.Entry<String, List<Integer>> e : rows.rowsBy("case").entrySet()) {
            int at = where.getOrDefault(e.getKey(), List.of()).get(0);
            if (!cases.text(at, "data").equals("wei")) {
                continue;
            }
            AftFit fit = AftModel.of(AftDistribution.parse(cases.text(at, "distribution")))
                    .withCovariates("x1", "x2", "year", "g")
                    .fit(golden.withoutEntry("wei", "plain"));
            for (int r : e.getValue()) {
                int i = Integer.parseInt(rows.text(r, "row")) - 1;
                PointEstimate median = fit.predict(CovariateProfile.empty()
                                .with("x1", wei.number(i, "x1"))
                                .with("x2", wei.number(i, "x2"))
                                .with("year", wei.number(i, "year"))
                                .with("g", wei.text(i, "g")))
                        .median();
                double expected = rows.number(r, "median");
                assertThat(median.estimate()).as(e.getKey() + i).isCloseTo(expected, within(1e-8 * Math.abs(expected)));
                double se = rows.number(r, "median_se");
                assertThat(median.standardError().getAsDouble())
                        .as(e.getKey() + i)
                        .isCloseTo(se, within(1e-6 * se));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(140);
    }

    @Test
    void drawsRepeatBySeedAndAgreeWithTheDeltaMethod() {
        ParametricFit fit = fit("weibull");
        FittedSurvival curve = fit.predict(SOMEONE);
        double[] times = {0, 1, 4};
        List<PointEstimate> draws = curve.survivalByDraws(times, 4000, 7);
        assertThat(draws).isEqualTo(curve.survivalByDraws(times, 4000, 7));
        assertThat(draws).isNotEqualTo(curve.survivalByDraws(times, 4000, 8));
        for (int j = 1; j < times.length; j++) {
            PointEstimate delta = curve.survivalAt(times[j]);
            assertThat(draws.get(j).estimate()).isEqualTo(delta.estimate());
            assertThat(draws.get(j).interval().lower().getAsDouble())
                    .isCloseTo(delta.interval().lower().getAsDouble(), within(0.02));
            assertThat(draws.get(j).interval().upper().getAsDouble())
                    .isCloseTo(delta.interval().upper().getAsDouble(), within(0.02));
        }
        PointEstimate shape = fit.function(b -> Math.exp(b[0]), 4000, 7);
        PointEstimate natural = natural(fit, SOMEONE, "shape");
        assertThat(shape.estimate()).isCloseTo(natural.estimate(), within(1e-14));
        assertThat(shape.interval().lower().getAsDouble())
                .isCloseTo(natural.interval().lower().getAsDouble(), within(0.02));
        assertThat(fit.draws(100, 3)).hasDimensions(100, 5);
    }

    @Test
    void drawsNeedACovariance() {
        double[] x = {0, 0, 0, 0, 1, 1, 1, 1};
        SurvivalData data = SurvivalData.builder(
                        new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 1, 0, 1, 0, 0, 0, 0})
                .covariate("x", x)
                .build();
        ParametricFit fit = ParametricModel.of(ParametricFamily.EXPONENTIAL)
                .withCovariates("x")
                .fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.BOUNDARY);
        assertThatThrownBy(() -> fit.draws(100, 1))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("the fit ended BOUNDARY");
        FittedSurvival curve = fit.predict(CovariateProfile.empty().with("x", 0));
        assertThat(curve.median().standardError()).isEmpty();
        assertThat(curve.restrictedMean(3).interval().reason()).contains("BOUNDARY");
        assertThat(fit.function(b -> b[0]).standardError()).isEmpty();
        assertThat(natural(fit, CovariateProfile.empty().with("x", 0), "rate")
                        .interval()
                        .isEstimable())
                .isFalse();
    }

    @Test
    void exponentialByHand() {
        // 4 events in 20 years: rate 0.2, log-likelihood 4 log 0.2 - 4, standard error of its logarithm 1/2.
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3, 4, 10}, new int[] {1, 1, 1, 1, 0});
        ParametricFit fit = ParametricModel.of(ParametricFamily.EXPONENTIAL).fit(data);
        assertThat(fit.coefficient("rate").value().estimate()).isCloseTo(Math.log(0.2), within(1e-12));
        assertThat(fit.coefficient("rate").stdError().getAsDouble()).isCloseTo(0.5, within(1e-12));
        assertThat(fit.logLikelihood()).isCloseTo(4 * Math.log(0.2) - 4, within(1e-12));
        assertThat(fit.nullLogLikelihood()).isEqualTo(fit.logLikelihood());
        assertThat(fit.aic()).isCloseTo(-2 * fit.logLikelihood() + 2, within(1e-12));
        assertThat(fit.bic()).isCloseTo(-2 * fit.logLikelihood() + Math.log(5), within(1e-12));
        assertThat(fit.n()).isEqualTo(5);
        assertThat(fit.events()).isEqualTo(4);
        assertThat(fit.estimated()).isEqualTo(1);
        assertThat(fit.family()).hasToString("exponential");
        assertThat(fit.modelCovariance()[0][0]).isCloseTo(0.25, within(1e-12));
        assertThat(fit.iterations()).isBetween(0, 3);
        assertThat(natural(fit, CovariateProfile.empty(), "rate").estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(fit.conventions())
                .containsEntry("family", "exponential")
                .containsEntry("event", "every status of 1 or more")
                .containsEntry("variance", "model-based");
    }

    @Test
    void causeWeightsAndEntryAreToldInTheConventions() {
        double[] time = {1, 2, 3, 4, 10, 5};
        SurvivalData data = SurvivalData.builder(time, new int[] {1, 2, 1, 2, 0, 1})
                .causes(List.of("relapse", "death"))
                .entry(new double[] {0.5, 0, 0, 0, 1, 0})
                .weights(new double[] {1, 0.5, 2, 1, 1, 1}, io.engraft.data.WeightType.SAMPLING)
                .covariate("h", new double[] {0, 0, 0.1, 0, 0, 0})
                .covariate("x", new double[] {0, 1, 1, 0, 0, 2})
                .build();
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL)
                .withCause(1)
                .withBackgroundHazard("h")
                .withCovariatesOn("shape", "x")
                .withMostIterations(100)
                .fit(data);
        assertThat(fit.events()).isEqualTo(3);
        assertThat(fit.conventions())
                .containsEntry("event", "cause-specific: relapse")
                .containsEntry("variance", "robust, by row")
                .containsEntry("weights", "sampling")
                .containsEntry("entry", "delayed, at risk on (entry, time]")
                .containsEntry("background", "hazard in excess of h")
                .containsEntry("covariates on", "shape ~ x");
        AftFit aft = AftModel.of(AftDistribution.EXPONENTIAL)
                .withCause(2)
                .withLevel(0.9)
                .fit(data);
        assertThat(aft.conventions())
                .containsEntry("event", "cause-specific: death")
                .containsEntry("entry", "delayed, at risk on (entry, time]")
                .containsEntry("distribution", "exponential");
        assertThat(aft.coefficients().get(0).value().interval().level()).isEqualTo(0.9);
        assertThat(Objects.requireNonNull(aft.scales().get("all")).estimate()).isEqualTo(1);
    }

    @Test
    void aConstantBackgroundHazardComesOffTheRate() {
        // Exponential excess over a constant b: the sum of both rates has the plain estimate.
        double[] b = new double[5];
        Arrays.fill(b, 0.05);
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3, 4, 10}, new int[] {1, 1, 1, 1, 0})
                .covariate("b", b)
                .build();
        ParametricFit fit = ParametricModel.of(ParametricFamily.EXPONENTIAL)
                .withBackgroundHazard("b")
                .fit(data);
        assertThat(Math.exp(fit.coefficient("rate").value().estimate())).isCloseTo(0.15, within(1e-10));
    }

    @Test
    void residualsSumAsTheScoresSay() {
        AftFit fit = AftModel.of(AftDistribution.WEIBULL).withCovariates("x1").fit(golden.of("wei", "entry"));
        double[] martingale = fit.residuals(AftFit.Residual.MARTINGALE);
        double[] coxSnell = fit.residuals(AftFit.Residual.COX_SNELL);
        assertThat(Arrays.stream(martingale).sum()).isCloseTo(0, within(1e-6));
        assertThat(Arrays.stream(coxSnell).sum()).isCloseTo(fit.events(), within(1e-6));
        AftFit intervals = AftModel.of(AftDistribution.WEIBULL).fit(golden.censored("wei", "null"));
        double[] response = intervals.residuals(AftFit.Residual.RESPONSE);
        assertThat(Arrays.stream(response).filter(Double::isNaN).count()).isPositive();
    }

    @Test
    void strataPredictWithTheirOwnScale() {
        AftFit fit =
                AftModel.of(AftDistribution.LOG_NORMAL).withStrataOnScale().fit(golden.withoutEntry("wei", "plain"));
        assertThat(fit.distribution()).isEqualTo(AftDistribution.LOG_NORMAL);
        assertThat(fit.scales()).containsOnlyKeys("a", "b");
        double mu = fit.coefficient("(Intercept)").value().estimate();
        for (String s : List.of("a", "b")) {
            double sigma = Objects.requireNonNull(fit.scales().get(s)).estimate();
            assertThat(Math.log(sigma))
                    .isCloseTo(fit.coefficient("Log(scale)[" + s + "]").value().estimate(), within(1e-12));
            assertThat(fit.predict(CovariateProfile.empty(), s)
                            .quantile(0.841344746068543)
                            .estimate())
                    .isCloseTo(Math.exp(mu + sigma), within(1e-9));
        }
        int n = fit.coefficients().size();
        for (int j = 0; j < n; j++) {
            double se = fit.coefficients().get(j).stdError().getAsDouble();
            assertThat(fit.covariance()[j][j]).isCloseTo(se * se, within(1e-12));
            assertThat(fit.modelCovariance()[j][j]).isCloseTo(se * se, within(1e-12));
        }
        assertThat(fit.iterations()).isPositive();
        assertThat(fit.bic()).isGreaterThan(fit.aic());
    }

    @Test
    void familiesSideBySide() {
        FamilyComparison table = FamilyComparison.fit(
                golden.withoutEntry("wei", "plain"), ParametricFamily.simple(), m -> m.withCovariates("x1"));
        assertThat(table.tidy().rowCount()).isEqualTo(7);
        ParametricFit best = table.best().orElseThrow();
        assertThat(table.fits()).allMatch(fit -> fit.aic() >= best.aic());
        assertThat(table.tidy().value(1, "family")).isEqualTo("weibull");
        assertThat(table.tidy().value(1, "aic_difference"))
                .isEqualTo(table.fits().get(1).aic() - best.aic());
        assertThat(table.tidy().value(1, "coefficients")).isEqualTo(3L);
    }

    @Test
    void knotsCanBeGiven() {
        SurvivalData data = golden.withoutEntry("wei", "plain");
        ParametricFamily given = ParametricFamily.spline(RoystonParmar.Scale.HAZARD, 0.5, 2, 9);
        ParametricFit fit = ParametricModel.of(given).fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(given.isSpline()).isTrue();
        assertThat(given.label()).isEqualTo("spline-hazard-1");
        assertThat(given).isNotEqualTo(ParametricFamily.parse("spline-hazard-1"));
        assertThat(ParametricFamily.parse("Cure-Weibull")).isEqualTo(ParametricFamily.cure(ParametricFamily.WEIBULL));
        assertThat(ParametricFamily.parse("gamma").hashCode()).isEqualTo(ParametricFamily.GAMMA.hashCode());
        assertThat(((RoystonParmar) fit.predict(CovariateProfile.empty()).law()).knots())
                .containsExactly(Math.log(0.5), Math.log(2), Math.log(9));
    }

    @Test
    void cureShareHasAProfileInterval() {
        GoldenFile expected = GoldenData.file("cure_profile.csv");
        SurvivalData data = golden.withoutEntry("cured", "plain");
        ParametricFit fit =
                ParametricModel.of(ParametricFamily.parse("cure-weibull")).fit(data);
        CureFraction cure = fit.cureFraction();
        assertThat(cure.share().interval().lower().getAsDouble()).isCloseTo(expected.number(0, "lower"), within(1e-7));
        assertThat(cure.share().interval().upper().getAsDouble()).isCloseTo(expected.number(0, "upper"), within(1e-7));
        assertThat(cure.share().estimate())
                .isEqualTo(natural(fit, CovariateProfile.empty(), "cured").estimate());
        assertThat(cure.warning()).isEmpty();
        assertThat(cure.followUp().orElseThrow().sufficient()).isTrue();
        assertThat(cure.followUp().orElseThrow().warning()).isEmpty();
        assertThat(cure.tidy().value(0, "method")).isEqualTo("profile likelihood");
        ParametricFit robust = ParametricModel.of(ParametricFamily.parse("cure-weibull"))
                .withRobustVariance()
                .fit(data);
        assertThat(robust.cureFraction().method()).isEqualTo("logit, robust");
        assertThat(robust.cureFraction().share().interval().lower().getAsDouble())
                .isCloseTo(cure.share().interval().lower().getAsDouble(), within(0.02));
    }

    @Test
    void followUpByHand() {
        // Last event 6, last time 10: events after 2 are 3 of 8, alpha = (5/8)^8.
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3, 4, 6, 7, 9, 10}, new int[] {1, 1, 1, 1, 1, 0, 0, 0});
        FollowUpCheck check = FollowUpCheck.of(data);
        assertThat(check.lateEvents()).isEqualTo(3);
        assertThat(check.alpha()).isCloseTo(Math.pow(5.0 / 8, 8), within(1e-14));
        assertThat(check.sufficient()).isTrue();
        assertThat(FollowUpCheck.of(SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 0, 1}))
                        .alpha())
                .isEqualTo(1);
    }
}

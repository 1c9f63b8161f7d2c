package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.SurvivalData;
import io.engraft.law.Gompertz;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.regression.internal.GenGammaKernel;
import io.engraft.regression.internal.Jet;
import io.engraft.regression.internal.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The museum: data that once broke somebody. Names as in the list of named cases. */
class NamedFitsTest {

    private static void neverNaNUnderConverged(ParametricFit fit, String what) {
        if (fit.status() == FitStatus.CONVERGED) {
            assertThat(fit.logLikelihood()).as(what).isFinite();
            assertThat(fit.gradientNorm()).as(what).isLessThan(1e-5);
            for (Coefficient c : fit.coefficients()) {
                assertThat(c.value().estimate()).as(what).isFinite();
                assertThat(c.stdError().getAsDouble()).as(what).isFinite().isPositive();
            }
        } else {
            assertThat(fit.statusReason()).as(what).isNotEmpty();
        }
    }

    @Test
    void aft_flatScale() {
        // A covariate over six decades and few events: full Newton steps reach scales where the likelihood is NaN.
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 14;
            double[] time = new double[n];
            int[] status = new int[n];
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = Math.pow(10, 6 * random.nextDouble());
                time[i] = Math.exp(12 * random.nextDouble() - 6);
                status[i] = i < 5 ? 1 : 0;
            }
            SurvivalData data =
                    SurvivalData.builder(time, status).covariate("x", x).build();
            for (String family : new String[] {"weibull", "lognormal", "loglogistic"}) {
                ParametricFit fit = ParametricModel.of(ParametricFamily.parse(family))
                        .withCovariates("x")
                        .fit(data);
                neverNaNUnderConverged(fit, family + " " + seed);
                assertThat(fit.status())
                        .as(family + " " + seed + fit.statusReason())
                        .isNotEqualTo(FitStatus.FAILED);
                assertThat(fit.logLikelihood()).as(family + " " + seed).isGreaterThanOrEqualTo(fit.nullLogLikelihood());
            }
        }
    }

    @Test
    void aScaleThatTendsToZeroIsBoundary() {
        // Log times are linear in x: the scale shrinks for ever and the likelihood with it grows.
        double[] x = {1, 2, 3, 4, 5, 6};
        double[] time = Arrays.stream(x).map(Math::exp).toArray();
        SurvivalData data = SurvivalData.builder(time, new int[] {1, 1, 1, 1, 1, 1})
                .covariate("x", x)
                .build();
        AftFit fit = AftModel.of(AftDistribution.LOG_NORMAL).withCovariates("x").fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.BOUNDARY);
        assertThat(fit.statusReason()).contains("scale").contains("unbounded");
        assertThat(fit.coefficients().get(0).stdError()).isEmpty();
    }

    @Test
    void aGroupWithoutEventsIsBoundary() {
        double[] time = {1, 2, 3, 4, 5, 6, 7, 8};
        int[] status = {1, 1, 0, 1, 0, 0, 0, 0};
        double[] x = {0, 0, 0, 0, 1, 1, 1, 1};
        SurvivalData data = SurvivalData.builder(time, status).covariate("x", x).build();
        ParametricFit fit =
                ParametricModel.of(ParametricFamily.WEIBULL).withCovariates("x").fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.BOUNDARY);
        assertThat(fit.statusReason())
                .isEqualTo("the likelihood keeps rising as the coefficient of x on scale runs away");
        assertThat(fit.covariance()[0][0]).isNaN();
        assertThat(fit.coefficient("x").value().interval().isEstimable()).isFalse();
        assertThat(fit.predict(CovariateProfile.empty().with("x", 0))
                        .survivalAt(3)
                        .interval()
                        .reason())
                .contains("BOUNDARY");
    }

    @Test
    void par_ltruncCureUnbounded() {
        // All enter late, at 4, and afterwards the hazard falls faster than any Weibull law's, to a plateau: what lies
        // before 4 is free, the cured share and the share who left before 4 vanish together, and the shape goes to 0.
        SplittableRandom random = new SplittableRandom(5);
        int n = 300;
        double[] time = new double[n];
        int[] status = new int[n];
        double[] entry = new double[n];
        for (int i = 0; i < n; i++) {
            entry[i] = 4;
            double t = 4.001 * Math.exp(0.02 * Math.expm1(5 * random.nextDouble()));
            t = random.nextDouble() < 0.3 ? 1e9 : t;
            time[i] = Math.min(t, 5 + 400 * random.nextDouble());
            status[i] = t == time[i] ? 1 : 0;
        }
        SurvivalData data = SurvivalData.builder(time, status).entry(entry).build();
        for (String base : new String[] {"weibull", "lognormal", "loglogistic"}) {
            ParametricFit fit =
                    ParametricModel.of(ParametricFamily.parse("cure-" + base)).fit(data);
            neverNaNUnderConverged(fit, base);
            if (base.equals("weibull")) {
                assertThat(fit.status()).as(fit.statusReason()).isIn(FitStatus.BOUNDARY, FitStatus.FAILED);
            }
        }
    }

    @Test
    void par_gompertzNegativeShape() {
        // The fit finds the negative shape, whose law leaves a share without the event.
        SplittableRandom random = new SplittableRandom(2);
        Gompertz truth = Gompertz.of(-0.5, 0.4);
        double[] time = new double[800];
        int[] status = new int[800];
        for (int i = 0; i < time.length; i++) {
            double t = truth.sample(1 - random.nextDouble() * (1 - 1e-12));
            double c = 5 + 10 * random.nextDouble();
            time[i] = Math.min(t, c);
            status[i] = t <= c ? 1 : 0;
        }
        ParametricFit fit = ParametricModel.of(ParametricFamily.GOMPERTZ).fit(SurvivalData.of(time, status));
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        FittedSurvival curve = fit.predict(CovariateProfile.empty());
        double cured = Math.exp(0.4 / -0.5);
        assertThat(curve.survivalAt(Double.MAX_VALUE).estimate()).isCloseTo(cured, within(0.07));
        assertThat(curve.law().survival(1e6)).isCloseTo(curve.survivalAt(1e6).estimate(), within(1e-13));
        assertThat(curve.quantile(0.9).isEstimable()).isFalse();
        assertThat(curve.quantile(0.9).reason()).startsWith("S stays above");
    }

    @Test
    void par_gengammaQ0() {
        // Log-normal data: Q is near 0, of either sign, and the search passes through 0.
        int negative = 0;
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LogNormal truth = LogNormal.of(1, 0.6);
            double[] time = new double[300];
            int[] status = new int[300];
            for (int i = 0; i < 300; i++) {
                double t = truth.sample(random.nextDouble() * (1 - 1e-12) + 1e-13);
                double c = 12 * random.nextDouble() + 0.5;
                time[i] = Math.min(t, c);
                status[i] = t <= c ? 1 : 0;
            }
            SurvivalData data = SurvivalData.of(time, status);
            ParametricFit fit =
                    ParametricModel.of(ParametricFamily.GENERALIZED_GAMMA).fit(data);
            ParametricFit normal =
                    ParametricModel.of(ParametricFamily.LOG_NORMAL).fit(data);
            neverNaNUnderConverged(fit, "seed " + seed);
            assertThat(fit.status()).as("seed " + seed).isEqualTo(FitStatus.CONVERGED);
            double q = fit.coefficient("Q").value().estimate();
            negative += q < 0 ? 1 : 0;
            assertThat(Math.abs(q)).as("seed " + seed).isLessThan(1);
            assertThat(fit.logLikelihood()).as("seed " + seed).isGreaterThanOrEqualTo(normal.logLikelihood() - 1e-9);
        }
        assertThat(negative).isBetween(1, 19);
        // The log-density and log-survival of the engine are continuous there.
        Kernel kernel = new GenGammaKernel();
        for (double t : new double[] {1e-4, 0.3, 1, 4, 1e4}) {
            Jet at = new Jet(3);
            Jet near = new Jet(3);
            for (double q : new double[] {-1e-7, -1e-13, 1e-300, 1e-7}) {
                kernel.logSurvival(t, Math.log(t), new double[] {0.2, 0.1, 0}, at);
                kernel.logSurvival(t, Math.log(t), new double[] {0.2, 0.1, q}, near);
                assertThat(near.value).isCloseTo(at.value, within(1e-4 * Math.abs(at.value) + 1e-12));
                assertThat(near.g[2]).isCloseTo(at.g[2], within(1e-4 * Math.abs(at.g[2]) + 1e-9));
                kernel.logDensity(t, Math.log(t), new double[] {0.2, 0.1, 0}, at);
                kernel.logDensity(t, Math.log(t), new double[] {0.2, 0.1, q}, near);
                assertThat(near.value).isCloseTo(at.value, within(1e-4 * Math.abs(at.value)));
            }
        }
    }

    @Test
    void cure_boundary() {
        // Nobody is cured: times of a Weibull law followed to the end. The share runs to 0; the interval is one-sided.
        Weibull truth = Weibull.of(1.5, 2);
        int n = 40;
        double[] time = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = truth.timeAt((i + 0.5) / n);
            status[i] = i % 9 == 2 ? 0 : 1;
        }
        ParametricFit fit = ParametricModel.of(ParametricFamily.cure(ParametricFamily.WEIBULL))
                .fit(SurvivalData.of(time, status));
        assertThat(fit.status()).isEqualTo(FitStatus.BOUNDARY);
        assertThat(fit.statusReason()).contains("cured");
        ParametricFit plain = ParametricModel.of(ParametricFamily.WEIBULL).fit(SurvivalData.of(time, status));
        assertThat(fit.logLikelihood()).isCloseTo(plain.logLikelihood(), within(1e-3));
        CureFraction cure = fit.cureFraction();
        assertThat(cure.method()).isEqualTo("profile likelihood");
        assertThat(cure.share().estimate()).isZero();
        assertThat(cure.share().interval().lower().getAsDouble()).isZero();
        assertThat(cure.share().interval().upper().getAsDouble()).isBetween(0.005, 0.2);
        assertThat(cure.followUp().orElseThrow().sufficient()).isFalse();
        assertThat(cure.warning())
                .contains("cured share tends to 0")
                .contains("follow-up does not support a cured share")
                .contains("Maller-Zhou alpha 1,");
        assertThat(fit.coefficients()).allMatch(c -> c.stdError().isEmpty());
    }
}

package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.data.SurvivalData;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reference numbers of bmtcrr by their names, a case that broke others, and whether intervals cover. */
class FineGrayNamedTest {

    private static FineGrayFit bmtcrr() {
        return FineGrayModel.withDefaults()
                .withCause(1)
                .withCovariates("age", "aml", "relapse", "source")
                .fit(FineGrayGoldenTest.data("bmt", "plain"));
    }

    @Test
    void n22_crrOfBmtcrr() {
        FineGrayFit fit = bmtcrr();
        double[] estimates = {-0.01904713715, -0.46278489883, 1.02099684903, -0.88946897181};
        double[] errors = {0.01168622156, 0.29793411287, 0.27241339067, 0.54004839708};
        for (int j = 0; j < 4; j++) {
            Coefficient c = fit.coefficients().get(j);
            assertThat(c.value().estimate()).isCloseTo(estimates[j], within(1e-8 * Math.abs(estimates[j])));
            assertThat(c.robustStdError().getAsDouble()).isCloseTo(errors[j], within(1e-8 * errors[j]));
        }
        assertThat(fit.logLikelihood()).isCloseTo(-266.6699792, within(1e-7));
        assertThat(fit.nullLogLikelihood()).isCloseTo(-278.7070304, within(1e-7));
    }

    @Test
    void n25_predictedIncidenceOfBmtcrr() {
        FineGrayFit fit = bmtcrr();
        assertThat(at12(fit, 30, 0, 1, 1)).isCloseTo(0.2631076996, within(1e-9));
        assertThat(at12(fit, 20, 1, 0, 0)).isCloseTo(0.1844341516, within(1e-9));
    }

    private static double at12(FineGrayFit fit, double age, double aml, double relapse, double source) {
        return fit.predict(CovariateProfile.empty()
                        .with("age", age)
                        .with("aml", aml)
                        .with("relapse", relapse)
                        .with("source", source))
                .incidenceAt(12)
                .estimate();
    }

    /** crr stops 2.6e-6 from the maximum unless told otherwise. */
    @Test
    void fg_looseDefaultTolerance() {
        FineGrayFit fit = bmtcrr();
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.gradientNorm()).isLessThan(1e-9);
    }

    /** 1 - (1 - p (1 - exp(-t)))^exp(x'b) for the cause, the rest of all patients by another one. */
    private static SurvivalData drawn(SplittableRandom random, int n, double[] b, double latest) {
        double[] time = new double[n];
        int[] status = new int[n];
        double[] x1 = new double[n];
        double[] x2 = new double[n];
        for (int i = 0; i < n; i++) {
            x1[i] = random.nextDouble() * 2 - 1;
            x2[i] = random.nextInt(2);
            double ratio = Math.exp(b[0] * x1[i] + b[1] * x2[i]);
            double u = random.nextDouble();
            double ever = 1 - Math.pow(0.5, ratio);
            double t = u < ever
                    ? -Math.log(1 - (1 - Math.pow(1 - u, 1 / ratio)) / 0.5)
                    : -Math.log(random.nextDouble()) * Math.exp(0.3 * x1[i]);
            double c = latest * random.nextDouble();
            time[i] = Math.min(t, c);
            status[i] = t > c ? 0 : u < ever ? 1 : 2;
        }
        return SurvivalData.builder(time, status)
                .covariate("x1", x1)
                .covariate("x2", x2)
                .build();
    }

    /** Of 400, 95 % cover within three Monte Carlo errors, 0.0327; false alarm about 1 in 180 for the four together. */
    @Test
    void intervalsCoverTheTruth() {
        SplittableRandom random = new SplittableRandom(22);
        double[] b = {0.5, -0.5};
        int draws = 400;
        int[] covered = new int[4];
        double censored = 0;
        double[] mean = new double[2];
        double[] square = new double[2];
        CovariateProfile patient = CovariateProfile.empty().with("x1", 0.4).with("x2", 1);
        double ratio = Math.exp(0.4 * b[0] + b[1]);
        double[] truth = new double[2];
        for (int k = 0; k < 2; k++) {
            truth[k] = 1 - Math.pow(1 - 0.5 * (1 - Math.exp(-0.4 * (k + 1))), ratio);
        }
        for (int draw = 0; draw < draws; draw++) {
            SurvivalData data = drawn(random, 200, b, 2.1);
            FineGrayFit fit = FineGrayModel.withDefaults()
                    .withCause(1)
                    .withCovariates("x1", "x2")
                    .fit(data);
            PredictedIncidence curve = fit.predict(patient);
            for (int k = 0; k < 2; k++) {
                Coefficient c = fit.coefficients().get(k);
                covered[k] += holds(c.value().interval(), b[k]);
                covered[2 + k] += holds(curve.incidenceAt(0.4 * (k + 1)).interval(), truth[k]);
                mean[k] += c.value().estimate() / draws;
                square[k] += Math.pow(c.value().estimate() - b[k], 2) / draws;
            }
            for (int i = 0; i < data.size(); i++) {
                censored += data.status(i) == 0 ? 1 : 0;
            }
        }
        assertThat(censored / draws / 200).isBetween(0.36, 0.44);
        for (int k = 0; k < 4; k++) {
            assertThat((double) covered[k] / draws).as("covered " + k).isCloseTo(0.95, within(0.0327));
        }
        for (int k = 0; k < 2; k++) {
            assertThat(mean[k]).isCloseTo(b[k], within(4 * Math.sqrt(square[k] / draws)));
        }
    }

    private static int holds(Interval interval, double truth) {
        return interval.lower().getAsDouble() <= truth
                        && truth <= interval.upper().getAsDouble()
                ? 1
                : 0;
    }
}

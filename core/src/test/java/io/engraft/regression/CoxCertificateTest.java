package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.SurvivalData;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.risk.RiskRows;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The score of every golden Cox fit at its reported maximum, in arithmetic of twice the digits and by plain sums over each
 * risk set: the Newton step from there says how many digits of each coefficient are right.
 */
class CoxCertificateTest {

    /** A number as the unevaluated sum of two doubles, the second below half a unit of the first. */
    private record Twice(double high, double low) {

        private static final Twice ZERO = new Twice(0, 0);
        /** log 2 to 32 digits. */
        private static final Twice LOG_2 = new Twice(0.6931471805599453, 2.3190468138462996e-17);

        private static Twice of(double x) {
            return new Twice(x, 0);
        }

        private static Twice sum(double a, double b) {
            double s = a + b;
            double t = s - a;
            return new Twice(s, (a - (s - t)) + (b - t));
        }

        private Twice plus(Twice o) {
            Twice s = sum(high, o.high);
            return sum(s.high, s.low + low + o.low);
        }

        private Twice minus(Twice o) {
            return plus(new Twice(-o.high, -o.low));
        }

        private Twice times(Twice o) {
            double p = high * o.high;
            double e = Math.fma(high, o.high, -p);
            return sum(p, e + high * o.low + low * o.high);
        }

        private Twice times(double x) {
            return times(of(x));
        }

        private Twice over(Twice o) {
            double q = high / o.high;
            Twice rest = minus(o.times(q));
            double q2 = rest.high / o.high;
            Twice last = rest.minus(o.times(q2));
            return sum(q, q2).plus(of(last.high / o.high));
        }

        private Twice exp() {
            double k = Math.rint(high / LOG_2.high);
            // The rest is parted by 2^9, where the series is short, and squared back.
            Twice r = minus(LOG_2.times(k)).times(1.0 / 512);
            Twice term = of(1);
            Twice sum = of(1);
            for (int n = 1; n < 14; n++) {
                term = term.times(r).over(of(n));
                sum = sum.plus(term);
            }
            for (int n = 0; n < 9; n++) {
                sum = sum.times(sum);
            }
            return sum.times(Math.scalb(1.0, (int) k));
        }
    }

    @Test
    void theArithmeticHasTwiceTheDigits() {
        Twice e = Twice.of(1).exp();
        assertThat(e.high).isEqualTo(Math.E);
        assertThat(e.low).isCloseTo(1.4456468917292502e-16, within(1e-28));
        Twice third = Twice.of(1).over(Twice.of(3));
        assertThat(third.times(3).minus(Twice.of(1)).high).isCloseTo(0, within(1e-31));
    }

    /** The score in the units of the covariates, those left out excepted. */
    private static double[] score(
            RiskRows risk, Design design, double[] beta, double @Nullable [] offset, boolean efron) {
        int p = design.width;
        Twice[] r = new Twice[risk.size];
        Twice[][] x = new Twice[risk.size][p];
        for (int i = 0; i < risk.size; i++) {
            Twice eta = Twice.of(offset == null ? 0 : offset[i]);
            for (int j = 0; j < p; j++) {
                x[i][j] = Twice.of(design.x[i * p + j]).times(design.scale[j]);
                eta = eta.plus(x[i][j].times(beta[j]));
            }
            r[i] = eta.exp().times(risk.weightOf(i));
        }
        Twice[] score = new Twice[p];
        Arrays.fill(score, Twice.ZERO);
        for (int k = 0; k < risk.places(); k++) {
            Twice[] all = sums(risk, r, x, k, false);
            Twice[] tied = sums(risk, r, x, k, true);
            for (int i = 0; i < risk.size; i++) {
                for (int j = 0; j < p && risk.event[i] == k; j++) {
                    score[j] = score[j].plus(x[i][j].times(risk.weightOf(i)));
                }
            }
            double d = efron ? risk.events[k] : 1;
            for (double l = 0; l < d; l++) {
                Twice share = Twice.of(l).over(Twice.of(d));
                Twice s = all[p].minus(tied[p].times(share));
                Twice m = Twice.of(risk.eventWeight[k]).over(Twice.of(d));
                for (int j = 0; j < p; j++) {
                    score[j] = score[j].minus(
                            m.times(all[j].minus(tied[j].times(share))).over(s));
                }
            }
        }
        return Arrays.stream(score).mapToDouble(Twice::high).toArray();
    }

    /** The sums of r x by column, and of r, of those at risk at a place or of those with their event there. */
    private static Twice[] sums(RiskRows risk, Twice[] r, Twice[][] x, int k, boolean tied) {
        int p = x.length == 0 ? 0 : x[0].length;
        Twice[] sum = new Twice[p + 1];
        Arrays.fill(sum, Twice.ZERO);
        for (int i = 0; i < risk.size; i++) {
            if (tied ? risk.event[i] == k : risk.first[i] <= k && k <= risk.last[i]) {
                for (int j = 0; j < p; j++) {
                    sum[j] = sum[j].plus(r[i].times(x[i][j]));
                }
                sum[p] = sum[p].plus(r[i]);
            }
        }
        return sum;
    }

    @Test
    void everyGoldenFitHasTwelveDigits() {
        GoldenFile cases = GoldenFile.read("/golden/cox/coxph_cases.csv");
        assertThat(cases.size()).isGreaterThanOrEqualTo(136);
        for (int c = 0; c < cases.size(); c++) {
            String id = cases.text(c, "case");
            String option = cases.text(c, "option");
            CoxTies ties = CoxTies.valueOf(cases.text(c, "ties").toUpperCase(Locale.ROOT));
            SurvivalData data = CoxCases.data(cases.text(c, "data"), option);
            CoxFit fit =
                    CoxCases.model(cases.text(c, "data"), option).withTies(ties).fit(data);
            Design design = fit.estimate().design;
            double[] beta = fit.estimate().estimate;
            RiskRows risk = fit.estimate().likelihood.risk();
            double[] offset =
                    option.equals("offset") ? fit.estimate().followed.data().numericCovariate("offset") : null;
            double[] u = score(risk, design, beta, offset, ties == CoxTies.EFRON);
            double[][] v = fit.modelCovariance();
            for (int j = 0; j < u.length; j++) {
                double step = 0;
                for (int m = 0; m < u.length; m++) {
                    step += v[j][m] * u[m];
                }
                double size = Math.max(Math.abs(beta[j]), 0.01 * Math.sqrt(v[j][j]));
                assertThat(Math.abs(step) / size).as(id + " " + j).isLessThanOrEqualTo(1e-12);
            }
        }
    }
}

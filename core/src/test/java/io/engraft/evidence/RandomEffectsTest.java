package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomEffectsTest {

    /** Tuberculosis among vaccinated and others in 13 trials: Colditz et al. 1994, as printed in Viechtbauer 2010. */
    private static final int[][] TRIALS = {
        {4, 119, 11, 128},
        {6, 300, 29, 274},
        {3, 228, 11, 209},
        {62, 13536, 248, 12619},
        {33, 5036, 47, 5761},
        {180, 1361, 372, 1079},
        {8, 2537, 10, 619},
        {505, 87886, 499, 87892},
        {29, 7470, 45, 7232},
        {17, 1699, 65, 1600},
        {186, 50448, 141, 27197},
        {5, 2493, 3, 2338},
        {27, 16886, 29, 17825}
    };

    private static RandomEffects vaccine(HeterogeneityMethod method) {
        double[] y = new double[TRIALS.length];
        double[] v = new double[TRIALS.length];
        for (int i = 0; i < y.length; i++) {
            double n1 = TRIALS[i][0] + TRIALS[i][1];
            double n2 = TRIALS[i][2] + TRIALS[i][3];
            y[i] = Math.log(TRIALS[i][0] / n1 / (TRIALS[i][2] / n2));
            v[i] = 1.0 / TRIALS[i][0] - 1 / n1 + 1.0 / TRIALS[i][2] - 1 / n2;
        }
        return RandomEffects.fit(y, v, method);
    }

    /**
     * W. Viechtbauer (2010), Conducting meta-analyses in R with the metafor package, Journal of Statistical Software 36(3),
     * section 4.1: log relative risks, REML: tau^2 0.3132, estimate -0.7145, se 0.1798, Q 152.2330 (12 df).
     */
    @Test
    void thePrintedFiguresOfTheVaccineTrials() {
        RandomEffects fit = vaccine(HeterogeneityMethod.REML);
        assertThat(fit.tau2()).isCloseTo(0.3132, within(5e-5));
        assertThat(fit.mu()).isCloseTo(-0.7145, within(5e-5));
        assertThat(fit.waldError()).isCloseTo(0.1798, within(5e-5));
        assertThat(fit.q()).isCloseTo(152.2330, within(5e-5));
        assertThat(fit.mu() - 1.959964 * fit.waldError()).isCloseTo(-1.0669, within(5e-5));
        assertThat(fit.mu() + 1.959964 * fit.waldError()).isCloseTo(-0.3622, within(5e-5));
    }

    /**
     * By hand: y = 0, 1, 2 with v = 1/4. Q = 4 (1 + 0 + 1) = 8, DL: (8 - 2) / (12 - 48 / 12) = 3/4. With equal v, PM solves
     * 2 / (1/4 + t) = 2, t = 3/4, and so does REML: the sample variance 1 less 1/4.
     */
    @Test
    void equalVariancesByHand() {
        for (HeterogeneityMethod method : HeterogeneityMethod.values()) {
            RandomEffects fit = RandomEffects.fit(new double[] {2, 0, 1}, new double[] {0.25, 0.25, 0.25}, method);
            assertThat(fit.tau2()).as(method.label()).isCloseTo(0.75, within(1e-14));
            assertThat(fit.mu()).isCloseTo(1, within(1e-15));
            assertThat(fit.q()).isCloseTo(8, within(1e-14));
            assertThat(fit.waldError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-14));
            assertThat(fit.hartungKnappError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-14));
            assertThat(fit.qPValue()).isCloseTo(Math.exp(-4), within(1e-15));
        }
    }

    @Test
    void oneStudyAndAgreeingStudies() {
        for (HeterogeneityMethod method : HeterogeneityMethod.values()) {
            RandomEffects one = RandomEffects.fit(new double[] {0.4}, new double[] {0.09}, method);
            assertThat(one.tau2()).isZero();
            assertThat(one.mu()).isCloseTo(0.4, within(1e-16));
            assertThat(one.waldError()).isCloseTo(0.3, within(1e-16));
            assertThat(one.qPValue()).isEqualTo(1);
            RandomEffects same = RandomEffects.fit(new double[] {1, 1, 1}, new double[] {1, 2, 4}, method);
            assertThat(same.tau2()).isZero();
            assertThat(same.q()).isZero();
            assertThat(same.hartungKnappError()).isZero();
        }
    }
}

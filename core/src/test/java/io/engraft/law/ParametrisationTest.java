package io.engraft.law;

import static io.engraft.law.LawContractTest.relative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The parameters of survreg and flexsurv, as the package page tells them. */
class ParametrisationTest {

    /**
     * survreg: log T = mu + sigma W. R 4.2.2: print(psurvreg(c(1, 5, 40), 1.7, 0.6, "weibull"), digits = 17), then
     * "lognormal" and "loglogistic" (package survival 3.5-3).
     */
    @Test
    void survregLocationAndScale() {
        double[] times = {1, 5, 40};
        double[] weibull = {0.057120201540480475, 0.5767964592695853, 0.9999999999988791};
        double[] lognormal = {0.0023032661316958842, 0.44001278043623526, 0.9995414549371429};
        double[] loglogistic = {0.055549260157611746, 0.46233727215500176, 0.9649330317599126};
        for (int i = 0; i < times.length; i++) {
            double t = times[i];
            assertThat(Weibull.ofLocationScale(1.7, 0.6).cumulativeProbability(t))
                    .isCloseTo(weibull[i], relative(1e-13));
            assertThat(LogNormal.ofLocationScale(1.7, 0.6).cumulativeProbability(t))
                    .isCloseTo(lognormal[i], relative(1e-13));
            assertThat(LogLogistic.ofLocationScale(1.7, 0.6).cumulativeProbability(t))
                    .isCloseTo(loglogistic[i], relative(1e-13));
        }
        assertThat(Exponential.ofLocation(1.7).mean()).isCloseTo(Math.exp(1.7), relative(1e-14));
        assertThat(Exponential.ofLocation(1.7).survival(3))
                .isCloseTo(Weibull.ofLocationScale(1.7, 1).survival(3), relative(1e-14));
    }

    @Test
    void flexsurvWeibullPhAndGammaRate() {
        Weibull law = Weibull.ofProportionalHazards(1.4, 0.03);
        for (double t : new double[] {0.2, 3, 30}) {
            assertThat(law.cumulativeHazard(t)).isCloseTo(0.03 * Math.pow(t, 1.4), relative(1e-13));
        }
        assertThat(Gamma.ofRate(2.5, 4)).isEqualTo(Gamma.of(2.5, 0.25));
    }

    @Test
    void badInput() {
        assertThatThrownBy(() -> Weibull.ofLocationScale(Double.NaN, 1))
                .hasMessage("mu is NaN; allowed: a finite number");
        assertThatThrownBy(() -> Weibull.ofLocationScale(1, 0))
                .hasMessage("sigma is 0.0; allowed: 0 < sigma < infinity");
        assertThatThrownBy(() -> LogNormal.ofLocationScale(Double.NaN, 1))
                .hasMessage("mu is NaN; allowed: a finite number");
        assertThatThrownBy(() -> LogNormal.ofLocationScale(1, -1))
                .hasMessage("sigma is -1.0; allowed: 0 < sigma < infinity");
        assertThatThrownBy(() -> LogLogistic.ofLocationScale(Double.NaN, 1))
                .hasMessage("mu is NaN; allowed: a finite number");
        assertThatThrownBy(() -> LogLogistic.ofLocationScale(1, Double.NaN))
                .hasMessage("sigma is NaN; allowed: 0 < sigma < infinity");
        assertThatThrownBy(() -> Exponential.ofLocation(Double.NaN)).hasMessage("mu is NaN; allowed: a finite number");
        assertThatThrownBy(() -> Weibull.ofProportionalHazards(0, 1))
                .hasMessage("shape is 0.0; allowed: 0 < shape < infinity");
        assertThatThrownBy(() -> Weibull.ofProportionalHazards(1, -1))
                .hasMessage("rate is -1.0; allowed: 0 < rate < infinity");
        assertThatThrownBy(() -> Gamma.ofRate(1, 0)).hasMessage("rate is 0.0; allowed: 0 < rate < infinity");
    }
}

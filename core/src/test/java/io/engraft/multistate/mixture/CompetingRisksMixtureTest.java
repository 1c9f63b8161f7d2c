package io.engraft.multistate.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.law.LogNormal;
import io.engraft.law.TimingTarget;
import io.engraft.law.Weibull;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CompetingRisksMixtureTest {

    private static final CompetingRisksMixture JMML = CompetingRisksMixture.of(
            Fate.stays("remission", 0.5),
            Fate.of("relapse", 0.35, LawFamily.WEIBULL.through(TimingTarget.median(2.63), new TimingTarget(12, 0.84))),
            Fate.of("nrm", 0.15, Exponential.of(0.2)));

    @Test
    void publishedRatesByHand() {
        // 0.35 x 0.84 = 0.294 of all patients have relapsed by month 12; nrm 0.15 (1 - exp(-2.4)).
        IncidenceFunction relapse = JMML.incidence("relapse");
        assertThat(relapse.cause()).isEqualTo("relapse");
        assertThat(relapse.causeCode()).isEmpty();
        assertThat(relapse.incidenceAt(12).estimate()).isCloseTo(0.294, within(1e-15));
        double nrm = 0.15 * (1 - Math.exp(-2.4));
        assertThat(JMML.incidence("nrm").incidenceAt(12).estimate()).isCloseTo(nrm, within(1e-15));
        assertThat(JMML.eventFreeSurvival().survivalAt(12).estimate()).isCloseTo(1 - 0.294 - nrm, within(1e-15));
        assertThat(relapse.incidenceAt(Double.POSITIVE_INFINITY).estimate()).isEqualTo(0.35);
        assertThat(JMML.incidence("nrm").incidenceValues(new double[] {1e300})).containsExactly(0.15);
        assertThat(JMML.eventFreeSurvival().survivalAt(1e300).estimate()).isEqualTo(0.5);
        assertThat(JMML.probability("remission")).isEqualTo(PointEstimate.exact(0.5));
        assertThat(JMML.states()).containsExactly("event-free", "relapse", "nrm");
        assertThat(JMML.sampleSize()).isEmpty();
    }

    @Test
    void nobodyHasHadAnEventAtTheStart() {
        // 0.1 + 0.2 + 0.7 is below 1 in floating point, and drawn shares may sum to more than 1.
        CompetingRisksMixture mixture = CompetingRisksMixture.of(
                Fate.of("a", 0.1, Exponential.of(1)), Fate.of("b", 0.2, Exponential.of(2)), Fate.stays("c", 0.7));
        assertThat(mixture.probabilityAt("event-free", 0)).isEqualTo(PointEstimate.exact(1));
        assertThat(mixture.eventFreeSurvival().survivalValues(new double[] {0})).containsExactly(1);
        PointEstimate start = JMML.withSampleSize(50).probabilityAt("event-free", 0);
        assertThat(start.interval().lower()).hasValue(1);
        assertThat(start.interval().upper()).hasValue(1);
    }

    @Test
    void probabilitiesSumToOneAtEveryTime() {
        double[] times = {0, 1e-9, 0.3, 5, 80, 1e6, Double.POSITIVE_INFINITY};
        double[][] values = JMML.probabilityValues(times);
        for (int j = 0; j < times.length; j++) {
            assertThat(values[0][j] + values[1][j] + values[2][j]).isCloseTo(1, within(1e-15));
            assertThat(JMML.probabilityAt("nrm", times[j]).estimate()).isEqualTo(values[2][j]);
        }
        assertThat(values[0][0]).isEqualTo(1);
        assertThat(JMML.horizon()).isInfinite();
        assertThat(JMML.jumpTimes()).isEmpty();
        assertThat(JMML.covariance(times)).isDeepEqualTo(new double[21][21]);
    }

    @Test
    void causeSpecificHazardsAddUpToMinusLogSurvival() {
        CauseSpecificHazard relapse = JMML.causeSpecificHazard("relapse");
        CauseSpecificHazard nrm = JMML.causeSpecificHazard("nrm");
        assertThat(relapse.cause()).isEqualTo("relapse");
        SurvivalFunction survival = JMML.eventFreeSurvival();
        for (double t : new double[] {0.01, 1, 12, 60, 1000}) {
            double sum = relapse.cumulativeHazardAt(t).estimate()
                    + nrm.cumulativeHazardAt(t).estimate();
            double s = survival.survivalAt(t).estimate();
            assertThat(sum).isCloseTo(-Math.log(s), within(1e-9));
            assertThat(nrm.hazard(t)).isCloseTo(0.15 * 0.2 * Math.exp(-0.2 * t) / s, within(1e-15));
            assertThat(nrm.cumulativeHazardValues(new double[] {t}))
                    .containsExactly(nrm.cumulativeHazardAt(t).estimate());
        }
        double area = AdaptiveQuadrature.integrate(nrm::hazard, 0, 7, 0, 1e-12).value();
        assertThat(nrm.cumulativeHazardAt(7).estimate()).isCloseTo(area, within(1e-10));
        assertThat(relapse.hazard(0)).isInfinite();
        assertThat(nrm.hazard(1e300)).isZero();
        assertThat(relapse.horizon()).isInfinite();
        assertThat(relapse.jumpTimes()).isEmpty();
    }

    @Test
    void hazardOfAFateThatCannotHappenIsZero() {
        CompetingRisksMixture two =
                CompetingRisksMixture.of(Fate.of("a", 1, Weibull.of(2, 3)), Fate.of("b", 0, Exponential.of(1)));
        assertThat(two.causeSpecificHazard("b").cumulativeHazardAt(5).estimate())
                .isZero();
        assertThat(two.causeSpecificHazard("b").hazard(5)).isZero();
        // Without a cured share the other is the law's own hazard, into the far tail.
        double t = 60;
        assertThat(two.causeSpecificHazard("a").cumulativeHazardAt(t).estimate())
                .isCloseTo(400, within(1e-7));
    }

    @Test
    void quantilesAndRestrictedMean() {
        SurvivalFunction survival = JMML.eventFreeSurvival();
        double t = survival.quantile(0.3).estimate();
        assertThat(survival.survivalAt(t).estimate()).isCloseTo(0.7, within(1e-13));
        assertThat(survival.median().isEstimable()).isFalse();
        assertThat(survival.median().reason()).isEqualTo("event-free survival stays above 0.5");
        double area = AdaptiveQuadrature.integrate(x -> survival.survivalAt(x).estimate(), 0, 60, 0, 1e-12)
                .value();
        assertThat(survival.restrictedMean(60).estimate()).isCloseTo(area, within(1e-9));
        assertThat(survival.survivalValues(new double[] {t}))
                .containsExactly(survival.survivalAt(t).estimate());
        CompetingRisksMixture one = CompetingRisksMixture.of(Fate.of("death", 1, Exponential.of(0.5)));
        assertThat(one.eventFreeSurvival().median().estimate()).isCloseTo(Math.log(2) / 0.5, within(1e-14));
        CompetingRisksMixture equal =
                CompetingRisksMixture.of(Fate.of("a", 0.4, Exponential.of(1)), Fate.of("b", 0.6, Exponential.of(1)));
        assertThat(equal.eventFreeSurvival().median().estimate()).isCloseTo(Math.log(2), within(1e-13));
    }

    @Test
    void sampleSizeGivesDirichletErrors() {
        CompetingRisksMixture sampled = JMML.withSampleSize(100, 4000, 7);
        // Dirichlet(50.5, 35.5, 15.5): m = 35.5 / 101.5, variance m (1 - m) / 102.5
        double m = 35.5 / 101.5;
        PointEstimate limit = sampled.probability("relapse");
        assertThat(limit.estimate()).isEqualTo(0.35);
        assertThat(limit.standardError().orElseThrow()).isCloseTo(Math.sqrt(m * (1 - m) / 102.5), within(1e-15));
        // 95 % of Beta(35.5, 66) by R: qbeta(c(.025, .975), 35.5, 66) = 0.26113, 0.44448
        assertThat(limit.interval().lower().orElseThrow()).isCloseTo(0.26113, within(0.006));
        assertThat(limit.interval().upper().orElseThrow()).isCloseTo(0.44448, within(0.006));
        PointEstimate early = sampled.incidence("relapse").incidenceAt(12);
        assertThat(early.standardError().orElseThrow())
                .isCloseTo(0.84 * limit.standardError().orElseThrow(), within(1e-15));
        assertThat(early.interval().upper().orElseThrow())
                .isCloseTo(0.84 * limit.interval().upper().orElseThrow(), within(1e-15));
        assertThat(sampled.sampleSize()).hasValue(100);
        assertThat(sampled.withLevel(0.5)
                        .probability("relapse")
                        .interval()
                        .upper()
                        .orElseThrow())
                .isLessThan(limit.interval().upper().orElseThrow());
    }

    @Test
    void covarianceIsJoint() {
        CompetingRisksMixture sampled = JMML.withSampleSize(100);
        double[] times = {6, 24};
        double[][] v = sampled.covariance(times);
        for (int i = 0; i < 6; i++) {
            double acrossStates = 0;
            for (int s = 0; s < 3; s++) {
                acrossStates += v[i][s];
                assertThat(v[i][s]).isEqualTo(v[s][i]);
            }
            assertThat(acrossStates).isCloseTo(0, within(1e-17)); // probabilities sum to 1 without error
        }
        double se = sampled.probabilityAt("relapse", 24).standardError().orElseThrow();
        assertThat(Math.sqrt(v[4][4])).isCloseTo(se, within(1e-16));
        assertThat(sampled.eventFreeSurvival().survivalCovariance(times)[0][1]).isEqualTo(v[0][3]);
        // Relapse at 6 and at 24 are the same uncertain probability times known factors: correlation 1.
        assertThat(v[1][4] / Math.sqrt(v[1][1] * v[4][4])).isCloseTo(1, within(1e-12));
    }

    @Test
    void uncertainQuantilesAndHazards() {
        CompetingRisksMixture sampled = JMML.withSampleSize(50, 400, 3);
        PointEstimate q = sampled.eventFreeSurvival().quantile(0.2);
        assertThat(q.interval().lower().orElseThrow()).isLessThan(q.estimate());
        assertThat(q.interval().upper().orElseThrow()).isGreaterThan(q.estimate());
        PointEstimate median = sampled.eventFreeSurvival().median();
        assertThat(median.isEstimable()).isFalse();
        assertThat(median.interval().lower()).isPresent();
        assertThat(median.interval().upper()).isEmpty();
        PointEstimate hazard = sampled.causeSpecificHazard("relapse").cumulativeHazardAt(12);
        assertThat(hazard.interval().lower().orElseThrow()).isLessThan(hazard.estimate());
        assertThat(hazard.interval().upper().orElseThrow()).isGreaterThan(hazard.estimate());
        assertThat(hazard.standardError().orElseThrow()).isBetween(0.05, 0.2);
        assertThat(sampled.eventFreeSurvival().survivalAt(0).interval().lower().orElseThrow())
                .isCloseTo(1, within(1e-15));
    }

    @Test
    void aFateNeverSeenStillHasAnUpperLimit() {
        CompetingRisksMixture none = CompetingRisksMixture.of(
                        Fate.stays("well", 1), Fate.of("death", 0, Exponential.of(1)))
                .withSampleSize(100);
        PointEstimate p = none.probability("death");
        assertThat(p.estimate()).isZero();
        assertThat(p.interval().lower()).hasValue(0);
        assertThat(p.interval().upper().orElseThrow()).isBetween(0.02, 0.03);
    }

    @Test
    void sameSeedSameDraws() {
        assertThat(JMML.withSampleSize(80, 200, 5)).isEqualTo(JMML.withSampleSize(80, 200, 5));
        assertThat(JMML.withSampleSize(80, 200, 5)).hasSameHashCodeAs(JMML.withSampleSize(80, 200, 5));
        PointEstimate a = JMML.withSampleSize(80, 200, 5).probability("nrm");
        assertThat(JMML.withSampleSize(80, 200, 5).probability("nrm")).isEqualTo(a);
        assertThat(JMML.withSampleSize(80, 200, 6).probability("nrm")).isNotEqualTo(a);
        assertThat(JMML).isNotEqualTo(JMML.withSampleSize(10)).hasToString("mixture of " + JMML.fates());
    }

    @Test
    void tidyAndModel() {
        TidyTable table = JMML.withSampleSize(100).tidy(new double[] {12, 60});
        assertThat(table.rowCount()).isEqualTo(6);
        assertThat(table.value(2, "state")).isEqualTo("relapse");
        assertThat((Double) table.value(2, "probability")).isCloseTo(0.294, within(1e-15));
        assertThat(table.value(2, "upper")).isNotNull();
        FateModel model = JMML.withSampleSize(100).asModel(DurationUnit.MONTHS, Set.of("nrm"));
        assertThat(model.stateNames()).containsExactly("event-free", "relapse", "nrm");
        assertThat(model.aliveStates()).containsExactly("event-free", "relapse");
        assertThat(model.state("event-free").sampleSize()).isEqualTo(100);
        assertThatThrownBy(() -> JMML.asModel(DurationUnit.MONTHS, Set.of("remission")))
                .hasMessageContaining("never happens at a time");
    }

    @Test
    void badInputIsNamed() {
        bad(
                () -> CompetingRisksMixture.of(
                        Fate.stays("remission", 0.5), Fate.of("relapse", 0.6, Exponential.of(1))),
                "the probabilities of the fates of the mixture sum to 1.1 (remission 0.5, relapse 0.6); allowed: a sum of 1");
        bad(() -> Fate.of("relapse", -0.1, Exponential.of(1)), "probability of 'relapse' is -0.1; allowed: 0 <=");
        bad(() -> Fate.stays("remission", Double.NaN), "probability of 'remission' is NaN; allowed: 0 <=");
        bad(() -> Fate.stays(" ", 1), "the name of a fate is blank");
        bad(() -> new Fate("x", null, 1, Exponential.of(1)), "fate 'x' has no destination and a law of time");
        bad(() -> new Fate("x", "y", 1, null), "fate 'x' has a destination and no law of time");
        bad(() -> CompetingRisksMixture.of("free", List.of()), "a mixture without fates");
        bad(() -> CompetingRisksMixture.of("a", List.of(Fate.stays("a", 1))), "has the name of the event-free state");
        bad(() -> CompetingRisksMixture.of(Fate.stays("a", 0.5), Fate.stays("a", 0.5)), "has the fate 'a' twice");
        bad(() -> JMML.incidence("cure"), "fate is cure; allowed: 1 (remission), 2 (relapse) or 3 (nrm)");
        bad(
                () -> JMML.incidence("remission"),
                "fate 'remission' never happens at a time; allowed: one of [relapse, nrm]");
        bad(() -> JMML.probabilityAt("cure", 1), "state is cure; allowed: one of [event-free, relapse, nrm]");
        bad(() -> JMML.probabilityAt("nrm", -1), "time is -1.0; allowed: 0 <= time");
        bad(() -> JMML.eventFreeSurvival().survivalAt(Double.NaN), "time is NaN; allowed: 0 <= time");
        bad(() -> JMML.eventFreeSurvival().restrictedMean(0), "tau is 0.0; allowed: 0 < tau");
        bad(() -> JMML.eventFreeSurvival().quantile(0), "p is 0.0; allowed: 0 < p < 1");
        bad(() -> JMML.withSampleSize(0), "sample size is 0; allowed: sample size >= 1");
        bad(() -> JMML.withSampleSize(10, 99, 1), "draws is 99; allowed: draws >= 100");
        bad(() -> JMML.withLevel(1), "level is 1.0; allowed: 0 < level < 1");
    }

    @Test
    void lognormalAndWeibullSideBySide() {
        for (LawFamily family : List.of(LawFamily.LOG_NORMAL, LawFamily.GAMMA, LawFamily.LOG_LOGISTIC)) {
            CompetingRisksMixture mixture = CompetingRisksMixture.of(
                    Fate.stays("remission", 0.5),
                    Fate.of("relapse", 0.35, family.through(TimingTarget.median(2.63), new TimingTarget(12, 0.84))),
                    Fate.of("nrm", 0.15, LogNormal.of(1, 1)));
            assertThat(mixture.incidence("relapse").incidenceAt(12).estimate()).isCloseTo(0.294, within(1e-13));
        }
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}

package io.engraft.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventTable;
import io.engraft.data.TidyTable;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.law.Exponential;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.pathway.OutcomeAnswers.Answer;
import io.engraft.pathway.OutcomeAnswers.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeQuestionsTest {

    private static final double EVER = Double.POSITIVE_INFINITY;
    private static final OutcomeQuestions JMML = OutcomeQuestions.of(JmmlPathways.get("transplant"));

    @Test
    void sharesAndTimesAreThoseOfTheLaw() {
        // The file says 84 % by month 12, with a median of 80 days: Weibull, shape k = log(-ln 0.16 / ln 2) / log(12 /
        // m).
        assertThat(JMML.shareBefore("relapse", 12).estimate()).isCloseTo(0.84, within(1e-14));
        assertThat(JMML.shareBefore("relapse", 12).hasInterval()).isFalse();
        double median = 80 * 12 / 365.25;
        double shape = Math.log(-Math.log(0.16) / Math.log(2)) / Math.log(12 / median);
        double by95 = median * Math.pow(-Math.log(0.05) / Math.log(2), 1 / shape);
        assertThat(JMML.timeBy("relapse", 0.95).estimate()).isCloseTo(by95, within(1e-9));
        assertThat(by95).isBetween(25.0, 26.5); // README of the evidence: 25.3 for a fit to the same figures
        assertThat(JMML.timeBy("relapse", 0.5).estimate()).isCloseTo(median, within(1e-12));
        assertThat(JMML.shareBefore("relapse", EVER).estimate()).isEqualTo(1);
    }

    @Test
    void remainingRisksByHand() {
        // Exponential fates with rates 1 and 2, shares 0.3 and 0.2, at s = ln 2: F1 left 0.15, F2 left 0.05, S = 0.7.
        CompetingRisksMixture mixture = CompetingRisksMixture.of(
                Fate.stays("cured", 0.5),
                Fate.of("relapse", 0.3, Exponential.of(1)),
                Fate.of("nrm", 0.2, Exponential.of(2)));
        OutcomeQuestions asked = OutcomeQuestions.of(mixture);
        double s = Math.log(2);
        assertThat(asked.remainingRisk("relapse", s, EVER).estimate()).isCloseTo(0.15 / 0.7, within(1e-14));
        assertThat(asked.remainingRisk("nrm", s, EVER).estimate()).isCloseTo(0.05 / 0.7, within(1e-14));
        assertThat(asked.remainingEventFree(s, EVER).estimate()).isCloseTo(0.5 / 0.7, within(1e-14));
        assertThat(asked.remainingRisk("relapse", s, 2 * s).estimate()).isCloseTo(0.075 / 0.7, within(1e-14));
        assertThat(asked.remainingRisk("relapse", s, s).estimate()).isZero();
        assertThat(asked.events()).containsExactly("relapse", "nrm");
        assertThat(asked.horizon()).isInfinite();
    }

    @Test
    void intervalsAreThoseOfTheDeltaMethod() {
        // Without deaths S(s) = c + q a, a = P(T > s): risk = q a / (c + q a) with q ~ Beta; derivative a / S^2.
        double a = 0.25;
        double s = Math.log(4);
        CompetingRisksMixture mixture = CompetingRisksMixture.of(
                        Fate.stays("cured", 0.6), Fate.of("relapse", 0.4, Exponential.of(1)))
                .withSampleSize(100);
        PointEstimate risk = OutcomeQuestions.of(mixture).remainingRisk("relapse", s, EVER);
        double free = 0.6 + 0.4 * a;
        double mean = 40.5 / 101;
        double error = a / (free * free) * Math.sqrt(mean * (1 - mean) / 102);
        assertThat(risk.estimate()).isCloseTo(0.1 / 0.7, within(1e-14));
        assertThat(risk.standardError().orElseThrow()).isCloseTo(error, within(1e-12));
        double p = risk.estimate();
        double arm = 1.959963984540054 * error / (p * (1 - p));
        assertThat(risk.interval().lower().orElseThrow())
                .isCloseTo(1 / (1 + Math.exp(-Math.log(p / (1 - p)) + arm)), within(1e-10));
        PointEstimate wide = OutcomeQuestions.of(mixture).withLevel(0.99).remainingRisk("relapse", s, EVER);
        assertThat(wide.interval().lower().orElseThrow())
                .isLessThan(risk.interval().lower().orElseThrow());
        assertThat(wide.interval().level()).isEqualTo(0.99);
        // The same from draws of the Dirichlet law behind it, whose spread the delta method should come near.
        assertThat(JMML.remainingRisk("relapse", 6, EVER).standardError().orElseThrow())
                .isBetween(0.02, 0.04);
    }

    @Test
    void patientsCanBeAskedToo() {
        // Times 1..8: relapse, death, relapse, censored, relapse, death, censored, censored; by hand:
        // F relapse 1/8, then 1/4, then S(4) = 5/8 and 4 at risk: +5/32 = 13/32; F death 1/8 at 2, +15/32/3 = 5/32 at
        // 6.
        EventTable table = EventTable.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 2, 1, 0, 1, 2, 0, 0});
        IncidenceEstimate curves = AalenJohansen.withDefaults().fit(table);
        OutcomeQuestions asked = OutcomeQuestions.of(curves, curves.states().get(0));
        String relapse = asked.events().get(0);
        assertThat(asked.shareBefore(relapse, 3).estimate()).isCloseTo(8.0 / 13, within(1e-12));
        assertThat(asked.shareBefore(relapse, 3).hasInterval()).isTrue();
        assertThat(asked.timeBy(relapse, 0.6).estimate()).isCloseTo(3, within(1e-12));
        assertThat(asked.timeBy(relapse, 0.62).estimate()).isCloseTo(5, within(1e-12));
        assertThat(asked.remainingRisk(relapse, 3, 8).estimate()).isCloseTo(5.0 / 32 / (5.0 / 8), within(1e-12));
        assertThat(asked.horizon()).isEqualTo(8);
        assertThatThrownBy(() -> asked.shareBefore(relapse, 9))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("time is 9.0; allowed: 0 <= time <= 8.0, where the curves are known");
        assertThat(asked.answers().answers()).extracting(Answer::kind).doesNotContain(Kind.SHARE_BEFORE);
        assertThat(asked.answers().notes().get(0)).isEqualTo("\"Ever\" means by time 8, where the curves end.");
    }

    @Test
    void solvedModelsAgreeWithTheirMixture() {
        PathwayModel transplant = JmmlPathways.get("transplant");
        OutcomeQuestions solved =
                OutcomeQuestions.of(OccupancySolver.withDefaults().solve(transplant.multiStateModel(), 400));
        assertThat(solved.events()).containsExactly("relapse", "nrm");
        for (double s : new double[] {6, 12, 24}) {
            assertThat(solved.remainingRisk("relapse", s, 60).estimate())
                    .isCloseTo(JMML.remainingRisk("relapse", s, 60).estimate(), within(1e-9));
            assertThat(solved.remainingEventFree(s, 60).estimate())
                    .isCloseTo(JMML.remainingEventFree(s, 60).estimate(), within(1e-9));
        }
        assertThat(solved.shareBefore("relapse", 12).hasInterval()).isFalse();
        OutcomeQuestions waiting = OutcomeQuestions.of(OccupancySolver.withDefaults()
                .solve(JmmlPathways.get("from-diagnosis").multiStateModel(), 60));
        // Numerical noise is not divided by noise.
        assertThat(waiting.remainingRisk("transplant", 24, EVER).isEstimable()).isFalse();
        assertThat(waiting.remainingRisk("transplant", 24, EVER).reason())
                .isEqualTo("nobody is without an event at 24.0");
        assertThat(waiting.remainingEventFree(24, EVER).isEstimable()).isFalse();
        assertThat(waiting.answers().tidy().numbers("answer")).contains(Double.NaN);
    }

    @Test
    void answersComeWithIntervalsAndRanges() {
        OutcomeAnswers answers = JMML.answers();
        // Two events, each with a share and a time; three times with two risks and the rest.
        assertThat(answers.answers()).hasSize(2 * 2 + 3 * 3);
        Answer share = answers.answers().get(0);
        assertThat(share.kind()).isEqualTo(Kind.SHARE_BEFORE);
        assertThat(share.event()).isEqualTo("relapse");
        assertThat(share.low()).isCloseTo(0.80, within(1e-12));
        assertThat(share.high()).isCloseTo(0.97, within(1e-12));
        TidyTable table = answers.tidy();
        assertThat(table.rowCount()).isEqualTo(13);
        for (int i = 0; i < table.rowCount(); i++) {
            double answer = table.numbers("answer")[i];
            assertThat(table.numbers("assumptions_low")[i]).isLessThanOrEqualTo(answer);
            assertThat(table.numbers("assumptions_high")[i]).isGreaterThanOrEqualTo(answer);
            boolean risk = String.valueOf(table.value(i, "question")).startsWith("remaining");
            assertThat(table.value(i, "lower") != null).isEqualTo(risk);
        }
        // Risks and what is left of them are everything.
        for (double s : new double[] {6, 12, 24}) {
            assertThat(JMML.remainingRisk("relapse", s, EVER).estimate()
                            + JMML.remainingRisk("nrm", s, EVER).estimate()
                            + JMML.remainingEventFree(s, EVER).estimate())
                    .isCloseTo(1, within(1e-14));
        }
        // Who has been well for longer has less to fear.
        assertThat(JMML.remainingRisk("relapse", 24, EVER).estimate())
                .isLessThan(JMML.remainingRisk("relapse", 6, EVER).estimate());
        assertThat(answers.notes()).hasSize(2).allMatch(n -> n.endsWith("."));
    }

    @Test
    void badQuestionsAreRefused() {
        assertThatThrownBy(() -> JMML.shareBefore("cure", 12))
                .hasMessage("event is cure; allowed: 1 (relapse) or 2 (nrm)");
        assertThatThrownBy(() -> JMML.shareBefore("relapse", Double.NaN)).hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> JMML.timeBy("relapse", 1))
                .hasMessageContaining("share is 1.0; allowed: 0 < share < 1");
        assertThatThrownBy(() -> JMML.remainingRisk("relapse", 12, 6))
                .hasMessage("times are s = 12.0 and u = 6.0; allowed: 0 <= s <= u, s finite");
        assertThatThrownBy(() -> JMML.remainingEventFree(EVER, EVER)).hasMessageContaining("s finite");
        assertThatThrownBy(() -> JMML.remainingRisk("relapse", -1, 6)).hasMessageContaining("time is -1.0");
        assertThatThrownBy(() -> JMML.withLevel(1)).hasMessageContaining("level is 1.0");
        CompetingRisksMixture mixture = JmmlPathways.get("transplant").mixture();
        assertThatThrownBy(() -> OutcomeQuestions.of(mixture, "alive"))
                .hasMessage("event-free state is alive; allowed: one of [event-free, relapse, nrm]");
        assertThatThrownBy(() -> OutcomeQuestions.of(JmmlPathways.get("trametinib")))
                .hasMessageContaining("has hazards");
        OutcomeQuestions never = OutcomeQuestions.of(
                CompetingRisksMixture.of(Fate.stays("cured", 1), Fate.of("relapse", 0, Exponential.of(1))));
        assertThat(never.shareBefore("relapse", 1).reason()).isEqualTo("the event 'relapse' never happens");
        assertThat(never.timeBy("relapse", 0.5).isEstimable()).isFalse();
    }

    @Test
    void solvedModelsWhoseFirstStateIsNotAloneAreRefused() {
        MultiStateModel.Builder two = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("a", 0.5)
                .start("b", 0.5)
                .state("a")
                .state("b")
                .transition("a", "b", Exponential.of(1), Clock.RESET);
        assertThatThrownBy(
                        () -> OutcomeQuestions.of(OccupancySolver.withDefaults().solve(two.build(), 5)))
                .hasMessage("start is [a, b]; allowed: one state");
        MultiStateModel again = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("a")
                .state("a")
                .state("b")
                .transition("a", "b", Exponential.of(1), Clock.RESET)
                .transition("b", "a", Weibull.of(2, 3), Clock.RESET)
                .build();
        assertThatThrownBy(
                        () -> OutcomeQuestions.of(OccupancySolver.withDefaults().solve(again, 5)))
                .hasMessageContaining("state 'a' is entered again");
        assertThatThrownBy(() -> OutcomeQuestions.of(OccupancySolver.withDefaults()
                        .solve(JmmlPathways.get("trametinib").multiStateModel(), 24)))
                .hasMessage(
                        "event 'death' happens in state 'response' too; allowed: events that happen in the first state"
                                + " 'trametinib' only");
        assertThat(List.of(Kind.values())).extracting(Kind::label).contains("time-by", "remaining-event-free");
    }

    /** Steps at 1 and 2 with a covariance of its own, whose event-free state is neither first nor last. */
    private static final StateProbabilities SHUFFLED = new StateProbabilities() {
        @Override
        public List<String> states() {
            return List.of("death", "free", "relapse");
        }

        @Override
        public PointEstimate probabilityAt(String state, double t) {
            int at = t < 1 ? 0 : t < 2 ? 1 : 2;
            return PointEstimate.exact(
                    switch (state) {
                        case "death" -> new double[] {0, 0.25, 0.25}[at];
                        case "free" -> new double[] {1, 0.5, 0.25}[at];
                        default -> new double[] {0, 0.25, 0.5}[at];
                    });
        }

        @Override
        public double[][] probabilityValues(double[] times) {
            throw new UnsupportedOperationException();
        }

        /** Variance 0.01 of free and 0.0025 of relapse at the first time, else nothing. */
        @Override
        public double[][] covariance(double[] times) {
            double[][] covariance = new double[3 * times.length][3 * times.length];
            covariance[1][1] = 0.01;
            covariance[2][2] = 0.0025;
            return covariance;
        }

        @Override
        public double horizon() {
            return 4;
        }

        @Override
        public double[] jumpTimes() {
            return new double[] {1, 2};
        }
    };

    @Test
    void curvesAreToldApartByNameNotByPlace() {
        OutcomeQuestions asked = OutcomeQuestions.of(SHUFFLED, "free");
        assertThat(asked.events()).containsExactly("death", "relapse");
        // (1/2 - 1/4) / (1/2) = 1/2; by the delta method (1/4) / 0.25 var(free) and 1 / 0.25 var(relapse).
        PointEstimate risk = asked.remainingRisk("relapse", 1, 3);
        assertThat(risk.estimate()).isEqualTo(0.5);
        assertThat(risk.standardError().orElseThrow())
                .isCloseTo(Math.sqrt(0.25 / 0.25 * 0.01 + 1 / 0.25 * 0.0025), within(1e-15));
        // No relapse and no death: S(3) / S(1), the error that of S(1).
        PointEstimate free = asked.remainingEventFree(1, 3);
        assertThat(free.estimate()).isEqualTo(0.5);
        assertThat(free.standardError().orElseThrow()).isCloseTo(0.5 / 0.5 * 0.1, within(1e-15));
        // A share of half is reached by the step that makes it exactly half.
        assertThat(asked.timeBy("relapse", 0.5).estimate()).isEqualTo(1);
        assertThat(asked.timeBy("relapse", 0.5 + 1e-12).estimate()).isEqualTo(2);
    }
}

package io.engraft.multistate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.multistate.Clock;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.PublicStates;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.Terms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultiStateFitOptionsTest {

    private static final ParametricMultiState CONSTANT =
            ParametricMultiState.withDefaults().withFamily(ParametricFamily.EXPONENTIAL);
    private static final Transition H_I = new Transition("h", "i");
    private static final Transition H_D = new Transition("h", "d");
    private static final Transition I_D = new Transition("i", "d");

    /** Subjects 1 to n leave h at time 1 to n, by turns to d and to i. */
    private static MultiStateData.Builder byTurns(int n) {
        return PublicStates.rows(IntStream.rangeClosed(1, n)
                .mapToObj(i -> "P" + i + " 0 " + i + " h " + (i % 2 == 0 ? "d" : "i"))
                .toArray(String[]::new));
    }

    @Test
    void transitionsAreDrawnIndependently() {
        // 20 events each in 820 of time; se(log rate) = 1 / sqrt(20), and S = exp(-2 rate t).
        double rate = 20.0 / 820;
        double t = 15;
        PointEstimate stays = CONSTANT.fit(byTurns(40).build())
                .occupancy(CovariateProfile.empty(), 20, 3000, 5)
                .probabilityAt("h", t);
        double expected = Math.exp(-2 * rate * t) * rate * t * Math.sqrt(2.0 / 20);
        assertThat(stays.standardError().orElseThrow()).isCloseTo(expected, within(0.1 * expected));
    }

    @Test
    void theLevelIsThatOfCoefficientsAndCurves() {
        MultiStateFit fit = CONSTANT.withLevel(0.9).fit(byTurns(40).build());
        Interval limits = fit.transition("h", "d")
                .parametricFit()
                .coefficient("rate")
                .value()
                .interval();
        double log = Math.log(20.0 / 820);
        double half = 1.6448536269514722 / Math.sqrt(20);
        assertThat(limits.level()).isEqualTo(0.9);
        assertThat(limits.lower().orElseThrow()).isCloseTo(log - half, within(1e-9));
        assertThat(limits.upper().orElseThrow()).isCloseTo(log + half, within(1e-9));
        assertThat(fit.occupancy(CovariateProfile.empty(), 20, 100, 5)
                        .probabilityAt("h", 3)
                        .interval()
                        .level())
                .isEqualTo(0.9);
    }

    @Test
    void ofOneLevelTheCurvesAreThePercentilesOfThatLevel() {
        MultiStateData data = byTurns(40).build();
        CovariateProfile none = CovariateProfile.empty();
        // One transition alone would leave h at 1 / 41 a unit; both leave it at twice that, so that
        // log(-log S) has the error sqrt(2 / 20) / 2.
        double half = 0.6744897501960817 * Math.sqrt(2.0 / 20) / 2;
        double t = 15;
        double hazard = 2 * 20.0 / 820 * t;
        Interval quartiles = CONSTANT.withLevel(0.5)
                .fit(data)
                .occupancy(none, 20, 3000, 5)
                .probabilityAt("h", t)
                .interval();
        assertThat(quartiles.lower().orElseThrow()).isCloseTo(Math.exp(-hazard * Math.exp(half)), within(0.01));
        assertThat(quartiles.upper().orElseThrow()).isCloseTo(Math.exp(-hazard * Math.exp(-half)), within(0.01));
    }

    @Test
    void covariancesAreThoseOfStatesAtTimes() {
        FittedOccupancy p = CONSTANT.fit(byTurns(40).build()).occupancy(CovariateProfile.empty(), 20, 400, 5);
        double[] times = {3, 15};
        double[][] covariance = p.covariance(times);
        List<String> states = List.of("h", "i", "d");
        assertThat(p.states()).isEqualTo(states);
        assertThat(p.tidy().value(0, "time")).isEqualTo(1.0);
        assertThat(p.tidy().value(19, "time")).isEqualTo(20.0);
        for (int a = 0; a < 6; a++) {
            double error = p.probabilityAt(states.get(a % 3), times[a / 3])
                    .standardError()
                    .orElseThrow();
            assertThat(covariance[a][a]).as("state and time %d", a).isCloseTo(error * error, within(1e-14));
            // At one time the states hold everyone.
            double sum = covariance[a][0] + covariance[a][1] + covariance[a][2];
            assertThat(sum).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void onlyProportionalHazardsHaveRatios() {
        double[] x = IntStream.range(0, 40).mapToDouble(i -> i * 7 % 5).toArray();
        MultiStateData data = byTurns(40).covariate("s", x).build();
        MultiStateFit odds = ParametricMultiState.withDefaults()
                .withFamily(ParametricFamily.parse("spline-odds-1"))
                .withCovariates("s")
                .fit(data);
        assertThat(odds.problems()).isEmpty();
        assertThatThrownBy(odds::model)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("the spline-odds-1 law of transition h -> i has no hazard ratios");
        // A covariate whose name begins those of parameters.
        MultiStateModel model = ParametricMultiState.withDefaults()
                .withCovariates("s")
                .fit(data)
                .model();
        assertThat(model.transitionsFrom("h").get(0).logHazardRatios()).containsOnlyKeys("s");
        assertThat(model.covariates()).containsExactly("s");
    }

    @Test
    void termsActAsTheirColumnsDo() {
        double[] x = IntStream.range(0, 60).mapToDouble(i -> 1 + i * 7 % 5).toArray();
        List<String> sex =
                IntStream.range(0, 60).mapToObj(i -> i % 3 == 0 ? "f" : "m").toList();
        MultiStateData data = byTurns(60)
                .covariate("x", x)
                .covariate("sex", Categories.of(sex))
                .build();
        Terms terms = Terms.of("x*sex", "ns(x,2)").withReference("sex", "m");
        ParametricMultiState procedure =
                ParametricMultiState.withDefaults().withCovariates(terms).withCovariates(H_D, Terms.of("log(x)"));
        MultiStateFit fit = procedure.fit(data);
        assertThat(fit.transition("h", "i").covariates()).containsExactly("x", "sex");
        assertThat(fit.transition("h", "d").covariates()).containsExactly("x");
        assertThat(fit.transition("h", "i").parametricFit().coefficients().stream()
                        .map(Coefficient::name))
                .containsExactly("shape", "scale", "x", "sex=f", "x:sex=f", "ns(x,2)1", "ns(x,2)2");
        // The law of one patient, and the model at 0 with that patient's columns, are the same.
        CovariateProfile patient = CovariateProfile.empty().with("x", 4).with("sex", "f");
        MultiStateModel direct = fit.model(patient);
        Map<String, Double> columns =
                new LinkedHashMap<>(fit.transition("h", "i").parametricFit().columns(patient));
        columns.putAll(fit.transition("h", "d").parametricFit().columns(patient.only(List.of("x"))));
        MultiStateModel symbolic = fit.model();
        // What was left out has no ratio, so no value is asked for.
        columns.keySet().retainAll(symbolic.covariates());
        MultiStateModel valued = symbolic.withCovariates(columns);
        for (int k = 0; k < 2; k++) {
            HazardTransition a = direct.transitionsFrom("h").get(k);
            HazardTransition b = valued.transitionsFrom("h").get(k);
            double hazard = valued.multiplier(b) * b.law().cumulativeHazard(2.5);
            assertThat(hazard).isCloseTo(a.law().cumulativeHazard(2.5), within(1e-10 * hazard));
        }
        assertThatThrownBy(() -> procedure.withCovariates("x:y").fit(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("covariate of transition h -> i is y; allowed: one of [x, sex]");
    }

    @Test
    void fewEventsAreCountedByTheCoefficient() {
        MultiStateData data = byTurns(30).build();
        assertThat(CONSTANT.fit(data).warnings()).isEmpty();
        assertThat(ParametricMultiState.withDefaults().fit(data).warnings())
                .containsExactly(
                        "transition h -> i was seen 15 times for 2 coefficients: fewer than ten a coefficient",
                        "transition h -> d was seen 15 times for 2 coefficients: fewer than ten a coefficient");
    }

    @Test
    void rowsOfNoWeightAreNobody() {
        MultiStateData data = PublicStates.rows("A 0 3 h d", "B 1 4 h d", "C 2 5 h -")
                .weights(new double[] {0, 2, 3}, WeightType.FREQUENCY)
                .build();
        MultiStateFit fit = CONSTANT.fit(data);
        assertThat(fit.warnings())
                .contains(
                        "nobody is under observation at time 0: the start distribution is that of those at risk at the"
                                + " first transition");
        assertThat(fit.transition("h", "d").events()).isEqualTo(2);
        assertThat(fit.transition("h", "d").rows()).isEqualTo(2);
        // Two events in 2 * 3 + 3 * 3 of time.
        assertThat(fit.transition("h", "d")
                        .parametricFit()
                        .coefficient("rate")
                        .value()
                        .estimate())
                .isCloseTo(Math.log(2.0 / 15), within(1e-12));
        MultiStateData sampled = PublicStates.rows("A 0 3 h d", "B 0 4 h d", "C 0 5 h -")
                .weights(new double[] {0, 2, 3}, WeightType.SAMPLING)
                .build();
        assertThat(CONSTANT.fit(sampled).transition("h", "d").events()).isEqualTo(1);
    }

    @Test
    void robustVariancesCorrelateTransitions() {
        MultiStateData data = byTurns(40).build();
        assertThat(CONSTANT.withRobustVariance().fit(data).warnings())
                .singleElement()
                .satisfies(w -> assertThat(w).startsWith("transitions are drawn independently of each other"));
    }

    @Test
    void whatIsNamedForOneTransitionOutlivesWhatIsSaidOfAll() {
        double[] x = IntStream.range(0, 40).mapToDouble(i -> i * 7 % 5).toArray();
        MultiStateData data = byTurns(40).covariate("s", x).build();
        MultiStateFit fit = ParametricMultiState.withDefaults()
                .withClock(H_D, Clock.FORWARD)
                .withFamily(H_D, ParametricFamily.EXPONENTIAL)
                .withCovariates(H_D)
                .withClock(Clock.RESET)
                .withFamily(ParametricFamily.GOMPERTZ)
                .withCovariates("s")
                .fit(data);
        assertThat(fit.transition("h", "d").clock()).isEqualTo(Clock.FORWARD);
        assertThat(fit.transition("h", "d").family()).isEqualTo(ParametricFamily.EXPONENTIAL);
        assertThat(fit.transition("h", "d").covariates()).isEmpty();
        assertThat(fit.transition("h", "i").clock()).isEqualTo(Clock.RESET);
        assertThat(fit.transition("h", "i").family()).isEqualTo(ParametricFamily.GOMPERTZ);
        assertThat(fit.transition("h", "i").covariates()).containsExactly("s");
    }

    @Test
    void optionsMayBeGivenInAnyOrder() {
        MultiStateData late = PublicStates.rows("A 1 3 h d", "B 2 5 h -").build();
        MultiStateFit fit = CONSTANT.withClock(Clock.RESET)
                .withStaysFromEntry()
                .withRobustVariance()
                .withDead("d")
                .withLevel(0.8)
                .fit(late);
        assertThat(fit.problems()).isEmpty();
        // One event in 2 + 3 of time since entry.
        assertThat(fit.transition("h", "d")
                        .parametricFit()
                        .coefficient("rate")
                        .value()
                        .estimate())
                .isCloseTo(Math.log(1.0 / 5), within(1e-12));
        assertThat(fit.model().aliveStates()).containsExactly("h");
    }

    @Test
    void robustVariancesAreThoseOfClusters() {
        // Score of the log rate: events less rate times time, summed within clusters; the information is the events.
        MultiStateData data = PublicStates.rows("A 0 3 h d", "B 0 4 h d", "C 0 5 h -", "D 0 8 h d")
                .cluster(Categories.of(List.of("x", "x", "y", "y")))
                .build();
        double rate = 3.0 / 20;
        double clusters = Math.hypot(2 - 7 * rate, 1 - 13 * rate) / 3;
        double rows = Math.sqrt(Math.pow(1 - 3 * rate, 2)
                        + Math.pow(1 - 4 * rate, 2)
                        + Math.pow(-5 * rate, 2)
                        + Math.pow(1 - 8 * rate, 2))
                / 3;
        assertThat(error(CONSTANT.withRobustVariance().fit(data))).isCloseTo(clusters, within(1e-12));
        MultiStateData alone = PublicStates.rows("A 0 3 h d", "B 0 4 h d", "C 0 5 h -", "D 0 8 h d")
                .build();
        assertThat(error(CONSTANT.withRobustVariance().fit(alone))).isCloseTo(rows, within(1e-12));
        // The rows of one subject are one.
        MultiStateData split = PublicStates.rows("A 0 1 h -", "A 1 3 h d", "B 0 4 h d", "C 0 5 h -", "D 0 8 h d")
                .build();
        assertThat(error(CONSTANT.withRobustVariance().fit(split))).isCloseTo(rows, within(1e-12));
    }

    private static double error(MultiStateFit fit) {
        return fit.transition("h", "d")
                .parametricFit()
                .coefficient("rate")
                .value()
                .standardError()
                .orElseThrow();
    }

    @Test
    void aStayBeginsWhenTheStateIsEnteredNotWhenItIsSeenAgain() {
        MultiStateData gap = PublicStates.rows("A 0 2 h i", "A 5 7 i d", "B 0 3 h i", "B 3 4 i -")
                .allowGaps()
                .build();
        SurvivalData reset = new TransitionRows(gap, false).of(I_D, Clock.RESET, List.of(), false);
        assertThat(reset.entry(0)).isEqualTo(3);
        assertThat(reset.time(0)).isEqualTo(5);
        assertThat(reset.entry(1)).isZero();
        assertThat(reset.time(1)).isEqualTo(1);
        SurvivalData forward = new TransitionRows(gap, false).of(I_D, Clock.FORWARD, List.of(), false);
        assertThat(forward.entry(0)).isEqualTo(5);
        assertThat(forward.time(0)).isEqualTo(7);
        assertThat(new TransitionRows(gap, false).seen()).containsOnlyKeys(H_I, I_D);
    }
}

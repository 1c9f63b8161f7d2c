package io.engraft.multistate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.multistate.Clock;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.PublicStates;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import io.engraft.testing.RandomStates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiStateFitTest {

    private static final CovariateProfile NONE = CovariateProfile.empty();
    private static final ParametricMultiState CONSTANT =
            ParametricMultiState.withDefaults().withFamily(ParametricFamily.EXPONENTIAL);
    private static final Transition H_I = new Transition("h", "i");

    private static MultiStateData.Builder rows(String... rows) {
        return PublicStates.rows(rows);
    }

    private static double rate(MultiStateFit fit, String from, String to) {
        return Math.exp(fit.transition(from, to)
                .parametricFit()
                .coefficient("rate")
                .value()
                .estimate());
    }

    /** Time in h: 2 + 4 + 3 + 5 = 14; in i: 3 + 2 + 1 = 6. */
    private static final String[] SMALL = {
        "A 0 2 h i", "A 2 5 i d", "B 0 4 h d", "C 0 3 h i", "C 3 5 i h", "C 5 6 h i", "C 6 7 i -", "D 0 4 h -"
    };

    @Test
    void ratesAreEventsOverTime() {
        MultiStateFit fit = CONSTANT.withDead("d").fit(rows(SMALL).build());
        assertThat(rate(fit, "h", "i")).isCloseTo(3.0 / 14, within(1e-12));
        assertThat(rate(fit, "h", "d")).isCloseTo(1.0 / 14, within(1e-12));
        assertThat(rate(fit, "i", "h")).isCloseTo(1.0 / 6, within(1e-12));
        assertThat(rate(fit, "i", "d")).isCloseTo(1.0 / 6, within(1e-12));
        double expected = 3 * Math.log(3.0 / 14) - 3 + Math.log(1.0 / 14) - 1 + 2 * (Math.log(1.0 / 6) - 1);
        assertThat(fit.logLikelihood()).isCloseTo(expected, within(1e-12));
        assertThat(fit.startDistribution()).isEqualTo(Map.of("h", 1.0, "i", 0.0, "d", 0.0));
        MultiStateModel model = fit.model();
        assertThat(model.aliveStates()).containsExactly("h", "i");
        assertThat(model.notes()).isEmpty();
        assertThat(model.starts()).isEqualTo(Map.of("h", 1.0));
        // A constant hazard knows no clock.
        MultiStateFit reset = CONSTANT.withClock(Clock.RESET).fit(rows(SMALL).build());
        assertThat(reset.logLikelihood()).isCloseTo(expected, within(1e-12));
        assertThat(reset.tidy().rowCount()).isEqualTo(4);
        assertThat(reset.tidyCoefficients().rowCount()).isEqualTo(4);
    }

    @Test
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void ms_missingTransition() {
        String[] without = SMALL.clone();
        without[1] = "A 2 5 i -";
        MultiStateFit a = CONSTANT.fit(rows(SMALL).build());
        MultiStateFit b = CONSTANT.fit(rows(without).build());
        assertThat(a.transitions()).hasSize(4);
        assertThat(b.transitions().stream().map(TransitionFit::transition))
                .containsExactly(H_I, new Transition("h", "d"), new Transition("i", "h"));
        for (TransitionFit t : b.transitions()) {
            String from = t.transition().from();
            String to = t.transition().to();
            assertThat(rate(b, from, to)).isEqualTo(rate(a, from, to));
        }
        assertThatThrownBy(() -> b.transition("i", "d"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("transition is i -> d; allowed: one that was seen: [h -> i, h -> d, i -> h]");
        assertThat(b.model().transitionsFrom("i").stream().map(HazardTransition::to))
                .containsExactly("h");
        assertThat(b.model().stateNames()).containsExactly("h", "i", "d");
        // Nor does it move the draws of the others.
        FittedOccupancy p = a.occupancy(NONE, 4, 100, 5);
        FittedOccupancy q = b.occupancy(NONE, 4, 100, 5);
        assertThat(q.probabilityAt("i", 1)).isNotEqualTo(p.probabilityAt("i", 1));
        String[] onlyH = {"A 0 2 h i", "B 0 4 h d", "C 0 3 h i", "D 0 9 h -"};
        String[] more = {"A 0 2 h i", "A 2 8 i d", "B 0 4 h d", "C 0 3 h i", "D 0 9 h -"};
        PointEstimate less =
                CONSTANT.fit(rows(onlyH).build()).occupancy(NONE, 4, 100, 5).probabilityAt("h", 2);
        assertThat(CONSTANT.fit(rows(more).build()).occupancy(NONE, 4, 100, 5).probabilityAt("h", 2))
                .satisfies(other -> assertThat(other.estimate()).isCloseTo(less.estimate(), within(1e-14)))
                .satisfies(other -> assertThat(other.standardError().orElseThrow())
                        .isCloseTo(less.standardError().orElseThrow(), within(1e-12)));
        // A state that nobody ever enters has its name in the fit, and no place in the model.
        MultiStateFit never = CONSTANT.withClock(new Transition("i", "d"), Clock.RESET)
                .fit(rows("A 0 2 h d", "B 0 4 h -").build());
        assertThat(never.states()).containsExactly("h", "i", "d");
        assertThat(never.model().stateNames()).containsExactly("h", "d");
        assertThat(never.warnings())
                .containsExactly(
                        "transition i -> d was named but never seen: it is not in the model",
                        "transition h -> d was seen 1 times for 1 coefficients: fewer than ten a coefficient",
                        "state 'i' cannot be reached by the transitions that were seen: it is not in the model");
    }

    @Test
    void saysWhyThereIsNoModel() {
        MultiStateFit few = ParametricMultiState.withDefaults().fit(rows(SMALL).build());
        assertThat(few.problems())
                .hasSize(3)
                .anySatisfy(p -> assertThat(p)
                        .contains("transition h -> d (weibull) cannot be fitted: ")
                        .contains("fewer events than coefficients, 1 and 2"));
        assertThatThrownBy(few::model)
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("the model, as transition h -> d (weibull) cannot be fitted");
        assertThatThrownBy(few::logLikelihood).isInstanceOf(NotEstimableException.class);
        assertThatThrownBy(() -> few.occupancy(NONE, 2, 100, 1)).isInstanceOf(NotEstimableException.class);
        assertThatThrownBy(() -> few.transition("h", "d").parametricFit()).hasMessageContaining("cannot be fitted");
        assertThat(few.tidy().rowCount()).isEqualTo(4);
        assertThat(few.tidyCoefficients().rowCount()).isEqualTo(2);
        assertThat(few.tidyCoefficients().value(0, "robust_std_error")).isNull();
        // All events at one time: the shape runs away.
        MultiStateFit spike = ParametricMultiState.withDefaults()
                .fit(rows("A 0 2 h d", "B 0 2 h d", "C 0 2 h d", "D 0 1 h -").build());
        assertThat(spike.transition("h", "d").parametricFit().status()).isEqualTo(FitStatus.BOUNDARY);
        assertThatThrownBy(spike::model)
                .hasMessageContaining("the fit of transition h -> d (weibull) ended BOUNDARY: ");
        // Knots need distinct event times.
        MultiStateFit knots = ParametricMultiState.withDefaults()
                .withFamily(ParametricFamily.parse("spline-hazard-2"))
                .fit(rows("A 0 2 h d", "B 0 2 h d", "C 0 2 h d", "E 0 3 h d", "D 0 1 h -")
                        .build());
        assertThat(knots.problems()).singleElement().asString().contains("two of the 4 knots fall together");
    }

    @Test
    void warnsOfDependenceAndLateStart() {
        MultiStateData late = rows("A 1 3 h d", "B 1 4 h d", "C 2 5 h -")
                .cluster(Categories.of(List.of("x", "x", "y")))
                .build();
        assertThat(CONSTANT.fit(late).warnings())
                .containsExactly(
                        "nobody is under observation at time 0: the start distribution is that of those at risk at the"
                                + " first transition",
                        "transitions are drawn independently of each other, which leaves out that with sampling weights,"
                                + " clusters or robust variances their coefficients are correlated",
                        "robust standard errors from 2 clusters by cluster: with fewer than about 40 they tend to be too"
                                + " small, limits too narrow and p-values too low",
                        "transition h -> d was seen 2 times for 1 coefficients: fewer than ten a coefficient",
                        "state 'i' cannot be reached by the transitions that were seen: it is not in the model");
        MultiStateData oneCentre = rows(SMALL)
                .cluster(Categories.of(List.of("x", "x", "x", "x", "x", "x", "x", "x")))
                .build();
        assertThat(CONSTANT.fit(oneCentre).problems())
                .isNotEmpty()
                .allSatisfy(problem ->
                        assertThat(problem).contains("cannot be fitted").contains("1 coefficient from 1 cluster"));
        double[] constant = {3, 3, 3, 3, 3, 3, 3, 3};
        MultiStateFit sir = CONSTANT.withCovariates("flat")
                .fit(rows(SMALL).covariate("flat", constant).build());
        assertThat(sir.warnings())
                .anySatisfy(w -> assertThat(w).contains("transition h -> i: ").contains("flat"));
        assertThat(sir.model().transitionsFrom("h").get(0).logHazardRatios()).isEmpty();
    }

    @Test
    void effectsAreHazardRatiosWhereHazardsAreProportional() {
        MultiStateData data = PublicStates.data("sir");
        CovariateProfile who = NONE.with("age", 70).with("sex", "M");
        for (String family : List.of("exponential", "weibull", "gompertz", "spline-hazard-1")) {
            MultiStateFit fit = ParametricMultiState.withDefaults()
                    .withClock(Clock.RESET)
                    .withFamily(ParametricFamily.parse(family))
                    .withCovariates("age", "sex")
                    .withCovariates(new Transition("ventilation", "no ventilation"))
                    .fit(data);
            MultiStateModel at = fit.model(who);
            MultiStateModel by = fit.model();
            assertThat(by.covariates()).containsExactly("age", "sex=M");
            MultiStateModel there = by.withCovariates(Map.of("age", 70.0, "sex=M", 1.0));
            for (int k = 0; k < 4; k++) {
                HazardTransition one = there.transitions().get(k);
                HazardTransition other = at.transitions().get(k);
                assertThat(other.logHazardRatios()).isEmpty();
                for (double t : new double[] {0.5, 4, 30}) {
                    assertThat(one.law().hazard(t) * there.multiplier(one))
                            .as(family + " " + one.to() + " at " + t)
                            .isCloseTo(
                                    other.law().hazard(t),
                                    within(1e-10 * other.law().hazard(t)));
                }
            }
        }
        MultiStateFit accelerated = ParametricMultiState.withDefaults()
                .withFamily(ParametricFamily.LOG_NORMAL)
                .withClock(Clock.RESET)
                .withCovariates("age", "sex")
                .fit(data);
        assertThatThrownBy(accelerated::model)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(
                        "the lognormal law of transition no ventilation -> ventilation has no hazard ratios;"
                                + " allowed: model(profile), or a family of proportional hazards");
        ParametricFit first = accelerated.transitions().get(0).parametricFit();
        assertThat(accelerated.model(who).transitions().get(0).law())
                .isEqualTo(first.predict(who).law());
        assertThatThrownBy(() -> accelerated.model(NONE.with("age", 3)))
                .hasMessageContaining("covariates of the profile is [age]; allowed: exactly [age, sex]");
    }

    @Test
    void aStayGoesOnOverRowsAndGaps() {
        ParametricMultiState reset = ParametricMultiState.withDefaults()
                .withClock(Clock.RESET)
                .withFamily(ParametricFamily.EXPONENTIAL)
                .withFamily(H_I, ParametricFamily.WEIBULL);
        MultiStateData whole = rows(SMALL).build();
        MultiStateData split = rows(
                        "A 0 1 h -",
                        "A 1 2 h i",
                        "A 2 5 i d",
                        "B 0 4 h d",
                        "C 0 3 h i",
                        "C 3 5 i h",
                        "C 5 5.5 h -",
                        "C 5.5 6 h i",
                        "C 6 6.5 i -",
                        "C 6.5 7 i -",
                        "D 0 4 h -")
                .build();
        assertThat(reset.fit(split).logLikelihood()).isCloseTo(reset.fit(whole).logLikelihood(), within(1e-10));
        // Out of sight between 3 and 4 while in i, which was entered at 3: at risk from 1 after entry on.
        MultiStateData gap = rows("A 0 3 h i", "A 4 6 i d", "B 0 2 h i", "B 2 7 i d", "C 0 5 h -")
                .allowGaps()
                .build();
        MultiStateFit seen = CONSTANT.withClock(Clock.RESET).fit(gap);
        assertThat(rate(seen, "i", "d")).isCloseTo(2.0 / 7, within(1e-12));
        MultiStateData late =
                rows("A 2 3 h i", "A 3 6 i d", "B 0 2 h i", "B 2 7 i -").build();
        assertThatThrownBy(() -> reset.fit(late))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "row 1 enters at 2.0 in state 'h', and since when the subject has been in it is not known, so"
                                + " that the reset clock of transition h -> i has no start; allowed: the forward clock, or"
                                + " withStaysFromEntry()");
        assertThat(reset.withStaysFromEntry().fit(late).transition("h", "i").rows())
                .isEqualTo(2);
        assertThat(reset.withClock(Clock.FORWARD).fit(late).problems()).isEmpty();
        assertThat(reset.withClock(H_I, Clock.FORWARD)
                        .fit(late)
                        .transition("h", "i")
                        .clock())
                .isEqualTo(Clock.FORWARD);
    }

    /** On 1,000 random data sets: rates are events over time; weights are replicates; rows may be cut. */
    @Test
    void lawsOfConstantRates() {
        int fitted = 0;
        for (long seed = 0; seed < 1000; seed++) {
            RandomStates random = RandomStates.of(seed);
            MultiStateData data = random.rows().build();
            if (data.transitions().isEmpty()) {
                assertThatThrownBy(() -> CONSTANT.fit(data))
                        .hasMessage("no transition was seen; allowed: data with at least one");
                continue;
            }
            MultiStateFit fit = CONSTANT.fit(data);
            double total = 0;
            for (Map.Entry<Transition, Long> seen : data.transitions().entrySet()) {
                Transition t = seen.getKey();
                double time = 0;
                for (int i = 0; i < data.size(); i++) {
                    boolean in = data.states().get(data.from(i)).equals(t.from());
                    time += in ? data.time(i) - data.entry(i) : 0;
                }
                double rate = seen.getValue() / time;
                assertThat(rate(fit, t.from(), t.to()))
                        .as("seed %s %s", seed, t)
                        .isCloseTo(rate, within(1e-9 * rate));
                total += seen.getValue() * (Math.log(rate) - 1);
            }
            double off = 1e-9 * Math.max(1, Math.abs(total));
            assertThat(fit.logLikelihood()).as("seed %s", seed).isCloseTo(total, within(off));
            assertThat(CONSTANT.fit(random.cut()).logLikelihood())
                    .as("seed %s cut", seed)
                    .isCloseTo(total, within(off));
            assertThat(CONSTANT.fit(random.shuffled().build()).logLikelihood())
                    .as("seed %s shuffled", seed)
                    .isCloseTo(total, within(off));
            double replicated = CONSTANT.fit(random.replicated()).logLikelihood();
            MultiStateFit weighted = CONSTANT.fit(random.weighted(WeightType.FREQUENCY, 1));
            assertThat(weighted.logLikelihood())
                    .as("seed %s weighted", seed)
                    .isCloseTo(replicated, within(1e-9 * Math.max(1, Math.abs(replicated))));
            fitted++;
        }
        assertThat(fitted).isGreaterThan(800);
    }

    @Test
    void drawsAreThoseOfTheRateWhateverTheThreads() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            many.append("P").append(i).append(" 0 ").append(1 + i).append(i % 2 == 0 ? " h d;" : " h -;");
        }
        MultiStateFit fit = CONSTANT.fit(rows(many.toString().split(";")).build());
        FittedOccupancy one = fit.occupancy(NONE, 50, 2000, 17, 1);
        FittedOccupancy four = fit.occupancy(NONE, 50, 2000, 17, 4);
        double t = 30;
        PointEstimate p = one.probabilityAt("h", t);
        assertThat(four.probabilityAt("h", t)).isEqualTo(p);
        assertThat(fit.occupancy(NONE, 50, 2000, 17).probabilityAt("h", t)).isEqualTo(p);
        assertThat(fit.occupancy(NONE, 50, 2000, 18).probabilityAt("h", t)).isNotEqualTo(p);
        // 20 events in 820 of time, se(log rate) = 1 / sqrt(20); limits exp(-rate t) at the rate's own limits, whose
        // percentiles over 2000 draws have an error of about 3 % of the rate.
        double rate = 20.0 / 820;
        assertThat(p.estimate()).isCloseTo(Math.exp(-rate * t), within(1e-12));
        double high = Math.exp(-rate * t * Math.exp(-1.959964 / Math.sqrt(20)));
        double low = Math.exp(-rate * t * Math.exp(1.959964 / Math.sqrt(20)));
        assertThat(p.interval().upper().orElseThrow()).isCloseTo(high, within(0.03));
        assertThat(p.interval().lower().orElseThrow()).isCloseTo(low, within(0.03));
        double delta = p.estimate() * rate * t / Math.sqrt(20);
        assertThat(p.standardError().orElseThrow()).isCloseTo(delta, within(0.12 * delta));
        assertThat(one.covariance(new double[] {t})[0][0])
                .isCloseTo(Math.pow(p.standardError().orElseThrow(), 2), within(1e-12));
        assertThat(one.covariance(new double[] {t})[0][1])
                .isCloseTo(-Math.pow(p.standardError().orElseThrow(), 2), within(1e-12));
        assertThat(one.probabilityIn(List.of("h", "d"), t).estimate()).isCloseTo(1, within(1e-14));
        assertThat(one.meanTime("h", t).estimate()).isCloseTo((1 - Math.exp(-rate * t)) / rate, within(1e-9));
        assertThat(one.probabilityAt("h", 0).interval().reason()).isEqualTo("all draws agree");
        assertThat(one.probabilityAt("h", 51).reason())
                .isEqualTo("the time lies beyond the horizon 50 of the solution");
        assertThat(one.probabilityValues(new double[] {t})[0][0]).isEqualTo(p.estimate());
        assertThat(one.tidy().rowCount()).isEqualTo(40);
        assertThat(one.draws()).isEqualTo(2000);
        assertThat(one.level()).isEqualTo(0.95);
        assertThat(one.horizon()).isEqualTo(50);
        assertThat(one.jumpTimes()).isEmpty();
        assertThat(one.atEstimates().probability("h", t)).isEqualTo(p.estimate());
    }

    @Test
    void familiesStandSideBySide() {
        List<ParametricFamily> families =
                List.of(ParametricFamily.EXPONENTIAL, ParametricFamily.WEIBULL, ParametricFamily.LOG_NORMAL);
        MultiStateData data = PublicStates.data("sir");
        ParametricMultiState reset = ParametricMultiState.withDefaults().withClock(Clock.RESET);
        TransitionFamilies all = reset.compare(data, families);
        Map<Transition, ParametricFamily> best = all.best();
        assertThat(best).hasSize(4);
        ParametricMultiState chosen = reset;
        for (Map.Entry<Transition, ParametricFamily> one : best.entrySet()) {
            double least = all.fits(one.getKey()).stream()
                    .mapToDouble(t -> t.parametricFit().aic())
                    .min()
                    .orElseThrow();
            chosen = chosen.withFamily(one.getKey(), one.getValue());
            assertThat(all.fits(one.getKey()))
                    .hasSize(3)
                    .anySatisfy(t -> assertThat(t.parametricFit().aic()).isEqualTo(least))
                    .filteredOn(t -> t.parametricFit().aic() == least)
                    .allSatisfy(t -> assertThat(t.family()).isEqualTo(one.getValue()));
        }
        for (ParametricFamily family : families) {
            assertThat(chosen.fit(data).aic())
                    .isLessThanOrEqualTo(reset.withFamily(family).fit(data).aic());
        }
        assertThat(all.tidy().rowCount()).isEqualTo(12);
        assertThatThrownBy(() -> all.fits(H_I))
                .hasMessageContaining("transition is h -> i; allowed: one that was seen");
        assertThatThrownBy(() -> reset.compare(data, List.of()))
                .hasMessageContaining("number of families is 0; allowed: at least 1");
        TransitionFamilies few =
                ParametricMultiState.withDefaults().compare(rows(SMALL).build(), families);
        assertThat(few.best().get(new Transition("h", "d"))).isEqualTo(ParametricFamily.EXPONENTIAL);
        assertThat(few.tidy().rowCount()).isEqualTo(12);
    }

    @Test
    void robustErrorsAndLevels() {
        MultiStateData data = rows(SMALL).build();
        double model = CONSTANT.fit(data)
                .transition("h", "i")
                .parametricFit()
                .coefficient("rate")
                .value()
                .standardError()
                .orElseThrow();
        assertThat(model).isCloseTo(1 / Math.sqrt(3), within(1e-9));
        // The influence of a subject on the log rate is (events - rate time) / events in all.
        double rate = 3.0 / 14;
        double[] score = {1 - 2 * rate, -4 * rate, 2 - 4 * rate, -4 * rate};
        double square = 0;
        for (double s : score) {
            square += s * s / 9;
        }
        assertThat(CONSTANT.withRobustVariance()
                        .fit(data)
                        .transition("h", "i")
                        .parametricFit()
                        .coefficient("rate")
                        .value()
                        .standardError()
                        .orElseThrow())
                .isCloseTo(Math.sqrt(square), within(1e-9));
        assertThat(CONSTANT.withLevel(0.8).fit(data).occupancy(NONE, 3, 100, 1).level())
                .isEqualTo(0.8);
    }

    @Test
    void refusesWhatItCannotUse() {
        MultiStateData data = rows(SMALL).build();
        MultiStateData grouped = rows(SMALL)
                .group(Categories.of(List.of("a", "a", "b", "a", "a", "a", "a", "b")))
                .build();
        assertThatThrownBy(() -> CONSTANT.fit(grouped))
                .hasMessageContaining("group column is [a, b]; allowed: none; groups can be a categorical covariate");
        assertThatThrownBy(() -> CONSTANT.withDead("x").fit(data))
                .hasMessageContaining("state of the dead is x; allowed: one of [h, i, d]");
        assertThatThrownBy(() -> CONSTANT.withClock(new Transition("h", "x"), Clock.RESET)
                        .fit(data))
                .hasMessageContaining("state of transition h -> x is x; allowed: one of [h, i, d]");
        assertThatThrownBy(() -> CONSTANT.withCovariates("age").fit(data))
                .hasMessageContaining("covariate of transition h -> i is age; allowed: one of []");
        assertThatThrownBy(() -> CONSTANT.withCovariates("age", "age"))
                .hasMessageContaining("covariates is [age, age]; allowed: distinct names");
        assertThatThrownBy(() -> CONSTANT.withCovariates(H_I, "age", "age")).hasMessageContaining("distinct names");
        assertThatThrownBy(() -> CONSTANT.withLevel(Double.NaN)).hasMessageContaining("level");
        MultiStateFit fit = CONSTANT.fit(data);
        assertThatThrownBy(() -> fit.occupancy(NONE, 3, 99, 1)).hasMessageContaining("draws");
        assertThatThrownBy(() -> fit.occupancy(NONE, Double.NaN, 100, 1)).hasMessageContaining("horizon");
        assertThatThrownBy(() -> fit.model(NONE.with("age", 1)))
                .hasMessageContaining("covariates of the profile is [age]; allowed: exactly []");
        FittedOccupancy curves = fit.occupancy(NONE, 3, 100, 1);
        assertThatThrownBy(() -> curves.probabilityAt("x", 1)).hasMessageContaining("state is x");
        assertThatThrownBy(() -> curves.meanTime("x", 1)).hasMessageContaining("state is x");
        assertThatThrownBy(() -> curves.probabilityIn(List.of("x"), 1)).hasMessageContaining("state is x");
        assertThatThrownBy(() -> curves.probabilityAt("h", Double.NaN)).hasMessageContaining("time");
        MultiStateData zero = MultiStateData.builder(
                        new double[] {0, 2}, Categories.of(List.of("h", "h")), Categories.of(List.of("d", "d")))
                .build();
        assertThatThrownBy(() -> CONSTANT.fit(zero))
                .hasMessageContaining("row 1")
                .hasMessageContaining("parametric models need a positive time");
        ParametricFit one = fit.transition("h", "i").parametricFit();
        assertThatThrownBy(() -> one.law(NONE, new double[2]))
                .hasMessageContaining("number of coefficients is 2; allowed: 1");
        assertThatThrownBy(() -> one.law(NONE, new double[] {Double.NaN})).hasMessageContaining("coefficient");
    }

    @Test
    void covariatesAreColumnsOfTheData() {
        MultiStateData.Builder builder = rows("A 0 1 h d", "B 0 2 h -");
        MultiStateData data = builder.covariate("age", new double[] {1, 2})
                .covariate("sex", Categories.of(List.of("F", "M")))
                .build();
        assertThat(data.covariates()).containsExactly("age", "sex");
        assertThat(data.hasNumericCovariate("age")).isTrue();
        assertThat(data.hasNumericCovariate("sex")).isFalse();
        assertThat(data.numericCovariate("age")).containsExactly(1, 2);
        assertThat(data.categoricalCovariate("sex").value(1)).isEqualTo("M");
        assertThatThrownBy(() -> data.numericCovariate("sex"))
                .hasMessageContaining("numeric covariate is sex; allowed: one of [age]");
        assertThatThrownBy(() -> data.categoricalCovariate("age"))
                .hasMessageContaining("categorical covariate is age; allowed: one of [sex]");
        assertThatThrownBy(() -> builder.covariate("sex", new double[] {1, 2}))
                .hasMessageContaining("covariate is sex; allowed: a name that is not taken");
        assertThatThrownBy(() -> builder.covariate("x", new double[1])).hasMessageContaining("covariate x has 1 rows");
        assertThatThrownBy(() -> rows("A 0 1 h d", "B 0 2 h -")
                        .covariate("age", new double[] {1, Double.NaN})
                        .build())
                .hasMessageContaining("row 2")
                .hasMessageContaining("age")
                .hasMessageContaining("a finite number");
    }
}

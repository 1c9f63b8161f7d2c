package io.engraft.multistate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.OccupancyVariance;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.multistate.Clock;
import io.engraft.multistate.solve.EmpiricalOccupancy;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CovariatePath;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxTies;
import io.engraft.regression.Terms;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against survival's coxph of several states and products of its hazards (golden_risks.R), and by laws. */
class MultiStateCoxTest {

    private static final Transition WELL_DEAD = new Transition("well", "dead");
    private static final Transition ILL_DEAD = new Transition("ill", "dead");
    private static final Map<String, Transition> TRANSITIONS = Map.of(
            "2:1",
            ILL_DEAD,
            "3:1",
            WELL_DEAD,
            "3:2",
            new Transition("well", "ill"),
            "2:3",
            new Transition("ill", "well"));
    private static final MultiStateCox OWN = MultiStateCox.withDefaults().withCovariates("age", "arm");
    private static final MultiStateCox SHARED =
            MultiStateCox.withDefaults().withCovariates("arm").withShared(Terms.of("age"), WELL_DEAD, ILL_DEAD);

    private static MultiStateCox model(String name) {
        MultiStateCox ofAge = MultiStateCox.withDefaults().withCovariates("age");
        return switch (name) {
            case "own" -> OWN;
            case "some" -> ofAge.withCovariates(WELL_DEAD, Terms.of("age", "arm"));
            case "shared" -> SHARED;
            case "baseline" -> ofAge.withProportionalBaselines(WELL_DEAD, ILL_DEAD);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static MultiStateData illness() {
        GoldenFile f = GoldenFile.read("/golden/risks/illness.csv");
        List<String> to = f.texts("to").stream()
                .map(t -> t.isEmpty() ? MultiStateData.CENSORED : t)
                .toList();
        return MultiStateData.builder(f.numbers("time"), Categories.of(f.texts("from")), Categories.of(to))
                .entry(f.numbers("entry"))
                .id(Categories.of(f.texts("id")))
                .covariate("age", f.numbers("age"))
                .covariate("arm", f.numbers("arm"))
                .build();
    }

    private static CovariateProfile patient(MultiStateCoxFit fit, double age, double arm) {
        return CovariateProfile.empty().with("age", age).with("arm", arm).only(fit.covariates());
    }

    @Test
    void coefficientsAreThoseOfCoxph() {
        GoldenFile f = GoldenFile.read("/golden/risks/coefficients.csv");
        for (int r = 0; r < f.size(); r++) {
            MultiStateCoxFit fit =
                    model(f.text(r, "model")).withTies(CoxTies.BRESLOW).fit(illness());
            Coefficient found = coefficient(fit, f.text(r, "name"));
            double expected = f.number(r, "estimate");
            assertThat(found.value().estimate())
                    .as("row %d", r)
                    .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
            assertThat(found.stdError().orElseThrow())
                    .as("row %d", r)
                    .isCloseTo(f.number(r, "std_error"), within(1e-10 * f.number(r, "std_error")));
            assertThat(fit.fit().logLikelihood()).isCloseTo(f.number(r, "loglik"), within(1e-8));
        }
    }

    /** By survival's name, such as {@code age_2:1}. */
    private static Coefficient coefficient(MultiStateCoxFit fit, String name) {
        int bar = name.indexOf('_');
        Transition transition = name.startsWith("ph(")
                ? ILL_DEAD
                : bar < 0 ? WELL_DEAD : Objects.requireNonNull(TRANSITIONS.get(name.substring(bar + 1)));
        String column = name.startsWith("ph(") ? ILL_DEAD.toString() : bar < 0 ? name : name.substring(0, bar);
        return Objects.requireNonNull(fit.coefficients(transition).get(column));
    }

    @Test
    void probabilitiesAreTheProductsOfHazardsAndErrorsTheirDerivativesByWeights() {
        GoldenFile f = GoldenFile.read("/golden/risks/states.csv");
        for (int r = 0; r < f.size(); r++) {
            MultiStateCoxFit fit = model(f.text(r, "model"))
                    .withTies(CoxTies.BRESLOW)
                    .withRobustVariance()
                    .fit(illness());
            PredictedStates states = fit.predict(patient(fit, f.number(r, "age"), f.number(r, "arm")), "well");
            PointEstimate p = states.probabilityAt(f.text(r, "state"), f.number(r, "time"));
            double expected = f.number(r, "probability");
            assertThat(p.estimate()).as("row %d", r).isCloseTo(expected, within(1e-10 * expected));
            double error = f.number(r, "std_error");
            assertThat(p.standardError().orElseThrow()).as("row %d", r).isCloseTo(error, within(1e-6 * error));
        }
    }

    @Test
    void withoutCovariatesItIsTheAalenJohansenEstimate() {
        MultiStateData data = illness();
        OccupancyEstimate aj = StateOccupancy.withDefaults()
                .withVariance(OccupancyVariance.ROBUST)
                .fit(data)
                .get("all");
        PredictedStates cox = MultiStateCox.withDefaults()
                .withTies(CoxTies.BRESLOW)
                .withRobustVariance()
                .fit(data)
                .predict(CovariateProfile.empty(), "well");
        for (String state : aj.states()) {
            for (int i = 0; i < aj.size(); i++) {
                PointEstimate p = cox.probabilityAt(state, aj.time(i));
                assertThat(p.estimate()).isCloseTo(aj.probability(state, i), within(1e-12));
                assertThat(p.standardError().orElseThrow()).isCloseTo(aj.standardError(state, i), within(1e-12));
            }
        }
    }

    @Test
    void aModelOfItsHazardsHasItsProbabilities() {
        PredictedStates states = OWN.fit(illness())
                .predict(CovariateProfile.empty().with("age", 0.3).with("arm", 1), "well");
        EmpiricalOccupancy solved =
                OccupancySolver.withDefaults().solve(states.model(DurationUnit.MONTHS), states.horizon());
        for (String state : states.states()) {
            for (double t : states.jumpTimes()) {
                assertThat(solved.probability(state, t))
                        .isCloseTo(states.probabilityAt(state, t).estimate(), within(1e-13));
            }
            assertThat(solved.meanTime(state, 20))
                    .isCloseTo(states.meanTime(state, 20).estimate(), within(1e-11));
        }
        assertThat(states.entry("dead").incidenceAt(20).estimate())
                .isEqualTo(states.probabilityAt("dead", 20).estimate());
        assertThat(states.entry("ill").incidenceAt(20).estimate())
                .isCloseTo(solved.firstEntry("ill").incidenceAt(20).estimate(), within(1e-13));
    }

    /** Two halves of time are the whole: P(0, t) = P(0, s) P(s, t). */
    @Test
    void probabilitiesFromALaterStartMultiply() {
        MultiStateCoxFit fit = SHARED.fit(illness());
        CovariatePath path = CovariatePath.of(patient(fit, -0.5, 1));
        double[] at = {9};
        double[] later = {18};
        double[][] first = fit.predict(path, "well", 0).probabilityValues(at);
        double[] sum = new double[3];
        for (int j = 0; j < 3; j++) {
            double[][] then = fit.predict(path, fit.states().get(j), 9).probabilityValues(later);
            for (int m = 0; m < 3; m++) {
                sum[m] += first[j][0] * then[m][0];
            }
        }
        double[][] whole = fit.predict(path, "well", 0).probabilityValues(later);
        for (int m = 0; m < 3; m++) {
            assertThat(sum[m]).isCloseTo(whole[m][0], within(1e-14));
        }
    }

    @Test
    void covariancesAddToNothingOverStatesAndMeanTimesToTheWhole() {
        PredictedStates states = OWN.fit(illness())
                .predict(CovariateProfile.empty().with("age", 0.3).with("arm", 1), "well");
        double[][] v = states.covariance(new double[] {5, 15});
        for (double[] row : v) {
            assertThat(row[0] + row[1] + row[2]).isCloseTo(0, within(1e-15));
            assertThat(row[3] + row[4] + row[5]).isCloseTo(0, within(1e-15));
        }
        double error = states.probabilityAt("dead", 15).standardError().orElseThrow();
        int dead = states.states().indexOf("dead");
        assertThat(Math.sqrt(v[3 + dead][3 + dead])).isCloseTo(error, within(1e-14));
        assertThat(states.states().stream()
                        .mapToDouble(s -> states.meanTime(s, 15).estimate())
                        .sum())
                .isCloseTo(15, within(1e-12));
    }

    @Test
    void refusesWhatItCannotAnswer() {
        MultiStateData data = illness();
        MultiStateCoxFit reset = OWN.withClock(Clock.RESET).withStaysFromEntry().fit(data);
        assertThat(reset.fit().coefficients()).hasSize(8);
        assertThatThrownBy(() -> reset.predict(patient(reset, 0, 0), "well"))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("forward clock");
        assertThatThrownBy(() -> MultiStateCox.withDefaults()
                        .withCovariates(new Transition("dead", "well"), Terms.of("age"))
                        .fit(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("dead -> well")
                .hasMessageContaining("one that was seen");
        MultiStateCoxFit fit = OWN.fit(data);
        CovariateProfile more = patient(fit, 0, 0).with("sex", 1);
        assertThatThrownBy(() -> fit.predict(more, "well")).hasMessageContaining("covariate is sex");
        assertThatThrownBy(() -> fit.predict(patient(fit, 0, 0), "gone")).hasMessageContaining("state is 'gone'");
        assertThatThrownBy(() -> MultiStateCox.withDefaults().withSharedBaseline(WELL_DEAD))
                .hasMessageContaining("two or more");
    }

    /** Along a path that changes nothing, nothing changes; along one that does, hazards after the change do. */
    @Test
    void pathsHoldFromTheirChangesOn() {
        MultiStateCoxFit fit = OWN.fit(illness());
        CovariateProfile a = patient(fit, 0.2, 0);
        CovariateProfile b = patient(fit, 0.2, 1);
        double[] times = {4, 8, 16};
        double[][] plain = fit.predict(a, "well").probabilityValues(times);
        double[][] same = fit.predict(CovariatePath.of(a).then(6, a), "well", 0).probabilityValues(times);
        double[][] other =
                fit.predict(CovariatePath.of(a).then(6, b), "well", 0).probabilityValues(times);
        for (int j = 0; j < plain.length; j++) {
            for (int i = 0; i < times.length; i++) {
                assertThat(same[j][i]).isCloseTo(plain[j][i], within(1e-14));
            }
            assertThat(other[j][0]).isEqualTo(same[j][0]);
            assertThat(other[j][2]).isNotCloseTo(same[j][2], within(1e-4));
        }
        assertThat(Arrays.stream(other).mapToDouble(row -> row[2]).sum()).isCloseTo(1, within(1e-13));
    }
}

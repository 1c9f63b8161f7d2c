package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.PathwayModel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every shipped pathway: the solver against formulas worked out here from the numbers in the file, and against simulated
 * patients.
 */
class JmmlPathwaysSolverTest {

    private static final double[] TIMES = {1, 3, 6, 12, 24, 60};
    private static final long PATIENTS = 1_000_000;
    private static final double LN2 = Math.log(2);
    private static final double DAY = 12 / 365.25;
    private static final Map<String, SolvedOccupancy> SOLVED = new HashMap<>();

    /** Solutions are used by several tests; a pathway never changes. */
    private static synchronized SolvedOccupancy solved(String name) {
        return SOLVED.computeIfAbsent(
                name,
                n -> OccupancySolver.withDefaults().solve(JmmlPathways.get(n).multiStateModel(), 60));
    }

    /**
     * Four Monte Carlo errors on some 600 numbers over all pathways, each off by more once in 15,800: a false alarm in one
     * of 27 choices of seeds. The seed is not changed after a failure. (There was one, with the first 200,000 of these
     * patients: 4.12 errors for "relapsed" at 6 months of "bridge-chemotherapy". Twenty million patients of this seed are
     * off by 0.4 errors there, so it was a false alarm, and the test was made sharper.)
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "transplant",
                "second-transplant",
                "from-diagnosis",
                "bridge-chemotherapy",
                "azacitidine-bridge",
                "chemotherapy-alone",
                "untreated",
                "trametinib"
            })
    void simulatedPatientsAgreeWithTheSolver(String name) {
        assertThat(JmmlPathways.names()).hasSize(8).contains(name);
        PathwayModel pathway = JmmlPathways.get(name);
        SolvedOccupancy curves = solved(name);
        assertThat(curves.errorEstimate()).isLessThan(1e-11);
        SimulationResult cohort = PathSimulator.withDefaults()
                .withPatients(PATIENTS)
                .withHorizon(60)
                .withSeed(20_261_122)
                .withThreads(2)
                .withTimes(TIMES)
                .simulate(pathway.multiStateModel());
        for (double t : TIMES) {
            double sum = 0;
            for (String state : cohort.states()) {
                double p = curves.probability(state, t);
                sum += p;
                agree(
                        name + ": " + state + " at " + t,
                        cohort.probabilityAt(state, t).estimate(),
                        p);
            }
            assertThat(sum).isCloseTo(1, within(1e-11));
            for (String event : cohort.events()) {
                double p = curves.incidence(event).incidenceAt(t).estimate();
                agree(
                        name + ": " + event + " by " + t,
                        cohort.incidence(event).incidenceAt(t).estimate(),
                        p);
            }
        }
    }

    private static void agree(String what, double simulated, double p) {
        // One patient more than four errors, where so few are expected that their number is not near normal.
        double error = Math.sqrt(p * (1 - p) / PATIENTS);
        assertThat(simulated).as(what).isCloseTo(p, within(4 * error + (p * PATIENTS < 10 ? 1.0 / PATIENTS : 0)));
    }

    // The numbers below are those of the files, and not read from them.

    private static final LawOfTime RELAPSE = through(80 * DAY, 12, 0.84);
    private static final LawOfTime NRM = through(4, 12, 0.85);

    private static Weibull through(double median, double by, double share) {
        double shape = Math.log(-Math.log1p(-share) / LN2) / Math.log(by / median);
        return weibull(median, shape);
    }

    private static Weibull weibull(double median, double shape) {
        return Weibull.of(shape, median / Math.pow(LN2, 1 / shape));
    }

    private static double eventFree(double t) {
        return 0.5 + 0.35 * RELAPSE.survival(t) + 0.15 * NRM.survival(t);
    }

    private static double secondRemission(double t) {
        return 0.5
                + 0.3 * weibull(80 * DAY, 0.65).survival(t)
                + 0.2 * weibull(4, 0.9).survival(t);
    }

    private static double waitsAfterRelapse(double t) {
        return 0.6 * weibull(4, 1.5).survival(t) + 0.4 * Exponential.of(LN2 / 6).survival(t);
    }

    /** The integral of g(t - u) over the law of u in [0, t], by the double exponential rule. */
    private static double after(LawOfTime first, double t, DoubleUnaryOperator g) {
        double sum = 0;
        double step = 1.0 / 128;
        for (int k = -512; k <= 512; k++) {
            double x = k * step;
            double q = Math.exp(-Math.PI * Math.sinh(Math.abs(x)));
            double near = t * q / (1 + q);
            double weight = step * Math.PI * Math.cosh(x) * q / ((1 + q) * (1 + q)) * t;
            double u = x < 0 ? near : t - near;
            double rest = x < 0 ? t - near : near;
            if (weight > 0 && u > 0 && rest > 0) {
                sum += weight * first.density(u) * g.applyAsDouble(rest);
            }
        }
        return sum;
    }

    private static void equal(String pathway, String state, DoubleUnaryOperator formula) {
        for (double t : TIMES) {
            assertThat(solved(pathway).probability(state, t))
                    .as(pathway + ": " + state + " at " + t)
                    .isCloseTo(formula.applyAsDouble(t), within(1e-10));
        }
    }

    @Test
    void theRuleOfTheseTestsIntegratesConvolutions() {
        // Exponential after exponential of another rate; and a singular density by itself.
        double value = after(Exponential.of(2), 1.5, u -> Exponential.of(1).survival(u));
        assertThat(value).isCloseTo(2 * (Math.exp(-1.5) - Math.exp(-3)), within(1e-14));
        assertThat(after(RELAPSE, 6, u -> 1)).isCloseTo(RELAPSE.cumulativeProbability(6), within(1e-13));
    }

    @Test
    void everyPathwayIsExactAtItsLongestHorizonAsFatesToo() {
        for (String name : JmmlPathways.names()) {
            MultiStateModel model = JmmlPathways.get(name).multiStateModel();
            SolvedOccupancy curves = OccupancySolver.withDefaults().solve(model, 120);
            assertThat(curves.errorEstimate()).as(name).isLessThan(1e-9);
            FateModel fates = model.fateModel().orElse(null);
            if (fates == null) {
                assertThat(model.transitions()).as(name).isNotEmpty();
                continue;
            }
            SolvedOccupancy asFates = OccupancySolver.withDefaults().solve(fates, 120);
            assertThat(asFates.errorEstimate()).as(name).isLessThan(1e-9);
            assertThat(asFates.states()).isEqualTo(curves.states());
            for (double t : new double[] {0.01, 0.5, 1, 1.5, 2, 6, 24, 60, 120}) {
                for (String state : curves.states()) {
                    assertThat(asFates.probability(state, t))
                            .as(name + ": " + state + " at " + t)
                            .isCloseTo(curves.probability(state, t), within(1e-10));
                }
                for (String event : fates.events()) {
                    assertThat(asFates.incidence(event).incidenceAt(t).estimate())
                            .as(name + ": " + event + " by " + t)
                            .isCloseTo(curves.incidence(event).incidenceAt(t).estimate(), within(1e-10));
                }
            }
        }
    }

    @Test
    void afterTransplant() {
        equal("transplant", "remission", JmmlPathwaysSolverTest::eventFree);
        equal("transplant", "dead-without-relapse", t -> 0.15 * NRM.cumulativeProbability(t));
        equal("transplant", "relapsed", t -> 0.35 * after(RELAPSE, t, JmmlPathwaysSolverTest::waitsAfterRelapse));
    }

    @Test
    void afterRelapse() {
        equal("second-transplant", "relapsed", JmmlPathwaysSolverTest::waitsAfterRelapse);
        equal(
                "second-transplant",
                "second-remission",
                t -> 0.6 * after(weibull(4, 1.5), t, JmmlPathwaysSolverTest::secondRemission));
        SolvedOccupancy later = OccupancySolver.withDefaults()
                .solve(
                        JmmlPathways.get("second-transplant")
                                .withStart("second-remission")
                                .multiStateModel(),
                        60);
        for (double t : TIMES) {
            assertThat(later.probability("second-remission", t)).isCloseTo(secondRemission(t), within(1e-10));
            assertThat(later.probability("relapsed-again", t))
                    .isCloseTo(
                            0.3 * after(weibull(80 * DAY, 0.65), t, Exponential.of(LN2 / 6)::survival), within(1e-10));
        }
    }

    @Test
    void withoutTransplant() {
        equal("untreated", "untreated", t -> 0.075 + 0.925 * Math.exp(-LN2 * t / 8));
        equal("chemotherapy-alone", "chemotherapy", t -> 0.06 + 0.94 * Math.exp(-LN2 * t / 5));
        double a = LN2 / 5;
        double b = LN2 / 4;
        equal("chemotherapy-alone", "progressed", t -> 0.94 * a / (b - a) * (Math.exp(-a * t) - Math.exp(-b * t)));
    }

    @Test
    void onTheWayToTransplant() {
        equal(
                "bridge-chemotherapy",
                "bridging",
                t -> 0.9 * weibull(1.5, 4).survival(t)
                        + 0.1 * Exponential.of(LN2 / 3).survival(t));
        equal(
                "bridge-chemotherapy",
                "remission",
                t -> 0.9 * after(weibull(1.5, 4), t, JmmlPathwaysSolverTest::eventFree));
        equal(
                "bridge-chemotherapy",
                "relapsed",
                t -> 0.9
                        * 0.35
                        * after(weibull(1.5, 4), t, u -> after(RELAPSE, u, JmmlPathwaysSolverTest::waitsAfterRelapse)));
        LawOfTime wait = LogNormal.of(Math.log(4.6), 0.45);
        equal(
                "azacitidine-bridge",
                "azacitidine",
                t -> 0.94 * wait.survival(t) + 0.06 * Exponential.of(LN2 / 6).survival(t));
        equal(
                "azacitidine-bridge",
                "remission",
                t -> 0.94 * after(wait, t, u -> 0.82 + 0.14 * RELAPSE.survival(u) + 0.04 * NRM.survival(u)));
    }

    @Test
    void byCompetingHazards() {
        LawOfTime wait = weibull(2, 2);
        double hazard = LN2 / 8;
        equal("from-diagnosis", "waiting", t -> wait.survival(t) * Math.exp(-hazard * t));
        equal(
                "from-diagnosis",
                "dead-before-transplant",
                t -> after(Exponential.of(hazard), t, u -> wait.survival(t - u)));
        equal("from-diagnosis", "remission", t -> after(wait, t, u -> Math.exp(-hazard * (t - u)) * eventFree(u)));
        double death = -Math.log(0.7) / 24;
        equal("trametinib", "dead", t -> -Math.expm1(-death * t));
        equal("trametinib", "response", t -> 0.5 * weibull(2, 2).cumulativeProbability(t) * Math.exp(-death * t));
        assertThat(solved("trametinib").probability("dead", 24)).isCloseTo(0.3, within(1e-12));
    }
}

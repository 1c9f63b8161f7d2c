package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.internal.PatientStream;
import io.engraft.law.Exponential;
import io.engraft.law.Gamma;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.FateTree;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PathSimulatorTest {

    private static final double[] TIMES = {6, 12, 24, 60};

    /** Every law, a state that is reached on two ways, and an event that can happen twice on one of them. */
    private static final FateModel MODEL = FateModel.of(
            "remission",
            DurationUnit.MONTHS,
            List.of(
                    FateState.of(
                                    "remission",
                                    true,
                                    Fate.stays("cured", 0.45),
                                    Fate.leaves("relapse", "relapsed", 0.4, Weibull.of(0.64, 4.7)),
                                    Fate.leaves("death", "dead", 0.15, LogNormal.of(1.2, 0.8)))
                            .withSampleSize(100),
                    FateState.of(
                                    "relapsed",
                                    true,
                                    Fate.leaves("transplant", "second", 0.6, Gamma.of(2.5, 2)),
                                    Fate.leaves("death", "dead", 0.4, Exponential.of(0.2)))
                            .withSampleSize(40),
                    FateState.of(
                            "second",
                            true,
                            Fate.stays("cured", 0.5),
                            Fate.leaves("relapse", "again", 0.3, LogLogistic.of(1.4, 6)),
                            Fate.leaves("death", "dead", 0.2, Exponential.of(0.3))),
                    FateState.of("again", true, Fate.leaves("death", "dead", 1, Exponential.of(0.25))),
                    FateState.absorbing("dead", false)));

    private static final FateModel LOOP = FateModel.of(
            "up",
            DurationUnit.DAYS,
            List.of(
                    FateState.of("up", true, Fate.leaves("fail", "down", 1, Exponential.of(0.5))),
                    FateState.of("down", true, Fate.leaves("repair", "up", 1, Exponential.of(2)))));

    private static PathSimulator simulator() {
        return PathSimulator.withDefaults().withThreads(2).withTimes(TIMES).withSeed(42);
    }

    @Test
    void agreesWithTheSolverWithinFourErrors() {
        SimulationResult result = simulator().withPatients(1_000_000).simulate(MODEL);
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(MODEL, 120);
        for (double t : TIMES) {
            double sum = 0;
            for (String state : result.states()) {
                PointEstimate p = result.probabilityAt(state, t);
                double exact = curves.probability(state, t);
                double error = p.standardError().orElseThrow();
                assertThat(p.estimate()).as(state + " at " + t).isCloseTo(exact, within(4 * error));
                assertThat(error).isEqualTo(result.monteCarloErrorAt(state, t));
                sum += p.estimate();
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            for (String event : result.events()) {
                PointEstimate p = result.incidence(event).incidenceAt(t);
                double exact = curves.incidence(event).incidenceAt(t).estimate();
                assertThat(p.estimate())
                        .as(event + " by " + t)
                        .isCloseTo(exact, within(4 * p.standardError().orElseThrow()));
            }
            double alive = result.probabilityIn(MODEL.aliveStates(), t).estimate();
            assertThat(alive).isCloseTo(1 - result.probabilityAt("dead", t).estimate(), within(1e-12));
        }
        double total = 0;
        for (String state : result.states()) {
            PointEstimate mean = result.meanTime(state);
            assertThat(mean.estimate())
                    .as("time in " + state)
                    .isCloseTo(
                            curves.meanTime(state),
                            within(4 * mean.standardError().orElseThrow()));
            total += mean.estimate();
        }
        assertThat(total).isCloseTo(120, within(1e-9));
    }

    @Test
    void sameSeedSameBitsForAnyThreads() {
        PathSimulator simulator = simulator().withPatients(50_001).withDraws(200);
        SimulationResult one = simulator.withThreads(1).simulate(MODEL);
        for (int threads : new int[] {2, 8}) {
            assertSame(one, simulator.withThreads(threads).simulate(MODEL));
        }
        SimulationResult other = simulator.withSeed(43).simulate(MODEL);
        assertThat(other.transitions()).isNotEqualTo(one.transitions());
        assertSame(
                simulator().withPatients(20_000).withThreads(1).simulate(LOOP),
                simulator().withPatients(20_000).withThreads(8).simulate(LOOP));
    }

    private static void assertSame(SimulationResult a, SimulationResult b) {
        assertThat(b.transitions()).isEqualTo(a.transitions());
        for (TidyTable[] pair : new TidyTable[][] {
            {a.tidy(), b.tidy()},
            {a.tidyIncidence(), b.tidyIncidence()},
            {a.tidyMeanTimes(), b.tidyMeanTimes()},
            {a.tidyTransitions(), b.tidyTransitions()}
        }) {
            assertThat(pair[0].rowCount()).isEqualTo(pair[1].rowCount()).isPositive();
            for (int i = 0; i < pair[0].rowCount(); i++) {
                for (int j = 0; j < pair[0].columns().size(); j++) {
                    assertThat(pair[1].value(i, j)).isEqualTo(pair[0].value(i, j));
                }
            }
        }
    }

    @Test
    void countsAreThoseOfTheReplayedPaths() {
        int n = 3000;
        SimulationResult result = simulator().withPatients(n).simulate(MODEL);
        long[][] counts = new long[result.states().size()][TIMES.length];
        long relapses = 0;
        double timeRelapsed = 0;
        for (long i = 0; i < n; i++) {
            SimulatedPath path = result.path(i);
            for (int j = 0; j < TIMES.length; j++) {
                counts[result.states().indexOf(path.stateAt(TIMES[j]))][j]++;
            }
            for (SimulatedPath.Sojourn s : path.sojourns()) {
                relapses += "relapse".equals(s.event()) && s.state().equals("remission") ? 1 : 0;
                timeRelapsed += s.state().equals("relapsed") ? s.to() - s.from() : 0;
            }
        }
        double[][] values = result.probabilityValues(TIMES);
        for (int s = 0; s < counts.length; s++) {
            for (int j = 0; j < TIMES.length; j++) {
                assertThat(values[s][j]).isEqualTo((double) counts[s][j] / n);
            }
        }
        assertThat(result.transitions().get(0))
                .isEqualTo(new SimulationResult.TransitionCount("remission", "relapse", "relapsed", relapses));
        assertThat(result.meanTime("relapsed").estimate()).isCloseTo(timeRelapsed / n, within(1e-12));
        SimulatedPath again = PathSimulator.withDefaults().withSeed(42).path(MODEL, 17);
        assertThat(again).isEqualTo(result.path(17));
    }

    @Test
    void oneUniformADecisionByInversion() {
        SimulatedPath path = PathSimulator.withDefaults().withSeed(9).path(MODEL, 5);
        PatientStream stream = PatientStream.of(9, PatientStream.PATIENTS, 5);
        double fate = stream.next();
        double time = stream.next();
        SimulatedPath.Sojourn first = path.sojourns().get(0);
        if (fate < 0.45) {
            assertThat(first.event()).isNull();
        } else if (fate < 0.85) {
            assertThat(first.event()).isEqualTo("relapse");
            assertThat(first.to()).isEqualTo(Math.min(120, Weibull.of(0.64, 4.7).timeAt(time)));
        } else {
            assertThat(first.to())
                    .isEqualTo(Math.min(120, LogNormal.of(1.2, 0.8).timeAt(time)));
        }
        assertThat(path.patient()).isEqualTo(5);
    }

    @Test
    void pathsDoNotDependOnHowManyOrWhatIsReported() {
        SimulationResult few = simulator().withPatients(10).simulate(MODEL);
        SimulationResult many = simulator().withPatients(1000).withTimes(1, 2).simulate(MODEL);
        for (int i = 0; i < 10; i++) {
            assertThat(many.path(i)).isEqualTo(few.path(i));
        }
    }

    @Test
    void otherTimesAreReplayed() {
        PathSimulator simulator = simulator().withPatients(20_000);
        SimulationResult result = simulator.simulate(MODEL);
        SimulationResult fine = simulator.withTimes(0, 3.3, 120).simulate(MODEL);
        for (double t : new double[] {0, 3.3, 120}) {
            assertThat(result.probabilityAt("dead", t)).isEqualTo(fine.probabilityAt("dead", t));
            assertThat(result.incidence("death").incidenceAt(t))
                    .isEqualTo(fine.incidence("death").incidenceAt(t));
        }
        assertThat(result.probabilityValues(new double[] {0, 3.3})[0][0]).isEqualTo(1);
        assertThat(result.incidence("relapse").incidenceValues(new double[] {0, 121}))
                .containsExactly(0, Double.NaN);
        assertThat(result.probabilityAt("dead", 121).isEstimable()).isFalse();
        assertThat(result.probabilityAt("dead", 121).reason()).contains("beyond the horizon 120");
        assertThat(result.incidence("death").incidenceAt(121).isEstimable()).isFalse();
        assertThat(result.probabilityValues(new double[] {121})[2][0]).isNaN();
    }

    @Test
    void timesAskedInBulkAreRememberedAndDoNotStandInForOthers() {
        SimulationResult result = simulator().withPatients(5_000).withDraws(100).simulate(MODEL);
        SimulationResult fine = simulator()
                .withPatients(5_000)
                .withDraws(100)
                .withTimes(1, 2, 3, 7)
                .simulate(MODEL);
        double[] bulk = {3, 1, 2};
        double[] relapsed = result.incidence("relapse").incidenceValues(bulk);
        assertThat(result.snapshot(2, 3)).isSameAs(result.snapshot(bulk));
        assertThat(result.snapshot(7)).isNotSameAs(result.snapshot(bulk));
        for (int j = 0; j < bulk.length; j++) {
            assertThat(relapsed[j])
                    .isEqualTo(fine.incidence("relapse").incidenceAt(bulk[j]).estimate());
            assertThat(result.incidence("relapse").incidenceAt(bulk[j]))
                    .isEqualTo(fine.incidence("relapse").incidenceAt(bulk[j]));
        }
        assertThat(result.probabilityAt("dead", 7)).isEqualTo(fine.probabilityAt("dead", 7));
        assertThat(result.probabilityAt("dead", 2)).isEqualTo(fine.probabilityAt("dead", 2));
    }

    @Test
    void accessors() {
        SimulationResult result = simulator().withPatients(100).withLevel(0.9).simulate(MODEL);
        assertThat(result.model()).isSameAs(MODEL);
        assertThat(result.patients()).isEqualTo(100);
        assertThat(result.seed()).isEqualTo(42);
        assertThat(result.draws()).isZero();
        assertThat(result.level()).isEqualTo(0.9);
        assertThat(result.times()).containsExactly(TIMES);
        assertThat(result.horizon()).isEqualTo(120);
        assertThat(result.jumpTimes()).isEmpty();
        assertThat(result.events()).containsExactly("relapse", "death", "transplant");
        assertThat(result.incidence("death").cause()).isEqualTo("death");
        assertThat(result.incidence("death").horizon()).isEqualTo(120);
        assertThat(result.incidence("death").jumpTimes()).isEmpty();
        assertThat(PathSimulator.withDefaults().withPatients(10).simulate(MODEL).times())
                .hasSize(20)
                .contains(6, 12, 24, 60, 120);
        assertThat(result.notes())
                .containsExactly("Intervals hold simulation error only, which more patients reduce; all"
                        + " numbers of the model are taken as known.");
        assertThat(simulator().withPatients(100).withDraws(100).simulate(MODEL).notes())
                .containsExactly("Intervals hold simulation error and 100 draws of the fate probabilities of remission"
                        + " (n = 100), relapsed (n = 40). Taken as known: all laws of time, and the fate probabilities"
                        + " of second, again.");
        TidyTable path = result.path(3).tidy();
        assertThat(path.value(0, "state")).isEqualTo("remission");
        assertThat(path.value(0, "patient")).isEqualTo(3L);
    }

    @Test
    void intervalsOfSharesAreWilsons() {
        // A certain event at once: all 100 patients. Wilson's lower limit is n / (n + z^2) = 0.963006.
        FateModel sure = FateModel.of(
                "a",
                DurationUnit.DAYS,
                List.of(
                        FateState.of(
                                "a", true, Fate.of("b", 1, Exponential.of(1e6)), Fate.of("c", 0, Exponential.of(1))),
                        FateState.absorbing("b", true),
                        FateState.absorbing("c", true)));
        SimulationResult result = PathSimulator.withDefaults().withPatients(100).simulate(sure);
        PointEstimate p = result.probabilityAt("b", 12);
        assertThat(p.estimate()).isEqualTo(1);
        assertThat(p.interval().lower().orElseThrow()).isCloseTo(0.9630065, within(1e-7));
        assertThat(p.interval().upper()).hasValue(1);
        assertThat(result.probabilityAt("a", 12).interval().lower()).hasValue(0);
        assertThat(result.probabilityAt("c", 12).estimate()).isZero();
    }

    @Test
    void covarianceIsJointOverTimesAndStates() {
        SimulationResult result = simulator().withPatients(40_000).simulate(MODEL);
        double[] times = {6, 60, 200};
        double[][] v = result.covariance(times);
        assertThat(v).hasDimensions(15, 15);
        double error = result.probabilityAt("dead", 60).standardError().orElseThrow();
        assertThat(Math.sqrt(v[9][9])).isCloseTo(error, within(1e-15));
        assertThat(v[4][9]).isPositive().isEqualTo(v[9][4]);
        assertThat(v[0][4])
                .isCloseTo(
                        -result.probabilityAt("remission", 6).estimate()
                                * result.probabilityAt("dead", 6).estimate()
                                / 40_000,
                        within(1e-15));
        // Dead at 6 implies dead at 60: cov = p6 (1 - p60) / n.
        double p6 = result.probabilityAt("dead", 6).estimate();
        double p60 = result.probabilityAt("dead", 60).estimate();
        assertThat(v[4][9]).isCloseTo(p6 * (1 - p60) / 40_000, within(1e-15));
        assertThat(v[0][14]).isNaN();
        assertThat(v[14][0]).isNaN();
        assertThatThrownBy(() -> result.covariance(new double[401]))
                .hasMessage("times x states of a covariance is 2005; allowed: at most 2000");
        double[][] drawn =
                simulator().withPatients(40_000).withDraws(500).simulate(MODEL).covariance(new double[] {6, 60});
        double total = simulator()
                .withPatients(40_000)
                .withDraws(500)
                .simulate(MODEL)
                .probabilityAt("dead", 60)
                .standardError()
                .orElseThrow();
        assertThat(Math.sqrt(drawn[9][9])).isCloseTo(total, within(1e-12));
    }

    @Test
    void drawsAreTheSolversCurvesUnderDrawnProbabilities() {
        // The spread over draws of exact curves, each solved with its own drawn probabilities, is what the result adds.
        SimulationResult result =
                simulator().withPatients(400_000).withDraws(300).simulate(MODEL);
        assertThat(result.draws()).isEqualTo(300);
        double[][] ways = FateTree.of(MODEL).drawProbabilities(300, 42);
        SolvedOccupancy exact = OccupancySolver.withDefaults().solve(MODEL, 120);
        // remission at 12 under draw d: cured + relapse (1 - F(12)) + death (1 - G(12))
        double mean = 0;
        double square = 0;
        for (double[] way : ways) {
            double x = way[0]
                    + way[1] * Weibull.of(0.64, 4.7).survival(12)
                    + way[2] * LogNormal.of(1.2, 0.8).survival(12);
            mean += x / 300;
            square += x * x / 300;
        }
        double deviation = Math.sqrt((square - mean * mean) * 300 / 299);
        PointEstimate p = result.probabilityAt("remission", 12);
        double monteCarlo = result.monteCarloErrorAt("remission", 12);
        assertThat(p.estimate()).isCloseTo(exact.probability("remission", 12), within(4 * monteCarlo));
        assertThat(p.standardError().orElseThrow()).isCloseTo(Math.hypot(monteCarlo, deviation), within(0.001));
        assertThat(p.interval().upper().orElseThrow() - p.estimate()).isBetween(1.6 * deviation, 2.4 * deviation);
        PointEstimate time = result.meanTime("remission");
        assertThat(time.standardError().orElseThrow()).isGreaterThan(3);
        assertThat(result.incidence("relapse").incidenceAt(60).standardError().orElseThrow())
                .isBetween(0.04, 0.06);
        // A hundred times more patients cannot make the parameters better known.
        PointEstimate few =
                simulator().withPatients(4000).withDraws(300).simulate(MODEL).probabilityAt("remission", 12);
        assertThat(few.standardError().orElseThrow()).isBetween(0.9 * deviation, 1.2 * deviation);
    }

    @Test
    void loopsAlternate() {
        // Two-state renewal process: P(down at t) = 0.5 / 2.5 (1 - exp(-2.5 t)), t in days.
        SimulationResult result = simulator()
                .withPatients(100_000)
                .withHorizon(10)
                .withTimes(0.3, 1, 10)
                .simulate(LOOP);
        for (double t : result.times()) {
            PointEstimate p = result.probabilityAt("down", t);
            assertThat(p.estimate())
                    .isCloseTo(
                            0.2 * (1 - Math.exp(-2.5 * t)),
                            within(4 * p.standardError().orElseThrow()));
            PointEstimate fail = result.incidence("fail").incidenceAt(t);
            assertThat(fail.estimate())
                    .isCloseTo(
                            1 - Math.exp(-0.5 * t),
                            within(4 * fail.standardError().orElseThrow()));
        }
        PointEstimate down = result.meanTime("down");
        double exact = 0.2 * (10 - (1 - Math.exp(-25)) / 2.5);
        assertThat(down.estimate())
                .isCloseTo(exact, within(4 * down.standardError().orElseThrow()));
        assertThat(result.transitions().get(0).count()).isGreaterThan(100_000);
        assertThat(result.covariance(new double[] {1})[0][1]).isNegative();
        assertThatThrownBy(() -> simulator().withDraws(100).simulate(LOOP))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("up -> down -> up");
    }

    @Test
    void endlessLoopsAreStopped() {
        FateModel spin = FateModel.of(
                "a",
                DurationUnit.DAYS,
                List.of(
                        FateState.of("a", true, Fate.of("b", 1, Exponential.of(1e9))),
                        FateState.of("b", true, Fate.of("a", 1, Exponential.of(1e9)))));
        assertThatThrownBy(() -> simulator().withPatients(1).simulate(spin))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("patient 0 changes state more than 100000 times before the horizon");
    }

    @Test
    void progressReachesTheNumberOfPatients() {
        AtomicLong most = new AtomicLong();
        AtomicLong calls = new AtomicLong();
        SimulationResult result = simulator()
                .withPatients(20_000)
                .withProgress(done -> {
                    most.accumulateAndGet(done, Math::max);
                    calls.incrementAndGet();
                })
                .simulate(MODEL);
        assertThat(result.patients()).isEqualTo(20_000);
        assertThat(most).hasValue(20_000);
        assertThat(calls).hasValue(3);
    }

    @Test
    void failuresInAListenerReachTheCaller() {
        assertThatThrownBy(() -> simulator()
                        .withPatients(100_000)
                        .withProgress(done -> {
                            throw new IllegalStateException("stop");
                        })
                        .simulate(MODEL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stop");
    }

    @Test
    void badInputIsNamed() {
        PathSimulator s = simulator();
        bad(() -> s.withPatients(0), "patients is 0; allowed: patients >= 1");
        bad(
                () -> s.withPatients(Long.MAX_VALUE).simulate(MODEL),
                "patients is 9223372036854775807; allowed: patients <= 10000000000");
        bad(() -> s.withHorizon(Double.NaN), "horizon is NaN; allowed: 0 < horizon < infinity");
        bad(() -> s.withHorizon(0), "horizon is 0.0");
        bad(() -> s.withThreads(0), "threads is 0; allowed: threads >= 1");
        bad(() -> s.withTimes(1, Double.NaN), "time is NaN; allowed: 0 <= time < infinity");
        bad(() -> s.withTimes(-1), "time is -1.0");
        bad(() -> s.withTimes(121).simulate(MODEL), "time is 121.0; allowed: 0 <= time <= horizon = 120.0");
        bad(() -> s.withDraws(99), "draws is 99; allowed: 0, or draws >= 100");
        bad(() -> s.withDraws(-1), "draws is -1");
        bad(() -> s.withLevel(Double.NaN), "level is NaN; allowed: 0 < level < 1");
        bad(() -> s.path(MODEL, -1), "patient is -1; allowed: patient >= 0");
        SimulationResult result = s.withPatients(10).simulate(MODEL);
        bad(() -> result.path(10), "patient is 10; allowed: 0 <= patient < 10");
        bad(() -> result.probabilityAt("x", 1), "state is x; allowed: one of [remission,");
        bad(() -> result.probabilityAt("dead", -1), "time is -1.0; allowed: 0 <= time");
        bad(() -> result.probabilityValues(new double[] {Double.NaN}), "time is NaN; allowed: 0 <= time");
        bad(() -> result.incidence("x"), "event is x; allowed: 1 (relapse), 2 (death) or 3 (transplant)");
        bad(() -> result.meanTime("x"), "state is x");
        bad(() -> result.path(1).stateAt(121), "time is 121.0; allowed: 0 <= time <= 120.0");
        FateModel unsized = FateModel.of("dead", DurationUnit.DAYS, List.of(FateState.absorbing("dead", false)));
        bad(() -> s.withDraws(100).simulate(unsized), "no state of the model has a sample size");
        assertThat(s.withPatients(5).simulate(unsized).probabilityAt("dead", 6).estimate())
                .isEqualTo(1);
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}

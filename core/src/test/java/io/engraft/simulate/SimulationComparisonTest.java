package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two scenarios of the same patients. */
class SimulationComparisonTest {

    private static final double[] TIMES = {1, 6, 24, 60};
    private static final int PATIENTS = 40_000;
    private static final double LEAST = Math.sqrt(1e-4 / PATIENTS);

    private static PathSimulator simulator(long patients, long seed) {
        return PathSimulator.withDefaults()
                .withPatients(patients)
                .withSeed(seed)
                .withHorizon(60)
                .withTimes(TIMES);
    }

    private static FateModel fates(double relapse, double deaths) {
        return FateModel.of(
                "alive",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "alive",
                                true,
                                Fate.stays("cure", 1 - relapse - deaths),
                                Fate.leaves("relapse", "relapse", relapse, Weibull.of(1.2, 9)),
                                Fate.leaves("nrm", "dead", deaths, Exponential.of(0.2))),
                        FateState.of(
                                "relapse",
                                true,
                                Fate.leaves("death", "dead", 0.8, LogNormal.of(1.5, 0.7)),
                                Fate.stays("rescue", 0.2)),
                        FateState.absorbing("dead", false)));
    }

    private static MultiStateModel hazards(double relapse) {
        return MultiStateModel.builder(DurationUnit.MONTHS)
                .start("alive")
                .state("alive")
                .state("relapse")
                .absorbing("dead", false)
                .transition("alive", "relapse", Weibull.of(0.9, relapse), Clock.RESET)
                .transition("alive", "dead", Exponential.of(0.01), Clock.RESET)
                .transition("relapse", "alive", LogNormal.of(2, 0.5), Clock.RESET)
                .transition("relapse", "dead", Weibull.of(1.1, 12), Clock.RESET)
                .build();
    }

    private static SolvedOccupancy solved(MultiStateModel model) {
        return OccupancySolver.withDefaults().withTolerance(1e-7).solve(model, 60);
    }

    private static void agrees(SimulationComparison found, SolvedOccupancy one, SolvedOccupancy other) {
        for (double t : TIMES) {
            for (String state : found.states()) {
                near(found.difference(state, t), one.probability(state, t) - other.probability(state, t), LEAST);
                near(found.meanTimeDifference(state, t), one.meanTime(state, t) - other.meanTime(state, t), 0);
            }
            for (String event : found.events()) {
                near(
                        found.incidenceDifference(event, t),
                        one.incidence(event).incidenceAt(t).estimate()
                                - other.incidence(event).incidenceAt(t).estimate(),
                        LEAST);
            }
        }
    }

    /** An error of 0 where none of the patients differs is no error of 0: at least that of 1 in 10 000 who differ. */
    private static void near(PointEstimate found, double truth, double least) {
        assertThat(found.estimate())
                .isCloseTo(
                        truth,
                        within(1e-6 + 4 * Math.max(least, found.standardError().orElseThrow())));
    }

    /**
     * Four Monte Carlo errors each: 3 states x 4 times x 2 readings and 4 x 3 or 4 incidences, under 80 numbers in all, of
     * which each is off by more than four errors once in 15 800: one seed in 200 would raise a false alarm.
     */
    @Test
    void differencesAreThoseOfTheSolver() {
        FateModel better = fates(0.3, 0.1);
        FateModel worse = fates(0.35, 0.15);
        agrees(
                simulator(PATIENTS, 11)
                        .simulate(better)
                        .compare(simulator(PATIENTS, 11).simulate(worse)),
                solved(MultiStateModel.of(better)),
                solved(MultiStateModel.of(worse)));
        agrees(
                simulator(PATIENTS, 12)
                        .simulate(hazards(30))
                        .compare(simulator(PATIENTS, 12).simulate(hazards(24))),
                solved(hazards(30)),
                solved(hazards(24)));
    }

    /**
     * Over 200 seeds the squares of (difference - truth) / error add up to a chi-square of 200 degrees of freedom, which
     * lies outside 135 to 281 once in 3 700 (R: pchisq(135, 200) + pchisq(281, 200, lower.tail = FALSE)). An error as if the
     * cohorts were independent would give about a fifth of that.
     */
    @Test
    void theErrorIsThatOfPairs() {
        FateModel better = fates(0.30, 0.1);
        FateModel worse = fates(0.34, 0.1);
        double truth = solved(MultiStateModel.of(better)).probability("alive", 24)
                - solved(MultiStateModel.of(worse)).probability("alive", 24);
        double sum = 0;
        for (int seed = 1; seed <= 200; seed++) {
            SimulationResult one = simulator(2_000, seed).simulate(better);
            SimulationResult other = simulator(2_000, seed).simulate(worse);
            PointEstimate found = one.compare(other).difference("alive", 24);
            double error = found.standardError().orElseThrow();
            double z = (found.estimate() - truth) / error;
            sum += z * z;
            double apart = Math.hypot(one.monteCarloErrorAt("alive", 24), other.monteCarloErrorAt("alive", 24));
            assertThat(error).isLessThan(0.5 * apart);
            assertThat(found.estimate())
                    .isCloseTo(
                            one.probabilityAt("alive", 24).estimate()
                                    - other.probabilityAt("alive", 24).estimate(),
                            within(1e-12));
        }
        assertThat(sum).isBetween(135.0, 281.0);
    }

    /** By hand from the replayed paths: of n patients a differ one way and b the other. */
    @Test
    void theErrorIsThatOfDiscordantPatients() {
        SimulationResult one = simulator(700, 3).simulate(fates(0.2, 0.1));
        SimulationResult other = simulator(700, 3).simulate(fates(0.4, 0.1));
        int more = 0;
        int fewer = 0;
        for (long i = 0; i < 700; i++) {
            boolean mine = one.path(i).stateAt(6).equals("relapse");
            boolean theirs = other.path(i).stateAt(6).equals("relapse");
            more += mine && !theirs ? 1 : 0;
            fewer += !mine && theirs ? 1 : 0;
        }
        double difference = (more - fewer) / 700.0;
        double error = Math.sqrt(((more + fewer) / 700.0 - difference * difference) / 699);
        PointEstimate found = one.compare(other).difference("relapse", 6);
        assertThat(found.estimate()).isCloseTo(difference, within(1e-15));
        assertThat(found.standardError().orElseThrow()).isCloseTo(error, within(1e-15));
        assertThat(found.interval().lower().orElseThrow())
                .isCloseTo(difference - 1.959963984540054 * error, within(1e-12));
        assertThat(found.interval().level()).isEqualTo(0.95);
        PointEstimate turned = other.compare(one).difference("relapse", 6);
        assertThat(turned.estimate()).isEqualTo(-found.estimate());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        MultiStateModel some = hazards(30);
        MultiStateModel others = hazards(24);
        PathSimulator one = simulator(20_000, 5).withThreads(1);
        PathSimulator four = simulator(20_000, 5).withThreads(4);
        PointEstimate single = one.simulate(some).compare(one.simulate(others)).meanTimeDifference("alive", 60);
        PointEstimate shared =
                four.simulate(some).compare(four.simulate(others)).meanTimeDifference("alive", 60);
        assertThat(shared).isEqualTo(single);
    }

    @Test
    void theTableHoldsEveryStateAndTime() {
        SimulationComparison found = simulator(1_000, 1)
                .simulate(fates(0.3, 0.1))
                .compare(simulator(1_000, 1).simulate(fates(0.4, 0.1)));
        TidyTable table = found.tidy();
        assertThat(table.rowCount()).isEqualTo(12);
        int row = 0;
        for (String state : found.states()) {
            for (double t : TIMES) {
                assertThat(table.numbers("difference")[row])
                        .isEqualTo(found.difference(state, t).estimate());
                assertThat(table.numbers("std_error")[row])
                        .isEqualTo(found.difference(state, t).standardError().orElseThrow());
                row++;
            }
        }
        assertThat(found.incidenceDifference(1, 24)).isEqualTo(found.incidenceDifference("relapse", 24));
    }

    @Test
    void statesOfOneModelAloneAreNeverEnteredInTheOther() {
        SimulationResult with = simulator(1_000, 1).simulate(fates(0.3, 0.1));
        FateModel plain = FateModel.of(
                "alive",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of("alive", true, Fate.leaves("death", "dead", 1, Exponential.of(0.1))),
                        FateState.absorbing("dead", false)));
        SimulationComparison found = simulator(1_000, 1).simulate(plain).compare(with);
        assertThat(found.states()).containsExactly("alive", "dead", "relapse");
        assertThat(found.difference("relapse", 6).estimate())
                .isEqualTo(-with.probabilityAt("relapse", 6).estimate());
        assertThat(found.difference(List.of("alive", "relapse", "dead"), 6).estimate())
                .isZero();
        assertThatThrownBy(() -> found.difference("cured", 6))
                .hasMessage("state is cured; allowed: one of [alive, dead, relapse]");
        assertThatThrownBy(() -> found.incidenceDifference("cure", 6))
                .hasMessage("event is cure; allowed: 1 (death), 2 (relapse) or 3 (nrm)");
    }

    @Test
    void whereNobodyDiffersThereIsNoInterval() {
        SimulationResult one = simulator(500, 1).simulate(fates(0.3, 0.1));
        PointEstimate same = one.compare(one).difference("alive", 24);
        assertThat(same.estimate()).isZero();
        assertThat(same.standardError().orElseThrow()).isZero();
        assertThat(same.interval().reason()).isEqualTo("no patient differs between the two simulations");
        assertThat(one.compare(one).difference("alive", 61).reason())
                .isEqualTo("the time lies beyond 60, the earlier horizon of the two simulations");
    }

    @Test
    void patientsMustBeTheSame() {
        SimulationResult one = simulator(500, 1).simulate(fates(0.3, 0.1));
        assertThatThrownBy(() -> one.compare(simulator(500, 2).simulate(fates(0.3, 0.1))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("seed of the other simulation is 2; allowed: 1, that of this one, so that patients share"
                        + " their random numbers");
        assertThatThrownBy(() -> one.compare(simulator(400, 1).simulate(fates(0.3, 0.1))))
                .hasMessage("number of patients of the other simulation is 400; allowed: 500, that of this one, so that"
                        + " patients can be paired");
        FateModel days =
                FateModel.of("alive", DurationUnit.DAYS, fates(0.3, 0.1).states());
        assertThatThrownBy(() -> one.compare(simulator(500, 1).simulate(days)))
                .hasMessage("time unit of the other simulation is days; allowed: months, that of this one");
        assertThatThrownBy(() -> one.compare(one).difference("alive", Double.NaN))
                .hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> one.compare(one).meanTimeDifference("alive", 0))
                .hasMessageContaining("time is 0.0");
    }
}

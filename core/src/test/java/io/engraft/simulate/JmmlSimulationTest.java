package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.PathwayModel;
import org.junit.jupiter.api.Test;

/** The shipped model, a million patients against its own curves. 4 errors on 48 numbers: a false alarm in 330 runs. */
class JmmlSimulationTest {

    private static final double[] TIMES = {6, 12, 24, 60};

    @Test
    void aMillionPatientsAgreeWithTheModelsCurves() {
        PathwayModel jmml = PathwayModel.jmml();
        SimulationResult result = PathSimulator.withDefaults()
                .withPatients(1_000_000)
                .withSeed(42)
                .withThreads(2)
                .withTimes(TIMES)
                .simulate(jmml.model());
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(jmml.model(), 120);
        for (double t : TIMES) {
            for (String state : result.states()) {
                PointEstimate p = result.probabilityAt(state, t);
                assertThat(p.estimate())
                        .as(state + " at " + t)
                        .isCloseTo(
                                curves.probability(state, t),
                                within(4 * p.standardError().orElseThrow()));
            }
            for (String event : result.events()) {
                PointEstimate p = result.incidence(event).incidenceAt(t);
                assertThat(p.estimate())
                        .as(event + " by " + t)
                        .isCloseTo(
                                curves.incidence(event).incidenceAt(t).estimate(),
                                within(4 * p.standardError().orElseThrow()));
            }
            // The first state is the calibrated mixture's event-free survival.
            assertThat(curves.probability("remission", t))
                    .isCloseTo(jmml.mixture().eventFreeSurvival().survivalValues(new double[] {t})[0], within(1e-14));
        }
        assertThat(result.incidence("relapse").incidenceAt(12).estimate()).isCloseTo(0.294, within(0.002));
    }

    @Test
    void pathsKeepTheirBits() {
        // The same on JDK 17 and 25: a change here means that published seeds no longer give the same cohort.
        SimulationResult result = PathSimulator.withDefaults()
                .withPatients(20_000)
                .withSeed(42)
                .simulate(PathwayModel.jmml().model());
        long hash = 17;
        for (long i = 0; i < 2000; i++) {
            for (SimulatedPath.Sojourn s : result.path(i).sojourns()) {
                hash = 31 * hash + Double.doubleToLongBits(s.to());
            }
        }
        assertThat(hash).isEqualTo(2014170159952759056L);
    }
}

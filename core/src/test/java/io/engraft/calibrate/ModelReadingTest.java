package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.JmmlPathways;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReadingTest {

    /** A bridge of a month or two is a steep law, which convolutions in panels do not resolve. */
    @ParameterizedTest
    @ValueSource(strings = {"transplant", "bridge-chemotherapy"})
    void readingsAreThoseOfTheSolver(String pathway) {
        MultiStateModel model = JmmlPathways.get(pathway).multiStateModel();
        SolvedOccupancy solved = OccupancySolver.withDefaults().solve(model, 60);
        ModelReading reading = new ModelReading(model, 60);
        for (double t : new double[] {2, 6, 12, 60}) {
            for (String state : new String[] {"remission", "relapsed", "second-remission", "dead-after-relapse"}) {
                assertThat(reading.occupancy(Set.of(state), t))
                        .as("%s at %s", state, t)
                        .isCloseTo(solved.probability(state, t), within(1e-8));
            }
            assertThat(reading.incidence("second-transplant", t))
                    .as("second transplant at %s", t)
                    .isCloseTo(
                            solved.incidence("second-transplant").incidenceAt(t).estimate(), within(1e-8));
        }
    }
}

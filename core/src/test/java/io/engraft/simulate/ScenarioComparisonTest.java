package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.DifferenceDrivers;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
import io.engraft.simulate.ScenarioComparison.Difference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScenarioComparisonTest {

    private static final PathSimulator SIMULATOR =
            PathSimulator.withDefaults().withPatients(5000).withHorizon(24).withTimes(12, 24);

    /** A share dies with hazard 0.1; those who leave are in a state that may count as alive. */
    private static ModelFile model(String name, double dead, boolean aliveAfter) {
        FateModel fates = FateModel.of(
                "well",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "well", true, Fate.of("out", dead, Exponential.of(0.1)), Fate.stays("stay", 1 - dead)),
                        FateState.absorbing("out", aliveAfter)));
        return ModelFile.of(name, MultiStateModel.of(fates));
    }

    @Test
    void countsAliveByEachModelItself() {
        // The same paths, but who is out is dead in the one and alive in the other.
        ScenarioComparison comparison =
                ScenarioComparison.of(List.of(model("dies", 0.5, false), model("lives", 0.5, true)), SIMULATOR);
        Difference difference = comparison.differences().get(0);
        SimulationResult dies = comparison.scenarios().get(0).cohort();

        for (int j = 0; j < 2; j++) {
            assertThat(difference.differences("out").get(j).estimate()).isZero();
            PointEstimate alive = difference.aliveDifferences().get(j);
            assertThat(alive.estimate())
                    .isEqualTo(dies.probabilityAt("out", dies.times()[j]).estimate(), within(1e-12));
            assertThat(alive)
                    .isEqualTo(
                            comparison.scenarios().get(1).cohort().compare(dies).aliveDifference(dies.times()[j]));
        }
        assertThat(difference.fromAssumptions("out", 12).isEstimable()).isFalse();
        assertThat(difference.aliveFromAssumptions(12).reason()).isEqualTo("assumptions were not varied");
        assertThat(dies.compare(dies).aliveDifference(25).isEstimable()).isFalse();
        assertThatThrownBy(() -> difference.differences("ill"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("state is ill; allowed: one of [well, out]");
        assertThat(comparison.tidy().rowCount()).isEqualTo(6);
        assertThat(comparison.toString()).startsWith("lives against dies: alive [");
        assertThat(comparison.notes()).anyMatch(note -> note.startsWith("dies, lives do not say"));
    }

    @Test
    void limitsFromAssumptionsAreThoseOfTheDraws() {
        ModelFile stated = ModelFile.named("untreated");
        ModelFile other = stated.withAssumptions(Map.of("U1", 0.1));
        AssumptionSampling sampling = AssumptionSampling.withDefaults().withDraws(100);
        ScenarioComparison comparison =
                ScenarioComparison.of(List.of(stated, other), SIMULATOR).withAssumptions(sampling);
        AssumptionDraws mine = sampling.sample(other, SIMULATOR.simulate(other));
        AssumptionDraws theirs = sampling.sample(stated, SIMULATOR.simulate(stated));

        Difference difference = comparison.differences().get(0);
        assertThat(difference.aliveFromAssumptions(24))
                .isEqualTo(mine.difference(theirs, List.of("untreated"), 24))
                .isEqualTo(mine.aliveDifference(theirs, 24));
        assertThat(difference.fromAssumptions("dead-before-transplant", 24).isEstimable())
                .isTrue();
        assertThat(comparison.scenarios().get(1).name()).isEqualTo("untreated (2)");
    }

    @Test
    void driversMoveBothModelsWhereBothHaveTheAssumption() {
        PathwayModel untreated = ModelFile.named("untreated").pathway().orElseThrow();
        ModelFile stated = ModelFile.of("stated", untreated);
        ModelFile other = ModelFile.of("other", untreated.withAssumption("U1", 0.1));
        DifferenceDrivers drivers = DifferenceDrivers.of(other, stated, 24);

        // Of those who die 2^-3 are alive at 24 months with a median of 8, 2^-6 with one of 4, 2^-2.4 with one of 10.
        assertThat(drivers.time()).isEqualTo(24);
        assertThat(drivers.stated()).isEqualTo(0.025 * (1 - 1.0 / 8), within(1e-6));
        TidyTable rows = drivers.tidy();
        assertThat(rows.rowCount()).isEqualTo(2);
        int median = "U2a".equals(rows.value(0, "assumption")) ? 0 : 1;
        assertThat(rows.numbers("at_low")[median]).isEqualTo(0.025 * (1 - 1.0 / 64), within(1e-6));
        assertThat(rows.numbers("at_high")[median]).isEqualTo(0.025 * (1 - Math.pow(2, -2.4)), within(1e-6));
        assertThat(drivers.toString()).contains("moved by 2 assumptions");
        assertThat(DifferenceDrivers.of(stated, stated, 24).drivers())
                .hasSize(3)
                .allMatch(d -> d.atLow() == 0 && d.atHigh() == 0);
        assertThatThrownBy(() -> DifferenceDrivers.of(stated, stated, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("time is 0.0");
    }

    @Test
    void refusesModelsThatCannotStandSideBySide() {
        ModelFile months = model("months", 0.5, false);
        ModelFile years = ModelFile.of(
                "years",
                MultiStateModel.of(FateModel.of(
                        "well",
                        DurationUnit.YEARS,
                        List.of(
                                FateState.of("well", true, Fate.of("out", 1, Exponential.of(1))),
                                FateState.absorbing("out", false)))));

        assertThatThrownBy(() -> ScenarioComparison.of(List.of(months), SIMULATOR))
                .hasMessageContaining("number of models is 1; allowed: at least 2");
        assertThatThrownBy(() -> ScenarioComparison.of(List.of(months, years), SIMULATOR))
                .hasMessageContaining("time unit of model 'years' is years; allowed: months, that of model 'months'");
        assertThatThrownBy(() -> DifferenceDrivers.of(months, years, 1))
                .hasMessageContaining("time unit of model 'years'");
        assertThatThrownBy(() -> ScenarioComparison.of(
                        List.of(ModelFile.named("transplant"), months, ModelFile.named("untreated")), SIMULATOR))
                .hasMessageContaining(
                        "model 'untreated' counts time from diagnosis, model 'transplant' from transplant")
                .hasMessageContaining("immortal time");
    }
}

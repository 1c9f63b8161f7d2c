package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.PathwayModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssumptionSamplingTest {

    private static final PathSimulator SIMULATOR =
            PathSimulator.withDefaults().withPatients(20_000).withHorizon(24).withTimes(12, 24);

    private static AssumptionDraws drawn(PathwayModel pathway) {
        return AssumptionSampling.withDefaults()
                .withDraws(400)
                .sample(pathway, SIMULATOR.simulate(pathway.multiStateModel()));
    }

    @Test
    void tenPatientsLeaveARateAsOpenAsTheyAre() {
        // Dead by 24 is M1, whose range is the exact interval of 3 of 10: 95 % limits are no narrower.
        Interval alive = drawn(JmmlPathways.get("trametinib")).probabilityIn(List.of("trametinib", "response"), 24);
        assertThat(alive.lower().orElseThrow()).isCloseTo(0.35, within(0.01));
        assertThat(alive.upper().orElseThrow()).isCloseTo(0.93, within(0.01));
    }

    @Test
    void eventsAndMeanTimesAreAsOpen() {
        AssumptionDraws draws = drawn(JmmlPathways.get("trametinib"));
        Interval death = draws.incidence("death", 24);
        assertThat(draws.incidence(2, 24)).isEqualTo(death);
        Interval dead = draws.probability("dead", 24);
        assertThat(death.lower().orElseThrow()).isCloseTo(dead.lower().orElseThrow(), within(1e-12));
        assertThat(death.upper().orElseThrow()).isCloseTo(dead.upper().orElseThrow(), within(1e-12));
        // Dead for a third of the time left, at a constant hazard: from 2 to 10 of 24 months.
        Interval mean = draws.meanTime("dead");
        assertThat(mean.lower().orElseThrow()).isBetween(0.5, 1.6);
        assertThat(mean.upper().orElseThrow()).isBetween(8.0, 11.0);
    }

    @Test
    void patientsBehindFatesAreJeffreysLaw() {
        FateModel fates = FateModel.of(
                "start",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of("start", true, Fate.of("end", 0.3, Exponential.of(50)), Fate.stays("cure", 0.7))
                                .withSampleSize(10),
                        FateState.absorbing("end", false)));
        SimulationResult cohort = SIMULATOR.simulate(fates);
        Interval end = AssumptionSampling.withDefaults()
                .withDraws(2000)
                .sample(MultiStateModel.of(fates), cohort)
                .probability("end", 24);
        // qbeta(c(0.025, 0.975), 3.5, 7.5) of R
        assertThat(end.lower().orElseThrow()).isCloseTo(0.09269459, within(0.02));
        assertThat(end.upper().orElseThrow()).isCloseTo(0.60581832, within(0.03));
    }

    @Test
    void aModelOfPlainNumbersHasNoLimitsAndSaysWhy() {
        MultiStateModel plain = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("alive")
                .state("alive")
                .absorbing("dead", false)
                .transition("alive", "dead", Exponential.of(0.05), Clock.FORWARD)
                .build();
        AssumptionDraws draws = AssumptionSampling.withDefaults().sample(plain, SIMULATOR.simulate(plain));
        assertThat(draws.isEstimable()).isFalse();
        assertThat(draws.reason()).isEqualTo("no number of the model has a range or a number of patients behind it");
        assertThat(draws.probability("dead", 24).isEstimable()).isFalse();
        assertThat(draws.tidy().value(0, "lower")).isNull();
    }

    @Test
    void threadsDoNotMatterAndTheSeedDoes() {
        PathwayModel pathway = JmmlPathways.get("from-diagnosis");
        SimulationResult cohort = SIMULATOR.simulate(pathway.multiStateModel());
        AssumptionSampling few =
                AssumptionSampling.withDefaults().withDraws(100).withPatients(100);
        Interval one = few.withThreads(1).sample(pathway, cohort).probability("remission", 12);
        assertThat(few.withThreads(3).sample(pathway, cohort).probability("remission", 12))
                .isEqualTo(one);
        SimulationResult other = SIMULATOR.withSeed(2).simulate(pathway.multiStateModel());
        assertThat(few.sample(pathway, other).probability("remission", 12)).isNotEqualTo(one);
    }

    @Test
    void sharedAssumptionsMoveTogetherInADifference() {
        PathwayModel stated = JmmlPathways.get("trametinib");
        AssumptionDraws draws = drawn(stated);
        Interval same = draws.difference(drawn(stated), List.of("dead"), 24);
        assertThat(same.lower().orElseThrow()).isCloseTo(0, within(1e-12));
        assertThat(same.upper().orElseThrow()).isCloseTo(0, within(1e-12));
        // Another response rate moves nobody's survival, so the difference stays known.
        Interval response = draws.difference(drawn(stated.withAssumption("M2", 0.4)), List.of("dead"), 24);
        assertThat(response.upper().orElseThrow()).isLessThan(0.02);
    }

    @Test
    void refusesWhatItHasNot() {
        AssumptionDraws draws = drawn(JmmlPathways.get("trametinib"));
        assertThatThrownBy(() -> draws.probability("dead", 13))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("time is 13.0; allowed: one of the reported times");
        assertThatThrownBy(() -> draws.probability("nowhere", 12)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> AssumptionSampling.withDefaults().withDraws(99))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aHorizonWhoseSquaresOverflowIsRefused() {
        assertThatThrownBy(() -> PathSimulator.withDefaults().withHorizon(1e308))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("horizon is 1.0E308; allowed: 0 < horizon <= 1e100");
        PathwayModel jmml = PathwayModel.jmml();
        SimulationResult long100 = PathSimulator.withDefaults()
                .withPatients(1000)
                .withHorizon(1e100)
                .withTimes(12)
                .simulate(jmml.model());
        assertThat(long100.meanTime("remission").interval().isEstimable()).isTrue();
    }
}

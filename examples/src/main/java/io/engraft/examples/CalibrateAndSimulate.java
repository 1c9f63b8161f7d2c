package io.engraft.examples;

import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.calibrate.rates.CompetingRatesModel;
import io.engraft.calibrate.rates.CompetingRatesResult;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.PathwayModel;
import io.engraft.simulate.PathSimulator;
import io.engraft.simulate.SimulationComparison;
import io.engraft.simulate.SimulationResult;

/** From published rates of JMML to months, and two ways to transplant laid beside each other patient by patient. */
public final class CalibrateAndSimulate {

    private CalibrateAndSimulate() {}

    public static void main(String[] args) {
        CompetingRatesResult rates = CompetingRatesCalibration.withDefaults()
                .withRemission(0.50)
                .withRelapse(0.35)
                .withRelapseBy(12, 0.84)
                .withSampleSize(100)
                .withTimes(6, 12, 60)
                .calibrate();
        for (CompetingRatesModel.Point point : rates.models().get(0).points()) {
            System.out.println("relapse by month " + point.time() + ": " + point.relapse());
        }
        rates.warnings().forEach(System.out::println);

        PathwayModel chemotherapy = JmmlPathways.get("bridge-chemotherapy");
        MultiStateModel bridge = chemotherapy.multiStateModel();
        Assumption reach = chemotherapy.assumption("B1");
        PathSimulator simulator =
                PathSimulator.withDefaults().withPatients(20_000).withSeed(42).withHorizon(120);
        SimulationResult usual = simulator.simulate(bridge);
        SimulationResult more = simulator.simulate(
                chemotherapy.withAssumption("B1", reach.high()).multiStateModel());
        SimulationComparison gained = more.compare(usual);
        System.out.println("alive at 60 months: " + usual.probabilityIn(bridge.aliveStates(), 60));
        System.out.println(reach);
        System.out.println("gained if it were " + reach.high() + ": " + gained.difference(bridge.aliveStates(), 60));
        chemotherapy.notes().forEach(System.out::println);
        System.out.println(
                "The intervals hold the Monte Carlo error. Nobody was randomised: no effect of a treatment.");
    }
}

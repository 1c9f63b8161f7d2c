package io.engraft.simulate;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;

/** The share of simulated patients to whom an event has happened. */
final class SimulatedIncidence implements IncidenceFunction {

    private final SimulationResult result;
    private final String event;

    SimulatedIncidence(SimulationResult result, String event) {
        this.result = result;
        this.event = event;
    }

    @Override
    public String cause() {
        return event;
    }

    @Override
    public PointEstimate incidenceAt(double t) {
        return result.incidenceAt(event, t);
    }

    @Override
    public double[] incidenceValues(double[] times) {
        return result.incidenceValues(event, times);
    }

    @Override
    public double horizon() {
        return result.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }
}

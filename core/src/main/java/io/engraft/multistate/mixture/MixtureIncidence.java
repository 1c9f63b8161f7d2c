package io.engraft.multistate.mixture;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.Require;
import io.engraft.multistate.Fate;

/** p_k F_k(t). */
final class MixtureIncidence implements IncidenceFunction {

    private final CompetingRisksMixture mixture;
    private final String fate;
    private final int index;

    MixtureIncidence(CompetingRisksMixture mixture, int index) {
        this.mixture = mixture;
        this.index = index;
        this.fate = mixture.fates().get(index).event();
    }

    @Override
    public String cause() {
        return fate;
    }

    @Override
    public PointEstimate incidenceAt(double t) {
        return mixture.estimate(m -> m.weights(fate, t));
    }

    @Override
    public double[] incidenceValues(double[] times) {
        Fate own = mixture.fates().get(index);
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            values[j] = own.probability() * own.timeProbability(Require.time(times[j]));
        }
        return values;
    }

    @Override
    public double horizon() {
        return mixture.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }
}

package io.engraft.multistate.solve;

import io.engraft.law.LawOfTime;
import java.util.Map;

/** A hazard that is constant between cuts, as plainly as can be: for tests of the solvers. */
public final class StepHazard implements LawOfTime, RateSteps.Stepped {

    private final double[] cuts;
    private final double[] rates;

    public StepHazard(double[] cuts, double[] rates) {
        this.cuts = cuts.clone();
        this.rates = rates.clone();
    }

    @Override
    public RateSteps steps() {
        return new RateSteps(cuts, rates);
    }

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    public double hazard(double t) {
        int k = 0;
        while (k < cuts.length && t >= cuts[k]) {
            k++;
        }
        return rates[k];
    }

    @Override
    public double cumulativeHazard(double t) {
        double sum = 0;
        double from = 0;
        for (int k = 0; k < cuts.length && cuts[k] < t; k++) {
            sum += rates[k] * (cuts[k] - from);
            from = cuts[k];
        }
        double last = hazard(t == from ? from : 0.5 * (from + t));
        return last == 0 ? sum : sum + (t - from) * (t == Double.POSITIVE_INFINITY ? rates[cuts.length] : last);
    }

    @Override
    public double density(double t) {
        return hazard(t) * survival(t);
    }

    @Override
    public double logDensity(double t) {
        return Math.log(density(t));
    }

    @Override
    public double survival(double t) {
        return Math.exp(-cumulativeHazard(t));
    }

    @Override
    public double logSurvival(double t) {
        return -cumulativeHazard(t);
    }

    @Override
    public double cumulativeProbability(double t) {
        return -Math.expm1(-cumulativeHazard(t));
    }

    @Override
    public double timeAt(double p) {
        return time(-Math.log1p(-p));
    }

    @Override
    public double timeAtSurvival(double s) {
        return time(-Math.log(s));
    }

    private double time(double due) {
        double from = 0;
        double left = due;
        for (int k = 0; k < cuts.length; k++) {
            double step = rates[k] * (cuts[k] - from);
            if (left <= step) {
                return from + left / rates[k];
            }
            left -= step;
            from = cuts[k];
        }
        return left == 0 ? from : from + left / rates[cuts.length];
    }

    @Override
    public double meanUpTo(double tau) {
        throw new UnsupportedOperationException("not needed");
    }

    @Override
    public double mean() {
        throw new UnsupportedOperationException("not needed");
    }
}

package io.engraft.pathway;

import io.engraft.curve.StateProbabilities;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.List;

/** The curves that questions are asked of: of the time without any event first, then of the events. */
interface OutcomeCurves {

    double value(int curve, double t);

    /** Of all curves at all times; row and column time * curves + curve. */
    double[][] covariance(double[] times);

    /** Where the curves may jump, ascending; empty for continuous ones. */
    default double[] jumps() {
        return new double[0];
    }

    /** What a probability must exceed to be more than numerical error. */
    default double resolution() {
        return 0;
    }

    /** Competing risks whose every event is a state that is never left. */
    static OutcomeCurves of(StateProbabilities competingRisks, String eventFree, List<String> events) {
        List<String> states = competingRisks.states();
        int n = states.size();
        return new OutcomeCurves() {
            private String state(int curve) {
                return curve == 0 ? eventFree : events.get(curve - 1);
            }

            @Override
            public double value(int curve, double t) {
                return competingRisks.probabilityAt(state(curve), t).optional().orElse(Double.NaN);
            }

            @Override
            public double[][] covariance(double[] times) {
                double[][] given = competingRisks.covariance(times);
                double[][] ordered = new double[given.length][given.length];
                for (int a = 0; a < given.length; a++) {
                    for (int b = 0; b < given.length; b++) {
                        ordered[a][b] = given[place(a)][place(b)];
                    }
                }
                return ordered;
            }

            private int place(int row) {
                return row / n * n + states.indexOf(state(row % n));
            }

            @Override
            public double[] jumps() {
                return competingRisks.jumpTimes();
            }
        };
    }

    /** A solved model, without sampling error. */
    static OutcomeCurves of(SolvedOccupancy solved, String free, List<String> events) {
        return new OutcomeCurves() {
            @Override
            public double value(int curve, double t) {
                return curve == 0
                        ? solved.probability(free, t)
                        : solved.incidence(events.get(curve - 1)).incidenceAt(t).estimate();
            }

            @Override
            public double[][] covariance(double[] times) {
                int n = times.length * (events.size() + 1);
                return new double[n][n];
            }

            @Override
            public double resolution() {
                // So that ratios of probabilities keep four digits.
                return Math.max(1e-9, 1e4 * solved.errorEstimate());
            }
        };
    }
}

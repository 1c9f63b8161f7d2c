package io.engraft.multistate.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The finite product of I + dA(u) over the steps of an empirical model, forward from a distribution over the states. */
final class StepProduct {

    /** Below it, what is left of 1 is rounding. */
    private static final double NOBODY_STAYS = 1e-12;

    /** The steps of one transition: at ascending times, what the cumulative hazard rises by. */
    static final class Steps {
        final int from;
        final int to;
        final double[] times;
        final double[] jumps;

        Steps(int from, int to, double[] times, double[] jumps) {
            this.from = from;
            this.to = to;
            this.times = times;
            this.jumps = jumps;
        }
    }

    /** One transition's step at a point. */
    private record Move(int from, int to, double jump) {}

    final int states;
    /** Distinct times of steps, ascending. */
    final double[] time;

    private final List<List<Move>> moves = new ArrayList<>();

    StepProduct(EmpiricalMultiStateModel model) {
        this.states = model.states().size();
        this.time = model.steps().stream()
                .flatMapToDouble(s -> DoubleStream.of(s.times))
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < time.length; i++) {
            moves.add(new ArrayList<>());
        }
        for (Steps s : model.steps()) {
            for (int x = 0; x < s.times.length; x++) {
                moves.get(Arrays.binarySearch(time, s.times[x])).add(new Move(s.from, s.to, s.jumps[x]));
            }
        }
    }

    /** The number of points up to a time, itself included. */
    int pointsUpTo(double t) {
        int at = Arrays.binarySearch(time, t + 0.0);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** What holds before the first point and after each: a row a point, a column a state. */
    static final class Course {
        final double[][] probability;
        /** The expected number of entries into each state so far, the start not counted. */
        final double[][] entries;

        Course(double[][] probability, double[][] entries) {
            this.probability = probability;
            this.entries = entries;
        }
    }

    /**
     * Goes forward from a distribution.
     *
     * @param first the first point
     * @param end the point after the last
     * @param closed a state that is never left, or -1
     */
    Course forward(double[] start, int first, int end, int closed) {
        int points = Math.max(0, end - first);
        double[][] p = new double[points + 1][states];
        double[][] entries = new double[points + 1][states];
        p[0] = start.clone();
        for (int i = 0; i < points; i++) {
            double[] stay = new double[states];
            Arrays.fill(stay, 1);
            System.arraycopy(entries[i], 0, entries[i + 1], 0, states);
            for (Move move : moves.get(first + i)) {
                if (move.from() != closed) {
                    double moved = p[i][move.from()] * move.jump();
                    stay[move.from()] -= move.jump();
                    p[i + 1][move.to()] += moved;
                    entries[i + 1][move.to()] += moved;
                }
            }
            for (int j = 0; j < states; j++) {
                p[i + 1][j] += stay[j] < NOBODY_STAYS ? 0 : p[i][j] * stay[j];
            }
        }
        return new Course(p, entries);
    }
}

package io.engraft.evidence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events and leavers at the steps of the curves. A path is a number at risk after each step; the cheapest is found from left
 * to right, keeping for every number at risk the cheapest way to it together with the curve that it gives back. The cost is a
 * deviance: squared differences from the points by the variance of reading; squared differences from even leaving by its
 * variance; and a fixed price for each person by which a printed number at risk is missed, since an event just before its
 * time may have been read as just after it.
 */
final class CheapestPath {

    private static final double MISSED = 12;
    private static final int SLACK = 2;
    private static final double FARTHEST = 4;
    private static final int MORE = 8;

    private final Steps steps;
    private final double variance;
    private final int patients;

    /** By step and number at risk after it: where from, and what happened. */
    private final int[][] from;

    private final int[][] left;
    private final int[][][] happened;

    private @Nullable State[] now;
    private @Nullable State[] next;

    final int[] leavers;
    final int[][] events;
    private int end;

    /** What is known at the steps. */
    static final class Steps {
        /** By step, when. */
        final double[] time;
        /** By cause and step, the probability to have had that event. */
        final double[][] target;
        /** By cause and step, whether that curve rises there. */
        final boolean[][] rises;
        /** By step, how many leave after it if people leave evenly; negative where nobody leaves. */
        final double[] expected;
        /** By step, the printed number at risk before it; negative where there is none. */
        final int[] printed;
        /** By step, the next printed number at risk; 0 where there is none. */
        final int[] least;

        Steps(double[] time, double[][] target, boolean[][] rises) {
            this.time = time;
            this.target = target;
            this.rises = rises;
            this.expected = new double[time.length];
            this.printed = new int[time.length];
            this.least = new int[time.length];
        }
    }

    /** The cheapest way to a number at risk. */
    private static final class State {
        final double cost;
        final double free;
        final double[] failed;
        final int gone;

        State(double cost, double free, double[] failed, int gone) {
            this.cost = cost;
            this.free = free;
            this.failed = failed;
            this.gone = gone;
        }
    }

    CheapestPath(Steps steps, int patients, double precision, boolean leaversCompete, int wantedEvents) {
        this.steps = steps;
        this.patients = patients;
        this.variance = precision * precision / 3;
        int count = steps.time.length;
        this.from = new int[count][patients + 1];
        this.left = new int[count][patients + 1];
        this.happened = new int[count][patients + 1][];
        this.leavers = new int[count];
        this.events = new int[steps.target.length][count];
        this.now = new State[patients + 1];
        this.next = new State[patients + 1];
        now[patients] = new State(0, 1, new double[events.length], 0);
        walk(leaversCompete);
        trace(cheapest(wantedEvents));
    }

    /** The number at risk at the end. */
    int endRisk() {
        return end;
    }

    private int cheapest(int wantedEvents) {
        int best = -1;
        int nearest = Integer.MAX_VALUE;
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n <= patients; n++) {
            State state = now[n];
            if (state != null) {
                int off = wantedEvents < 0 ? 0 : Math.abs(patients - n - state.gone - wantedEvents);
                if (off < nearest || (off == nearest && state.cost < least)) {
                    nearest = off;
                    least = state.cost;
                    best = n;
                }
            }
        }
        return best;
    }

    private void walk(boolean leaversCompete) {
        for (int s = 0; s < from.length; s++) {
            Arrays.fill(next, null);
            for (int n = patients; n >= 0; n--) {
                State state = now[n];
                if (state != null) {
                    int missed = steps.printed[s] < 0 ? 0 : Math.abs(n - steps.printed[s]);
                    State priced = new State(state.cost + MISSED * missed, state.free, state.failed, state.gone);
                    have(s, n, priced, 0, n, new int[events.length], leaversCompete);
                }
            }
            @Nullable State[] swap = now;
            now = next;
            next = swap;
        }
    }

    /** Tries numbers of events of one cause after the other: the rounded one, one fewer and one more. */
    private void have(int s, int before, State state, int j, int risk, int[] d, boolean leaversCompete) {
        if (j == d.length) {
            leave(s, before, state, risk, d, leaversCompete);
            return;
        }
        if (!steps.rises[j][s] || !(state.free > 0)) {
            d[j] = 0;
            have(s, before, state, j + 1, risk, d, leaversCompete);
            return;
        }
        double rise = steps.target[j][s] - state.failed[j];
        int rounded = (int) Math.rint(before * rise / state.free);
        int most = Math.min(risk, Math.max(0, rounded) + 1);
        for (int count = Math.max(0, Math.min(risk, rounded - 1)); count <= most; count++) {
            d[j] = count;
            have(s, before, state, j + 1, risk - count, d, leaversCompete);
        }
    }

    private void leave(int s, int before, State state, int risk, int[] d, boolean leaversCompete) {
        double[] failed = state.failed.clone();
        double cost = state.cost;
        double free = state.free;
        for (int j = 0; j < d.length; j++) {
            double share = before == 0 ? 0 : state.free * d[j] / before;
            failed[j] += share;
            free -= share;
            double off = failed[j] - steps.target[j][s];
            cost += off * off / variance;
        }
        free = risk == 0 && before > 0 ? 0 : Math.max(0, free);
        boolean nobody = steps.expected[s] < 0;
        double e = Math.max(0, steps.expected[s]);
        int most = (int) Math.min(risk, Math.ceil(e + MORE + FARTHEST * Math.sqrt(e)));
        most = nobody ? 0 : Math.max(0, Math.min(most, risk - steps.least[s] + SLACK));
        for (int c = 0; c <= most; c++) {
            double sum = cost + (c - e) * (c - e) / (e + 1);
            State there = next[risk - c];
            if (there == null || sum < there.cost) {
                double after = leaversCompete && risk > 0 ? free - free * c / risk : free;
                next[risk - c] = new State(sum, after, failed, state.gone + c);
                from[s][risk - c] = before;
                left[s][risk - c] = c;
                happened[s][risk - c] = d.clone();
            }
        }
    }

    private void trace(int best) {
        end = best;
        int n = best;
        for (int s = from.length - 1; s >= 0; s--) {
            leavers[s] = left[s][n];
            int[] d = happened[s][n];
            for (int j = 0; j < events.length; j++) {
                events[j][s] = d[j];
            }
            n = from[s][n];
        }
    }
}

package io.engraft.evidence;

import java.util.Arrays;

/**
 * The stretch between two times of the at-risk table. At each of its steps the curves may rise, which gives events by the
 * inverted estimate; between steps people leave. The events follow from where the leavers are put.
 */
final class IntervalFill {

    private static final int SWEEPS = 60;
    private static final double MISMATCH = 1e6;

    /** Step times, the first the interval's start; one more element, its end. */
    private final double[] step;
    /** By cause and step, the probability to have had that event. */
    private final double[][] target;

    private final boolean leaversCompete;
    private final double variance;
    private final int startRisk;
    private final double startFree;
    private final double[] startFailed;

    private final int[] leavers;
    private final int[] left;
    final int[][] events;
    int endRisk;
    double endFree;
    final double[] endFailed;
    private double misfit;

    IntervalFill(
            double[] step,
            double[][] target,
            boolean leaversCompete,
            double precision,
            int startRisk,
            double startFree,
            double[] startFailed) {
        this.step = step;
        this.target = target;
        this.leaversCompete = leaversCompete;
        this.variance = precision * precision;
        this.startRisk = startRisk;
        this.startFree = startFree;
        this.startFailed = startFailed.clone();
        this.leavers = new int[step.length - 1];
        this.left = new int[step.length - 1];
        this.events = new int[target.length][step.length - 1];
        this.endFailed = startFailed.clone();
    }

    /** Leavers evenly in time, as many as make the number at risk at the end the printed one. */
    void fillTo(int printed) {
        int count = Math.max(0, startRisk - printed);
        int best = 0;
        int nearest = Integer.MAX_VALUE;
        boolean[] tried = new boolean[startRisk + 1];
        while (count >= 0 && count <= startRisk && !tried[count]) {
            tried[count] = true;
            spread(count);
            run();
            int gap = endRisk - printed;
            if (Math.abs(gap) < nearest) {
                nearest = Math.abs(gap);
                best = count;
            }
            count = Math.max(0, Math.min(startRisk, count + gap));
        }
        spread(best);
        run();
        settle(printed);
    }

    /** A stated number of leavers, evenly in time. */
    void fillWith(int count) {
        spread(count);
        run();
        settle(-1);
    }

    private void spread(int count) {
        Arrays.fill(leavers, 0);
        double from = step[0];
        double width = step[step.length - 1] - from;
        int s = 0;
        for (int i = 1; i <= count; i++) {
            double t = from + width * i / (count + 1.0);
            while (s + 2 < step.length && step[s + 1] <= t) {
                s++;
            }
            leavers[s]++;
        }
    }

    /** Walks through the steps: events from the curves, then leavers. */
    private void run() {
        int risk = startRisk;
        double free = startFree;
        System.arraycopy(startFailed, 0, endFailed, 0, endFailed.length);
        misfit = 0;
        for (int s = 0; s < leavers.length; s++) {
            int before = risk;
            double freeBefore = free;
            for (int j = 0; j < target.length; j++) {
                double rise = target[j][s] - endFailed[j];
                int d = freeBefore > 0 ? (int) Math.rint(before * rise / freeBefore) : 0;
                d = Math.max(0, Math.min(risk, d));
                events[j][s] = d;
                risk -= d;
                double share = before == 0 ? 0 : freeBefore * d / before;
                endFailed[j] += share;
                free -= share;
                double off = endFailed[j] - target[j][s];
                misfit += off * off;
            }
            free = risk == 0 && before > 0 ? 0 : Math.max(0, free);
            int gone = Math.min(leavers[s], risk);
            left[s] = gone;
            if (leaversCompete && risk > 0) {
                free -= free * gone / risk;
            }
            risk -= gone;
        }
        endRisk = risk;
        endFree = free;
    }

    /**
     * Moves leavers between neighbouring steps while that brings the curve given back nearer to the points, in units of
     * their precision, by more than it makes the leavers uneven. The height of a step says how many were at risk at it,
     * which matters where few are left.
     */
    private void settle(int printed) {
        double[] even = expected();
        double best = objective(printed, even);
        boolean moved = leavers.length > 1;
        for (int sweep = 0; sweep < SWEEPS && moved; sweep++) {
            moved = false;
            for (int s = 0; s + 1 < leavers.length; s++) {
                for (int direction = 0; direction < 2; direction++) {
                    int from = direction == 0 ? s : s + 1;
                    int to = direction == 0 ? s + 1 : s;
                    if (leavers[from] == 0) {
                        continue;
                    }
                    leavers[from]--;
                    leavers[to]++;
                    run();
                    double now = objective(printed, even);
                    if (now < best - 1e-9) {
                        best = now;
                        moved = true;
                    } else {
                        leavers[from]++;
                        leavers[to]--;
                    }
                }
            }
        }
        run();
    }

    private double[] expected() {
        int count = Arrays.stream(leavers).sum();
        double[] even = new double[leavers.length];
        double width = step[step.length - 1] - step[0];
        for (int s = 0; s < even.length; s++) {
            even[s] = width > 0 ? count * (step[s + 1] - step[s]) / width : count;
        }
        return even;
    }

    private double objective(int printed, double[] even) {
        double sum = variance > 0 ? misfit / variance : 0;
        for (int s = 0; s < leavers.length; s++) {
            double off = leavers[s] - even[s];
            sum += off * off / (even[s] + 1);
        }
        return printed < 0 ? sum : sum + MISMATCH * Math.abs(endRisk - printed);
    }

    /** How many left after a step, at most those at risk. */
    int gone(int s) {
        return left[s];
    }

    double objective() {
        return objective(-1, expected());
    }

    int eventCount() {
        int sum = 0;
        for (int[] perCause : events) {
            sum += Arrays.stream(perCause).sum();
        }
        return sum;
    }
}

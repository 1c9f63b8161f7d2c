package io.engraft.evidence;

import io.engraft.evidence.DigitisedCurve.Rising;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Rebuilds follow-up rows from rising curves and an at-risk table, stretch by stretch. */
final class Rebuild {

    private final List<Rising> curves;
    private final AtRiskTable table;
    private final boolean leaversCompete;
    private final double precision;
    private final int totalEvents;
    private final double end;

    final List<Double> time = new ArrayList<>();
    final List<Integer> status = new ArrayList<>();
    final double[] risk;
    int events;

    /** A negative total of events is an unknown one. */
    Rebuild(List<Rising> curves, AtRiskTable table, boolean leaversCompete, double precision, int totalEvents) {
        this.curves = curves;
        this.table = table;
        this.leaversCompete = leaversCompete;
        this.precision = precision;
        this.totalEvents = totalEvents;
        double last = table.time(table.size() - 1);
        for (Rising curve : curves) {
            last = Math.max(last, curve.lastTime());
        }
        this.end = last;
        this.risk = new double[table.size()];
        run();
    }

    private void run() {
        int atRisk = table.patients();
        double free = 1;
        double[] failed = new double[curves.size()];
        int left = 0;
        for (int i = 0; i < table.size(); i++) {
            risk[i] = atRisk;
            boolean last = i + 1 == table.size();
            double from = table.time(i);
            double to = last ? end : table.time(i + 1);
            double[] steps = steps(from, to, last);
            IntervalFill fill =
                    new IntervalFill(steps, targets(steps), leaversCompete, precision, atRisk, free, failed);
            if (last) {
                fillLast(fill, left, from, to, atRisk);
            } else {
                fill.fillTo(table.atRisk(i + 1));
            }
            take(fill, steps);
            left += atRisk - fill.endRisk - fill.eventCount();
            events += fill.eventCount();
            atRisk = fill.endRisk;
            free = fill.endFree;
            System.arraycopy(fill.endFailed, 0, failed, 0, failed.length);
        }
        for (int i = 0; i < atRisk; i++) {
            time.add(end);
            status.add(0);
        }
    }

    /** The start of the stretch, the times at which a curve rises in it, and its end. */
    private double[] steps(double from, double to, boolean last) {
        TreeSet<Double> found = new TreeSet<>();
        found.add(from);
        for (Rising curve : curves) {
            double before = 0;
            for (int k = 0; k < curve.times.length; k++) {
                double t = curve.times[k];
                boolean within = t >= from && (last ? t <= to : t < to);
                if (curve.failed[k] > before && within) {
                    found.add(t);
                }
                before = curve.failed[k];
            }
        }
        double[] steps = new double[found.size() + 1];
        int s = 0;
        for (double t : found) {
            steps[s++] = t;
        }
        steps[s] = to;
        return steps;
    }

    private double[][] targets(double[] steps) {
        double[][] target = new double[curves.size()][steps.length - 1];
        for (int j = 0; j < target.length; j++) {
            for (int s = 0; s + 1 < steps.length; s++) {
                target[j][s] = curves.get(j).at(steps[s]);
            }
        }
        return target;
    }

    /**
     * Beyond the last printed number: as many leave as the rate before gives, or as many as make the total of events the
     * printed one. Nobody leaves where nothing is known but the number of patients.
     */
    private void fillLast(IntervalFill fill, int left, double from, double to, int atRisk) {
        if (totalEvents < 0) {
            double rate = from > 0 ? left / from : 0;
            fill.fillWith((int) Math.min(atRisk, Math.rint(rate * (to - from))));
            return;
        }
        int best = 0;
        int nearest = Integer.MAX_VALUE;
        double bestFit = Double.POSITIVE_INFINITY;
        for (int count = 0; count <= atRisk; count++) {
            fill.fillWith(count);
            int gap = Math.abs(events + fill.eventCount() - totalEvents);
            if (gap < nearest || (gap == nearest && fill.objective() < bestFit)) {
                nearest = gap;
                best = count;
                bestFit = fill.objective();
            }
        }
        fill.fillWith(best);
    }

    private void take(IntervalFill fill, double[] steps) {
        int competing = curves.size() + 1;
        for (int s = 0; s + 1 < steps.length; s++) {
            for (int j = 0; j < curves.size(); j++) {
                for (int i = 0; i < fill.events[j][s]; i++) {
                    time.add(steps[s]);
                    status.add(j + 1);
                }
            }
        }
        for (int s = 0; s + 1 < steps.length; s++) {
            int gone = fill.gone(s);
            for (int i = 1; i <= gone; i++) {
                time.add(steps[s] + (steps[s + 1] - steps[s]) * i / (gone + 1.0));
                status.add(leaversCompete ? competing : 0);
            }
        }
    }
}

package io.engraft.evidence;

import io.engraft.evidence.DigitisedCurve.Rising;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Rebuilds follow-up rows from rising curves and an at-risk table. */
final class Rebuild {

    private static final double NOBODY = -1;

    private final List<Rising> curves;
    private final AtRiskTable table;
    private final boolean leaversCompete;
    private final int totalEvents;
    private final double end;
    private final CheapestPath.Steps steps;

    final List<Double> time = new ArrayList<>();
    final List<Integer> status = new ArrayList<>();
    /** The rebuilt numbers at risk at the times of the table. */
    final int[] risk;

    /** A negative total of events is an unknown one. */
    Rebuild(List<Rising> curves, AtRiskTable table, boolean leaversCompete, double precision, int totalEvents) {
        this.curves = curves;
        this.table = table;
        this.leaversCompete = leaversCompete;
        this.totalEvents = totalEvents;
        double last = table.time(table.size() - 1);
        for (Rising curve : curves) {
            last = Math.max(last, curve.lastTime());
        }
        this.end = last;
        this.steps = steps();
        this.risk = new int[table.size()];
        take(new CheapestPath(steps, table.patients(), precision, leaversCompete, totalEvents));
    }

    /** The times of the table, and those at which a curve rises. */
    private CheapestPath.Steps steps() {
        TreeSet<Double> distinct = new TreeSet<>();
        for (int i = 0; i < table.size(); i++) {
            distinct.add(table.time(i));
        }
        for (Rising curve : curves) {
            Arrays.stream(curve.times).filter(t -> rises(curve, t)).forEach(distinct::add);
        }
        double[] times = distinct.stream().mapToDouble(t -> t).toArray();
        double[][] target = new double[curves.size()][times.length];
        boolean[][] rises = new boolean[curves.size()][times.length];
        for (int j = 0; j < target.length; j++) {
            for (int s = 0; s < times.length; s++) {
                target[j][s] = curves.get(j).at(times[s]);
                rises[j][s] = rises(curves.get(j), times[s]);
            }
        }
        CheapestPath.Steps found = new CheapestPath.Steps(times, target, rises);
        double[] rate = ratesOfLeaving();
        int row = -1;
        for (int s = 0; s < times.length; s++) {
            boolean tabled = row + 1 < table.size() && table.time(row + 1) == times[s];
            row += tabled ? 1 : 0;
            found.printed[s] = tabled ? table.atRisk(row) : -1;
            found.least[s] = row + 1 < table.size() ? table.atRisk(row + 1) : 0;
            double width = (s + 1 < times.length ? times[s + 1] : end) - times[s];
            found.expected[s] = rate[row] < 0 ? NOBODY : rate[row] * width;
        }
        return found;
    }

    private static boolean rises(Rising curve, double time) {
        return time > 0 && curve.at(time) > curve.at(Math.nextDown(time));
    }

    /**
     * By stretch of the table, how many leave in a unit of time if curves and printed numbers are right, which is the
     * published method's first guess; beyond the table the rate before it or, where that is not known but the total of
     * events is, half of those without one. Negative where nobody is taken to leave.
     */
    private double[] ratesOfLeaving() {
        int last = table.size() - 1;
        double[] rate = new double[last + 1];
        double all = 0;
        for (int i = 0; i < last; i++) {
            double from = table.time(i);
            double to = Math.nextDown(table.time(i + 1));
            double before = 1;
            double after = 1;
            for (Rising curve : curves) {
                before -= curve.at(Math.nextDown(from));
                after -= curve.at(to);
            }
            double staying = leaversCompete
                    ? table.atRisk(i) - table.patients() * (before - after)
                    : before > 0 ? table.atRisk(i) * Math.max(0, after) / before : 0;
            double leaving = Math.max(0, staying - table.atRisk(i + 1));
            rate[i] = leaving / (table.time(i + 1) - from);
            all += leaving;
        }
        double from = table.time(last);
        if (last > 0) {
            rate[last] = all / from;
        } else {
            rate[last] =
                    totalEvents < 0 ? NOBODY : end > 0 ? Math.max(0, table.patients() - totalEvents) / 2.0 / end : 0;
        }
        return rate;
    }

    private void take(CheapestPath path) {
        int competing = curves.size() + 1;
        int atRisk = table.patients();
        int row = 0;
        double[] times = steps.time;
        for (int s = 0; s < times.length; s++) {
            if (steps.printed[s] >= 0) {
                risk[row++] = atRisk;
            }
            for (int j = 0; j < curves.size(); j++) {
                add(times[s], j + 1, path.events[j][s]);
                atRisk -= path.events[j][s];
            }
            int gone = path.leavers[s];
            double to = s + 1 < times.length ? times[s + 1] : end;
            for (int i = 1; i <= gone; i++) {
                add(times[s] + (to - times[s]) * i / (gone + 1.0), leaversCompete ? competing : 0, 1);
            }
            atRisk -= gone;
        }
        add(end, 0, path.endRisk());
    }

    private void add(double at, int code, int count) {
        for (int i = 0; i < count; i++) {
            time.add(at);
            status.add(code);
        }
    }
}

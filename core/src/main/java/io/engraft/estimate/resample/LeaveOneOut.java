package io.engraft.estimate.resample;

import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.RunningProduct;
import java.util.Arrays;

/**
 * Estimates from one sample without one of its subjects, exactly and without a refit. A subject that leaves at point e
 * with or without an event lowers the number at risk by one at all points up to e, and nothing after it. So with
 * A the curve of numbers one lower, and B that of the full numbers,
 *
 * <pre>
 *   S(t) without it = A(t) for t before its time, else A(before e) (1 - (d - own) / (n - 1) at e) B(from after e to t).
 * </pre>
 *
 * A holds products from the front, B products from the back; sums over jumps follow the same two ways. Without late
 * entry; frequency weights count as copies.
 */
final class LeaveOneOut {

    private final int points;
    private final double[] time;
    private final double[] atRisk;
    private final double[] events;
    private final double[] ofCause;
    private final double total;

    /** Cause 0 stands for all causes together. */
    LeaveOneOut(RiskSets sets, int cause) {
        this.points = sets.size();
        this.time = new double[points];
        this.atRisk = new double[points];
        this.events = new double[points];
        this.ofCause = new double[points];
        for (int p = 0; p < points; p++) {
            time[p] = sets.time(p);
            atRisk[p] = sets.atRisk(p);
            events[p] = sets.events(p);
            ofCause[p] = cause == 0 ? events[p] : sets.table().eventWeight(sets.row(p), cause);
        }
        this.total = points == 0 ? 0 : atRisk[0];
    }

    /** The number of subjects, copies counted. */
    double total() {
        return total;
    }

    /** The full estimate, and those without a subject of each kind. */
    static final class Values {

        private final double full;
        private final double later;
        private final double[] censored;
        private final double[] otherEvent;
        private final double[] ownEvent;

        /** Without one that leaves after the time of reading, and by point without one censored there or with an event. */
        Values(double full, double later, double[] censored, double[] otherEvent, double[] ownEvent) {
            this.full = full;
            this.later = later;
            this.censored = censored;
            this.otherEvent = otherEvent;
            this.ownEvent = ownEvent;
        }

        double full() {
            return full;
        }

        /** Every estimate taken from a number. */
        Values from(double whole) {
            return new Values(
                    whole - full, whole - later, less(whole, censored), less(whole, otherEvent), less(whole, ownEvent));
        }

        private static double[] less(double whole, double[] parts) {
            return Arrays.stream(parts).map(x -> whole - x).toArray();
        }

        /** Without a subject that left at a point. */
        double without(int point, boolean event, boolean own) {
            if (point >= censored.length) {
                return later;
            }
            return own ? ownEvent[point] : event ? otherEvent[point] : censored[point];
        }
    }

    /** S at the last of the first {@code q} points. */
    Values survival(int q) {
        double[] front = frontProducts(q);
        double[] censored = new double[q];
        double[] event = new double[q];
        RunningProduct back = new RunningProduct();
        for (int p = q - 1; p >= 0; p--) {
            double fewer = atRisk[p] - 1;
            double after = back.value();
            censored[p] = fewer > 0 ? front[p] * ((fewer - events[p]) / fewer) * after : front[p];
            event[p] = fewer > 0 ? front[p] * ((atRisk[p] - events[p]) / fewer) * after : front[p];
            back.multiply(atRisk[p] - events[p], atRisk[p]);
        }
        return new Values(back.value(), front[q], censored, event, event);
    }

    /** Products over the points before each, with everybody's number one lower. */
    private double[] frontProducts(int q) {
        double[] front = new double[q + 1];
        RunningProduct product = new RunningProduct();
        for (int p = 0; p < q; p++) {
            front[p] = product.value();
            // Beyond the point where one more than the events are at risk, nobody reads the product.
            if (events[p] > 0 && atRisk[p] - 1 >= events[p]) {
                product.multiply(atRisk[p] - 1 - events[p], atRisk[p] - 1);
            }
        }
        front[q] = product.value();
        return front;
    }

    /**
     * The sum of the jumps of F over the first {@code q} points, each times {@code end} minus its time where {@code
     * area} is set: F at the last of them, or the area under F up to {@code end}.
     */
    Values jumps(int q, boolean area, double end) {
        double[] front = frontProducts(q);
        double[] sums = new double[q + 1];
        Compensated sum = new Compensated();
        for (int p = 0; p < q; p++) {
            sums[p] = sum.value();
            if (ofCause[p] > 0 && atRisk[p] > 1) {
                sum.add(front[p] * (ofCause[p] / (atRisk[p] - 1)) * weight(p, area, end));
            }
        }
        sums[q] = sum.value();
        double[] censored = new double[q];
        double[] other = new double[q];
        double[] own = new double[q];
        double back = 0;
        for (int p = q - 1; p >= 0; p--) {
            double fewer = atRisk[p] - 1;
            double w = weight(p, area, end);
            if (fewer > 0) {
                double stay = (atRisk[p] - events[p]) / fewer * back;
                censored[p] = sums[p] + front[p] * (ofCause[p] / fewer * w + (fewer - events[p]) / fewer * back);
                other[p] = sums[p] + front[p] * (ofCause[p] / fewer * w + stay);
                own[p] = sums[p] + front[p] * ((ofCause[p] - 1) / fewer * w + stay);
            } else {
                censored[p] = sums[p];
                other[p] = sums[p];
                own[p] = sums[p];
            }
            back = ofCause[p] / atRisk[p] * w + (atRisk[p] - events[p]) / atRisk[p] * back;
        }
        return new Values(back, sums[q], censored, other, own);
    }

    private double weight(int p, boolean area, double end) {
        return area ? Math.max(0, end - time[p]) : 1;
    }

    /** A sum that keeps what each addition loses. */
    private static final class Compensated {

        private double sum;
        private double rest;

        void add(double term) {
            double step = term + rest;
            double next = sum + step;
            rest = step - (next - sum);
            sum = next;
        }

        double value() {
            return sum;
        }
    }
}

package io.engraft.charts;

import io.engraft.curve.FollowUp;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Follow-up of patients with times and status codes (0 = censored). */
class FakeCohort implements FollowUp {

    final double[] times;
    final int[] status;
    final double[] distinct;

    FakeCohort(double[] times, int[] status) {
        this.times = times;
        this.status = status;
        this.distinct = Arrays.stream(times).sorted().distinct().toArray();
    }

    private double count(IntPredicate condition) {
        int n = 0;
        for (int i = 0; i < times.length; i++) {
            n += condition.test(i) ? 1 : 0;
        }
        return n;
    }

    @Override
    public double atRiskAt(double t) {
        return count(i -> times[i] >= t);
    }

    @Override
    public double eventsUpTo(double t) {
        return count(i -> times[i] <= t && status[i] > 0);
    }

    @Override
    public double censoredUpTo(double t) {
        return count(i -> times[i] <= t && status[i] == 0);
    }

    @Override
    public double[] censoringTimes() {
        TreeSet<Double> set = new TreeSet<>();
        for (int i = 0; i < times.length; i++) {
            if (status[i] == 0) {
                set.add(times[i]);
            }
        }
        return set.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double events(double t, int code) {
        return count(i -> times[i] == t && (code == 0 ? status[i] > 0 : status[i] == code));
    }
}

package io.engraft.estimate.resample;

import io.engraft.curve.Profile;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.csv.NumberText;

/** The statistics that a bootstrap has built in: each one pass over the counts of a sample. */
final class BootstrapReadings {

    private BootstrapReadings() {}

    /** The last place in the table at or before t by the tie rule; -1 before the first. */
    private static int placeAt(Resample sample, double t) {
        RiskSets sets = sample.plan.sets;
        int next = sets.rowAtOrAfter(t);
        return next < sample.size() && !(sample.time(next) > t && !sets.rule().joins(t, sample.time(next)))
                ? next
                : next - 1;
    }

    /** Whether the curve of a sample says nothing at t: nobody is left after the place, and S is not 0. */
    private static boolean isBeyond(Resample sample, int place, double t, int left, double s) {
        if (left > 0 || s == 0) {
            return false;
        }
        int stride = sample.plan.stride;
        int exits = 0;
        for (int cell = 0; cell < (place + 1) * stride; cell++) {
            exits += sample.exits[cell];
        }
        if (exits < sample.rows) {
            return false;
        }
        int last = (place + 1) * stride - 1;
        while (last >= 0 && sample.exits[last] == 0) {
            last--;
        }
        double end = last < 0 ? 0 : sample.time(last / stride);
        return t > end && !sample.plan.sets.rule().joins(end, t);
    }

    private static int entries(Resample sample, int place) {
        return sample.entries.length > 0 ? sample.entries[place] : 0;
    }

    record Survival(double t) implements BootstrapStatistic {

        @Override
        public double of(Resample sample) {
            int place = placeAt(sample, t);
            if (sample.plan.stride == 2 && sample.entries.length == 0) {
                return oneCause(sample, place);
            }
            double s = 1;
            int n = sample.fromStart();
            for (int p = 0; p <= place; p++) {
                int d = sample.events(p);
                if (d > 0) {
                    s *= (double) (n - d) / n;
                }
                n += entries(sample, p) - d - sample.exits[p * sample.plan.stride];
            }
            return isBeyond(sample, place, t, n, s) ? Double.NaN : s;
        }

        /** Without a branch for times without events, which would be guessed wrongly half of the time. */
        private double oneCause(Resample sample, int place) {
            int[] exits = sample.exits;
            double s = 1;
            int n = sample.rows;
            for (int p = 0; p <= place && n > 0; p++) {
                int d = exits[2 * p + 1];
                s *= (double) (n - d) / n;
                n -= exits[2 * p] + d;
            }
            return isBeyond(sample, place, t, n, s) ? Double.NaN : s;
        }

        @Override
        public String name() {
            return "survival at " + t;
        }

        @Override
        public String reason() {
            return "follow-up of the sample ends before " + NumberText.format(t);
        }
    }

    record Quantile(double p) implements BootstrapStatistic {

        @Override
        public double of(Resample sample) {
            double target = 1 - p;
            double slack = Profile.ENGRAFT.quantileTolerance() * target;
            double s = 1;
            double flatFrom = Double.NaN;
            int n = sample.fromStart();
            int stride = sample.plan.stride;
            int last = -1;
            for (int i = 0; i < sample.size(); i++) {
                int d = sample.events(i);
                if (d > 0) {
                    if (!Double.isNaN(flatFrom)) {
                        return (flatFrom + sample.time(i)) / 2;
                    }
                    s *= (double) (n - d) / n;
                    if (s <= target + slack) {
                        if (!(s >= target - slack)) {
                            return sample.time(i);
                        }
                        flatFrom = sample.time(i);
                    }
                }
                int gone = d + sample.exits[i * stride];
                last = gone > 0 ? i : last;
                n += entries(sample, i) - gone;
            }
            return last < 0 ? Double.NaN : (flatFrom + sample.time(last)) / 2;
        }

        @Override
        public String name() {
            return "quantile " + p;
        }

        @Override
        public String reason() {
            return "S of the sample stays above " + Brief.number(1 - p);
        }
    }

    record RestrictedMean(double tau) implements BootstrapStatistic {

        @Override
        public double of(Resample sample) {
            int place = placeAt(sample, tau);
            double s = 1;
            double area = 0;
            double from = 0;
            int n = sample.fromStart();
            for (int p = 0; p <= place; p++) {
                int d = sample.events(p);
                if (d > 0) {
                    double t = Math.min(tau, sample.time(p));
                    area += s * (t - from);
                    from = t;
                    s *= (double) (n - d) / n;
                }
                n += entries(sample, p) - d - sample.exits[p * sample.plan.stride];
            }
            return isBeyond(sample, place, tau, n, s) ? Double.NaN : area + s * (tau - from);
        }

        @Override
        public String name() {
            return "restricted mean up to " + tau;
        }

        @Override
        public String reason() {
            return "follow-up of the sample ends before " + NumberText.format(tau);
        }
    }

    record Incidence(CauseChoice cause, double t) implements BootstrapStatistic {

        @Override
        public double of(Resample sample) {
            int k = cause.codeAmong(sample.causes());
            int place = placeAt(sample, t);
            double s = 1;
            double f = 0;
            int n = sample.fromStart();
            for (int p = 0; p <= place; p++) {
                int d = sample.events(p);
                if (d > 0) {
                    f += s * sample.exits[p * sample.plan.stride + k] / n;
                    s *= (double) (n - d) / n;
                }
                n += entries(sample, p) - d - sample.exits[p * sample.plan.stride];
            }
            return isBeyond(sample, place, t, n, s) ? Double.NaN : Math.min(1, f);
        }

        @Override
        public String name() {
            return "incidence of " + cause + " at " + t;
        }

        @Override
        public String reason() {
            return "follow-up of the sample ends before " + NumberText.format(t);
        }
    }
}

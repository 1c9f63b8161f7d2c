package io.engraft.calibrate;

import java.util.List;

/**
 * Numbers that move together, and the scale on which each moves freely: a logarithm, a logit, a multiple, or, for shares
 * of a total, logarithms of their ratios to the last one.
 *
 * @param name what a prior calls it
 * @param names the numbers themselves
 * @param kind the scale
 * @param total what shares sum to; for a linear scale, the size of one step
 */
record WorkingBlock(String name, List<String> names, Kind kind, double total) {

    enum Kind {
        LOG,
        LOGIT,
        LINEAR,
        LOG_RATIOS
    }

    WorkingBlock {
        names = List.copyOf(names);
    }

    static WorkingBlock single(String name, Kind kind, double step) {
        return new WorkingBlock(name, List.of(name), kind, step);
    }

    boolean isShare() {
        return kind == Kind.LOGIT || kind == Kind.LOG_RATIOS;
    }

    /** How many working numbers there are. */
    int size() {
        return kind == Kind.LOG_RATIOS ? names.size() - 1 : 1;
    }

    String workingName(int j) {
        return switch (kind) {
            case LOG -> "log " + name;
            case LOGIT -> "logit " + name;
            case LINEAR -> name;
            case LOG_RATIOS -> "log (" + names.get(j) + " : " + names.get(names.size() - 1) + ")";
        };
    }

    double[] natural(double[] working, int at) {
        if (kind == Kind.LOG_RATIOS) {
            double[] shares = shares(working, at);
            for (int k = 0; k < shares.length; k++) {
                shares[k] *= total;
            }
            return shares;
        }
        double x = working[at];
        return new double[] {
            switch (kind) {
                case LOG -> StrictMath.exp(x);
                case LOGIT -> 1 / (1 + StrictMath.exp(-x));
                default -> x * total;
            }
        };
    }

    /** What a Dirichlet or beta prior speaks of: shares with sum 1. */
    double[] shares(double[] working, int at) {
        if (kind == Kind.LOGIT) {
            double p = 1 / (1 + StrictMath.exp(-working[at]));
            return new double[] {p, 1 / (1 + StrictMath.exp(working[at]))};
        }
        int n = names.size();
        double largest = 0;
        for (int k = 0; k < n - 1; k++) {
            largest = Math.max(largest, working[at + k]);
        }
        double[] shares = new double[n];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            shares[k] = StrictMath.exp((k < n - 1 ? working[at + k] : 0) - largest);
            sum += shares[k];
        }
        for (int k = 0; k < n; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    double[] working(double[] natural) {
        double[] x = new double[size()];
        for (int j = 0; j < x.length; j++) {
            double v = natural[j];
            x[j] = switch (kind) {
                case LOG -> StrictMath.log(v);
                case LOGIT -> StrictMath.log(v / (1 - v));
                case LINEAR -> v / total;
                case LOG_RATIOS -> StrictMath.log(v / natural[natural.length - 1]);
            };
        }
        return x;
    }
}

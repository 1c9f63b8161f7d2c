package io.engraft.regression.internal.risk;

import io.engraft.InvalidArgumentException;
import io.engraft.regression.internal.Design;
import java.util.Arrays;

/**
 * The exact partial likelihood of discrete time: at a time with d events among n at risk, that just these d have them,
 *
 * <pre>
 *   product of r over the events / e_d,   e_d = the sum over all sets of d at risk of the product of their r
 * </pre>
 *
 * <p>by the recursion of M. H. Gail, J. H. Lubin, L. V. Rubinstein (1981), Likelihood calculations for matched case-control
 * studies and survival studies with tied death times, Biometrika 68, 703-707, for means over sets in place of sums, which
 * neither overflow nor lose digits: E(n, m) = ((n - m) E(n - 1, m) + m r_n E(n - 1, m - 1)) / n.
 */
final class ExactTies {

    private static final double MOST_WORK = 2e9;

    private final RiskRows risk;
    private final Design design;
    private final int width;
    /** Places with several events. */
    private final int[] tied;

    ExactTies(RiskRows risk, Design design) {
        this.risk = risk;
        this.design = design;
        this.width = design.width;
        int found = 0;
        int[] all = new int[risk.places()];
        for (int k = 0; k < all.length; k++) {
            if (risk.events[k] > 1) {
                all[found++] = k;
            }
        }
        this.tied = Arrays.copyOf(all, found);
        requireFew();
    }

    private void requireFew() {
        double work = 0;
        double[] atRisk = new double[tied.length];
        for (int m = 0; m < tied.length; m++) {
            for (int i = 0; i < risk.size; i++) {
                if (risk.first[i] <= tied[m] && tied[m] <= risk.last[i]) {
                    atRisk[m] += risk.replicates ? risk.weightOf(i) : 1;
                }
            }
            work += atRisk[m] * risk.events[tied[m]] * (1 + width) * (2 + width) / 2.0;
        }
        if (work > MOST_WORK) {
            throw InvalidArgumentException.of(
                    "work of exact ties (rows at risk times events times products of columns, over the tied times)",
                    work,
                    "at most " + MOST_WORK + "; ties by Efron come close to exact ones and have no such limit");
        }
    }

    /** 1 for a place with one event, which the sums over those at risk serve, else 0. */
    double[] single() {
        double[] factor = new double[risk.places()];
        Arrays.fill(factor, 1);
        for (int k : tied) {
            factor[k] = 0;
        }
        return factor;
    }

    /**
     * Adds what the tied times take off the log-likelihood, the gradient and, to the information.
     *
     * @param shifted the linear predictors less their stratum's shift
     * @param sweep by which levels the predictors of a place are lowered in the value
     * @return the sum of log e_d
     */
    double add(double[] shifted, RiskSweep sweep, double[] gradient, double[][] information) {
        double logs = 0;
        for (int k : tied) {
            logs += add(k, shifted, sweep, gradient, information);
        }
        return logs;
    }

    private double add(int k, double[] shifted, RiskSweep sweep, double[] gradient, double[][] information) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < risk.size; i++) {
            if (risk.first[i] <= k && k <= risk.last[i]) {
                highest = Math.max(highest, shifted[i]);
            }
        }
        int d = (int) risk.events[k];
        Sets sets = new Sets(d);
        for (int i = 0; i < risk.size; i++) {
            if (risk.first[i] <= k && k <= risk.last[i]) {
                double times = risk.replicates ? risk.weightOf(i) : 1;
                double r = Math.exp(shifted[i] - highest);
                for (double t = 0; t < times; t++) {
                    sets.add(r, i * width);
                }
                if (risk.event[i] == k) {
                    for (int a = 0; a < width; a++) {
                        gradient[a] += times * design.x[i * width + a];
                    }
                }
            }
        }
        double all = sets.mean[d];
        double[] g = sets.slope[d];
        double[] h = sets.curve[d];
        for (int a = 0; a < width; a++) {
            gradient[a] -= g[a] / all;
            for (int b = 0; b <= a; b++) {
                double more = h[a * (a + 1) / 2 + b] / all - g[a] / all * (g[b] / all);
                information[a][b] += more;
                if (a != b) {
                    information[b][a] += more;
                }
            }
        }
        double sum = Math.log(all) + d * sweep.lowered(highest, k);
        // The number of sets of d among n.
        for (int m = 1; m <= d; m++) {
            sum += Math.log((sets.n - d + m) / m);
        }
        return sum;
    }

    /** Means over sets of 0..d rows of the product of r, with first and second derivatives. */
    private final class Sets {
        private final double[] mean;
        private final double[][] slope;
        private final double[][] curve;
        private double n;

        private Sets(int d) {
            this.mean = new double[d + 1];
            this.slope = new double[d + 1][width];
            this.curve = new double[d + 1][width * (width + 1) / 2];
            mean[0] = 1;
        }

        private void add(double r, int at) {
            n++;
            for (int m = (int) Math.min(n, mean.length - 1); m >= 1; m--) {
                double keep = (n - m) / n;
                double take = m * r / n;
                double[] g = slope[m];
                double[] h = curve[m];
                double[] g1 = slope[m - 1];
                double[] h1 = curve[m - 1];
                double e1 = mean[m - 1];
                int c = 0;
                for (int a = 0; a < width; a++) {
                    double x = design.x[at + a];
                    for (int b = 0; b <= a; b++) {
                        double y = design.x[at + b];
                        h[c] = keep * h[c] + take * (h1[c] + x * g1[b] + y * g1[a] + x * y * e1);
                        c++;
                    }
                }
                for (int a = 0; a < width; a++) {
                    g[a] = keep * g[a] + take * (g1[a] + design.x[at + a] * e1);
                }
                mean[m] = keep * mean[m] + take * e1;
            }
        }
    }
}

package io.engraft.multistate.solve;

import java.util.Arrays;

/**
 * A Markov model whose rates change with time: p(t) = p(s) prod (I + dA), panel by panel, each factor by collocation at
 * the Chebyshev nodes of log time.
 */
final class ProductIntegral extends PanelMarch {

    /** [upper limit][node]: the integrals of the nodes' basis polynomials from -1 to each node, and to 1 at last. */
    private static final double[][] INTEGRALS = integrals();

    private double[] reached;
    private double[] reachedNext;
    private double reachedAt;

    ProductIntegral(KernelModel model, double origin, double length, double tolerance) {
        super(model, origin, length, tolerance);
        this.reached = model.start.clone();
        this.reachedNext = reached;
        this.reachedAt = firstLog;
    }

    private static double[][] integrals() {
        int n = Chebyshev.N;
        double[][] into = new double[n + 1][n];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] integral = Chebyshev.integral(Chebyshev.coefficients(unit));
            for (int m = 0; m < n; m++) {
                into[m][j] = Chebyshev.value(integral, Chebyshev.node(m));
            }
            into[n][j] = Chebyshev.value(integral, 1);
        }
        return into;
    }

    @Override
    PanelCurves.Values attempt(double from, double to) {
        if (from != reachedAt) {
            // The panel tried last was accepted: this one follows it.
            reached = reachedNext;
            reachedAt = from;
        }
        PanelCurves.Values values = new PanelCurves.Values(from, to, model.states, model.events);
        int n = Chebyshev.N;
        int size = model.states * n;
        double half = 0.5 * (to - from);
        double[][] slope = new double[size][model.states];
        double[][] eventRate = new double[model.events][size];
        for (int k = 0; k < n; k++) {
            rates(values, k, slope, eventRate);
        }
        double[][] a = new double[size][size];
        double[] b = new double[size];
        for (int j = 0; j < model.states; j++) {
            for (int m = 0; m < n; m++) {
                int row = j * n + m;
                a[row][row] = 1;
                b[row] = reached[j];
                for (int i = 0; i < model.states; i++) {
                    for (int k = 0; k < n; k++) {
                        a[row][i * n + k] -= half * INTEGRALS[m][k] * slope[i * n + k][j];
                    }
                }
            }
        }
        double[] p = LinearSystem.solve(a, b);
        record(values, p, slope, eventRate);
        reachedNext = end(p, slope, half);
        return values;
    }

    /** At one node: [state * N + node][to] the rates per log time, diagonal included, and those of events. */
    private void rates(PanelCurves.Values values, int k, double[][] slope, double[][] eventRate) {
        double t = Math.exp(values.at(k));
        for (int i = 0; i < model.states; i++) {
            int row = i * Chebyshev.N + k;
            for (KernelModel.Channel c : model.channels.get(i)) {
                double rate = t * c.weight() * c.law().hazard(origin + t);
                slope[row][c.to()] += rate;
                slope[row][i] -= rate;
                eventRate[c.event()][row] += rate;
            }
        }
    }

    private void record(PanelCurves.Values values, double[] p, double[][] slope, double[][] eventRate) {
        int n = Chebyshev.N;
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < model.states; i++) {
                double here = p[i * n + k];
                values.probability[i][k] = here;
                for (int j = 0; j < model.states; j++) {
                    values.entry[j][k] += i == j ? 0 : here * slope[i * n + k][j];
                }
                for (int e = 0; e < model.events; e++) {
                    values.event[e][k] += here * eventRate[e][i * n + k];
                }
            }
        }
    }

    private double[] end(double[] p, double[][] slope, double half) {
        int n = Chebyshev.N;
        double[] end = Arrays.copyOf(reached, reached.length);
        for (int i = 0; i < model.states; i++) {
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < model.states; j++) {
                    end[j] += half * INTEGRALS[n][k] * p[i * n + k] * slope[i * n + k][j];
                }
            }
        }
        return end;
    }
}

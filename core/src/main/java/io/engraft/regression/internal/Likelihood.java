package io.engraft.regression.internal;

import io.engraft.internal.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * The log-likelihood of rows under a kernel whose parameters are linear in covariates, with gradient and Hessian, in one
 * pass. Rows are summed in chunks of fixed size, so that the result does not depend on the number of threads.
 */
public final class Likelihood implements Objective, RowScores {

    public final Kernel kernel;
    public final Rows rows;
    public final Design[] designs;
    /** Where each parameter's intercept stands; its columns follow. */
    public final int[] offset;

    /** Number of coefficients. */
    public final int size;

    private final boolean fast;

    public Likelihood(Kernel kernel, Rows rows, Design[] designs) {
        this.kernel = kernel;
        this.rows = rows;
        this.designs = designs;
        this.offset = new int[designs.length];
        int at = 0;
        for (int k = 0; k < designs.length; k++) {
            offset[k] = at;
            at += 1 + designs[k].width;
        }
        this.size = at;
        this.fast = LocationScalePass.fits(this);
    }

    /** The work space of one thread. */
    private final class Work {
        private final Kernel own = kernel.forThread();
        private final double[] eta = new double[designs.length];
        private final RowLikelihood row = new RowLikelihood(rows, own);
        private final @Nullable LocationScalePass pass = fast ? LocationScalePass.of(Likelihood.this, own) : null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public double unit(int coefficient) {
        return kernel.unit(parameterOf(coefficient), rows);
    }

    @Override
    public double weight() {
        return rows.meanWeight();
    }

    @Override
    public String name(int coefficient) {
        int k = parameterOf(coefficient);
        String parameter = kernel.parameters().get(k).name();
        int at = coefficient - offset[k] - 1;
        return at < 0 ? parameter : "the coefficient of " + designs[k].nameOf(at) + " on " + parameter;
    }

    @Override
    public Point at(double[] theta) {
        int chunks = Chunks.count(rows.size);
        double[][] sums = new double[chunks][];
        int pieces = Chunks.pieces(rows.size);
        Parallel.run(pieces, piece -> {
            Work work = new Work();
            int to = Parallel.start(chunks, pieces, piece + 1);
            for (int c = Parallel.start(chunks, pieces, piece); c < to; c++) {
                double[] acc = new double[1 + size + size * (size + 1) / 2];
                chunk(c * Chunks.ROWS, Math.min(rows.size, (c + 1) * Chunks.ROWS), theta, work, acc);
                sums[c] = acc;
            }
        });
        double[] total = sums[0].clone();
        for (int c = 1; c < chunks; c++) {
            for (int j = 0; j < total.length; j++) {
                total[j] += sums[c][j];
            }
        }
        double[] gradient = new double[size];
        double[][] hessian = new double[size][size];
        System.arraycopy(total, 1, gradient, 0, size);
        int m = 1 + size;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++, m++) {
                hessian[a][b] = total[m];
                hessian[b][a] = total[m];
            }
        }
        return new Point(total[0], gradient, hessian);
    }

    private void linear(int i, double[] theta, double[] eta) {
        for (int k = 0; k < eta.length; k++) {
            Design d = designs[k];
            int at = offset[k];
            double sum = theta[at];
            int base = i * d.width;
            for (int j = 0; j < d.width; j++) {
                sum += theta[at + 1 + j] * d.x[base + j];
            }
            eta[k] = sum;
        }
    }

    private void chunk(int from, int to, double[] theta, Work work, double[] acc) {
        if (work.pass != null) {
            work.pass.chunk(from, to, theta, acc);
            return;
        }
        double[] eta = work.eta;
        for (int i = from; i < to; i++) {
            double w = rows.weightOf(i);
            if (w == 0) {
                continue;
            }
            linear(i, theta, eta);
            Jet jet = work.row.at(i, eta);
            acc[0] += w * jet.value;
            for (int k = 0; k < eta.length; k++) {
                addGradient(i, k, w * jet.g[k], acc);
                for (int l = 0; l <= k; l++) {
                    addHessian(i, k, l, w * jet.h[Jet.at(k, l)], acc);
                }
            }
            if (Double.isNaN(acc[0])) {
                return;
            }
        }
    }

    private void addGradient(int i, int k, double g, double[] acc) {
        Design d = designs[k];
        int at = 1 + offset[k];
        acc[at] += g;
        int base = i * d.width;
        for (int j = 0; j < d.width; j++) {
            acc[at + 1 + j] += g * d.x[base + j];
        }
    }

    /** Adds h times the outer product of the rows of designs k and l to the packed Hessian. */
    private void addHessian(int i, int k, int l, double h, double[] acc) {
        Design dk = designs[k];
        Design dl = designs[l];
        int baseK = i * dk.width;
        int baseL = i * dl.width;
        int first = offset[k];
        int column = offset[l];
        for (int a = 0; a <= dk.width; a++) {
            double ha = a == 0 ? h : h * dk.x[baseK + a - 1];
            int line = 1 + size + Jet.at(first + a, column);
            int most = k == l ? a : dl.width;
            acc[line] += ha;
            for (int b = 1; b <= most; b++) {
                acc[line + b] += ha * dl.x[baseL + b - 1];
            }
        }
    }

    @Override
    public void scores(double[] theta, Sink sink) {
        Work work = new Work();
        double[] score = new double[size];
        for (int i = 0; i < rows.size; i++) {
            linear(i, theta, work.eta);
            Jet jet = work.row.at(i, work.eta);
            for (int k = 0; k < work.eta.length; k++) {
                Design d = designs[k];
                score[offset[k]] = jet.g[k];
                for (int j = 0; j < d.width; j++) {
                    score[offset[k] + 1 + j] = jet.g[k] * d.x[i * d.width + j];
                }
            }
            sink.row(i, score);
        }
    }

    /** eta of a row. */
    public double[] eta(int i, double[] theta) {
        double[] eta = new double[designs.length];
        linear(i, theta, eta);
        return eta;
    }

    /** The parameter that a coefficient belongs to. */
    private int parameterOf(int coefficient) {
        int k = 0;
        while (k + 1 < offset.length && offset[k + 1] <= coefficient) {
            k++;
        }
        return k;
    }
}

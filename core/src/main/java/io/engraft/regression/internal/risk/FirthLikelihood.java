package io.engraft.regression.internal.risk;

import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.Symmetric;

/**
 * A partial likelihood with Firth's penalty, log L + 1/2 log |I|. With W the inverse of the information I, q = x'W x, and
 * means E over those at risk at an event, of which mu is that of x, the penalty adds to the gradient half of
 *
 * <pre>
 *   sum over events of  E(q x) - E(q) mu - 2 E(x'W mu x) + 2 (mu'W mu) mu
 * </pre>
 *
 * <p>The first and the third sum go row by row, by what a row met while at risk. The Hessian is that of central differences
 * of the gradient.
 */
public final class FirthLikelihood implements Objective {

    /** In units of the coefficient: the error of a difference is of the order of its square. */
    private static final double STEP = 1e-4;

    private final PartialLikelihood likelihood;
    private final RiskRows risk;
    private final Design design;
    private final int width;
    /** Turns half the log determinant into that in the units of the covariates. */
    private final double units;

    public FirthLikelihood(PartialLikelihood likelihood) {
        this.likelihood = likelihood;
        this.risk = likelihood.risk();
        this.design = likelihood.design();
        this.width = likelihood.size();
        double logs = 0;
        for (double scale : design.scale) {
            logs += Math.log(scale);
        }
        this.units = logs;
    }

    @Override
    public int size() {
        return width;
    }

    @Override
    public double unit(int coefficient) {
        return likelihood.unit(coefficient);
    }

    @Override
    public double weight() {
        return likelihood.weight();
    }

    @Override
    public String name(int coefficient) {
        return likelihood.name(coefficient);
    }

    @Override
    public Point at(double[] theta) {
        Part here = part(theta);
        double[][] hessian = new double[width][width];
        for (int j = 0; j < width && Double.isFinite(here.value); j++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            double step = STEP * unit(j);
            up[j] += step;
            down[j] -= step;
            double[] above = part(up).gradient;
            double[] below = part(down).gradient;
            for (int a = 0; a < width; a++) {
                double slope = (above[a] - below[a]) / (2 * step);
                hessian[a][j] += 0.5 * slope;
                hessian[j][a] += 0.5 * slope;
            }
        }
        return new Point(here.value, here.gradient, hessian);
    }

    /** Value and gradient; a value that is not finite where the information is not definite. */
    private static final class Part {
        private final double value;
        private final double[] gradient;

        private Part(double value, double[] gradient) {
            this.value = value;
            this.gradient = gradient;
        }
    }

    private Part part(double[] theta) {
        RiskSweep sweep = likelihood.sweep(theta);
        double[][] information = sweep.information(null);
        double[] gradient = sweep.gradient(null);
        Symmetric factor = Symmetric.factor(information);
        if (factor == null) {
            return new Part(Double.NEGATIVE_INFINITY, gradient);
        }
        double[][] w = factor.inverse();
        double[] more = new double[width];
        double[] q = new double[risk.size];
        for (int i = 0; i < q.length; i++) {
            q[i] = form(w, design.x, i * width, design.x, i * width);
        }
        addTimes(sweep, w, q, more);
        likelihood.walk(sweep, (i, hazard, mean) -> {
            double ofRow = sweep.r.value[i] * (hazard * q[i] - 2 * form(w, design.x, i * width, mean, 0));
            for (int a = 0; a < width; a++) {
                more[a] += ofRow * design.x[i * width + a];
            }
        });
        for (int a = 0; a < width; a++) {
            gradient[a] += 0.5 * more[a];
        }
        return new Part(sweep.value + 0.5 * factor.logDeterminant() + units, gradient);
    }

    /** a' w b of vectors within arrays. */
    private double form(double[][] w, double[] a, int atA, double[] b, int atB) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            double inner = 0;
            for (int m = 0; m < width; m++) {
                inner += w[j][m] * b[atB + m];
            }
            sum += a[atA + j] * inner;
        }
        return sum;
    }

    /** Adds 2 (mu'W mu) mu - E(q) mu of every event. */
    private void addTimes(RiskSweep sweep, double[][] w, double[] q, double[] sum) {
        RangeSums sums = likelihood.sums(1, sweep.wide);
        double[] one = {1};
        Vectors ofEvents = new Vectors(risk.places(), 1, sweep.wide);
        for (int i = 0; i < risk.size; i++) {
            if (risk.isAtRisk(i)) {
                double f = sweep.r.value[i] * q[i];
                int level = sweep.r.levelAt(i);
                sums.add(risk.fromBegin(i), risk.first[i], risk.last[i], f, level, one);
                if (risk.event[i] >= 0) {
                    ofEvents.add(risk.event[i], f, one, 0, level);
                }
            }
        }
        Vectors atRisk = sums.atPlaces();
        double[] ofAll = sweep.atRisk.value;
        double[] ofTied = sweep.ofEvents.value;
        double[] mu = new double[width];
        int stride = 1 + width;
        for (int k = 0; k < risk.places(); k++) {
            atRisk.settle(k, sweep.atRisk.levelAt(k));
            ofEvents.settle(k, sweep.atRisk.levelAt(k));
            double events = likelihood.isEfron() ? risk.events[k] : 1;
            double m = risk.eventWeight[k] / events;
            for (double l = 0; l < events; l++) {
                double share = l / events;
                double s = ofAll[k * stride] - share * ofTied[k * stride];
                for (int j = 0; j < width; j++) {
                    mu[j] = (ofAll[k * stride + 1 + j] - share * ofTied[k * stride + 1 + j]) / s;
                }
                double by = m * (2 * form(w, mu, 0, mu, 0) - (atRisk.value[k] - share * ofEvents.value[k]) / s);
                for (int j = 0; j < width; j++) {
                    sum[j] += by * mu[j];
                }
            }
        }
    }
}

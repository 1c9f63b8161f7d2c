package io.engraft.regression;

import io.engraft.law.LawOfTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log-density and log-survival of a family of laws at one time, with first and second derivatives by its parameters
 * on their working scale eta (log for positive ones, logit for shares). Stateless.
 */
abstract class Kernel {

    /** How a parameter is seen on its working scale. */
    enum Link {
        IDENTITY,
        LOG,
        LOGIT;

        double natural(double eta) {
            return switch (this) {
                case IDENTITY -> eta;
                case LOG -> Math.exp(eta);
                case LOGIT -> 1 / (1 + Math.exp(-eta));
            };
        }

        /** d natural / d eta. */
        double slope(double eta) {
            double x = natural(eta);
            return switch (this) {
                case IDENTITY -> 1;
                case LOG -> x;
                case LOGIT -> x * (1 - x);
            };
        }
    }

    /** A parameter's name and link. */
    record Parameter(String name, Link link) {}

    abstract List<Parameter> parameters();

    /** The parameter that covariates act on unless another is named. */
    abstract int location();

    final int size() {
        return parameters().size();
    }

    /** log f(t). */
    abstract void logDensity(double t, double logT, double[] eta, Jet out);

    /** log S(t), accurate in both tails. */
    abstract void logSurvival(double t, double logT, double[] eta, Jet out);

    /** Where to start: candidates for eta, of which the best fit is kept. */
    abstract List<double[]> starts(Rows rows);

    /** A change of eta that counts as large, for the decision whether a parameter runs away. */
    double unit(int parameter, Rows rows) {
        return 1;
    }

    /** The law at eta. */
    abstract LawOfTime law(double[] eta);

    /** The quantile at eta. */
    double timeAt(double[] eta, double p) {
        return law(eta).timeAt(p);
    }

    /** Whether the law is one of positive times. */
    boolean onLogTime() {
        return true;
    }

    /** Why eta is at the edge of the family, if it is. */
    @Nullable
    String edge(double[] eta) {
        return null;
    }

    /** Lets a kernel keep scratch space of its own; called once a thread. */
    Kernel forThread() {
        return this;
    }
}

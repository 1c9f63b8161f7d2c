package io.engraft.regression.internal;

import io.engraft.law.LawOfTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log-density and log-survival of a family of laws at one time, with first and second derivatives by its parameters
 * on their working scale eta (log for positive ones, logit for shares). Stateless.
 */
public abstract class Kernel {

    /** How a parameter is seen on its working scale. */
    public enum Link {
        IDENTITY,
        LOG,
        LOGIT;

        public double natural(double eta) {
            return switch (this) {
                case IDENTITY -> eta;
                case LOG -> Math.exp(eta);
                case LOGIT -> 1 / (1 + Math.exp(-eta));
            };
        }

        /** d natural / d eta. */
        public double slope(double eta) {
            double x = natural(eta);
            return switch (this) {
                case IDENTITY -> 1;
                case LOG -> x;
                case LOGIT -> x * (1 - x);
            };
        }
    }

    /** A parameter's name and link. */
    public record Parameter(String name, Link link) {}

    public abstract List<Parameter> parameters();

    /** The parameter that covariates act on unless another is named. */
    public abstract int location();

    public final int size() {
        return parameters().size();
    }

    /** log f(t). */
    public abstract void logDensity(double t, double logT, double[] eta, Jet out);

    /** log S(t), accurate in both tails. */
    public abstract void logSurvival(double t, double logT, double[] eta, Jet out);

    /** Where to start: candidates for eta, of which the best fit is kept. */
    public abstract List<double[]> starts(Rows rows);

    /** A change of eta that counts as large, for the decision whether a parameter runs away. */
    public double unit(int parameter, Rows rows) {
        return 1;
    }

    /** The law at eta. */
    public abstract LawOfTime law(double[] eta);

    /** The quantile at eta. */
    public double timeAt(double[] eta, double p) {
        return law(eta).timeAt(p);
    }

    /** Whether the law is one of positive times. */
    public boolean onLogTime() {
        return true;
    }

    /** Whether survival may level off above 0, so that some shares are reached late or never. */
    public boolean mayLevelOff() {
        return false;
    }

    /** Why eta is at the edge of the family, if it is. */
    @Nullable
    public String edge(double[] eta) {
        return null;
    }

    /** Lets a kernel keep scratch space of its own; called once a thread. */
    public Kernel forThread() {
        return this;
    }
}

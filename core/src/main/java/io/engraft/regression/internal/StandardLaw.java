package io.engraft.regression.internal;

import io.engraft.internal.StrictNormal;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/** The law of the standardised error of a location-scale model: log f and log S with two derivatives. */
public enum StandardLaw {
    /** Smallest extreme value: S(z) = exp(-exp(z)); log T has it where T is Weibull. */
    EXTREME {
        @Override
        public void logDensity(double z, double[] out) {
            double e = Math.exp(z);
            out[0] = z - e;
            out[1] = 1 - e;
            out[2] = -e;
        }

        @Override
        public void logSurvival(double z, double[] out) {
            double e = -Math.exp(z);
            out[0] = e;
            out[1] = e;
            out[2] = e;
        }

        @Override
        public double quantile(double p) {
            return Math.log(-Math.log1p(-p));
        }
    },
    /** Standard normal. */
    NORMAL {
        @Override
        public void logDensity(double z, double[] out) {
            out[0] = -0.5 * z * z - HALF_LOG_2PI;
            out[1] = -z;
            out[2] = -1;
        }

        @Override
        public void logSurvival(double z, double[] out) {
            double hazard;
            if (z > 0) {
                double mills = Erfcx.value(z * SQRT_HALF);
                out[0] = -0.5 * z * z + Math.log(0.5 * mills);
                hazard = SQRT_2_OVER_PI / mills;
            } else {
                double lower = 0.5 * Erfc.value(-z * SQRT_HALF);
                out[0] = Math.log1p(-lower);
                hazard = Math.exp(-0.5 * z * z - HALF_LOG_2PI) / (1 - lower);
            }
            out[1] = -hazard;
            out[2] = -hazard * (hazard - z);
        }

        @Override
        public double quantile(double p) {
            return StrictNormal.quantile(p);
        }
    },
    /** Standard logistic: S(z) = 1 / (1 + exp(z)). */
    LOGISTIC {
        @Override
        public void logDensity(double z, double[] out) {
            double e = Math.exp(-Math.abs(z));
            double p = z >= 0 ? 1 / (1 + e) : e / (1 + e);
            out[0] = -Math.abs(z) - 2 * Math.log1p(e);
            out[1] = 1 - 2 * p;
            out[2] = -2 * e / ((1 + e) * (1 + e));
        }

        @Override
        public void logSurvival(double z, double[] out) {
            double e = Math.exp(-Math.abs(z));
            double p = z >= 0 ? 1 / (1 + e) : e / (1 + e);
            out[0] = -Math.max(z, 0) - Math.log1p(e);
            out[1] = -p;
            out[2] = -e / ((1 + e) * (1 + e));
        }

        @Override
        public double quantile(double p) {
            return Math.log(p) - Math.log1p(-p);
        }
    };

    public static final double HALF_LOG_2PI = 0.9189385332046727;
    public static final double SQRT_HALF = Math.sqrt(0.5);
    public static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    public abstract void logDensity(double z, double[] out);

    public abstract void logSurvival(double z, double[] out);

    public abstract double quantile(double p);

    /** log f at its mode, which is at 0 for each of these. */
    public double logDensityAtMode() {
        double[] out = new double[3];
        logDensity(0, out);
        return out[0];
    }
}

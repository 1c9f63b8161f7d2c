package io.engraft.calibrate.rates;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;

/** How well a rate is known: patients, or what stands for a number of them; all zero where nothing was said. */
record Precision(double patients, double error, double lower, double upper, double level) {

    private static final double MOST_PATIENTS = 1e9;

    static final Precision NONE = new Precision(0, 0, 0, 0, 0);

    static Precision patients(int n) {
        return new Precision(n, 0, 0, 0, 0);
    }

    static Precision error(String rate, double error) {
        return new Precision(0, Require.positive("standard error of " + rate, error), 0, 0, 0);
    }

    static Precision interval(String rate, double lower, double upper, double level) {
        Require.properFraction("lower limit of " + rate, lower);
        Require.properFraction("upper limit of " + rate, upper);
        Require.properFraction("level", level);
        if (!(lower < upper)) {
            throw InvalidArgumentException.of(
                    "interval of " + rate, lower + " to " + upper, "a lower limit below the upper one");
        }
        return new Precision(0, 0, lower, upper, level);
    }

    boolean isKnown() {
        return patients > 0 || error > 0 || level > 0;
    }

    /** The patients of whom a share would be known as well; those of the other rate where nothing was said of this one. */
    double of(String rate, double share, Precision other, String otherRate, double otherShare) {
        if (!isKnown()) {
            return other.isKnown() ? other.of(otherRate, otherShare, NONE, "", 0) : 0;
        }
        if (patients > 0) {
            return patients;
        }
        double inside = share * (1 - share);
        if (!(inside > 0)) {
            throw InvalidArgumentException.of(
                    rate + " with a standard error or interval",
                    share,
                    "0 < " + rate + " < 1, or a number of patients");
        }
        if (error > 0) {
            double n = inside / (error * error);
            if (!(n >= 1)) {
                throw InvalidArgumentException.of(
                        "standard error of " + rate, error, "at most " + Math.sqrt(inside) + ", that of one patient");
            }
            return few(n, "standard error of " + rate, error);
        }
        if (!(lower <= share && share <= upper)) {
            throw InvalidArgumentException.of(
                    "interval of " + rate, lower + " to " + upper, "limits that hold the rate " + share);
        }
        double width = Math.log(upper / (1 - upper)) - Math.log(lower / (1 - lower));
        double logitError = width / (2 * StrictNormal.quantile((1 + level) / 2));
        double n = Math.max(1, 1 / (logitError * logitError * inside));
        return few(n, "interval of " + rate, lower + " to " + upper);
    }

    /** Beyond that the law of the share is a single number in doubles. */
    private static double few(double patients, String what, Object value) {
        if (!(patients <= MOST_PATIENTS)) {
            throw InvalidArgumentException.of(what, value, "that of at most " + MOST_PATIENTS + " patients");
        }
        return patients;
    }
}

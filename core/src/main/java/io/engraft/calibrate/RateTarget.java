package io.engraft.calibrate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import io.engraft.internal.csv.NumberText;

/**
 * What was published of one quantity: a value or a range such as "30 to 40 %", and how precise it is. Precision is a
 * standard error, a number of patients, or a printed interval; without any, calibration works with a standard error of
 * 0.01 (of a time, 1 %) and accepts a miss of half of that, the rounding of whole per cents. Weights multiply squared
 * residuals and log-likelihoods.
 *
 * <p>With n patients a probability counts as a share of n. A quantile with n counts as a share too: that by the printed
 * time the share p of n had had the event. A range says that every value inside is equally good: inside it costs nothing,
 * outside it the nearer end counts as the target; when targets are drawn, the value is uniform over the range.
 */
@CheckReturnValue
public final class RateTarget {

    static final double DEFAULT_ERROR = 0.01;
    private static final double ROUNDING = 0.005;
    private static final double Z = 1.959963984540054;

    private final ModelQuantity quantity;
    private final double low;
    private final double high;
    private final double error;
    private final int n;
    private final String precision;
    private final double weight;

    private RateTarget(
            ModelQuantity quantity, double low, double high, double error, int n, String precision, double weight) {
        this.quantity = quantity;
        this.low = low;
        this.high = high;
        this.error = error;
        this.n = n;
        this.precision = precision;
        this.weight = weight;
    }

    /**
     * A value.
     *
     * @param quantity what it is the value of
     * @param value a probability in [0, 1], or a positive time in the unit of the model
     * @return the target, without stated precision
     * @throws InvalidArgumentException when the value is outside its domain
     */
    public static RateTarget of(ModelQuantity quantity, double value) {
        checkDomain(quantity, value);
        return new RateTarget(quantity, value, value, Double.NaN, 0, "", 1);
    }

    /**
     * A range inside which every value is equally good.
     *
     * @param quantity what it is a range of
     * @param low its lower end
     * @param high its upper end, above the lower one
     * @return the target, without stated precision of the ends
     * @throws InvalidArgumentException when an end is outside its domain, or the ends are not in order
     */
    public static RateTarget between(ModelQuantity quantity, double low, double high) {
        checkDomain(quantity, low);
        checkDomain(quantity, high);
        if (!(low < high)) {
            throw new InvalidArgumentException(
                    "the range of " + quantity + " is " + low + " to " + high + "; allowed: lower end < upper end");
        }
        return new RateTarget(quantity, low, high, Double.NaN, 0, "", 1);
    }

    private static void checkDomain(ModelQuantity quantity, double value) {
        if (quantity.isTime()) {
            Require.positive(quantity.toString(), value);
        } else if (!(value >= 0 && value <= 1)) {
            throw InvalidArgumentException.of("target " + quantity, value, "0 to 1");
        }
    }

    /**
     * States a standard error, in the place of any other precision.
     *
     * @param standardError positive, on the scale of the value
     * @return the target
     */
    public RateTarget withStandardError(double standardError) {
        Require.positive("standard error of " + quantity, standardError);
        // A time is compared on the logarithm.
        double own = quantity.isTime() ? standardError / middle() : standardError;
        return new RateTarget(quantity, low, high, own, 0, "standard error " + standardError, weight);
    }

    /**
     * States the number of patients behind the value, in the place of any other precision. Where many were censored, a
     * smaller, effective number stands for them.
     *
     * @param patients at least 1
     * @return the target
     */
    public RateTarget withSampleSize(int patients) {
        Require.atLeast("n of " + quantity, patients, 1);
        double p = Math.min(1, Math.max(0, (patients * shareValue() + 0.5) / (patients + 1)));
        return new RateTarget(
                quantity, low, high, Math.sqrt(p * (1 - p) / patients), patients, "n " + patients, weight);
    }

    /** The share that a sample size speaks of. */
    private double shareValue() {
        return quantity.isTime() ? quantileShare() : middle();
    }

    double quantileShare() {
        if (quantity instanceof ModelQuantity.EventQuantile q) {
            return q.share();
        }
        if (quantity instanceof ModelQuantity.IncidenceQuantile q) {
            return q.probability();
        }
        return quantity instanceof ModelQuantity.OccupancyQuantile q ? 1 - q.p() : Double.NaN;
    }

    /**
     * States a printed interval, in the place of any other precision: a probability counts as normal on the scale of the
     * value with the interval's half width over its normal quantile as standard error, a time as normal on the logarithm.
     *
     * @param lower the lower limit, at most the value
     * @param upper the upper limit, at least the value
     * @param level strictly between 0 and 1
     * @return the target
     * @throws InvalidArgumentException when the limits do not hold the value, are equal, or are outside the domain
     */
    public RateTarget withInterval(double lower, double upper, double level) {
        checkDomain(quantity, lower);
        checkDomain(quantity, upper);
        Require.properFraction("level", level);
        if (!(lower <= low && high <= upper && lower < upper)) {
            throw new InvalidArgumentException("the interval of " + quantity + " is " + lower + " to " + upper
                    + "; allowed: limits apart that hold the value " + stated());
        }
        double z = StrictNormal.quantile((1 + level) / 2);
        double width = quantity.isTime() ? StrictMath.log(upper / lower) : upper - lower;
        return new RateTarget(
                quantity,
                low,
                high,
                width / (2 * z),
                0,
                "interval " + lower + " to " + upper + " (" + level + ")",
                weight);
    }

    /**
     * Sets the weight.
     *
     * @param factor positive; 1 by default
     * @return the target
     */
    public RateTarget withWeight(double factor) {
        Require.positive("weight of " + quantity, factor);
        return new RateTarget(quantity, low, high, error, n, precision, factor);
    }

    /** The same precision about another value or quantity. */
    RateTarget at(ModelQuantity other, double value) {
        return new RateTarget(other, value, value, error, n, precision, weight);
    }

    /**
     * What the target is about.
     *
     * @return the quantity
     */
    public ModelQuantity quantity() {
        return quantity;
    }

    /**
     * The value, or the lower end of the range.
     *
     * @return the number
     */
    public double low() {
        return low;
    }

    /**
     * The value, or the upper end of the range.
     *
     * @return the number
     */
    public double high() {
        return high;
    }

    /**
     * Whether a range was stated.
     *
     * @return false for a value
     */
    public boolean isRange() {
        return low < high;
    }

    /**
     * The number of patients behind the value.
     *
     * @return 0 where none was given
     */
    public int sampleSize() {
        return n;
    }

    /**
     * Whether a precision was stated.
     *
     * @return false where the default stands in
     */
    public boolean hasPrecision() {
        return !Double.isNaN(error);
    }

    double weight() {
        return weight;
    }

    /** On the scale of comparison: of shares, or of the logarithm of a time. */
    double error() {
        return hasPrecision() ? error : DEFAULT_ERROR;
    }

    /** How many standard errors a miss may be before the target counts as missed. */
    double allowedResidual() {
        return hasPrecision() ? Z : ROUNDING / DEFAULT_ERROR;
    }

    double middle() {
        return quantity.isTime() ? Math.sqrt(low * high) : (low + high) / 2;
    }

    boolean countsAsShare() {
        return quantity.isTime() && n > 0;
    }

    String stated() {
        return isRange() ? NumberText.format(low) + " to " + NumberText.format(high) : NumberText.format(low);
    }

    @Override
    public String toString() {
        return quantity + " = " + stated() + (precision.isEmpty() ? "" : " (" + precision + ")");
    }
}

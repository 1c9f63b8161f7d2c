package io.engraft.calibrate;

/**
 * A target and what a calibrated model makes of it.
 *
 * @param target what was stated, in words
 * @param low the value, or the lower end of the range
 * @param high the value, or the upper end of the range
 * @param attained the model's value
 * @param residual the miss in standard errors, 0 inside a range; of a time on the logarithm, or of the share by that
 *     time where a sample size was given
 * @param met whether the miss lies within 1.96 standard errors, or within rounding where no precision was stated
 */
public record TargetFit(String target, double low, double high, double attained, double residual, boolean met) {}

package io.engraft.calibrate.timing;

import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import java.util.OptionalDouble;

/**
 * The law that one method and family give to a median and range.
 *
 * @param method how the law was fixed
 * @param family its family
 * @param law the law, times in the unit of the median
 * @param shareByYear the share of events within 12 months of 365.25/12 days
 * @param timeTo95 the time by which 95 % of the events have happened
 * @param logLikelihood the log-density of the order statistics that the method uses, without its factor of n alone;
 *     empty for median ranks
 */
public record RangeFit(
        RangeMethod method,
        LawFamily family,
        LawOfTime law,
        double shareByYear,
        double timeTo95,
        OptionalDouble logLikelihood) {}

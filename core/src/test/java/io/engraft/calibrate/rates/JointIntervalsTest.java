package io.engraft.calibrate.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.law.LawFamily;
import io.engraft.law.TimingTarget;
import io.engraft.pathway.OutcomeQuestions;
import org.junit.jupiter.api.Test;

class JointIntervalsTest {

    private static CompetingRatesCalibration rates() {
        return CompetingRatesCalibration.withDefaults()
                .withRemission(0.50)
                .withRelapse(0.35)
                .withRelapseMedian(2.6)
                .withRelapseBy(12, 0.84)
                .withNrmMedian(4.0)
                .withNrmBy(12, 0.85)
                .withTimes(3, 12);
    }

    private static double width(Interval interval) {
        return interval.upper().orElseThrow() - interval.lower().orElseThrow();
    }

    private static CompetingRatesModel model(CompetingRatesCalibration calibration) {
        return calibration.calibrate().models().get(0);
    }

    @Test
    void timesVaryWithTheShares() {
        CompetingRatesModel joint = model(rates().withSampleSize(100));
        CompetingRatesModel fixed = model(rates().withSampleSize(100).withTimesKnown());
        assertThat(width(joint.points().get(0).survival().interval()))
                .isGreaterThan(1.3 * width(fixed.points().get(0).survival().interval()));
        assertThat(joint.points().get(0).survival().estimate())
                .isEqualTo(fixed.points().get(0).survival().estimate());
        assertThat(joint.mixture().draws()).hasSize(3);
        assertThat(joint.mixture().covariance(new double[] {3})[0][0])
                .isGreaterThan(fixed.mixture().covariance(new double[] {3})[0][0]);
    }

    @Test
    void theMedianOfThirtyFiveEventsIsTheirMiddleOrderStatistic() {
        // F(2.6) of 35 events is Beta(18, 18): 0.3399 to 0.6601 by R's qbeta. Rounding and k = n p add little.
        Interval share = OutcomeQuestions.of(model(rates().withSampleSize(100).withFamily(LawFamily.WEIBULL))
                        .mixture())
                .shareBefore("relapse", 2.6)
                .interval();
        assertThat(share.lower().orElseThrow()).isCloseTo(0.3399, within(0.012));
        assertThat(share.upper().orElseThrow()).isCloseTo(0.6601, within(0.012));
    }

    @Test
    void oneFamilyIsNarrowerThanThree() {
        CompetingRatesCalibration early = rates().withSampleSize(400).withTimes(0.5);
        Interval three = model(early).points().get(0).relapse().interval();
        Interval one = model(early.withFamily(LawFamily.WEIBULL))
                .points()
                .get(0)
                .relapse()
                .interval();
        assertThat(width(one)).isLessThan(0.9 * width(three));
        assertThat(rates().withSampleSize(400)
                        .withFamily(LawFamily.WEIBULL)
                        .calibrate()
                        .warnings())
                .anyMatch(w -> w.contains("within one family of laws, as if it were known to be right"));
    }

    @Test
    void aStandardErrorOrAnIntervalStandsForPatients() {
        // The standard error of 0.35 of 100 patients, and the 95 % interval of the same width on the logit scale.
        double error = Math.sqrt(0.35 * 0.65 / 100);
        double half = 1.959963984540054 * error / (0.35 * 0.65);
        double logit = Math.log(0.35 / 0.65);
        CompetingRatesModel byError = model(rates().withRelapseError(error));
        CompetingRatesModel byInterval = model(
                rates().withRelapseInterval(1 / (1 + Math.exp(half - logit)), 1 / (1 + Math.exp(-half - logit)), 0.95));
        CompetingRatesModel byPatients = model(rates().withSampleSize(100));
        for (CompetingRatesModel other : new CompetingRatesModel[] {byError, byInterval}) {
            PointEstimate expected = byPatients.points().get(1).relapse();
            assertThat(other.points().get(1).relapse().interval().lower().orElseThrow())
                    .isCloseTo(expected.interval().lower().orElseThrow(), within(0.005));
            assertThat(other.points().get(1).relapse().interval().upper().orElseThrow())
                    .isCloseTo(expected.interval().upper().orElseThrow(), within(0.005));
        }
        CompetingRatesModel remissionOfMany = model(rates().withSampleSize(100).withRemissionError(0.01));
        assertThat(width(remissionOfMany.fates().get(0).probability().interval()))
                .isCloseTo(2 * 1.96 * Math.hypot(0.01, 0.005 / Math.sqrt(3)), within(0.004));
    }

    @Test
    void refusesPrecisionThatCannotBe() {
        assertThatThrownBy(() -> model(rates().withRelapseInterval(0.4, 0.5, 0.95)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("interval of relapse is 0.4 to 0.5; allowed: limits that hold the rate 0.35");
        assertThatThrownBy(() -> rates().withRelapseInterval(0.5, 0.4, 0.95))
                .hasMessageContaining("a lower limit below the upper one");
        assertThatThrownBy(() -> model(rates().withRemissionError(0.6)))
                .hasMessageContaining("at most 0.5, that of one patient");
        assertThatThrownBy(() -> rates().withRemissionError(Double.NaN)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void assumptionsThatStandInCanBeGiven() {
        CompetingRatesModel model = model(CompetingRatesCalibration.withDefaults()
                .withAssumption("F1", 0.7)
                .withAssumption("F2", 0.2)
                .withAssumption("A1", 0.9)
                .withTimes(12));
        assertThat(model.points().get(0).relapse().estimate()).isCloseTo(0.2 * 0.9, within(1e-12));
        assertThat(model.fates().get(0).probability().estimate()).isEqualTo(0.7);
        assertThatThrownBy(() -> rates().withAssumption("A1", 0.9).calibrate())
                .hasMessageContaining("assumption A1 was given a value, and a figure is given in its place");
        assertThatThrownBy(() -> rates().withAssumption("A3", 0.5))
                .hasMessageContaining("one of [F1, F2, T1, A1, A2a, A2b]");
        assertThatThrownBy(() -> rates().withAssumption("A1", 1.5)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void whatRoundsToTheSameIsNoContradiction() {
        CompetingRatesResult result =
                rates().withRelapseMedian(6.1).withRelapseBy(6.0, 0.50).calibrate();
        assertThat(result.warnings())
                .anyMatch(w -> w.contains("The median of relapse and its share by a time say the same"))
                .anyMatch(w -> w.contains("JMML assumption A1"));
        assertThatThrownBy(() ->
                        rates().withRelapseMedian(6.1).withRelapseBy(6.0, 0.55).calibrate())
                .hasMessageContaining("contradict each other");
        assertThatThrownBy(() ->
                        rates().withRelapseMedian(6.1).withRelapseBy(9.0, 0.50).calibrate())
                .hasMessageContaining("contradict each other");
        assertThat(Printed.sameAsMedian(new TimingTarget(6, 0.5), 6.1)).isTrue();
    }

    @Test
    void printedFiguresStandForWhatRoundsToThem() {
        assertThat(Printed.rate(0.35, 0)).isCloseTo(0.345, within(1e-15));
        assertThat(Printed.rate(0.35, 1)).isCloseTo(0.355, within(1e-15));
        assertThat(Printed.rate(0.5, 1)).isCloseTo(0.505, within(1e-15));
        assertThat(Printed.rate(0.3512, 1)).isCloseTo(0.35125, within(1e-15));
        assertThat(Printed.rate(0, 0)).isZero();
        assertThat(Printed.time(6.1, 0)).isCloseTo(6.05, within(1e-12));
        assertThat(Printed.time(80, 1)).isCloseTo(80.5, within(1e-12));
        assertThat(Printed.time(0.4, 0)).isCloseTo(0.35, within(1e-12));
    }

    /** 200 cohorts of a law that is none of the families: 0.93 less three standard errors of a share of 200. */
    @Test
    void ninetyFivePerCentIsWhatIsSaid() {
        CalibratedCoverage.Truth truth = CalibratedCoverage.truths(100).get(4);
        double slack = 3 * Math.sqrt(0.93 * 0.07 / 200);
        assertThat(CalibratedCoverage.of(truth, 200, 100, false).least()).isGreaterThan(0.93 - slack);
        double[][] fixed = CalibratedCoverage.of(truth, 200, 100, true).share();
        assertThat(fixed[0][0]).isLessThan(0.85);
    }
}

package io.engraft.calibrate.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.internal.PatientStream;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.Weibull;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangeTimingTest {

    private static final RangeTiming JMML = RangeTiming.of(31, 80, 15, 1096, DurationUnit.DAYS);

    private static double months(double days) {
        return DurationUnit.DAYS.to(DurationUnit.MONTHS, days);
    }

    @Test
    void theMedianRankOfTheLargestOfThirtyGivesThePublishedWeibull() {
        RangeFit fit = JMML.withRankOf(30).calibrate().rangeFit(RangeMethod.MEDIAN_RANK, LawFamily.WEIBULL);
        assertThat(fit.law().cumulativeProbability(1096)).isCloseTo(29.7 / 30.4, within(1e-13));
        assertThat(fit.law().parameters().get("shape")).isCloseTo(0.647, within(5e-4));
        assertThat(fit.law().parameters().get("scale")).isCloseTo(141, within(0.5));
        assertThat(fit.shareByYear()).isCloseTo(0.843, within(5e-4));
        // Printed as 25.3, from the rounded shape and scale; unrounded it is 25.23 months of 365.25/12 days.
        assertThat(months(fit.timeTo95())).isCloseTo(25.23, within(5e-3));
        Weibull rounded = Weibull.of(0.647, 141);
        assertThat(months(rounded.timeAt(0.95))).isCloseTo(25.3, within(0.05));
    }

    @Test
    void theLikelihoodOfTheRangeWithTheMedianHeldGivesThePublishedWeibull() {
        RangeFit fit = JMML.calibrate().rangeFit(RangeMethod.RANGE_LIKELIHOOD, LawFamily.WEIBULL);
        assertThat(fit.law().timeAt(0.5)).isCloseTo(80, within(1e-9));
        assertThat(fit.law().parameters().get("shape")).isCloseTo(0.797, within(5e-4));
        assertThat(fit.law().parameters().get("scale")).isCloseTo(126.7, within(0.05));
        assertThat(fit.shareByYear()).isCloseTo(0.902, within(5e-4));
        assertThat(months(fit.timeTo95())).isCloseTo(16.5, within(0.05));
    }

    @Test
    void agreesWithIndependentMaximaInR() {
        GoldenFile golden = GoldenFile.read("/golden/calibrate/range.csv");
        Map<String, RangeTimingResult> results = new HashMap<>();
        for (int row = 0; row < golden.size(); row++) {
            int r = row;
            RangeTimingResult result = results.computeIfAbsent(
                    golden.text(row, "case"),
                    c -> RangeTiming.of(
                                    (int) golden.number(r, "n"),
                                    golden.number(r, "median"),
                                    golden.number(r, "smallest"),
                                    golden.number(r, "largest"),
                                    DurationUnit.DAYS)
                            .calibrate());
            String methodName = golden.text(row, "method");
            RangeMethod method = Arrays.stream(RangeMethod.values())
                    .filter(m -> m.label().equals(methodName))
                    .findFirst()
                    .orElseThrow();
            RangeFit fit = result.rangeFit(method, LawFamily.parse(golden.text(row, "family")));
            double value = golden.number(row, "value");
            // A generalized gamma's three parameters trade off, and differences fix their optimum less sharply.
            double tolerance = fit.family() == LawFamily.GENERALIZED_GAMMA ? 1e-6 : 1e-8;
            String what = "row " + row;
            assertThat(fit.law().parameters().get(golden.text(row, "parameter")))
                    .as(what)
                    .isCloseTo(value, within(tolerance * Math.max(1e-3, Math.abs(value))));
            assertThat(fit.shareByYear()).as(what).isCloseTo(golden.number(row, "share12"), within(tolerance));
            double far = golden.number(row, "time95");
            assertThat(fit.timeTo95()).as(what).isCloseTo(far, within(10 * tolerance * far));
            double logLikelihood = golden.number(row, "loglik");
            if (method == RangeMethod.MEDIAN_RANK) {
                assertThat(fit.logLikelihood()).as(what).isEmpty();
            } else {
                assertThat(fit.logLikelihood().orElseThrow()).as(what).isCloseTo(logLikelihood, within(1e-9));
            }
        }
        assertThat(golden.size()).isEqualTo(96);
    }

    @Test
    void aChangeOfUnitChangesNothingElse() {
        RangeTimingResult days = JMML.calibrate();
        double f = 365.25 / 12;
        RangeTimingResult months = RangeTiming.of(31, 80 / f, 15 / f, 1096 / f, DurationUnit.MONTHS)
                .calibrate();
        assertThat(months.fits()).hasSameSizeAs(days.fits()).hasSize(16);
        for (int i = 0; i < days.fits().size(); i++) {
            RangeFit a = days.fits().get(i);
            RangeFit b = months.fits().get(i);
            assertThat(b.shareByYear()).isCloseTo(a.shareByYear(), within(1e-8));
            assertThat(b.timeTo95() * f).isCloseTo(a.timeTo95(), within(1e-6 * a.timeTo95()));
        }
        assertThat(months.unit()).isEqualTo(DurationUnit.MONTHS);
    }

    @Test
    void theRankLawPassesThroughItsPointsForAnyNumbers() {
        for (int seed = 0; seed < 60; seed++) {
            PatientStream u = PatientStream.of(seed, 1, 0);
            int n = 3 + (int) (60 * u.next());
            double median = 200 * u.next();
            double high = median * (1.2 + 8 * u.next());
            RangeTimingResult result = RangeTiming.of(n, median, median * u.next() * 0.9, high, DurationUnit.DAYS)
                    .calibrate();
            for (RangeFit fit : result.fits()) {
                LawOfTime law = fit.law();
                String what = "seed " + seed + " " + fit;
                assertThat(law.curedShare()).as(what).isZero();
                if (fit.method() != RangeMethod.ORDER_STATISTICS) {
                    assertThat(law.cumulativeProbability(median)).as(what).isCloseTo(0.5, within(1e-8));
                }
                if (fit.method() == RangeMethod.MEDIAN_RANK) {
                    assertThat(law.cumulativeProbability(high)).as(what).isCloseTo((n - 0.3) / (n + 0.4), within(1e-8));
                }
                assertThat(law.cumulativeProbability(fit.timeTo95())).as(what).isCloseTo(0.95, within(1e-8));
            }
            assertThat(result.fits().size() + result.leftOut().size())
                    .as("seed " + seed)
                    .isEqualTo(21);
        }
    }

    @Test
    void whatIsLeftOutSaysWhy() {
        RangeTimingResult result = JMML.calibrate();
        assertThat(result.leftOut()).hasSize(5);
        assertThatThrownBy(() -> result.rangeFit(RangeMethod.MEDIAN_RANK, LawFamily.EXPONENTIAL))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "there is no fit of median-rank and exponential: one parameter cannot meet both the median and"
                                + " the rank of the largest time.");
        assertThatThrownBy(() -> result.rangeFit(RangeMethod.MEDIAN_RANK, LawFamily.GENERALIZED_GAMMA))
                .hasMessageContaining("two points do not determine three parameters");
        assertThatThrownBy(() -> result.rangeFit(RangeMethod.MEDIAN_RANK, LawFamily.GOMPERTZ))
                .hasMessageContaining("the hazard falls between the points, and then a share of 0.01");
        assertThatThrownBy(() -> result.rangeFit(RangeMethod.ORDER_STATISTICS, LawFamily.GOMPERTZ))
                .hasMessageContaining("rises until the hazard is constant");
        RangeTimingResult three =
                RangeTiming.of(3, 80, 15, 1096, DurationUnit.DAYS).calibrate();
        assertThatThrownBy(() -> three.rangeFit(RangeMethod.ORDER_STATISTICS, LawFamily.GENERALIZED_GAMMA))
                .hasMessageContaining("the likelihood of three numbers does not determine its 3 parameters.");
        RangeTimingResult close =
                RangeTiming.of(31, 80, 30, 130, DurationUnit.DAYS).calibrate();
        assertThat(close.rangeFit(RangeMethod.MEDIAN_RANK, LawFamily.GOMPERTZ)
                        .law()
                        .parameters()
                        .get("shape"))
                .isPositive();
    }

    @Test
    void theWarningAndTheTableAreThere() {
        RangeTimingResult result = JMML.calibrate();
        assertThat(result.warnings().get(0))
                .isEqualTo(
                        "No method here allows for limited follow-up: events later than anyone was followed are missing,"
                                + " so that late shares may be too small and the time to 95 % too short.");
        assertThat(result.warnings().get(1)).contains("31 events");
        TidyTable table = result.tidy();
        assertThat(table.rowCount()).isEqualTo(16);
        assertThat(table.value(0, "method")).isEqualTo("median-rank");
        assertThat(table.value(0, "family")).isEqualTo("weibull");
        assertThat(table.value(0, "log_likelihood")).isNull();
        assertThat(Arrays.stream(table.numbers("share_by_12_months"))).allMatch(x -> x > 0.8 && x < 0.97);
    }

    @Test
    void badInputSaysWhatIsWrong() {
        assertThatThrownBy(() -> RangeTiming.of(2, 80, 15, 1096, DurationUnit.DAYS))
                .hasMessage("n is 2; allowed: n >= 3");
        assertThatThrownBy(() -> RangeTiming.of(31, Double.NaN, 15, 1096, DurationUnit.DAYS))
                .hasMessage("median is NaN; allowed: 0 < median < infinity");
        assertThatThrownBy(() -> RangeTiming.of(31, 80, 0, 1096, DurationUnit.DAYS))
                .hasMessage("smallest time is 0.0; allowed: 0 < smallest time < infinity");
        assertThatThrownBy(() -> RangeTiming.of(31, 80, 15, Double.POSITIVE_INFINITY, DurationUnit.DAYS))
                .hasMessage("largest time is Infinity; allowed: 0 < largest time < infinity");
        assertThatThrownBy(() -> RangeTiming.of(31, 10, 15, 1096, DurationUnit.DAYS))
                .hasMessage("the median is 10.0 and the range 15.0 to 1096.0; allowed: smallest < median < largest");
        assertThatThrownBy(() -> RangeTiming.of(31, 1096, 15, 1096, DurationUnit.DAYS))
                .hasMessageContaining("allowed: smallest < median < largest");
        assertThatThrownBy(() -> JMML.withRankOf(2)).hasMessage("rank of is 2; allowed: rank of >= 3");
    }

    @Test
    void rangesOfAnyWidthEndWithAnAnswer() {
        for (double[] range : new double[][] {{1e-300, 1, 1e300}, {1e-8, 1, 1e8}, {1 - 1e-12, 1, 1 + 1e-12}}) {
            RangeTimingResult result = RangeTiming.of(20, range[1], range[0], range[2], DurationUnit.DAYS)
                    .calibrate();
            // Every method and family is there: with a law, or with what kept it out.
            assertThat(result.fits().size() + result.leftOut().size()).isEqualTo(21);
            assertThat(result.fits())
                    .allSatisfy(fit -> assertThat(fit.shareByYear()).isBetween(0.0, 1.0));
        }
    }
}

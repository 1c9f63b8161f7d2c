package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import org.junit.jupiter.api.Test;

class UnitComparisonTest {

    @Test
    void twentyTwoOfSixtyAgainstThirtyToForty() {
        UnitComparison.Result answer =
                UnitComparison.withDefaults().withPublished(35, 100).compare(22, 60, 0.30, 0.40);
        assertThat(answer.interval().lower().orElseThrow()).isCloseTo(0.2459406, within(5e-8));
        assertThat(answer.interval().upper().orElseThrow()).isCloseTo(0.5010307, within(5e-8));
        assertThat(answer.pLow()).isCloseTo(0.262, within(5e-4));
        assertThat(answer.pMiddle()).isCloseTo(0.788, within(5e-4));
        assertThat(answer.pHigh()).isCloseTo(0.693, within(5e-4));
        assertThat(answer.verdict()).isEqualTo(UnitComparison.Verdict.COMPATIBLE);
        // R: qbinom(.025, 60, .3) = 11, qbinom(.975, 60, .4) = 32; the predictive range is in golden/predictive.csv
        assertThat(answer.expectedLow()).isEqualTo(11);
        assertThat(answer.expectedHigh()).isEqualTo(32);
        PredictiveRange range = answer.predictive().orElseThrow();
        assertThat(range.lower()).isEqualTo(12);
        assertThat(range.upper()).isEqualTo(30);
        assertThat(answer.sentence())
                .isEqualTo("22 of 60 is 36.7 % (exact 95 % interval 24.6 to 50.1 %), compatible with 30 to 40 %; of 60"
                        + " patients 11 to 32 would be expected at 30 to 40 %, and 12 to 30 given 35 of 100 patients,"
                        + " prior Beta(0.5, 0.5).");
        assertThat(answer.tidy().rowCount()).isEqualTo(10);
        assertThat(answer.unit().events()).isEqualTo(22);
    }

    @Test
    void theThreeVerdicts() {
        UnitComparison compare = UnitComparison.withDefaults();
        // 30 of 60: p against 0.30 is below 0.05, against 0.40 above
        UnitComparison.Result partly = compare.compare(30, 60, 0.30, 0.40);
        assertThat(partly.pLow()).isLessThan(0.05);
        assertThat(partly.pHigh()).isGreaterThan(0.05);
        assertThat(partly.verdict()).isEqualTo(UnitComparison.Verdict.PARTLY);
        assertThat(partly.sentence()).contains("compatible with some values of, and not with others of, 30 to 40 %");
        assertThat(partly.predictive()).isEmpty();
        assertThat(partly.tidy().rowCount()).isEqualTo(8);
        UnitComparison.Result not = compare.compare(45, 60, 0.30, 0.40);
        assertThat(not.verdict()).isEqualTo(UnitComparison.Verdict.NOT_COMPATIBLE);
        assertThat(not.sentence()).contains("not compatible with 30 to 40 %");
        // a large unit in the middle of a wide range rejects both ends and agrees with what is between
        assertThat(compare.compare(3500, 10_000, 0.30, 0.40).verdict()).isEqualTo(UnitComparison.Verdict.PARTLY);
        UnitComparison.Result single = compare.withLevel(0.9).compare(3, 10, 0.35, 0.35);
        assertThat(single.sentence()).contains("exact 90 % interval", "compatible with 35 %;");
        assertThat(single.pLow()).isEqualTo(single.pHigh());
        assertThat(compare.compare(0, 5, 0, 1).expectedHigh()).isEqualTo(5);
    }

    @Test
    void badInput() {
        UnitComparison compare = UnitComparison.withDefaults();
        assertThatThrownBy(() -> compare.compare(22, 60, 0.4, 0.3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("range is 0.4 to 0.3; allowed: low end <= high end");
        assertThatThrownBy(() -> compare.compare(22, 60, 30, 40))
                .hasMessage("low end is 30.0; allowed: 0 <= low end <= 1");
        assertThatThrownBy(() -> compare.compare(22, 60, 0.3, Double.NaN))
                .hasMessage("high end is NaN; allowed: 0 <= high end <= 1");
        assertThatThrownBy(() -> compare.compare(61, 60, 0.3, 0.4))
                .hasMessage("events is 61; allowed: 0 <= events <= 60, the patients");
        assertThatThrownBy(() -> compare.withLevel(95)).hasMessage("level is 95.0; allowed: 0 < level < 1");
        assertThatThrownBy(() -> compare.withPublished(3, 0)).hasMessage("patients is 0; allowed: patients >= 1");
    }
}

package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogNormalTest extends FamilyLawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(LogNormal.of(4.4, 1.5), LogNormal.of(0, 1), LogNormal.of(-3, 0.05), LogNormal.of(1, 3));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        return LogNormal.of(between(random, -3, 6), logBetween(random, 0.05, 3));
    }

    /** For a huge s, S(t) is 1/2 - log(t) phi(0) / s near t = 1, whose integral from 0 to 1 is 1/2 + phi(0) / s. */
    @Test
    void theRestrictedMeanKeepsItsDigitsWhereTheMeanOverflows() {
        assertThat(LogNormal.of(0, 1e6).meanUpTo(1)).isCloseTo(0.5 + 0.3989422804014327e-6, within(1e-12));
        assertThat(LogNormal.of(0, 1e300).meanUpTo(1)).isEqualTo(0.5);
    }
}

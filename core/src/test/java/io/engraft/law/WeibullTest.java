package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeibullTest extends FamilyLawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                Weibull.of(0.1, 5), Weibull.of(0.64, 141.8), Weibull.of(1, 2), Weibull.of(3, 2), Weibull.of(40, 10));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        return Weibull.of(logBetween(random, 0.1, 20), logBetween(random, 1e-2, 1e3));
    }

    @Test
    void theDensityIsZeroWhereTheHazardOverflows() {
        assertThat(Weibull.of(50, 1).hazard(1e10)).isInfinite();
        assertThat(Weibull.of(50, 1).density(1e10)).isZero();
    }
}

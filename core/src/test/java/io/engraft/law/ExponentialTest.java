package io.engraft.law;

import java.util.List;
import java.util.SplittableRandom;

class ExponentialTest extends FamilyLawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(Exponential.of(0.01), Exponential.of(1), Exponential.of(40));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        return Exponential.of(logBetween(random, 1e-3, 1e3));
    }
}

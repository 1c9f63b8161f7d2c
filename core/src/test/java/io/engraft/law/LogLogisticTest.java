package io.engraft.law;

import java.util.List;
import java.util.SplittableRandom;

class LogLogisticTest extends FamilyLawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(LogLogistic.of(0.3, 7), LogLogistic.of(1, 4), LogLogistic.of(1.8, 2.6), LogLogistic.of(30, 12));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        return LogLogistic.of(logBetween(random, 0.2, 20), logBetween(random, 1e-2, 1e3));
    }
}

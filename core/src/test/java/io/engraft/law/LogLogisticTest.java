package io.engraft.law;

import java.util.List;

class LogLogisticTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(LogLogistic.of(0.3, 7), LogLogistic.of(1, 4), LogLogistic.of(1.8, 2.6), LogLogistic.of(30, 12));
    }
}

package io.engraft.law;

import java.util.List;

class LogNormalTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(LogNormal.of(4.4, 1.5), LogNormal.of(0, 1), LogNormal.of(-3, 0.05), LogNormal.of(1, 3));
    }
}

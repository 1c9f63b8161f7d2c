package io.engraft.law;

import java.util.List;

class ExponentialTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(Exponential.of(0.01), Exponential.of(1), Exponential.of(40));
    }
}

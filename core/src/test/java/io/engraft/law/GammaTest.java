package io.engraft.law;

import java.util.List;

class GammaTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(Gamma.of(0.05, 3), Gamma.of(0.5, 200), Gamma.of(1, 2), Gamma.of(4.5, 0.1), Gamma.of(300, 2));
    }
}

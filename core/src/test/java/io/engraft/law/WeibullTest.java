package io.engraft.law;

import java.util.List;

class WeibullTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                Weibull.of(0.1, 5), Weibull.of(0.64, 141.8), Weibull.of(1, 2), Weibull.of(3, 2), Weibull.of(40, 10));
    }
}

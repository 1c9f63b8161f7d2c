package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.regression.Terms;

/** Terms of covariates. */
class TermsFuzzTest {

    @FuzzTest(maxDuration = Reading.TIME)
    void terms(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Reading.tried(() -> Terms.parse(text));
    }
}

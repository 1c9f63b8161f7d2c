package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.MultiStateModelText;

/** Multi-state models. */
class MultiStateModelFuzzTest {

    @FuzzTest(maxDuration = Reading.TIME)
    void multiStateModels(FuzzedDataProvider data) {
        String text = Reading.text(data, "", "{\"format\":\"engraft multi-state model\",\"version\":1,", "{");
        Reading.tried(() -> {
            MultiStateModel model = MultiStateModelText.ofJson(text, "fuzz.json");
            MultiStateModelText.ofJson(MultiStateModelText.json(model), "again");
        });
    }
}

package io.engraft.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.internal.JsonValue;

/** JSON of any kind. */
class JsonFuzzTest {

    @FuzzTest(maxDuration = Reading.TIME)
    void json(byte[] bytes) {
        Reading.tried(() -> JsonValue.read(bytes, "fuzz.json"));
    }
}

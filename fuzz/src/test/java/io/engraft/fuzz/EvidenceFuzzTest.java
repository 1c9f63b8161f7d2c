package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.data.io.CsvSource;
import io.engraft.evidence.EvidenceTable;

/** Tables of published figures. */
class EvidenceFuzzTest {

    @FuzzTest(maxDuration = Reading.TIME)
    void evidence(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Reading.tried(() -> EvidenceTable.read(CsvSource.ofText(text, "fuzz.csv")));
    }
}

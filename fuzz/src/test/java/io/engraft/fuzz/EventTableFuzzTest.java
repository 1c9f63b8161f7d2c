package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.EventTableCsv;
import io.engraft.data.io.EventTableText;

/** Event tables, as CSV and as JSON. */
class EventTableFuzzTest {

    @FuzzTest(maxDuration = Reading.TIME)
    void eventTables(FuzzedDataProvider data) {
        boolean json = data.consumeBoolean();
        String text = Reading.text(data, "", "time,atRisk,1\n", "{\"format\":\"engraft event tables\",");
        Reading.tried(() -> {
            if (json) {
                EventTableText.ofJson(text, "fuzz.json");
            } else {
                EventTableCsv.read(CsvSource.ofText(text, "fuzz.csv"));
            }
        });
    }
}

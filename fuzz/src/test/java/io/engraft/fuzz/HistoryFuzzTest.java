package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.data.io.CsvSource;
import io.engraft.history.HistoryCsv;

/** Histories, with dates. */
class HistoryFuzzTest {

    private static final String[] HISTORIES = {
        "",
        "id,death,last_contact\n",
        "id,transplant_date,engraftment,relapse,death,last_contact\nP,",
        "id,transplant_date,death,last_contact\nP,2020-02-28,"
    };

    @FuzzTest(maxDuration = Reading.TIME)
    void dates(FuzzedDataProvider data) {
        String text = Reading.text(data, HISTORIES);
        Reading.tried(() -> HistoryCsv.read(CsvSource.ofText(text, "fuzz.csv")));
    }
}

package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.EventTableText;
import io.engraft.data.io.MissingValues;
import java.util.Map;

/** Tables of patients. */
class CsvFuzzTest {

    /** Lines that take a reader past its header. */
    private static final String[] HEADERS = {
        "", "time,status\n", "time;status\n", "time,status,w,id,x,entry,g\n", "id,death,last_contact\n"
    };

    @FuzzTest(maxDuration = Reading.TIME)
    void csv(FuzzedDataProvider data) {
        boolean drop = data.consumeBoolean();
        String text = Reading.text(data, HEADERS);
        Reading.tried(() -> {
            ColumnRoles roles = ColumnRoles.of("time", "status")
                    .withMissing(drop ? MissingValues.DROP : MissingValues.FAIL);
            if (text.startsWith(HEADERS[3])) {
                roles = roles.withGroup("g").withId("id").withCovariate("x", CovariateType.AUTOMATIC);
            }
            SurvivalData rows = CsvData.read(CsvSource.ofText(text, "fuzz.csv"), roles);
            EventTable table = EventTable.of(rows);
            Map<String, EventTable> again = EventTableText.ofJson(EventTableText.json(Map.of("all", table)), "again");
            if (!table.equals(again.get("all"))) {
                throw new AssertionError("a table is not what was written");
            }
        });
    }
}

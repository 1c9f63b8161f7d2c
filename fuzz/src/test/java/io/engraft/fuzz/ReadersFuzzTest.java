package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.EngraftException;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.EventTableCsv;
import io.engraft.data.io.EventTableText;
import io.engraft.data.io.MissingValues;
import io.engraft.evidence.EvidenceTable;
import io.engraft.history.HistoryCsv;
import io.engraft.internal.JsonValue;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.MultiStateModelText;
import io.engraft.pathway.PathwayModel;
import io.engraft.regression.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader gives data, or an exception of Engraft's own family whose message says something; nothing else escapes. What
 * was read and written again is read as the same.
 */
class ReadersFuzzTest {

    private static final String TIME = "60s";

    /** Lines that take a reader past its header. */
    private static final String[] HEADERS = {
        "", "time,status\n", "time;status\n", "time,status,w,id,x,entry,g\n", "id,death,last_contact\n"
    };

    private static final String[] HISTORIES = {
        "",
        "id,death,last_contact\n",
        "id,transplant_date,engraftment,relapse,death,last_contact\nP,",
        "id,transplant_date,death,last_contact\nP,2020-02-28,"
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static void tried(Runnable reading) {
        try {
            reading.run();
        } catch (EngraftException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("an error without a message", e);
            }
        }
    }

    private static String text(FuzzedDataProvider data, String... heads) {
        return data.pickValue(heads) + data.consumeRemainingAsString();
    }

    @FuzzTest(maxDuration = TIME)
    void csv(FuzzedDataProvider data) {
        boolean drop = data.consumeBoolean();
        String text = text(data, HEADERS);
        tried(() -> {
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

    @FuzzTest(maxDuration = TIME)
    void dates(FuzzedDataProvider data) {
        String text = text(data, HISTORIES);
        tried(() -> HistoryCsv.read(CsvSource.ofText(text, "fuzz.csv")));
    }

    @FuzzTest(maxDuration = TIME)
    void json(byte[] bytes) {
        tried(() -> JsonValue.read(bytes, "fuzz.json"));
    }

    @FuzzTest(maxDuration = TIME)
    void eventTables(FuzzedDataProvider data) {
        boolean json = data.consumeBoolean();
        String text = text(data, "", "time,atRisk,1\n", "{\"format\":\"engraft event tables\",");
        tried(() -> {
            if (json) {
                EventTableText.ofJson(text, "fuzz.json");
            } else {
                EventTableCsv.read(CsvSource.ofText(text, "fuzz.csv"));
            }
        });
    }

    @FuzzTest(maxDuration = TIME)
    void multiStateModels(FuzzedDataProvider data) {
        String text = text(data, "", "{\"format\":\"engraft multi-state model\",\"version\":1,", "{");
        tried(() -> {
            MultiStateModel model = MultiStateModelText.ofJson(text, "fuzz.json");
            MultiStateModelText.ofJson(MultiStateModelText.json(model), "again");
        });
    }

    /** Pathway files: one of those that ship, with some bytes of it changed, or any bytes. */
    @FuzzTest(maxDuration = TIME)
    void pathways(FuzzedDataProvider data) throws IOException {
        byte[] bytes;
        if (data.consumeBoolean()) {
            bytes = PathwayModel.jmmlText().getBytes(StandardCharsets.UTF_8);
            int changes = data.consumeInt(1, 8);
            for (int i = 0; i < changes; i++) {
                bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
            }
        } else {
            bytes = data.consumeRemainingAsBytes();
        }
        Path file = folder.resolve("fuzz.json");
        Files.write(file, bytes);
        tried(() -> PathwayModel.read(file).multiStateModel());
    }

    @FuzzTest(maxDuration = TIME)
    void evidence(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        tried(() -> EvidenceTable.read(CsvSource.ofText(text, "fuzz.csv")));
    }

    @FuzzTest(maxDuration = TIME)
    void terms(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        tried(() -> Terms.parse(text));
    }
}

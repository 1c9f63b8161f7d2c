package io.engraft.report.internal;

import io.engraft.data.TidyTable;
import io.engraft.report.JsonWriter;
import java.io.IOException;

/** Tables as arrays of objects. */
public final class JsonTables {

    private JsonTables() {}

    /** One object a row, keyed by column. */
    public static void writeRows(JsonWriter json, TidyTable table) throws IOException {
        for (int i = 0; i < table.rowCount(); i++) {
            json.object();
            for (int j = 0; j < table.columns().size(); j++) {
                String name = table.columns().get(j).name();
                Object value = table.value(i, j);
                if (value instanceof Double number) {
                    json.number(name, number);
                } else if (value instanceof Long count) {
                    json.count(name, count);
                } else {
                    json.text(name, value == null ? null : String.valueOf(value));
                }
            }
            json.endObject();
        }
    }
}

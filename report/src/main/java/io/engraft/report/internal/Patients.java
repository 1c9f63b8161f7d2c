package io.engraft.report.internal;

import io.engraft.data.Categories;
import io.engraft.report.JsonWriter;
import java.io.IOException;

/** How many patients stand behind the rows of a group, where the rows name them. */
public final class Patients {

    private Patients() {}

    /** The patients of a group as a count of its document; nothing where rows name none. */
    public static void write(Frame frame, String group, JsonWriter json) throws IOException {
        if (frame.rows().id().isPresent()) {
            json.count("patients", of(frame, group));
        }
    }

    /** The number of rows in words, with that of the patients where rows name them, and their weight where they have one. */
    public static String with(Frame frame, String group, long rows) {
        String n = String.valueOf(rows);
        if (frame.rows().id().isPresent()) {
            n += (rows == 1 ? " row of " : " rows of ") + of(frame, group) + " patients";
        } else if (frame.isWeighted()) {
            n += rows == 1 ? " row" : " rows";
        }
        return frame.isWeighted() ? n + " of weight " + Cells.counted(weight(frame, group)) : n;
    }

    private static double weight(Frame frame, String group) {
        Categories groups = frame.isGrouped() ? frame.rows().group().orElse(null) : null;
        double sum = 0;
        for (int i = 0; i < frame.rows().size(); i++) {
            boolean in = groups == null || groups.value(i).equals(group);
            sum += in ? frame.rows().weight(i) : 0;
        }
        return sum;
    }

    private static long of(Frame frame, String group) {
        Categories id = frame.rows().id().orElseThrow();
        Categories groups = frame.isGrouped() ? frame.rows().group().orElse(null) : null;
        boolean[] seen = new boolean[id.levels().size()];
        long found = 0;
        for (int i = 0; i < id.size(); i++) {
            boolean in = groups == null || groups.value(i).equals(group);
            if (in && !seen[id.code(i)]) {
                seen[id.code(i)] = true;
                found++;
            }
        }
        return found;
    }
}

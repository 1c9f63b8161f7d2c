package io.engraft.data.rows;

import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a reader of rows should know of how they came about, in sentences. */
record RowsFindings(
        List<MergeCount> counts, List<String> withoutRows, long unknown, long choices, List<String> priority) {

    private static final int MOST_NAMED = 3;

    List<String> sentences() {
        List<String> found = new ArrayList<>();
        if (!withoutRows.isEmpty()) {
            found.add(Brief.count(withoutRows.size(), "patient")
                    + " without a row, as nothing is left of their follow-up: " + names(withoutRows));
        }
        for (MergeCount count : counts) {
            if (count.missingId() > 0) {
                String sentence = Brief.count(count.missingId(), "row") + " of " + count.table()
                        + " left out, of ids that the follow-up does not have: " + names(count.missingIds());
                if (!found.contains(sentence)) {
                    found.add(sentence);
                }
            }
            if (count.lost() > 0) {
                found.add(Brief.count(count.lost(), "event") + " of " + count.table()
                        + " outside their patients' follow-up, counted as none: " + lost(count));
            }
            if (count.isOfEvents() && count.tied() > 0) {
                found.add(Brief.count(count.tied(), "event") + " of " + count.table()
                        + " at the time of another event of the patient in the same table");
            }
        }
        if (unknown > 0) {
            found.add(Brief.count(unknown, "row") + " left out, in which a covariate has no value");
        }
        if (choices > 0) {
            found.add(Brief.count(choices, "time")
                    + " at which a patient has several kinds of event; the row ends with the"
                    + " one that comes first: " + String.join(", ", priority)
                    + ", then the others in the order of codes");
        }
        return found;
    }

    private static String lost(MergeCount count) {
        List<String> parts = new ArrayList<>();
        part(parts, count.early(), "before the entry");
        part(parts, count.leading(), "at the entry");
        part(parts, count.gap(), "in a gap");
        part(parts, count.late(), "after the end");
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, long number, String words) {
        if (number > 0) {
            parts.add(number + " " + words);
        }
    }

    private static String names(List<String> ids) {
        String shown = ids.stream().limit(MOST_NAMED).map(i -> "'" + i + "'").collect(Collectors.joining(", "));
        return ids.size() > MOST_NAMED ? shown + " and " + (ids.size() - MOST_NAMED) + " more" : shown;
    }
}

package io.engraft.data.io;

import java.util.ArrayList;
import java.util.List;

/** The two rows of header of WebPlotDigitizer and the like: a name over each pair of columns, then X and Y. */
final class PairedHeader {

    private PairedHeader() {}

    /** Whether a row is the second of such a header: X, Y, X, Y under names that stand over the first of each two. */
    static boolean isSecond(List<String> first, List<String> fields) {
        if (fields.size() != first.size() || fields.size() % 2 != 0) {
            return false;
        }
        for (int j = 0; j < fields.size(); j += 2) {
            boolean pair =
                    fields.get(j).equalsIgnoreCase("x") && fields.get(j + 1).equalsIgnoreCase("y");
            if (!pair || !first.get(j + 1).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** One name a column. */
    static List<String> names(List<String> first, List<String> fields) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < fields.size(); j++) {
            String set = first.get(j - j % 2);
            names.add(fields.size() == 2 ? fields.get(j) : set + (j % 2 == 0 ? ", X" : ", Y"));
        }
        return names;
    }
}

package io.engraft.data;

import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follow-up can be and seldom is, in sentences: codes that nobody declared, times that no patient lives. */
final class DataFindings {

    private static final double MOST_YEARS = 120;

    /** How the sentence on them begins. */
    static final String LONG_TIMES = "follow-up of more than 120 years";

    /** Codes from here on often stand for what is not known. */
    private static final int LEAST_MARK = 7;

    private static final int MOST_ROWS_NAMED = 5;

    private DataFindings() {}

    /** The warnings of rows; the rows of their source are null where these are all there are. */
    static List<String> warnings(
            double[] time, int[] status, boolean declared, DurationUnit unit, long @Nullable [] sourceRow) {
        List<String> warnings = new ArrayList<>();
        if (!declared) {
            coding(countsByCode(status)).ifPresent(warnings::add);
            gap(status).ifPresent(warnings::add);
        }
        longTimes(time, unit, sourceRow).ifPresent(warnings::add);
        return warnings;
    }

    /** Codes with others missing between them, as where 9 stands for not known. */
    private static Optional<String> gap(int[] status) {
        long[] count = new long[EventTable.MOST_CAUSES + 1];
        for (int code : status) {
            count[code]++;
        }
        List<String> words = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        int last = 0;
        for (int code = 1; code < count.length; code++) {
            if (count[code] > 0) {
                words.add(code + " (" + Brief.count(count[code], "row") + ")");
                // A cause that nobody had is no gap where it is the first.
                boolean open = last > 0 || code >= LEAST_MARK;
                for (int between = last + 1; open && between < code; between++) {
                    absent.add(between);
                }
                last = code;
            }
        }
        if (absent.isEmpty()) {
            return Optional.empty();
        }
        int first = absent.get(0);
        int most = absent.get(absent.size() - 1);
        boolean run = most - first + 1 == absent.size();
        String missing =
                absent.size() == 1 ? "no " + first : run ? "none of " + first + " to " + most : "not all between";
        return Optional.of("the status has the codes " + String.join(", ", words) + " and " + missing
                + ": each counts as an event. Where one means that the status is not known, declare it: --missing COL="
                + last + " with the name of the column, or ColumnRoles.withMissingMarks in code; else name the codes:"
                + " --events and --censored, or SurvivalData.Builder.causes");
    }

    /** The rows with each code; none is counted where some row is censored. */
    private static long[] countsByCode(int[] status) {
        long[] count = new long[EventTable.MOST_CAUSES + 1];
        for (int code : status) {
            if (code == 0) {
                return new long[0];
            }
            count[code]++;
        }
        return count;
    }

    /** What a status without 0 looks like, where several codes occur. */
    static Optional<String> coding(long[] count) {
        List<String> codes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int code = 1; code < count.length; code++) {
            if (count[code] > 0) {
                codes.add(String.valueOf(code));
                words.add(code + " (" + Brief.count(count[code], "row") + ")");
            }
        }
        if (codes.size() < 2) {
            return Optional.empty();
        }
        return Optional.of("no row is censored: the status has the codes " + String.join(", ", words)
                + " and no 0, so that each row would end with an event. Where one means alive or censored, as 1 does beside 2"
                + " for dead in R and SAS, declare it: --events " + String.join(",", codes.subList(1, codes.size()))
                + " --censored " + codes.get(0) + ", or ColumnRoles.withEvents in code");
    }

    /** Follow-up that no patient lives. */
    static Optional<String> longTimes(double[] time, DurationUnit unit, long @Nullable [] sourceRow) {
        double most = DurationUnit.YEARS.to(unit, MOST_YEARS);
        List<String> rows = new ArrayList<>();
        int found = 0;
        double largest = 0;
        for (int i = 0; i < time.length; i++) {
            if (time[i] > most) {
                found++;
                largest = Math.max(largest, time[i]);
                if (found <= MOST_ROWS_NAMED) {
                    rows.add(String.valueOf(sourceRow == null ? i + 1L : sourceRow[i]));
                }
            }
        }
        if (found == 0) {
            return Optional.empty();
        }
        String more = found > MOST_ROWS_NAMED ? " and " + (found - MOST_ROWS_NAMED) + " more" : "";
        return Optional.of(LONG_TIMES + ", in row" + (found == 1 ? " " : "s ")
                + String.join(", ", rows) + more + " (at most " + Brief.number(largest) + " " + unit.label()
                + ", which is " + Brief.number(Math.rint(unit.to(DurationUnit.YEARS, largest)))
                + " years): correct it, or say the unit in which times are (--unit days)");
    }
}

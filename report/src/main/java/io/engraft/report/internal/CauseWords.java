package io.engraft.report.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What counts as an event, in words. */
public final class CauseWords {

    private CauseWords() {}

    /** A code that is a cause of the rows. */
    public static int require(SurvivalData rows, int code) {
        int causes = rows.causes().size();
        if (code < 1 || code > causes) {
            throw InvalidArgumentException.of("cause", code, "1 to " + causes + ", which are " + rows.causes());
        }
        return code;
    }

    /** The code of a cause by its label, null where none is named. */
    public static @Nullable Integer code(SurvivalData rows, Optional<String> label) {
        return label.map(name -> require(rows, rows.causes().indexOf(name) + 1)).orElse(null);
    }

    /** A cause by its code, and by its label where it has another. */
    public static String label(SurvivalData rows, int cause) {
        String label = rows.causes().get(cause - 1);
        if (label.equals(String.valueOf(cause))) {
            return "code " + cause;
        }
        // The code of one cause may be the level of another: "--events 2,1" makes level 1 code 2.
        return isNumber(label)
                ? "code " + cause + " (level '" + label + "' of the status)"
                : "code " + cause + " (" + label + ")";
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
    }

    /** What counts as an event where others censor. */
    public static String events(SurvivalData rows, @Nullable Integer cause) {
        if (cause != null) {
            return "cause-specific: " + label(rows, cause);
        }
        for (int k = 1; k <= rows.causes().size(); k++) {
            String level = rows.causes().get(k - 1);
            if (isNumber(level) && !level.equals(String.valueOf(k))) {
                return "the declared levels of the status, which are " + String.join(", ", rows.causes());
            }
        }
        return "every code of 1 or more; 0 is censored";
    }

    /** What counts as an event where others compete. */
    public static String competing(SurvivalData rows, int cause) {
        return label(rows, cause) + ", other codes compete; 0 is censored";
    }

    /** The warning of one cause alone, to which a document adds what to do about it. */
    public static String censoring(SurvivalData rows, int cause) {
        return "cause-specific: only " + label(rows, cause) + " is an event and other events censor";
    }

    /** The same warning of a curve. */
    public static String notTheProbability(SurvivalData rows, int cause) {
        return censoring(rows, cause) + ", so 1 - survival is not the probability of it where others compete";
    }
}

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
        return label.equals(String.valueOf(cause)) ? "code " + cause : "code " + cause + " (" + label + ")";
    }

    /** What counts as an event where others censor. */
    public static String events(SurvivalData rows, @Nullable Integer cause) {
        return cause == null ? "every code of 1 or more; 0 is censored" : "cause-specific: " + label(rows, cause);
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

package io.engraft.cli.output;

import io.engraft.data.SurvivalData;
import org.jspecify.annotations.Nullable;

/** What counts as an event, in words. */
public final class CauseWords {

    private CauseWords() {}

    public static String label(SurvivalData rows, int cause) {
        String label = rows.causes().get(cause - 1);
        return label.equals(String.valueOf(cause)) ? "code " + cause : "code " + cause + " (" + label + ")";
    }

    public static String events(SurvivalData rows, @Nullable Integer cause, TestMethod.Compares compares) {
        if (cause == null) {
            return "every code of 1 or more; 0 is censored";
        }
        String label = label(rows, cause);
        return compares == TestMethod.Compares.INCIDENCE
                ? label + ", other codes compete; 0 is censored"
                : "cause-specific: " + label;
    }
}

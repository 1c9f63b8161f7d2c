package io.engraft.report.internal;

import io.engraft.data.SurvivalData;
import io.engraft.internal.CauseChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What counts as an event, in words. */
public final class CauseWords {

    private static final String CENSORED = "0 is censored";

    private CauseWords() {}

    /** A code that is a cause of the rows. */
    public static int require(SurvivalData rows, int code) {
        return CauseChoice.code("cause", code, rows.causes());
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

    /** A cause by its label, or as "cause 1" where that is its code alone. */
    public static String name(String label) {
        return label.chars().allMatch(Character::isDigit) ? "cause " + label : label;
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
    }

    /** What counts as an event where others censor. */
    public static String events(Frame frame, @Nullable Integer cause) {
        SurvivalData rows = frame.rows();
        if (cause != null) {
            return "cause-specific: " + label(rows, cause);
        }
        if (!frame.columns().eventLevels().isEmpty()) {
            return "the declared levels of the status, which are " + levels(frame);
        }
        for (int k = 1; k <= rows.causes().size(); k++) {
            String level = rows.causes().get(k - 1);
            if (isNumber(level) && !level.equals(String.valueOf(k))) {
                return "the declared levels of the status, which are " + String.join(", ", rows.causes());
            }
        }
        return "every code of 1 or more; " + CENSORED;
    }

    /** What counts as an event where others compete. */
    public static String competing(Frame frame, int cause) {
        return label(frame.rows(), cause) + ", other codes compete; " + censored(frame);
    }

    /** What counts as an event where each competes with the others. */
    public static String competing(Frame frame) {
        return frame.columns().eventLevels().isEmpty()
                ? "each code of 1 or more, competing with the others; " + CENSORED
                : "the declared levels of the status, each competing with the others, which are " + levels(frame);
    }

    /** The levels of each cause, with the code where there are several, and those that are censored. */
    private static String levels(Frame frame) {
        List<List<String>> events = frame.columns().eventLevels();
        List<String> words = new ArrayList<>();
        for (int k = 0; k < events.size(); k++) {
            words.add(String.join("|", events.get(k)) + (events.size() == 1 ? "" : " (code " + (k + 1) + ")"));
        }
        return String.join(", ", words) + "; " + censored(frame);
    }

    private static String censored(Frame frame) {
        List<String> levels = frame.columns().censoredLevels();
        return levels.isEmpty()
                ? CENSORED
                : String.join(", ", levels) + (levels.size() == 1 ? " is censored" : " are censored");
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

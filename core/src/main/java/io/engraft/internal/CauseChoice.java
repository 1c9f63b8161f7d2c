package io.engraft.internal;

import io.engraft.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause as it was asked for, by its code from 1 or by its label, and the one place that finds it among the causes of
 * some data or the events of some model.
 *
 * @param code the code; 0 where a label was given
 * @param label the label; null where a code was given
 */
public record CauseChoice(int code, @Nullable String label) {

    public static CauseChoice of(int code) {
        return new CauseChoice(Require.atLeast("cause", code, 1), null);
    }

    public static CauseChoice of(String label) {
        return new CauseChoice(0, label);
    }

    /** The code of the cause among those of the data, from 1. */
    public int codeAmong(List<String> causes) {
        return label == null ? code("cause", code, causes) : code("cause", label, causes);
    }

    /** The label of the cause among those of the data. */
    public String labelAmong(List<String> causes) {
        return causes.get(codeAmong(causes) - 1);
    }

    /** The label of a cause among those of the data, null where none was asked for. */
    public static @Nullable String label(@Nullable CauseChoice cause, List<String> causes) {
        return cause == null ? null : cause.labelAmong(causes);
    }

    /** A code, where some of these causes has it. */
    public static int code(String what, int code, List<String> causes) {
        if (code < 1 || code > causes.size()) {
            throw unknown(what, code, causes);
        }
        return code;
    }

    /** The code of a label, from 1. */
    public static int code(String what, String label, List<String> causes) {
        int code = causes.indexOf(label) + 1;
        if (code == 0) {
            throw unknown(what, label, causes);
        }
        return code;
    }

    /** The label of a code from 1. */
    public static String label(String what, int code, List<String> causes) {
        return causes.get(code(what, code, causes) - 1);
    }

    /** What was given, for messages. */
    public String given() {
        return label == null ? String.valueOf(code) : label;
    }

    private static InvalidArgumentException unknown(String what, Object value, List<String> causes) {
        return InvalidArgumentException.of(what, value, allowed(causes));
    }

    /** The codes that there are, with their labels where these say more: "1 (relapse) or 2 (death)". */
    public static String allowed(List<String> causes) {
        StringBuilder all = new StringBuilder();
        for (int code = 1; code <= causes.size(); code++) {
            String label = causes.get(code - 1);
            all.append(code == 1 ? "" : code == causes.size() ? " or " : ", ").append(code);
            all.append(label.equals(String.valueOf(code)) ? "" : " (" + label + ")");
        }
        return all.toString();
    }

    /** As it was asked for, for names: a label, or "cause 2". */
    @Override
    public String toString() {
        return label == null ? "cause " + code : label;
    }
}

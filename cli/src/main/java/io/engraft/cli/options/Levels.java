package io.engraft.cli.options;

import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.internal.CauseChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Levels and causes as they are typed: levels separated by commas, several of one meaning joined by bars. */
public final class Levels {

    private Levels() {}

    /** The levels of a list, those of one meaning together; a level with a comma or a bar stands in double quotes. */
    static List<List<String>> causes(List<String> texts) {
        List<List<String>> causes = new ArrayList<>();
        for (String text : texts) {
            for (String cause : split(text, ',')) {
                causes.add(split(cause, '|').stream().map(Levels::unquoted).toList());
            }
        }
        return causes;
    }

    /** The levels of a list; a level with a comma stands in double quotes. */
    static List<String> all(List<String> texts) {
        return causes(texts).stream().flatMap(List::stream).toList();
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        if (quoted) {
            throw InvalidArgumentException.of("list of levels", text, "double quotes in pairs");
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String unquoted(String text) {
        String level = text.strip();
        boolean quoted = level.length() > 1 && level.startsWith("\"") && level.endsWith("\"");
        return quoted
                ? level.substring(1, level.length() - 1).replace("\"\"", "\"").strip()
                : level;
    }

    /** The code of a cause that was named by its code or, where no code is meant, by its label; null where none was. */
    public static @Nullable Integer cause(@Nullable String text, SurvivalData rows) {
        if (text == null) {
            return null;
        }
        String name = text.strip();
        List<String> causes = rows.causes();
        boolean number = name.matches("[+-]?\\d{1,9}");
        int code = number ? Integer.parseInt(name) : 0;
        int labelled = causes.indexOf(name) + 1;
        if (number && labelled > 0 && labelled != code && code >= 1 && code <= causes.size()) {
            throw new InvalidArgumentException(
                    "cause " + name + " is the code of level '" + causes.get(code - 1)
                            + "' and the level of code " + labelled
                            + "; allowed: a cause that is only one of these, such as with --events in the order of their numbers");
        }
        if (number && ((code >= 1 && code <= causes.size()) || !causes.contains(name))) {
            return CauseChoice.code("cause", code, causes);
        }
        return CauseChoice.code("cause", name, causes);
    }
}

package io.engraft.data;

import io.engraft.internal.Brief;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Levels that a reader would take for one and a comparison does not: "A" and "a", "1" and "01", "BM" and " BM". */
final class LevelFindings {

    /** How the sentence on them begins. */
    static final String BEGIN = "levels of the ";

    private static final int MOST_NAMED = 3;

    /** A column of so many levels is no grouping, and looking at all of them would take long. */
    private static final int MOST_LEVELS = 10_000;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<!\\d)0+(?=\\d)");

    private LevelFindings() {}

    /** A sentence on the levels that are near each other, empty where none are. */
    static Optional<String> near(String column, Categories values) {
        List<String> levels = values.levels();
        if (levels.size() < 2 || levels.size() > MOST_LEVELS || levels.stream().allMatch(LevelFindings::isFolded)) {
            return Optional.empty();
        }
        Map<String, List<Integer>> alike = new LinkedHashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            alike.computeIfAbsent(folded(levels.get(level)), key -> new ArrayList<>())
                    .add(level);
        }
        if (alike.size() == levels.size()) {
            return Optional.empty();
        }
        long[] rows = new long[levels.size()];
        for (int i = 0; i < values.size(); i++) {
            rows[values.code(i)]++;
        }
        List<String> named = new ArrayList<>();
        for (List<Integer> same : alike.values()) {
            if (same.size() > 1) {
                named.add(String.join(
                        " and ",
                        same.stream()
                                .map(k -> "'" + levels.get(k) + "' (" + Brief.count(rows[k], "row") + ")")
                                .toList()));
            }
        }
        String more = named.size() > MOST_NAMED ? " and " + (named.size() - MOST_NAMED) + " more" : "";
        return Optional.of(BEGIN + column + " differ in capitals, blanks or leading zeros alone: "
                + String.join("; ", named.subList(0, Math.min(MOST_NAMED, named.size()))) + more
                + "; each counts as a level of its own: where they mean one, write it one way in the data");
    }

    /** Whether a level is plainly as {@link #folded} would leave it, which spares most columns the work. */
    private static boolean isFolded(String level) {
        for (int i = 0; i < level.length(); i++) {
            char c = level.charAt(i);
            boolean leading = c == '0'
                    && (i == 0 || !isDigit(level.charAt(i - 1)))
                    && i + 1 < level.length()
                    && isDigit(level.charAt(i + 1));
            if (leading || !(isDigit(c) || (c >= 'a' && c <= 'z') || c == '_' || (c == '-' && i > 0))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A level without what capitals, blanks and zeros make of it; numbers by their value. */
    private static String folded(String level) {
        StringBuilder text = new StringBuilder();
        level.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .forEach(c -> text.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c))));
        String plain = text.toString();
        if (NUMBER.matcher(plain).matches()) {
            return new BigDecimal(plain).stripTrailingZeros().toPlainString();
        }
        return LEADING_ZEROS.matcher(plain).replaceAll("");
    }
}

package io.engraft.data.io;

import io.engraft.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the texts of a status mean: those that are censored, and those of each cause.
 *
 * @param events the levels of cause k at k - 1
 * @param censored the levels that are censored
 */
record StatusLevels(List<List<String>> events, List<String> censored) {

    static StatusLevels of(List<? extends Collection<String>> events, Collection<String> censored) {
        List<List<String>> causes =
                events.stream().<List<String>>map(List::copyOf).toList();
        Set<String> distinct = new HashSet<>(censored);
        int count = censored.size();
        for (List<String> levels : causes) {
            distinct.addAll(levels);
            count += levels.size();
        }
        boolean some =
                !causes.isEmpty() && !censored.isEmpty() && causes.stream().noneMatch(List::isEmpty);
        if (!some || distinct.size() < count) {
            throw new InvalidArgumentException("events are " + plain(causes) + " and censored is " + plain(censored)
                    + "; allowed: one or more distinct levels, none of them the censored one");
        }
        return new StatusLevels(causes, List.copyOf(censored));
    }

    private static Object plain(Collection<String> levels) {
        return levels.size() == 1 ? "'" + levels.iterator().next() + "'" : levels;
    }

    private static List<String> plain(List<List<String>> causes) {
        return causes.stream().map(c -> c.isEmpty() ? "none" : label(c)).toList();
    }

    /** All levels, the censored ones first. */
    List<String> all() {
        List<String> all = new ArrayList<>(censored);
        events.forEach(all::addAll);
        return all;
    }

    /** The code of each of {@link #all()}. */
    int[] codes() {
        int[] codes = new int[all().size()];
        int next = censored.size();
        for (int cause = 1; cause <= events.size(); cause++) {
            for (int k = 0; k < events.get(cause - 1).size(); k++) {
                codes[next++] = cause;
            }
        }
        return codes;
    }

    List<String> labels() {
        return events.stream().map(StatusLevels::label).toList();
    }

    /** One level as it is; spellings of one word by the first; several words joined. */
    static String label(List<String> levels) {
        boolean oneWord = levels.stream().allMatch(l -> folded(l).equals(folded(levels.get(0))));
        return oneWord ? levels.get(0) : String.join("|", levels);
    }

    /** A level without what capitals and blanks make of it. */
    static String folded(String level) {
        StringBuilder text = new StringBuilder();
        level.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != '_' && c != '-')
                .forEach(c -> text.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c))));
        return text.toString();
    }
}

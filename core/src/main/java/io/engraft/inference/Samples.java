package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The groups of a test as event tables, by stratum.
 *
 * @param groups the groups, in level order
 * @param strata the tables of each stratum by group; a group may be absent from a stratum
 */
record Samples(List<String> groups, List<Map<String, EventTable>> strata) {

    private static final int MOST_GROUPS = 500;
    private static final int MOST_PAIRED = 100;

    Samples {
        requireFew(groups.size());
        requireGroups(groups);
        Set<String> known = new HashSet<>(groups);
        for (Map<String, EventTable> stratum : strata) {
            for (String group : stratum.keySet()) {
                if (!known.contains(group)) {
                    throw InvalidArgumentException.of("group of a stratum", group, "one of " + groups);
                }
            }
        }
        if (strata.stream().allMatch(Map::isEmpty)) {
            throw InvalidArgumentException.of("number of tables", 0, "at least one");
        }
    }

    static Samples of(SurvivalData data) {
        Categories group = group(data);
        Categories stratum = data.strata().orElse(null);
        return new Samples(
                group.levels(),
                stratum == null ? List.of(EventTable.byGroup(data)) : EventTable.byStratum(data, stratum));
    }

    /** For tests that know no strata: refuses data that have them, or fewer than two groups. */
    static void requireUnstratified(SurvivalData data, String test) {
        if (data.strata().isPresent()) {
            throw new InvalidArgumentException("the data have strata, which the " + test
                    + " does not know; allowed: data without strata, one test a stratum");
        }
        requireGroups(group(data).levels());
    }

    private static void requireGroups(List<String> groups) {
        if (groups.size() < 2 || new HashSet<>(groups).size() < groups.size()) {
            throw InvalidArgumentException.of("groups", groups, "two or more, distinct");
        }
    }

    static Samples of(Map<String, EventTable> groups) {
        return new Samples(List.copyOf(groups.keySet()), List.of(groups));
    }

    static Categories group(SurvivalData data) {
        Categories column = data.group()
                .orElseThrow(() ->
                        new InvalidArgumentException("the data have no group column; allowed: two or more groups"));
        requireFew(column.levels().size());
        return column;
    }

    private static void requireFew(int groups) {
        if (groups > MOST_GROUPS) {
            throw InvalidArgumentException.of(
                    "number of groups",
                    groups,
                    "at most " + MOST_GROUPS + ", as the covariance of all of them is summed at every event time");
        }
    }

    /** For tests of every pair. */
    static void requirePairs(int groups) {
        if (groups > MOST_PAIRED) {
            throw InvalidArgumentException.of(
                    "number of groups compared in pairs",
                    groups,
                    "at most " + MOST_PAIRED + ", as each pair is a test of its own, here "
                            + (long) groups * (groups - 1) / 2);
        }
    }

    /** The same with times that count as one joined, over all groups and strata. */
    Samples joined(TieRule rule) {
        List<EventTable> tables = new ArrayList<>();
        strata.forEach(stratum -> tables.addAll(stratum.values()));
        List<EventTable> joined = EventTable.joinTies(tables, rule);
        List<Map<String, EventTable>> named = new ArrayList<>();
        int next = 0;
        for (Map<String, EventTable> stratum : strata) {
            Map<String, EventTable> same = new LinkedHashMap<>();
            for (String group : stratum.keySet()) {
                same.put(group, joined.get(next++));
            }
            named.add(same);
        }
        return new Samples(groups, named);
    }

    long rows(String group) {
        long rows = 0;
        for (Map<String, EventTable> stratum : strata) {
            EventTable table = stratum.get(group);
            rows += table == null ? 0 : table.rows();
        }
        return rows;
    }

    /** The longest list of causes; the others begin it. */
    List<String> causes() {
        List<List<String>> all = new ArrayList<>();
        strata.forEach(stratum -> stratum.values().forEach(table -> all.add(table.causes())));
        return causes(all);
    }

    /** The longest of several lists of causes; the others begin it. */
    static List<String> causes(List<List<String>> all) {
        List<String> longest = List.of();
        for (List<String> causes : all) {
            longest = causes.size() > longest.size() ? causes : longest;
        }
        for (List<String> causes : all) {
            if (!longest.subList(0, causes.size()).equals(causes)) {
                throw new InvalidArgumentException("groups of causes " + longest + " and " + causes
                        + " cannot be compared; allowed: the same causes in the same order");
            }
        }
        return longest;
    }
}

package io.engraft.data;

import io.engraft.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One estimate a group, in level order. Data without a group column give the one group "all".
 *
 * @param <T> the estimate
 */
public final class Grouped<T extends Tabular> implements Tabular {

    private final Map<String, T> estimates;

    private Grouped(Map<String, T> estimates) {
        this.estimates = Collections.unmodifiableMap(estimates);
    }

    /**
     * One estimate a part.
     *
     * @param parts what is estimated from, by group, in level order
     * @param estimate gives the estimate of a part
     * @return the estimates, in the order of the parts
     * @param <S> the kind of part
     * @param <T> the kind of estimate
     */
    public static <S, T extends Tabular> Grouped<T> of(Map<String, S> parts, Function<S, T> estimate) {
        Map<String, T> estimates = new LinkedHashMap<>();
        parts.forEach((name, part) -> estimates.put(name, estimate.apply(part)));
        return new Grouped<>(estimates);
    }

    /**
     * The groups.
     *
     * @return their names, in level order
     */
    public List<String> groups() {
        return List.copyOf(estimates.keySet());
    }

    /**
     * The estimate of one group.
     *
     * @param group its name
     * @return the estimate
     * @throws InvalidArgumentException when there is no such group
     */
    public T get(String group) {
        T estimate = estimates.get(group);
        if (estimate == null) {
            throw InvalidArgumentException.of("group", group, "one of " + estimates.keySet());
        }
        return estimate;
    }

    /**
     * All of them.
     *
     * @return estimates by group, in level order
     */
    public Map<String, T> asMap() {
        return estimates;
    }

    /** The groups' tables below each other, with the group in the first column. */
    @Override
    public TidyTable tidy() {
        Map<String, TidyTable> parts = new LinkedHashMap<>();
        estimates.forEach((group, estimate) -> parts.put(group, estimate.tidy()));
        List<TidyTable.Column> columns =
                parts.values().stream().findFirst().map(TidyTable::columns).orElse(List.of());
        boolean counts = columns.stream().anyMatch(c -> c.type() == TidyTable.ColumnType.COUNT);
        return counts ? byRows(columns, parts) : byColumns(columns, parts);
    }

    private static TidyTable byColumns(List<TidyTable.Column> columns, Map<String, TidyTable> parts) {
        int rows = parts.values().stream().mapToInt(TidyTable::rowCount).sum();
        @Nullable String[] group = new @Nullable String[rows];
        int at = 0;
        for (Map.Entry<String, TidyTable> part : parts.entrySet()) {
            int to = at + part.getValue().rowCount();
            Arrays.fill(group, at, to, part.getKey());
            at = to;
        }
        TidyTable.Builder all = TidyTable.builder().texts("group", group);
        for (int j = 0; j < columns.size(); j++) {
            String name = columns.get(j).name();
            if (columns.get(j).type() == TidyTable.ColumnType.NUMBER) {
                all.numbers(
                        name,
                        parts.values().stream()
                                .flatMapToDouble(part -> Arrays.stream(part.numbers(name)))
                                .toArray());
                continue;
            }
            @Nullable String[] texts = new @Nullable String[rows];
            int row = 0;
            for (TidyTable part : parts.values()) {
                for (int i = 0; i < part.rowCount(); i++) {
                    texts[row++] = (String) part.value(i, j);
                }
            }
            all.texts(name, texts);
        }
        return all.build();
    }

    private static TidyTable byRows(List<TidyTable.Column> columns, Map<String, TidyTable> parts) {
        TidyTable.Builder all = TidyTable.builder().text("group");
        columns.forEach(c -> addColumn(all, c));
        parts.forEach((group, part) -> {
            for (int i = 0; i < part.rowCount(); i++) {
                @Nullable Object[] row = new @Nullable Object[columns.size() + 1];
                row[0] = group;
                for (int j = 0; j < columns.size(); j++) {
                    row[j + 1] = part.value(i, j);
                }
                all.row(row);
            }
        });
        return all.build();
    }

    private static void addColumn(TidyTable.Builder table, TidyTable.Column column) {
        switch (column.type()) {
            case TEXT -> table.text(column.name());
            case COUNT -> table.count(column.name());
            case NUMBER -> table.number(column.name());
        }
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        estimates.forEach((group, estimate) -> lines.add(group + ": " + estimate));
        return String.join("\n", lines);
    }
}

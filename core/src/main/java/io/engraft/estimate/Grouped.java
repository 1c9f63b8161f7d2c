package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
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

    static <S, T extends Tabular> Grouped<T> of(Map<String, S> parts, Function<S, T> estimate) {
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
        TidyTable.Builder all = TidyTable.builder().text("group");
        boolean started = false;
        for (Map.Entry<String, T> entry : estimates.entrySet()) {
            TidyTable part = entry.getValue().tidy();
            if (!started) {
                part.columns().forEach(c -> addColumn(all, c));
                started = true;
            }
            int width = part.columns().size();
            for (int i = 0; i < part.rowCount(); i++) {
                @Nullable Object[] row = new @Nullable Object[width + 1];
                row[0] = entry.getKey();
                for (int j = 0; j < width; j++) {
                    row[j + 1] = part.value(i, j);
                }
                all.row(row);
            }
        }
        return all.build();
    }

    private static void addColumn(TidyTable.Builder table, TidyTable.Column column) {
        switch (column.type()) {
            case TEXT -> table.text(column.name());
            case COUNT -> table.count(column.name());
            case NUMBER -> table.number(column.name());
        }
    }
}

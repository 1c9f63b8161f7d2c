package io.engraft.report.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.MissingValues;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all documents of rows say of them.
 *
 * @param rows the rows
 * @param columns what their columns are called
 * @param missing what was done with missing values
 * @param isGrouped whether the result is of their groups
 */
public record Frame(SurvivalData rows, DataColumns columns, MissingValues missing, boolean isGrouped) {

    /** Columns without names; missing values count as dropped where any were, else as refused. */
    public static Frame of(SurvivalData rows) {
        MissingValues missing = rows.dropped() > 0 ? MissingValues.DROP : MissingValues.FAIL;
        return new Frame(rows, DataColumns.unnamed(), missing, rows.group().isPresent());
    }

    public Frame withColumns(DataColumns names) {
        return new Frame(rows, names, missing, isGrouped);
    }

    public Frame withMissing(MissingValues treatment) {
        return new Frame(rows, columns, treatment, isGrouped);
    }

    /** For a result of all rows together. */
    public Frame withoutGroups() {
        return new Frame(rows, columns, missing, false);
    }

    public boolean isWeighted() {
        return rows.weightType().isPresent();
    }

    /** What a group is called as a variable, null without groups. */
    public @Nullable String groupName() {
        return isGrouped ? columns.group() : null;
    }

    public Provenance provenance() {
        return Provenance.of(rows);
    }

    /** The warnings of the data, each once, then the others, and that rows were left out where any were. */
    public List<String> warnings(List<String> own) {
        List<String> all = new ArrayList<>(rows.warnings());
        // A result of each group carries those of the data too, with the group's name before it.
        own.stream()
                .filter(w -> rows.warnings().stream().noneMatch(w::endsWith))
                .forEach(all::add);
        provenance().droppedWarning().ifPresent(all::add);
        return all;
    }

    /** The same conventions, with those that the rows bring in. */
    public Conventions conventions(Conventions own, String events, boolean levels) {
        Conventions all =
                own.with("events", events).with("unit", rows.unit().label()).with("missingValues", missing.label());
        if (levels) {
            all = all.with("levelOrder", "ascending as numbers if every level is one, else by code point");
        }
        return all.with(StandardErrors.of(rows, columns, isRobust(own)));
    }

    /** Whether a result's own words say so. */
    private static boolean isRobust(Conventions own) {
        return own.has("clusters")
                || own.variance().filter(v -> v.contains("robust")).isPresent();
    }

    /** The levels of a covariate of text, empty for one of numbers. */
    public static Optional<Categories> levels(SurvivalData rows, String covariate) {
        try {
            return Optional.of(rows.categoricalCovariate(covariate));
        } catch (InvalidArgumentException numeric) {
            return Optional.empty();
        }
    }
}

package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.internal.csv.DecimalMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows of text into follow-up data by the columns' roles, and lists every row that cannot be used. */
final class RowAssembler {

    private final ColumnRoles roles;
    private final String source;
    private final DecimalMark numbers;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Cell[] used;
    private final @Nullable Cell[] byPlace;
    private final List<Slot> slots = new ArrayList<>();
    private final List<DataProblem> problems = new ArrayList<>();
    private final List<DataProblem> found = new ArrayList<>();
    private final Slot.Numbers time;
    private final Slot.Status status;
    private final Slot.@Nullable Numbers entry;
    private final Slot.@Nullable Numbers weight;
    private final Map<String, Slot> others = new LinkedHashMap<>();
    private final int causes;
    private long row;
    private long dropped;
    /** The rows that were left out, in their order. */
    private long[] gaps = new long[0];

    RowAssembler(ColumnRoles roles, Header header, String source) {
        this.roles = roles;
        this.source = source;
        this.numbers = header.numbers();
        header.require(usedColumns(roles));
        this.byPlace = new @Nullable Cell[header.size()];
        for (String column : usedColumns(roles)) {
            Cell cell = new Cell(column, header.numbers(), roles.marks(column));
            cells.put(column, cell);
            byPlace[header.index(column)] = cell;
        }
        this.used = cells.values().toArray(Cell[]::new);
        List<String> labels = labels(roles);
        this.causes = labels.isEmpty() ? EventTable.MOST_CAUSES : labels.size();
        DateSlot from =
                roles.from().map(c -> add(new DateSlot(cell(c), roles.dates()))).orElse(null);
        this.time = add(times(roles.time(), from));
        this.status = add(new Slot.Status(cell(roles.status()), roles.levels(), causes));
        this.entry = roles.entry().map(c -> add(times(c, from))).orElse(null);
        this.weight = roles.weight().map(c -> add(new Slot.Numbers(cell(c)))).orElse(null);
        roles.group().ifPresent(c -> others.put("group", add(new Slot.Levels(cell(c)))));
        roles.strata().ifPresent(c -> others.put("strata", add(new Slot.Levels(cell(c)))));
        roles.id().ifPresent(c -> others.put("id", add(new Slot.Levels(cell(c)))));
        roles.cluster().ifPresent(c -> others.put("cluster", add(new Slot.Levels(cell(c)))));
        roles.covariates().forEach((c, type) -> others.put("covariate " + c, add(covariate(c, type))));
    }

    private static List<String> labels(ColumnRoles roles) {
        return roles.events().isEmpty() ? roles.causeLabels() : roles.events();
    }

    private static Set<String> usedColumns(ColumnRoles roles) {
        Set<String> used = new LinkedHashSet<>();
        roles.from().ifPresent(used::add);
        used.add(roles.time());
        used.add(roles.status());
        roles.entry().ifPresent(used::add);
        roles.group().ifPresent(used::add);
        roles.strata().ifPresent(used::add);
        roles.id().ifPresent(used::add);
        roles.cluster().ifPresent(used::add);
        roles.weight().ifPresent(used::add);
        used.addAll(roles.covariates().keySet());
        return used;
    }

    private Cell cell(String column) {
        Cell cell = cells.get(column);
        if (cell == null) {
            throw new IllegalStateException("no cell for column " + column);
        }
        return cell;
    }

    private <S extends Slot> S add(S slot) {
        slots.add(slot);
        return slot;
    }

    private Slot.Numbers times(String column, @Nullable DateSlot from) {
        return from == null ? new Slot.Numbers(cell(column)) : new DateSlot.Until(cell(column), from, roles.unit());
    }

    private Slot covariate(String column, CovariateType type) {
        Cell cell = cell(column);
        return switch (type) {
            case AUTOMATIC -> new AutomaticSlot(cell);
            case NUMERIC -> new Slot.Numbers(cell);
            case CATEGORICAL -> new Slot.Levels(cell);
        };
    }

    /** Where the cell of a column goes, by its place in the table; null where the column is not used. */
    @Nullable
    Cell cellAt(int place) {
        return place < byPlace.length ? byPlace[place] : null;
    }

    boolean ragged(DataProblem problem) {
        row++;
        problems.add(problem);
        return problems.size() < DataCheck.MOST_PROBLEMS;
    }

    long rowsSeen() {
        return row;
    }

    /** Takes the row that the cells hold; false when there are as many problems as are listed. */
    boolean endRow(long line) {
        row++;
        numbers.at(row, line);
        boolean complete = true;
        for (Cell cell : used) {
            if (cell.missing()) {
                complete = false;
                if (roles.missing() == MissingValues.FAIL) {
                    report(line, cell, "missing value; allowed: a value in every row, or dropping rows without one");
                }
            }
        }
        if (!complete) {
            drop();
        } else if (isFine(line) && problems.isEmpty()) {
            for (Slot slot : slots) {
                slot.take(row, line);
            }
        }
        return problems.size() < DataCheck.MOST_PROBLEMS;
    }

    private void drop() {
        if (dropped == gaps.length) {
            gaps = Arrays.copyOf(gaps, Slot.grown(gaps.length));
        }
        gaps[(int) dropped++] = row;
    }

    /** The numbers of the rows that were kept. */
    private long[] kept() {
        long[] kept = new long[(int) (row - dropped)];
        int gap = 0;
        int next = 0;
        for (long r = 1; r <= row; r++) {
            if (gap < dropped && gaps[gap] == r) {
                gap++;
            } else {
                kept[next++] = r;
            }
        }
        return kept;
    }

    private boolean isFine(long line) {
        boolean readable = true;
        for (Slot slot : slots) {
            String reason = slot.examine();
            if (reason != null) {
                report(line, slot.cell, reason);
                readable = false;
            }
        }
        if (!readable) {
            return false;
        }
        DataCheck.row(
                row, entry == null ? 0 : entry.value(), entry != null, time.value(), status.code(), causes, found);
        if (weight != null) {
            DataCheck.weight(row, weight.value(), roles.weightType().orElseThrow(), found);
        }
        if (found.isEmpty()) {
            return true;
        }
        for (DataProblem problem : found) {
            Cell cell = cellOf(String.valueOf(problem.column()));
            String mark = NumberFindings.isUsualMark(cell.number())
                    ? "; where it marks a missing value, declare it (--missing " + cell.text() + ")"
                    : "";
            report(line, cell, problem.reason() + mark);
        }
        found.clear();
        return false;
    }

    private Cell cellOf(String part) {
        return switch (part) {
            case "entry" -> cell(roles.entry().orElseThrow());
            case "weight" -> cell(roles.weight().orElseThrow());
            case "status" -> cell(roles.status());
            default -> cell(roles.time());
        };
    }

    private void report(long line, Cell cell, String reason) {
        String value = cell.text();
        problems.add(new DataProblem(source, row, line, cell.column(), value, reason));
    }

    SurvivalData build() {
        for (Slot slot : slots) {
            if (slot instanceof AutomaticSlot automatic && problems.isEmpty()) {
                automatic.check(source, problems);
            }
        }
        if (time instanceof DateSlot.Until until) {
            until.swapped(row - dropped).ifPresent(reason -> {
                throw new InvalidDataException(new DataProblem(source, 0, 0, until.cell.column(), null, reason));
            });
        }
        problems.addAll(numbers.problems(source));
        if (problems.isEmpty() && row == 0) {
            problems.add(DataProblem.ofWhole("there is a header and no row; allowed: at least one row")
                    .inSource(source));
        }
        if (problems.isEmpty() && row == dropped) {
            problems.add(DataProblem.ofWhole("every row has a missing value, so none is left")
                    .inSource(source));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        SurvivalData.Builder builder = SurvivalData.builder(time.values(), status.codes())
                .source(source)
                .unit(roles.unit())
                .dropped(dropped);
        if (dropped > 0) {
            builder.sourceRows(kept());
        }
        if (entry != null) {
            builder.entry(entry.values());
        }
        if (weight != null) {
            builder.weights(weight.values(), roles.weightType().orElseThrow());
        }
        List<String> labels = labels(roles);
        if (!labels.isEmpty()) {
            builder.causes(labels);
        }
        others.forEach((part, slot) -> addTo(builder, part, slot));
        List<String> warnings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        find(warnings, notes);
        builder.warnings(warnings).notes(notes);
        try {
            return builder.build();
        } catch (InvalidDataException e) {
            throw new InvalidDataException(
                    e.problems().stream().map(this::named).toList());
        }
    }

    /** A problem of rows against each other, with the column's name in the file. */
    private DataProblem named(DataProblem p) {
        String column = switch (String.valueOf(p.column())) {
            case "id" -> roles.id().orElse("id");
            case "entry" -> roles.entry().orElse("entry");
            default -> p.column();
        };
        return new DataProblem(source, p.row(), p.line(), column, p.value(), p.reason());
    }

    private void find(List<String> warnings, List<String> notes) {
        List<String> marks = new ArrayList<>();
        for (Cell cell : used) {
            marks.addAll(cell.marksMet());
        }
        if (!marks.isEmpty()) {
            notes.add("missing: " + String.join(", ", marks));
        }
        for (Slot slot : others.values()) {
            if (slot instanceof AutomaticSlot automatic) {
                automatic.numbers().ifPresent(values -> {
                    NumberFindings.codes(slot.cell.column(), values).ifPresent(notes::add);
                    NumberFindings.suspectedMark(slot.cell.column(), values).ifPresent(warnings::add);
                });
            } else if (slot instanceof Slot.Numbers numbers) {
                NumberFindings.suspectedMark(slot.cell.column(), numbers.values())
                        .ifPresent(warnings::add);
            }
        }
    }

    private static void addTo(SurvivalData.Builder builder, String part, Slot slot) {
        if (slot instanceof AutomaticSlot automatic) {
            automatic.addTo(builder);
        } else if (slot instanceof Slot.Numbers numbers) {
            builder.covariate(slot.cell.column(), numbers.values());
        } else if (slot instanceof Slot.Levels levels) {
            switch (part) {
                case "group" -> builder.group(levels.categories());
                case "strata" -> builder.strata(levels.categories());
                case "id" -> builder.id(levels.categories());
                case "cluster" -> builder.cluster(levels.categories());
                default -> builder.covariate(slot.cell.column(), levels.categories());
            }
        }
    }
}

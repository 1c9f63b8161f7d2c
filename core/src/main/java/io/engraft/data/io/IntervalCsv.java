package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.CensoredData;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV text of interval-censored times into {@link CensoredData}: a row is known to have its event in (left, right].
 * An empty right end is right censoring at left, left = right an event seen then, left = 0 one before right. All other
 * columns are read by the rules of {@link CsvData}.
 */
public final class IntervalCsv {

    private final CsvTable table;
    private final ColumnRoles roles;

    private IntervalCsv(CsvTable table, ColumnRoles roles) {
        this.table = table;
        this.roles = roles;
    }

    /**
     * Reads intervals.
     *
     * @param source where the text comes from
     * @param roles which column plays which part, with that of the left end as time and that of the right end as status
     * @return the intervals; rows with missing values were left out and counted if the roles say so
     * @throws InvalidDataException when the text or a row cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static CensoredData read(CsvSource source, ColumnRoles roles) {
        return read(source, header -> roles);
    }

    /**
     * Reads intervals whose roles depend on what columns there are.
     *
     * @param source where the text comes from
     * @param roles gives the roles of the names in the header, with the column of the left end as time and that of the
     *     right end as status; what it throws is thrown on
     * @return the intervals; rows with missing values were left out and counted if the roles say so
     * @throws InvalidDataException when the text or a row cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static CensoredData read(CsvSource source, Function<List<String>, ColumnRoles> roles) {
        CsvTable table = CsvTable.read(source);
        ColumnRoles chosen = roles.apply(table.columns());
        return new IntervalCsv(table.withMarksOf(chosen), chosen).read();
    }

    private CensoredData read() {
        table.requireColumns(List.of(roles.time(), roles.status()));
        requireNumbers();
        SurvivalData columns;
        try {
            columns = TableData.read(new FollowUp(), roles);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(
                    e.problems().stream().map(p -> at(p, p.row(), end(p))).toList());
        }
        double[] left = new double[columns.size()];
        double[] right = new double[columns.size()];
        for (int i = 0; i < left.length; i++) {
            int row = (int) columns.sourceRow(i) - 1;
            left[i] = table.number(row, roles.time()).orElseThrow();
            right[i] = hasRight(row) ? table.number(row, roles.status()).orElseThrow() : Double.POSITIVE_INFINITY;
        }
        try {
            return CensoredData.of(left, right, same -> columns.toBuilder());
        } catch (InvalidDataException e) {
            throw new InvalidDataException(e.problems().stream()
                    .map(p -> {
                        long row = p.row() == 0 ? 0 : columns.sourceRow((int) (p.row() - 1));
                        return at(p, row, "right".equals(p.column()) ? roles.status() : roles.time());
                    })
                    .toList());
        }
    }

    private void requireNumbers() {
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < table.rowCount() && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            for (String column : List.of(roles.time(), roles.status())) {
                if (isMissing(i, column)) {
                    continue;
                }
                try {
                    OptionalDouble unused = table.number(i, column);
                } catch (InvalidDataException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    /** Which end of the interval a problem with the time is about. */
    private @Nullable String end(DataProblem p) {
        int row = (int) (p.row() - 1);
        boolean isTime = roles.time().equals(p.column());
        return isTime && row >= 0 && hasRight(row) && hasLeft(row) ? roles.status() : p.column();
    }

    private DataProblem at(DataProblem p, long row, @Nullable String column) {
        long line = row == 0 ? p.line() : table.line((int) (row - 1));
        return new DataProblem(table.source(), row, line, column, p.value(), p.reason());
    }

    private boolean hasRight(int row) {
        return !isMissing(row, roles.status());
    }

    private boolean hasLeft(int row) {
        return !isMissing(row, roles.time());
    }

    private boolean isMissing(int row, String column) {
        return table.isMissing(row, column, roles.marks(column));
    }

    /** The rows with the last time that is known as time, and whether the event is known to have happened as status. */
    private final class FollowUp extends TableView {

        private final int left = columns.indexOf(roles.time());
        private final int right = columns.indexOf(roles.status());

        FollowUp() {
            super(IntervalCsv.this.table);
        }

        @Override
        public String text(int row, int column) {
            if (column == right) {
                return hasRight(row) ? "1" : "0";
            }
            boolean upper = column == left && hasLeft(row) && hasRight(row);
            return table.pointed(row, columns.get(upper ? right : column));
        }
    }
}

package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Datasets;
import io.engraft.data.SurvivalData;
import io.engraft.internal.csv.CsvHead;
import io.engraft.internal.csv.CsvSink;
import io.engraft.internal.csv.DecimalMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited text into {@link SurvivalData}, in one streaming pass. Numbers have an optional sign, digits, an
 * optional decimal point (or comma, as {@link CsvSource} says) and an optional exponent; "NaN", "Infinity", "1.234,5",
 * "5%", "1d" and hexadecimal are no numbers.
 * Blanks around a cell are removed. A cell is missing where it is empty or a mark of missing
 * ({@link ColumnRoles#withMissingMarks(java.util.Collection)}). Columns without a role are not looked at,
 * apart from their count. What is wrong is listed row by row, up to {@value io.engraft.data.DataCheck#MOST_PROBLEMS}
 * problems, each with source, row (counted from 1 without the header), line, column, value and reason.
 */
public final class CsvData {

    private CsvData() {}

    /**
     * Reads follow-up data.
     *
     * @param source where the text comes from
     * @param roles which column plays which part
     * @return the data; rows with missing values were left out and counted if the roles say so
     * @throws InvalidDataException when the text or a row cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static SurvivalData read(CsvSource source, ColumnRoles roles) {
        return read(source, header -> roles);
    }

    /**
     * Reads follow-up data whose roles depend on what columns there are.
     *
     * @param source where the text comes from
     * @param roles gives the roles of the names in the header; what it throws is thrown on
     * @return the data; rows with missing values were left out and counted if the roles say so
     * @throws InvalidDataException when the text or a row cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static SurvivalData read(CsvSource source, Function<List<String>, ColumnRoles> roles) {
        Reading reading = new Reading(source.name(), roles);
        source.scan(reading);
        return reading.data();
    }

    /**
     * Reads follow-up data from a file.
     *
     * @param file its path
     * @param roles which column plays which part
     * @return the data; rows with missing values were left out and counted if the roles say so
     * @throws InvalidDataException when the text or a row cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static SurvivalData read(Path file, ColumnRoles roles) {
        return read(CsvSource.of(file), roles);
    }

    /**
     * The embedded data set {@link Datasets#bmtcrr()}, ready to use: time in months, causes "relapse" and "competing
     * event", grouped by disease, with the covariates sex, disease, phase, source (categorical) and age (numeric).
     *
     * @return 177 patients
     */
    public static SurvivalData bmtcrr() {
        ColumnRoles roles = ColumnRoles.of("months", "status")
                .withCauseLabels(List.of("relapse", "competing event"))
                .withGroup("disease")
                .withCovariates(List.of("sex", "disease", "phase", "age", "source"));
        return read(CsvSource.of(Datasets.bmtcrr()), roles);
    }

    private static final class Reading implements CsvSink {

        private final String source;
        private final Function<List<String>, ColumnRoles> roles;
        private final List<String> names = new ArrayList<>();
        private @Nullable CsvHead head;
        private DecimalMark numbers = DecimalMark.point();
        private @Nullable Header header;
        private @Nullable RowAssembler rows;
        /** What the caller's roles threw, kept apart from what is wrong with the text. */
        private @Nullable RuntimeException refusal;

        Reading(String source, Function<List<String>, ColumnRoles> roles) {
            this.source = source;
            this.roles = roles;
        }

        @Override
        public void start(CsvHead found, DecimalMark mark) {
            head = found;
            numbers = mark;
        }

        @Override
        public void field(int index, char[] buffer, int from, int length) {
            RowAssembler assembler = rows;
            if (assembler == null) {
                names.add(new String(buffer, from, length));
                return;
            }
            Cell cell = assembler.cellAt(index);
            if (cell != null) {
                cell.set(buffer, from, length);
            }
        }

        @Override
        public boolean record(int fields, long line) {
            Header columns = header;
            RowAssembler assembler = rows;
            if (columns == null || assembler == null) {
                columns = new Header(source, line, names, head, numbers);
                header = columns;
                return begin(columns);
            }
            if (fields != columns.size()) {
                return assembler.ragged(columns.ragged(assembler.rowsSeen() + 1, line, fields));
            }
            return assembler.endRow(line);
        }

        private boolean begin(Header columns) {
            ColumnRoles chosen;
            try {
                chosen = roles.apply(columns.names());
            } catch (RuntimeException e) {
                refusal = e;
                return false;
            }
            rows = new RowAssembler(chosen, columns, source);
            return true;
        }

        SurvivalData data() {
            if (refusal != null) {
                throw refusal;
            }
            RowAssembler assembler = rows;
            if (assembler == null) {
                throw new InvalidDataException(DataProblem.ofWhole("the file is empty; allowed: a header and rows")
                        .inSource(source));
            }
            return assembler.build();
        }
    }
}

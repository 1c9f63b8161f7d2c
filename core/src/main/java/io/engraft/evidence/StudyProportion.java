package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One study's count, and, so that overlapping cohorts can be found, the centres or registries that its patients come from
 * and the years in which they were treated.
 *
 * @param label what the study is called
 * @param events how many had the event
 * @param patients of how many
 * @param registries centres or registries, empty where not known
 * @param firstYear the first year of treatment, empty where not known
 * @param lastYear the last year of treatment, empty where not known
 */
@CheckReturnValue
public record StudyProportion(
        String label, int events, int patients, List<String> registries, OptionalInt firstYear, OptionalInt lastYear) {

    /**
     * A checked study.
     *
     * @param label what the study is called
     * @param events how many had the event
     * @param patients of how many
     * @param registries centres or registries, empty where not known
     * @param firstYear the first year of treatment, empty where not known
     * @param lastYear the last year of treatment, empty where not known
     * @throws InvalidArgumentException when the count is impossible, the label is blank, or the years are reversed
     */
    public StudyProportion {
        if (label.isBlank()) {
            throw InvalidArgumentException.ofText("study", label, "a name");
        }
        if (patients < 1) {
            throw InvalidArgumentException.of("patients of " + label, patients, "patients >= 1");
        }
        if (events < 0 || events > patients) {
            throw InvalidArgumentException.of("events of " + label, events, "0 <= events <= " + patients);
        }
        if (firstYear.isPresent() && lastYear.isPresent() && firstYear.getAsInt() > lastYear.getAsInt()) {
            throw new InvalidArgumentException("years of " + label + " are " + firstYear.getAsInt() + " to "
                    + lastYear.getAsInt() + "; allowed: first year <= last year");
        }
        registries = List.copyOf(registries);
    }

    /**
     * A study of which only the count is known.
     *
     * @param label what the study is called
     * @param events how many had the event
     * @param patients of how many
     * @return the study
     */
    public static StudyProportion of(String label, int events, int patients) {
        return new StudyProportion(label, events, patients, List.of(), OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * The same study with where and when.
     *
     * @param first the first year of treatment
     * @param last the last year of treatment
     * @param from centres or registries, one or more
     * @return the study
     */
    public StudyProportion withCohort(int first, int last, String... from) {
        if (from.length == 0 || Arrays.stream(from).anyMatch(String::isBlank)) {
            throw InvalidArgumentException.of("registries of " + label, Arrays.toString(from), "one or more names");
        }
        return new StudyProportion(label, events, patients, List.of(from), OptionalInt.of(first), OptionalInt.of(last));
    }

    /**
     * Reads studies from text with the columns study, events, n and, if wanted, registry (several separated by a
     * semicolon or slash), first_year, last_year.
     *
     * @param source where the text comes from
     * @return the studies, in the order of the rows
     * @throws InvalidDataException when a column is missing or rows cannot be used; it lists them
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static List<StudyProportion> read(CsvSource source) {
        CsvTable table = CsvTable.read(source);
        table.requireColumns(List.of("study", "events", "n"));
        List<StudyProportion> studies = new ArrayList<>();
        List<DataProblem> problems = new ArrayList<>();
        for (int row = 0; row < table.rowCount() && problems.size() < DataCheck.MOST_PROBLEMS; row++) {
            int before = problems.size();
            String label = table.isMissing(row, "study") ? "" : table.text(row, "study");
            if (label.isEmpty()) {
                problems.add(table.problem(row, "study", "missing value; allowed: a name in every row"));
            }
            OptionalInt events = whole(table, row, "events", true, problems);
            OptionalInt n = whole(table, row, "n", true, problems);
            OptionalInt first = whole(table, row, "first_year", false, problems);
            OptionalInt last = whole(table, row, "last_year", false, problems);
            if (problems.size() > before) {
                continue;
            }
            try {
                studies.add(new StudyProportion(
                        label, events.getAsInt(), n.getAsInt(), registries(table, row), first, last));
            } catch (InvalidArgumentException e) {
                problems.add(table.problem(row, "events", String.valueOf(e.getMessage())));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return List.copyOf(studies);
    }

    private static List<String> registries(CsvTable table, int row) {
        if (!table.hasColumn("registry") || table.isMissing(row, "registry")) {
            return List.of();
        }
        return Arrays.stream(table.text(row, "registry").split("[;/]", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static OptionalInt whole(
            CsvTable table, int row, String column, boolean required, List<DataProblem> problems) {
        if (!table.hasColumn(column)) {
            return OptionalInt.empty();
        }
        OptionalDouble value;
        try {
            value = table.number(row, column);
        } catch (InvalidDataException e) {
            problems.addAll(e.problems());
            return OptionalInt.empty();
        }
        if (value.isEmpty()) {
            if (required) {
                problems.add(table.problem(row, column, "missing value; allowed: a whole number"));
            }
            return OptionalInt.empty();
        }
        double number = value.getAsDouble();
        if (!(number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)) {
            problems.add(table.problem(row, column, "allowed: a whole number"));
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) number);
    }
}

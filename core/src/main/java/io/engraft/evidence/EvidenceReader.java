package io.engraft.evidence;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads published figures row by row and collects everything that is wrong with them. */
final class EvidenceReader {

    private static final String SAME = "same";
    private static final double PERCENT = 100;
    private static final List<String> COLUMNS = List.of(
            "id",
            "source",
            "population",
            "n",
            "endpoint",
            "time_months",
            "estimate",
            "ci_low",
            "ci_high",
            "ci_source",
            "unit",
            "status",
            "confidence",
            "url",
            "note");

    private final CsvTable table;
    private final List<DataProblem> problems = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final List<PublishedRate> rates = new ArrayList<>();
    private int row;
    private String population = "";

    private EvidenceReader(CsvTable table) {
        this.table = table;
    }

    static List<PublishedRate> read(CsvSource source) {
        CsvTable table = CsvTable.read(source);
        table.requireColumns(COLUMNS);
        EvidenceReader reader = new EvidenceReader(table);
        for (int i = 0; i < table.rowCount() && reader.problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            reader.row = i;
            reader.take();
        }
        if (!reader.problems.isEmpty()) {
            throw new InvalidDataException(reader.problems);
        }
        return reader.rates;
    }

    private void take() {
        String id = required("id");
        Long earlier = id.isEmpty() ? null : lines.putIfAbsent(id, table.line(row));
        if (earlier != null) {
            problem("id", "this id is on line " + earlier + " too; allowed: each id once");
        }
        OptionalDouble months = number("time_months");
        if (months.isPresent() && !(months.getAsDouble() > 0)) {
            problem("time_months", "allowed: a time > 0, or empty");
        }
        String unit = required("unit");
        // text such as ">50" is a finding without one number, and no error
        OptionalDouble value = table.isNumber(row, "estimate") ? number("estimate") : OptionalDouble.empty();
        OptionalDouble lower = number("ci_low");
        OptionalDouble upper = number("ci_high");
        checkNumbers(unit, value, lower, upper);
        Optional<EvidenceStatus> status = EvidenceStatus.parse(text("status"));
        if (status.isEmpty()) {
            problem("status", "unknown status; allowed: READ, READ-2ND, DERIVED, RECALLED or NOT FOUND");
        }
        population = populationOfRow();
        rates.add(new PublishedRate(
                id,
                source(),
                population,
                text("n"),
                required("endpoint"),
                months,
                required("estimate"),
                value,
                lower,
                upper,
                text("ci_source"),
                unit,
                status.orElse(EvidenceStatus.RECALLED_NOT_FOUND),
                text("confidence"),
                text("note")));
    }

    private PublishedSource source() {
        OptionalInt year = OptionalInt.empty();
        String written = optional("year");
        if (written.matches("\\d{4}")) {
            year = OptionalInt.of(Integer.parseInt(written));
        } else if (!written.isEmpty()) {
            problem("year", "allowed: a year of four digits, or empty");
        }
        return new PublishedSource(required("source"), optional("author"), optional("journal"), year, text("url"));
    }

    private String populationOfRow() {
        String written = text("population");
        if (!written.equals(SAME)) {
            return written;
        }
        if (row == 0 || !text("source").equals(table.text(row - 1, "source"))) {
            problem("population", "there is no row before it of the same source; allowed: the population in words");
        }
        return population;
    }

    private void checkNumbers(String unit, OptionalDouble value, OptionalDouble lower, OptionalDouble upper) {
        if (unit.equals("%")) {
            checkPercent("estimate", value);
            checkPercent("ci_low", lower);
            checkPercent("ci_high", upper);
        }
        if (lower.isPresent() && upper.isPresent() && !(lower.getAsDouble() <= upper.getAsDouble())) {
            problem("ci_low", "above ci_high, which is " + text("ci_high") + "; allowed: ci_low <= ci_high");
        } else if (lower.isPresent() != upper.isPresent()) {
            problem(lower.isPresent() ? "ci_high" : "ci_low", "one limit is missing; allowed: both or neither");
        } else if (lower.isPresent()
                && value.isPresent()
                && !(lower.getAsDouble() <= value.getAsDouble() && value.getAsDouble() <= upper.getAsDouble())) {
            problem(
                    "estimate",
                    "outside its limits " + text("ci_low") + " to " + text("ci_high") + "; allowed: between them");
        }
    }

    private void checkPercent(String column, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= PERCENT)) {
            problem(column, "not a percentage; allowed: 0 to 100");
        }
    }

    private String text(String column) {
        return table.isMissing(row, column) ? "" : table.text(row, column);
    }

    private String optional(String column) {
        return table.hasColumn(column) ? text(column) : "";
    }

    private String required(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            problem(column, "missing value; allowed: a text in every row");
        }
        return text;
    }

    private OptionalDouble number(String column) {
        try {
            return table.number(row, column);
        } catch (InvalidDataException e) {
            problems.addAll(e.problems());
            return OptionalDouble.empty();
        }
    }

    private void problem(String column, String reason) {
        problems.add(table.problem(row, column, reason));
    }
}

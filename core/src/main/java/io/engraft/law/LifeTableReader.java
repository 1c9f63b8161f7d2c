package io.engraft.law;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.internal.csv.CsvDialect;
import io.engraft.internal.csv.CsvHead;
import io.engraft.internal.csv.CsvScanner;
import io.engraft.internal.csv.CsvSink;
import io.engraft.internal.csv.DecimalMark;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a life table: sex, then year (0 without), then age, to a yearly rate. */
final class LifeTableReader implements CsvSink {

    private static final int FIELD_LIMIT = 1000;
    private static final String AGE = "age";
    private static final String SEX = "sex";
    private static final String YEAR = "year";
    private static final String RATE = "rate";
    private static final String Q = "q";
    private static final double LATEST_YEAR = 9999;

    private final String source;
    private final List<DataProblem> problems = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final NavigableMap<String, NavigableMap<Integer, NavigableMap<Double, Double>>> rates = new TreeMap<>();
    private DecimalMark numbers = DecimalMark.point();
    private @Nullable List<String> header;
    private long row;

    LifeTableReader(String source) {
        this.source = source;
    }

    void read(InputStream in) {
        CsvScanner.scan(in, source, CsvDialect.recognised(FIELD_LIMIT), this);
        problems.addAll(numbers.problems(source));
        if (problems.isEmpty()) {
            checkComplete();
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    NavigableMap<String, NavigableMap<Integer, NavigableMap<Double, Double>>> rates() {
        return rates;
    }

    boolean hasYears() {
        return header != null && header.contains(YEAR);
    }

    @Override
    public void start(CsvHead head, DecimalMark mark) {
        numbers = mark;
    }

    @Override
    public void field(int index, char[] buffer, int from, int length) {
        fields.add(new String(buffer, from, length).strip());
    }

    @Override
    public boolean record(int count, long line) {
        List<String> cells = List.copyOf(fields);
        fields.clear();
        if (header == null) {
            header = cells.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
            checkHeader(header, line);
        } else {
            row++;
            numbers.at(row, line);
            if (cells.size() != header.size()) {
                problem(line, null, null, cells.size() + " fields; allowed: " + header.size() + ", as in the header");
            } else {
                take(header, cells, line);
            }
        }
        return problems.size() < DataCheck.MOST_PROBLEMS;
    }

    private void problem(long line, @Nullable String column, @Nullable String value, String reason) {
        problems.add(new DataProblem(source, row, line, column, value, reason));
    }

    private void checkHeader(List<String> names, long line) {
        boolean one = names.contains(RATE) != names.contains(Q);
        boolean twice = List.of(AGE, SEX, YEAR, RATE, Q).stream()
                .anyMatch(name -> names.indexOf(name) != names.lastIndexOf(name));
        if (!names.contains(AGE) || !names.contains(SEX) || !one || twice) {
            throw new InvalidDataException(new DataProblem(
                    source,
                    0,
                    line,
                    null,
                    null,
                    "columns are " + names + "; allowed: age, sex, one of rate and q, and perhaps year, each once"));
        }
    }

    private void take(List<String> names, List<String> cells, long line) {
        int before = problems.size();
        double age = number(names, cells, AGE, 0, Double.MAX_VALUE, "0 or more", line);
        String sex = cells.get(names.indexOf(SEX));
        if (sex.isEmpty()) {
            problem(line, SEX, sex, "missing; allowed: a name");
        }
        double year = names.contains(YEAR) ? number(names, cells, YEAR, 0, LATEST_YEAR, "0 to 9999", line) : 0;
        if (year != Math.rint(year)) {
            problem(line, YEAR, cells.get(names.indexOf(YEAR)), "not a whole year; allowed: such as 2004");
        }
        double rate = names.contains(RATE)
                ? number(names, cells, RATE, 0, Double.MAX_VALUE, "0 or more", line)
                : -Math.log1p(-number(names, cells, Q, 0, Math.nextDown(1.0), "0 <= q < 1", line));
        if (problems.size() > before) {
            return;
        }
        Map<Double, Double> ages =
                rates.computeIfAbsent(sex, key -> new TreeMap<>()).computeIfAbsent((int) year, key -> new TreeMap<>());
        if (ages.putIfAbsent(age, rate) != null) {
            problem(line, AGE, cells.get(names.indexOf(AGE)), "this age was given before for the same sex and year");
        }
    }

    private double number(
            List<String> names,
            List<String> cells,
            String column,
            double least,
            double most,
            String allowed,
            long line) {
        String text = cells.get(names.indexOf(column));
        double value = numbers.parse(text, column);
        if (Double.isNaN(value)) {
            problem(line, column, text, "not a number; allowed: " + allowed);
            return least;
        }
        if (!(value >= least && value <= most)) {
            problem(line, column, text, "outside its range; allowed: " + allowed);
            return least;
        }
        return value;
    }

    /** Every sex needs the same years and ages, so that a person can grow older through the whole table. */
    private void checkComplete() {
        if (rates.isEmpty()) {
            problems.add(new DataProblem(source, 0, 0, null, null, "no rows; allowed: one or more under the header"));
            return;
        }
        Set<Integer> years = rates.firstEntry().getValue().keySet();
        Set<Double> ages = rates.firstEntry().getValue().firstEntry().getValue().keySet();
        rates.forEach((sex, byYear) -> {
            if (!byYear.keySet().equals(years)) {
                problems.add(new DataProblem(
                        source, 0, 0, null, null, "sex " + sex + " has years " + byYear.keySet() + ", not " + years));
            }
            byYear.forEach((year, byAge) -> {
                if (!byAge.keySet().equals(ages)) {
                    problems.add(new DataProblem(
                            source,
                            0,
                            0,
                            null,
                            null,
                            "sex " + sex + (hasYears() ? ", year " + year : "") + " has ages " + byAge.keySet()
                                    + ", not " + ages));
                }
            });
        });
    }
}

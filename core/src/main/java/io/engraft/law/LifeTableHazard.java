package io.engraft.law;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The hazard of death in a population, constant between the ages (and calendar years) of a life table. It is read from
 * CSV with a header row and the columns {@code age} (in years: the row holds from this age to the next one of the table,
 * the last for ever), {@code sex} (any names), {@code rate} (deaths a person-year, 0 or more) or {@code q} (the
 * probability of death within one year, 0 or more and less than 1; the rate is -log(1 - q)), and optionally {@code year}
 * (whole calendar years; a row holds to the next year of the table, the last for ever). Rows may come in any order; every
 * sex and year needs the same ages. Other columns are not looked at.
 *
 * <p>An abridged table's probabilities over several years must be turned into yearly ones first, and its open last age
 * needs a rate, not q = 1. No real table is embedded: their licences differ, so a user brings one.
 */
public final class LifeTableHazard {

    private final NavigableMap<String, NavigableMap<Integer, NavigableMap<Double, Double>>> rates;
    private final boolean hasYears;

    private LifeTableHazard(
            NavigableMap<String, NavigableMap<Integer, NavigableMap<Double, Double>>> rates, boolean hasYears) {
        this.rates = rates;
        this.hasYears = hasYears;
    }

    /**
     * Reads a table from a file.
     *
     * @param file its path
     * @return the table
     * @throws io.engraft.InvalidDataException when rows cannot be used or are missing; it lists them
     * @throws FileException when the file cannot be read
     */
    public static LifeTableHazard read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new FileException(file.toString(), file + " does not exist", e);
        } catch (IOException e) {
            throw new FileException(file.toString(), file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a table from text.
     *
     * @param text the CSV
     * @param name its name in messages
     * @return the table
     * @throws io.engraft.InvalidDataException when rows cannot be used or are missing; it lists them
     */
    public static LifeTableHazard ofText(String text, String name) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), name);
    }

    private static LifeTableHazard read(InputStream in, String name) {
        LifeTableReader reader = new LifeTableReader(name);
        reader.read(in);
        NavigableMap<String, NavigableMap<Integer, NavigableMap<Double, Double>>> rates = new TreeMap<>(reader.rates());
        return new LifeTableHazard(rates, reader.hasYears());
    }

    /**
     * The sexes of the table.
     *
     * @return by name
     */
    public List<String> sexes() {
        return List.copyOf(rates.keySet());
    }

    /**
     * The ages at which the rate changes.
     *
     * @return ascending, in years
     */
    public List<Double> ages() {
        return List.copyOf(rates.firstEntry().getValue().firstEntry().getValue().keySet());
    }

    /**
     * The calendar years at which the rate changes.
     *
     * @return ascending; empty for a table without years
     */
    public List<Integer> years() {
        return hasYears ? List.copyOf(rates.firstEntry().getValue().keySet()) : List.of();
    }

    /**
     * The law of the time to death from an age on, for a table without calendar years.
     *
     * @param age the age at time 0, in years; with its fraction
     * @param sex one of {@link #sexes()}
     * @param unit the unit of the law's times
     * @return rates per unit of time, cut where the person reaches the table's ages
     * @throws InvalidArgumentException when the table has years, the age is below its first, or the sex is unknown
     */
    public PiecewiseExponential lawFor(double age, String sex, DurationUnit unit) {
        if (hasYears) {
            throw new InvalidArgumentException("the life table has calendar years; allowed: give the year of time 0");
        }
        return law(age, bySex(sex), 0, unit);
    }

    /**
     * The law of the time to death from an age and a calendar time on: both advance together.
     *
     * @param age the age at time 0, in years; with its fraction
     * @param sex one of {@link #sexes()}
     * @param year the calendar time at time 0, such as 2004.5 for the middle of 2004
     * @param unit the unit of the law's times
     * @return rates per unit of time, cut where the person reaches the table's ages and years
     * @throws InvalidArgumentException when the table has no years, age or year is below its first, or the sex is unknown
     */
    public PiecewiseExponential lawFor(double age, String sex, double year, DurationUnit unit) {
        if (!hasYears) {
            throw new InvalidArgumentException("the life table has no calendar years; allowed: give no year");
        }
        return law(age, bySex(sex), year, unit);
    }

    private NavigableMap<Integer, NavigableMap<Double, Double>> bySex(String sex) {
        NavigableMap<Integer, NavigableMap<Double, Double>> found = rates.get(sex);
        if (found == null) {
            throw InvalidArgumentException.of("sex", sex, "one of " + sexes());
        }
        return found;
    }

    private PiecewiseExponential law(
            double age, NavigableMap<Integer, NavigableMap<Double, Double>> table, double year, DurationUnit unit) {
        SortedMap<Double, Double> firstYear = table.firstEntry().getValue();
        if (!(age >= firstYear.firstKey()) || age == Double.POSITIVE_INFINITY) {
            throw InvalidArgumentException.of("age", age, firstYear.firstKey() + " <= age < infinity");
        }
        if (!(Require.finite("year", year) >= table.firstKey())) {
            throw InvalidArgumentException.of("year", year, "year >= " + table.firstKey());
        }
        double[] cuts = DoubleStream.concat(
                        firstYear.keySet().stream().mapToDouble(a -> a - age),
                        table.keySet().stream().mapToDouble(y -> y - year))
                .filter(t -> t > 0)
                .sorted()
                .distinct()
                .toArray();
        double[] yearly = new double[cuts.length + 1];
        for (int j = 0; j < yearly.length; j++) {
            double from = j == 0 ? 0 : cuts[j - 1];
            double middle = j < cuts.length ? (from + cuts[j]) / 2 : from + 1;
            yearly[j] = rate(table, age + middle, year + middle);
        }
        double perYear = DurationUnit.YEARS.to(unit, 1);
        return PiecewiseExponential.of(
                Arrays.stream(cuts).map(t -> t * perYear).toArray(),
                Arrays.stream(yearly).map(r -> r / perYear).toArray());
    }

    private static double rate(NavigableMap<Integer, NavigableMap<Double, Double>> table, double age, double year) {
        int calendar = (int) Math.min(Math.floor(year), Integer.MAX_VALUE);
        return table.floorEntry(calendar).getValue().floorEntry(age).getValue();
    }

    @Override
    public String toString() {
        return "population mortality of " + Brief.list(sexes()) + ", ages " + Brief.list(ages())
                + (hasYears ? ", years " + Brief.list(years()) : "");
    }
}

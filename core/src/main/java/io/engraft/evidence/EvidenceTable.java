package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvSource;
import io.engraft.internal.Brief;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Published figures with where they stand and how they came to be known. Every row can be shown; only those with status
 * {@link EvidenceStatus#READ} can be taken for calibration, and {@link #forCalibration} refuses the others by name.
 * Immutable.
 *
 * <p>{@link #jmml()} is the embedded catalogue on juvenile myelomonocytic leukemia; {@link #read} takes any CSV with the
 * columns id, source, population, n, endpoint, time_months, estimate, ci_low, ci_high, ci_source, unit, status,
 * confidence, url, note, and if wanted author, year, journal. The population "same" is that of the row before.
 */
@CheckReturnValue
public final class EvidenceTable implements Tabular {

    private static final String EMBEDDED = "jmml.csv";

    private final String name;
    private final Map<String, PublishedRate> rates;

    private EvidenceTable(String name, List<PublishedRate> rates) {
        this.name = name;
        this.rates = new LinkedHashMap<>();
        rates.forEach(rate -> this.rates.put(rate.id(), rate));
    }

    /**
     * Published figures on juvenile myelomonocytic leukemia, embedded. Figures that were only recalled, or looked for and
     * not found, are not in it; {@link #notice()} names them.
     *
     * @return the catalogue
     */
    public static EvidenceTable jmml() {
        try (InputStream in = resource(EMBEDDED)) {
            return new EvidenceTable("jmml", EvidenceReader.read(CsvSource.of(in, EMBEDDED)));
        } catch (IOException e) {
            throw new FileException(EMBEDDED + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Source, licence and omissions of the embedded catalogue.
     *
     * @return the notice that is shipped beside it
     */
    public static String notice() {
        try (InputStream in = resource("jmml.NOTICE.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FileException("jmml.NOTICE.txt cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream resource(String file) {
        InputStream in = EvidenceTable.class.getResourceAsStream(file);
        if (in == null) {
            throw new FileException("the embedded file " + file + " is missing", null);
        }
        return in;
    }

    /**
     * Reads a table of the user's own.
     *
     * @param source where the text comes from
     * @return the table
     * @throws io.engraft.InvalidDataException when a column is missing or rows cannot be used; it lists them
     * @throws FileException when the file cannot be read
     */
    public static EvidenceTable read(CsvSource source) {
        return new EvidenceTable(source.name(), EvidenceReader.read(source));
    }

    /**
     * What the table is called.
     *
     * @return "jmml", or the name of its source
     */
    public String name() {
        return name;
    }

    /**
     * The figures.
     *
     * @return in the order of the table
     */
    public List<PublishedRate> rates() {
        return List.copyOf(rates.values());
    }

    /**
     * One figure.
     *
     * @param id its id
     * @return the figure
     * @throws InvalidArgumentException when there is none
     */
    public PublishedRate get(String id) {
        PublishedRate rate = rates.get(id);
        if (rate == null) {
            throw InvalidArgumentException.ofText("evidence id", id, "one of " + rates.keySet());
        }
        return rate;
    }

    /**
     * The figures on one endpoint.
     *
     * @param endpoint as written in the table, such as CIR
     * @return a table of them, in the same order
     * @throws InvalidArgumentException when there is none
     */
    public EvidenceTable withEndpoint(String endpoint) {
        List<String> known =
                rates().stream().map(PublishedRate::endpoint).distinct().toList();
        if (!known.contains(endpoint)) {
            throw InvalidArgumentException.ofText("endpoint", endpoint, "one of " + known);
        }
        return filter(rate -> rate.endpoint().equals(endpoint));
    }

    /**
     * The figures with one status.
     *
     * @param status the status
     * @return a table of them, in the same order; it may be empty
     */
    public EvidenceTable withStatus(EvidenceStatus status) {
        return filter(rate -> rate.status() == status);
    }

    /**
     * The figures that a model may be calibrated on.
     *
     * @return a table of the READ rows
     */
    public EvidenceTable usableForCalibration() {
        return filter(PublishedRate::mayCalibrate);
    }

    private EvidenceTable filter(Predicate<PublishedRate> wanted) {
        return new EvidenceTable(name, rates().stream().filter(wanted).toList());
    }

    /**
     * Takes figures for calibration.
     *
     * @param ids their ids, one or more
     * @return the figures, in the order of the ids
     * @throws InvalidArgumentException when an id is unknown, or a figure's status does not allow it; all those that are
     *     refused are named with their status
     */
    public List<PublishedRate> forCalibration(String... ids) {
        if (ids.length == 0) {
            throw InvalidArgumentException.of("evidence ids", "empty", "one or more");
        }
        List<PublishedRate> taken = Arrays.stream(ids).map(this::get).toList();
        List<String> refused = taken.stream()
                .filter(rate -> !rate.mayCalibrate())
                .map(rate -> rate.id() + " has status " + rate.status().label())
                .toList();
        if (!refused.isEmpty()) {
            throw new InvalidArgumentException("not usable for calibration: " + String.join(", ", refused)
                    + "; allowed: figures with status " + EvidenceStatus.READ.label());
        }
        return taken;
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder();
        for (String column : List.of("id", "source", "author", "year", "journal", "population", "n", "endpoint")) {
            table.text(column);
        }
        table.number("time_months")
                .text("estimate")
                .number("value")
                .number("ci_low")
                .number("ci_high");
        for (String column : List.of("ci_source", "unit", "status", "confidence", "url", "note")) {
            table.text(column);
        }
        for (PublishedRate r : rates.values()) {
            List<@Nullable Object> cells = new ArrayList<>();
            PublishedSource s = r.source();
            String year = s.year().isPresent() ? String.valueOf(s.year().getAsInt()) : "";
            for (String text : List.of(
                    r.id(), s.citation(), s.author(), year, s.journal(), r.population(), r.patients(), r.endpoint())) {
                cells.add(orMissing(text));
            }
            cells.add(orMissing(r.months()));
            cells.add(orMissing(r.estimate()));
            cells.add(orMissing(r.value()));
            cells.add(orMissing(r.lower()));
            cells.add(orMissing(r.upper()));
            for (String text :
                    List.of(r.intervalSource(), r.unit(), r.status().label(), r.confidence(), s.url(), r.note())) {
                cells.add(orMissing(text));
            }
            table.row(cells.toArray(new @Nullable Object[0]));
        }
        return table.build();
    }

    private static @Nullable Object orMissing(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Object orMissing(OptionalDouble number) {
        return number.isPresent() ? (Object) number.getAsDouble() : null;
    }

    @Override
    public String toString() {
        return name + ": " + Brief.count(rates.size(), "published figure");
    }
}

package io.engraft.calibrate;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.JsonValue;
import io.engraft.internal.Require;
import io.engraft.multistate.CompetingRisksMixture;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.OccupancySolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FateModel} whose numbers are named {@link Assumption}s, read from one JSON file ({@code "format":
 * "engraft-pathways", "version": 1}). Wherever the file wants a number it takes one, or the id of an assumption; a
 * probability may also be "rest", one minus the others of its state. A law is given by its family and its own parameters;
 * or by "median" and "by", "share" (P(T &lt;= by) = share); or by "median" and "shape" (weibull, loglogistic, gamma) or
 * "sdLog" (lognormal); or, exponential, by "median" alone.
 *
 * <p>{@link #jmml()} is the model of juvenile myelomonocytic leukemia after a first transplant. Its shares and its median
 * time to relapse were read in publications; everything about timing beyond that, and all that happens after relapse, is
 * assumed, and says so.
 */
public final class PathwayModel implements Tabular {

    private static final String JMML = "jmml.json";
    private static final double SENSITIVITY_TOLERANCE = 1e-6;

    private final JsonValue document;
    private final String name;
    private final Map<String, Assumption> assumptions;
    private final List<EvidenceSource> evidence;
    private final FateModel model;

    private PathwayModel(
            JsonValue document,
            String name,
            Map<String, Assumption> assumptions,
            List<EvidenceSource> evidence,
            FateModel model) {
        this.document = document;
        this.name = name;
        this.assumptions = assumptions;
        this.evidence = evidence;
        this.model = model;
    }

    /**
     * The JMML model that ships with the library.
     *
     * @return the model, times in months, with the sample size of 100 behind the fates after the first transplant
     */
    public static PathwayModel jmml() {
        return of(resource(), JMML);
    }

    /**
     * The JMML model's file, for printing and as a start for a model of one's own.
     *
     * @return the JSON text
     */
    public static String jmmlText() {
        return new String(resource(), StandardCharsets.UTF_8);
    }

    private static byte[] resource() {
        try (InputStream in = PathwayModel.class.getResourceAsStream(JMML)) {
            if (in == null) {
                throw new FileException("the resource " + JMML + " is missing from the library", null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FileException("the resource " + JMML + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a model from a file.
     *
     * @param file a JSON file in the format of {@link #jmmlText()}
     * @return the model
     * @throws FileException when the file cannot be read
     * @throws InvalidDataException when it is not such a model; the problem names line, key path and value
     */
    public static PathwayModel read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new FileException("there is no file " + file, e);
        } catch (IOException e) {
            throw new FileException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
        Path last = file.getFileName();
        return of(bytes, String.valueOf(last == null ? file : last));
    }

    private static PathwayModel of(byte[] bytes, String source) {
        JsonValue document = JsonValue.read(bytes, source);
        PathwayReader.checkHeader(document);
        List<EvidenceSource> evidence = PathwayReader.evidence(document);
        Map<String, Assumption> assumptions = PathwayReader.assumptions(document, evidence);
        String name = document.get("name").text();
        FateModel model = new PathwayReader(document, assumptions).model();
        return new PathwayModel(document, name, assumptions, evidence, model);
    }

    /**
     * The name of the model.
     *
     * @return for people
     */
    public String name() {
        return name;
    }

    /**
     * The unit of all times of the model.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        return model.unit();
    }

    /**
     * The assumptions.
     *
     * @return in the order of the file
     */
    public List<Assumption> assumptions() {
        return List.copyOf(assumptions.values());
    }

    /**
     * One assumption.
     *
     * @param id its id
     * @return the assumption
     * @throws InvalidArgumentException when there is none of that id
     */
    public Assumption assumption(String id) {
        Assumption found = assumptions.get(id);
        if (found == null) {
            throw InvalidArgumentException.of("assumption", id, "one of " + assumptions.keySet());
        }
        return found;
    }

    /**
     * The published figures.
     *
     * @return in the order of the file
     */
    public List<EvidenceSource> evidence() {
        return evidence;
    }

    /**
     * The states, fates and laws.
     *
     * @return the model, to be solved or simulated
     */
    public FateModel model() {
        return model;
    }

    /**
     * The fates of the first state as competing risks.
     *
     * @return the mixture, with the state's sample size where it has one; its first state is named "event-free"
     */
    public CompetingRisksMixture mixture() {
        FateState first = model.state(model.start());
        List<Fate> fates = first.fates().isEmpty() ? List.of(Fate.stays("stays", 1)) : first.fates();
        CompetingRisksMixture mixture = CompetingRisksMixture.of("event-free", fates);
        return first.sampleSize() > 0 ? mixture.withSampleSize(first.sampleSize()) : mixture;
    }

    /**
     * The same model with another value of an assumption.
     *
     * @param id the assumption
     * @param value the value, in the assumption's unit
     * @return the model
     * @throws InvalidArgumentException when there is no such assumption or the value is outside its domain
     * @throws InvalidDataException when the model becomes impossible, such as probabilities above 1 in sum
     */
    public PathwayModel withAssumption(String id, double value) {
        Map<String, Assumption> changed = new LinkedHashMap<>(assumptions);
        changed.put(id, assumption(id).withValue(value));
        return new PathwayModel(document, name, changed, evidence, new PathwayReader(document, changed).model());
    }

    /**
     * What each assumption is worth: the probability to be alive at a time, with the assumption at the ends of its range
     * and all others as they are; what a state has as "rest" takes up the change, so that fewer relapses beside the same
     * remissions are more deaths. By the solver, to 1e-6.
     *
     * @param time the time, positive, in the unit of the model
     * @return columns assumption, text, low, value, high, at_low, at_value, at_high; a cell is missing where that end
     *     makes the model impossible
     * @throws InvalidArgumentException when the time is not positive, or a state can be entered twice
     */
    public TidyTable sensitivity(double time) {
        Require.positive("time", time);
        TidyTable.Builder table = TidyTable.builder()
                .text("assumption")
                .text("text")
                .number("low")
                .number("value")
                .number("high")
                .number("at_low")
                .number("at_value")
                .number("at_high");
        double stated = alive(model, time);
        for (Assumption a : assumptions.values()) {
            Double low = aliveWith(a, a.low(), time);
            Double high = aliveWith(a, a.high(), time);
            table.row(a.id(), a.text(), a.low(), a.value(), a.high(), low, stated, high);
        }
        return table.build();
    }

    private @Nullable Double aliveWith(Assumption assumption, double value, double time) {
        FateModel changed;
        try {
            changed = withAssumption(assumption.id(), value).model();
        } catch (InvalidDataException impossible) {
            return null;
        }
        return alive(changed, time);
    }

    private static double alive(FateModel model, double time) {
        return OccupancySolver.withDefaults()
                .withTolerance(SENSITIVITY_TOLERANCE)
                .solve(model, time)
                .probabilityIn(model.aliveStates(), time);
    }

    /**
     * The assumptions as a table.
     *
     * @return columns id, text, value, low, high, unit, basis, evidence
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("id")
                .text("text")
                .number("value")
                .number("low")
                .number("high")
                .text("unit")
                .text("basis")
                .text("evidence");
        for (Assumption a : assumptions.values()) {
            List<String> ids = new ArrayList<>(a.evidence());
            table.row(a.id(), a.text(), a.value(), a.low(), a.high(), a.unit(), a.basis(), String.join(" ", ids));
        }
        return table.build();
    }
}

package io.engraft.pathway;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.multistate.solve.OccupancySolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A model whose numbers are named {@link Assumption}s, read from one JSON file ({@code "format": "engraft-pathways",
 * "version": 1}; docs/models.md has its keys). States are left by fates or by hazards with clocks, patients start in one
 * state or in several, and a file may include the states of a shipped pathway ({@link JmmlPathways}). Wherever the file
 * wants a number it takes one, or the id of an assumption; a probability may also be "rest", one minus the others of its
 * state. A law is given by its family and its own parameters; or by "median" and "by", "share" (P(T &lt;= by) = share);
 * or by "median" and "shape" (weibull, loglogistic, gamma) or "sdLog" (lognormal); or, exponential, by "median" alone or
 * by "by" and "share" alone. The law of a transition may have "reaches" as well: the share of patients who ever would.
 *
 * <p>{@link #jmml()} is the model of juvenile myelomonocytic leukemia after a first transplant. Its shares and its median
 * time to relapse were read in publications; everything about timing beyond that, and all that happens after relapse, is
 * assumed, and says so.
 */
@CheckReturnValue
public final class PathwayModel implements Tabular {

    private static final double SENSITIVITY_TOLERANCE = 1e-6;

    private final PathwayDocument document;
    private final Map<String, Assumption> assumptions;
    private final List<EvidenceSource> evidence;
    private final PathwayReader.Reading reading;

    private PathwayModel(
            PathwayDocument document,
            Map<String, Assumption> assumptions,
            List<EvidenceSource> evidence,
            PathwayReader.Reading reading) {
        this.document = document;
        this.assumptions = assumptions;
        this.evidence = evidence;
        this.reading = reading;
    }

    /**
     * The JMML model that ships with the library.
     *
     * @return the model, times in months, with the sample size of 100 behind the fates after the first transplant
     */
    public static PathwayModel jmml() {
        return JmmlPathways.get(JmmlPathways.TRANSPLANT);
    }

    /**
     * The JMML model's file, for printing and as a start for a model of one's own.
     *
     * @return the JSON text
     */
    public static String jmmlText() {
        return JmmlPathways.text(JmmlPathways.TRANSPLANT);
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
        return of(bytes(file), nameOf(file));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new FileException(file.toString(), "there is no file " + file, e);
        } catch (IOException e) {
            throw new FileException(file.toString(), "the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static String nameOf(Path file) {
        Path last = file.getFileName();
        return String.valueOf(last == null ? file : last);
    }

    static PathwayModel of(byte[] bytes, String source) {
        return of(PathwayDocument.read(bytes, source));
    }

    private static PathwayModel of(PathwayDocument document) {
        PathwayReader.Reading reading = PathwayReader.read(document, document.assumptions());
        Set<String> used = reading.numbers().stream()
                .map(PathwayNumber::assumption)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<String, Assumption> assumptions = new LinkedHashMap<>(document.assumptions());
        assumptions.keySet().removeIf(id -> document.inherited().contains(id) && !used.contains(id));
        List<EvidenceSource> evidence = document.evidence().stream()
                .filter(e -> !document.inherited().contains(e.id())
                        || assumptions.values().stream().anyMatch(a -> a.names(e.id())))
                .toList();
        return new PathwayModel(document, assumptions, evidence, reading);
    }

    /**
     * The name of the model.
     *
     * @return for people
     */
    public String name() {
        return document.title();
    }

    /**
     * What time is counted from.
     *
     * @return empty where the file does not say, or after {@link #withStart(String)}
     */
    public Optional<TimeZero> timeZero() {
        return document.timeZero();
    }

    /**
     * What must be known before the model is used: what was not read, and what must not be compared.
     *
     * @return sentences
     */
    public List<String> notes() {
        return document.notes();
    }

    /**
     * The unit of all times of the model.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        return reading.model().unit();
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
     * The states and the ways between them, hazards or fates.
     *
     * @return the model, to be solved or simulated
     */
    public MultiStateModel multiStateModel() {
        return reading.model();
    }

    /**
     * Whether all states are left by fates, and all patients start in one state.
     *
     * @return true where {@link #model()} gives a model
     */
    public boolean isFateModel() {
        return reading.fates() != null;
    }

    /**
     * The states, fates and laws. For curves solve {@link #multiStateModel()}: the convolutions by which a
     * {@link FateModel} is solved are slow and imprecise where a steep law comes before others, as in
     * "bridge-chemotherapy" (their error estimate says so).
     *
     * @return the model, to be simulated with draws of its probabilities
     * @throws InvalidArgumentException when the pathway has hazards or several states to start in
     */
    public FateModel model() {
        FateModel fates = reading.fates();
        if (fates == null) {
            throw new InvalidArgumentException("the pathway '" + name() + "' has hazards or several states to start in,"
                    + " so that it is no FateModel; allowed: multiStateModel()");
        }
        return fates;
    }

    /**
     * The states that count as alive and free of leukaemia.
     *
     * @return their names, in the order of the file; empty where the file declares none
     */
    public List<String> leukaemiaFreeStates() {
        return reading.leukaemiaFree();
    }

    /**
     * The same model for patients who enter one of its states at time 0, such as a second transplant. States that cannot
     * be reached from there are left out, and so are the assumptions and evidence that only they use.
     *
     * @param state a state of the model
     * @return the model, without a declared {@link #timeZero()}
     * @throws InvalidArgumentException when there is no such state
     */
    public PathwayModel withStart(String state) {
        reading.model().state(state);
        PathwayModel all = of(document.startingIn(state));
        Map<String, Assumption> mine = new LinkedHashMap<>(all.assumptions);
        mine.replaceAll((id, stated) -> assumption(id));
        return new PathwayModel(all.document, mine, all.evidence, PathwayReader.read(all.document, mine));
    }

    /**
     * The fates of the first state as competing risks.
     *
     * @return the mixture, with the state's sample size where it has one; its first state is named "event-free"
     * @throws InvalidArgumentException when the pathway has hazards or several states to start in
     */
    public CompetingRisksMixture mixture() {
        FateState first = model().state(model().start());
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
        return withAssumptions(Map.of(id, value));
    }

    /**
     * The same model with other values of several assumptions at once, which may be possible only together.
     *
     * @param values the values by assumption, each in its unit
     * @return the model
     * @throws InvalidArgumentException when there is no such assumption or a value is outside its domain
     * @throws InvalidDataException when the model becomes impossible, such as probabilities above 1 in sum
     */
    public PathwayModel withAssumptions(Map<String, Double> values) {
        Map<String, Assumption> changed = new LinkedHashMap<>(assumptions);
        values.forEach((id, value) -> changed.put(id, assumption(id).withValue(value)));
        return new PathwayModel(document, changed, evidence, PathwayReader.read(document, changed));
    }

    /**
     * What each assumption is worth: the probability to be alive at a time, with the assumption at the ends of its range
     * and all others as they are; what a state has as "rest" takes up the change, so that fewer relapses beside the same
     * remissions are more deaths. By the solver, to 1e-6.
     *
     * @param time the time, positive, in the unit of the model
     * @return columns assumption, text, low, value, high, at_low, at_value, at_high; a cell is missing where that end
     *     makes the model impossible
     * @throws InvalidArgumentException when the time is not positive
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
        ToDoubleFunction<PathwayModel> alive = aliveAt(time);
        double stated = alive.applyAsDouble(this);
        for (Assumption a : assumptions.values()) {
            double[] ends = ends(a, alive);
            table.row(a.id(), a.text(), a.low(), a.value(), a.high(), ends[0], stated, ends[1]);
        }
        return table.build();
    }

    /** P(alive) with an assumption at the ends of its range, NaN where that is impossible. */
    private double[] ends(Assumption a, ToDoubleFunction<PathwayModel> alive) {
        return DoubleStream.of(a.low(), a.high())
                .map(end -> ifPossible(a.id(), end).map(alive::applyAsDouble).orElse(Double.NaN))
                .toArray();
    }

    /** One row of {@link #sensitivity}: P(alive) at the low end, as stated, and at the high end. */
    double[] sensitivityOf(String id, double time) {
        ToDoubleFunction<PathwayModel> alive = aliveAt(time);
        double[] ends = ends(assumption(id), alive);
        return new double[] {ends[0], alive.applyAsDouble(this), ends[1]};
    }

    /** The model with another value of an assumption, or nothing where probabilities would sum to more than 1. */
    Optional<PathwayModel> ifPossible(String id, double value) {
        try {
            return Optional.of(withAssumption(id, value));
        } catch (InvalidDataException impossible) {
            return Optional.empty();
        }
    }

    private static ToDoubleFunction<PathwayModel> aliveAt(double time) {
        ToDoubleFunction<MultiStateModel> alive = aliveIn(time);
        return p -> alive.applyAsDouble(p.multiStateModel());
    }

    /** P(alive) at a time, of models of plain numbers too. */
    static ToDoubleFunction<MultiStateModel> aliveIn(double time) {
        OccupancySolver solver = OccupancySolver.withDefaults().withTolerance(SENSITIVITY_TOLERANCE);
        return model -> solver.solve(model, time).probabilityIn(model.aliveStates(), time);
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

    /**
     * Every number of the model and what it rests on: which was read, and which is assumed.
     *
     * @return the columns of {@link JmmlPathways#table()} without the pathway's name
     */
    public TidyTable numbers() {
        return PathwayTables.numbers(List.of(), List.of(this));
    }

    List<PathwayNumber> numberList() {
        return reading.numbers();
    }

    @Override
    public String toString() {
        return name() + ", in " + unit().label() + ", " + Brief.count(assumptions.size(), "assumption") + ", states "
                + Brief.list(multiStateModel().stateNames());
    }
}

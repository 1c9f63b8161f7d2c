package io.engraft.pathway;

import static io.engraft.pathway.PathwayDocument.at;

import io.engraft.data.DurationUnit;
import io.engraft.internal.JsonValue;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a pathway's document and the values of its assumptions into a model. */
final class PathwayReader {

    private final PathwayDocument document;
    private final Map<String, Assumption> assumptions;
    private final DurationUnit unit;
    private final List<PathwayNumber> numbers = new ArrayList<>();
    private final List<String> leukaemiaFree = new ArrayList<>();

    private PathwayReader(PathwayDocument document, Map<String, Assumption> assumptions) {
        this.document = document;
        this.assumptions = assumptions;
        this.unit = document.unit();
    }

    /**
     * What a document says at some values of its assumptions.
     *
     * @param model states and ways between them
     * @param fates the same where it is made of fates alone, else null
     * @param numbers every number and where it stands
     * @param leukaemiaFree the states declared free of leukaemia
     */
    record Reading(
            MultiStateModel model,
            @Nullable FateModel fates,
            List<PathwayNumber> numbers,
            List<String> leukaemiaFree) {}

    static Reading read(PathwayDocument document, Map<String, Assumption> assumptions) {
        return new PathwayReader(document, assumptions).read();
    }

    private Reading read() {
        MultiStateModel.Builder builder = MultiStateModel.builder(unit);
        Map<String, Double> starts = starts();
        starts.forEach((state, share) -> {
            if (share > 0) {
                at(document.root().get("start"), () -> builder.start(state, share));
            }
        });
        List<FateState> states = new ArrayList<>();
        boolean hazards = false;
        for (JsonValue item : document.states()) {
            FateState state = state(item);
            List<JsonValue> ways =
                    item.find("transitions").map(JsonValue::items).orElse(List.of());
            boolean absorbing = state.fates().isEmpty() && ways.isEmpty();
            at(item, () -> absorbing ? builder.absorbing(state) : builder.state(state));
            ways.forEach(way -> builder.transition(transition(state.name(), way)));
            hazards |= !ways.isEmpty();
            states.add(state);
        }
        JsonValue place = document.root().get("states");
        MultiStateModel model = at(place, builder::build);
        FateModel fates = null;
        if (!hazards && model.starts().size() == 1) {
            String start = model.starts().keySet().iterator().next();
            fates = FateModel.of(start, unit, states);
        }
        return new Reading(model, fates, List.copyOf(numbers), List.copyOf(leukaemiaFree));
    }

    private Map<String, Double> starts() {
        Map<String, Double> starts = new LinkedHashMap<>();
        JsonValue start = document.root().get("start");
        String other = document.start();
        if (other != null || start.isText()) {
            starts.put(other != null ? other : start.text(), 1.0);
            return starts;
        }
        List<JsonValue> items = start.items();
        items.forEach(item -> item.allowOnly("state", "probability"));
        double[] shares = probabilities(
                items, PathwayNumber.START, item -> item.get("state").text());
        for (int k = 0; k < shares.length; k++) {
            String state = items.get(k).get("state").text();
            if (starts.put(state, shares[k]) != null) {
                throw items.get(k).bad("start '" + state + "' is given twice; allowed: each state once");
            }
        }
        return starts;
    }

    private FateState state(JsonValue item) {
        item.allowOnly("name", "label", "alive", "leukaemiaFree", "sampleSize", "fates", "transitions");
        String name = item.get("name").text();
        Optional<JsonValue> given = item.find("fates");
        List<JsonValue> fates = given.isEmpty() && item.find("transitions").isPresent()
                ? List.of()
                : item.get("fates").items();
        double[] probabilities =
                probabilities(fates, name, fate -> fate.get("event").text());
        List<Fate> made = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            made.add(fate(name, fates.get(k), probabilities[k]));
        }
        int patients = item.find("sampleSize").map(JsonValue::wholeNumber).orElse(0);
        if (patients > 0) {
            numbers.add(new PathwayNumber(
                    name, null, "sampleSize", patients, PathwayNumber.PATIENTS, null, PathwayNumber.PATIENTS));
        }
        String label = item.find("label").map(JsonValue::text).orElse(name);
        boolean alive = item.get("alive").yes();
        Optional<JsonValue> free = item.find("leukaemiaFree");
        if (free.map(JsonValue::yes).orElse(false)) {
            if (!alive) {
                throw free.get().bad("the state is not alive; allowed: true in states in which a patient is alive");
            }
            leukaemiaFree.add(name);
        }
        return at(item, () -> new FateState(name, label, alive, patients, made));
    }

    private interface Name {
        String of(JsonValue item);
    }

    private double[] probabilities(List<JsonValue> items, String state, Name event) {
        double[] probabilities = new double[items.size()];
        int rest = -1;
        // Decimal, so that the rest of 0.5 and 0.35 is 0.15.
        BigDecimal left = BigDecimal.ONE;
        for (int k = 0; k < probabilities.length; k++) {
            JsonValue probability = items.get(k).get("probability");
            if (probability.isText() && probability.text().equals("rest")) {
                if (rest >= 0) {
                    throw probability.bad("'rest' is used twice in one state; allowed: once");
                }
                rest = k;
                continue;
            }
            double p = number(probability, state, event.of(items.get(k)), "probability", "probability");
            if (!(p >= 0 && p <= 1)) {
                throw probability.bad("the probability is " + p + "; allowed: 0 <= probability <= 1");
            }
            probabilities[k] = p;
            left = left.subtract(BigDecimal.valueOf(p));
        }
        if (rest >= 0) {
            if (left.signum() < 0) {
                throw items.get(rest)
                        .get("probability")
                        .bad("the other probabilities of this state sum to "
                                + BigDecimal.ONE.subtract(left).doubleValue()
                                + "; allowed: at most 1");
            }
            probabilities[rest] = left.doubleValue();
            String name = event.of(items.get(rest));
            numbers.add(new PathwayNumber(
                    state, name, "probability", probabilities[rest], "probability", null, PathwayNumber.REST));
        }
        return probabilities;
    }

    private Fate fate(String state, JsonValue item, double probability) {
        item.allowOnly("event", "to", "probability", "law");
        String event = item.get("event").text();
        Optional<JsonValue> to = item.find("to");
        @Nullable String destination = to.isPresent() ? to.get().text() : null;
        Optional<JsonValue> law = item.find("law");
        @Nullable LawOfTime time = law.isPresent() ? laws(state, event).fate(law.get()) : null;
        return at(item, () -> new Fate(event, destination, probability, time));
    }

    private HazardTransition transition(String state, JsonValue item) {
        item.allowOnly("event", "to", "clock", "law");
        String to = item.get("to").text();
        String event = item.find("event").map(JsonValue::text).orElse(to);
        JsonValue clock = item.get("clock");
        Clock read = at(clock, () -> Clock.parse(clock.text()));
        LawOfTime law = laws(state, event).hazard(item.get("law"));
        return at(item, () -> new HazardTransition(event, state, to, law, read, Map.of()));
    }

    private LawReader laws(String state, String event) {
        return new LawReader((value, parameter, kind) -> number(value, state, event, parameter, kind));
    }

    /** A number, or the value of the assumption named; times in the unit of the model. */
    private double number(JsonValue value, String state, String event, String parameter, String kind) {
        if (!value.isText()) {
            double literal = value.number();
            String shownUnit = kind.equals("time") ? unit.label() : kind;
            numbers.add(new PathwayNumber(state, event, parameter, literal, shownUnit, null, PathwayNumber.DEFINITION));
            return literal;
        }
        Assumption assumption = assumptions.get(value.text());
        if (assumption == null) {
            throw value.bad("no such assumption in this file; allowed: a number, or one of " + assumptions.keySet());
        }
        boolean isTime =
                !assumption.unit().equals("probability") && !assumption.unit().equals("number");
        boolean fits = kind.equals("time") ? isTime : assumption.unit().equals(kind);
        if (!fits) {
            throw value.bad("assumption " + assumption.id() + " is in " + assumption.unit() + "; allowed: a " + kind);
        }
        numbers.add(new PathwayNumber(
                state,
                event,
                parameter,
                assumption.value(),
                assumption.unit(),
                assumption.id(),
                PathwayNumber.ASSUMPTION));
        return isTime ? DurationUnit.parse(assumption.unit()).to(unit, assumption.value()) : assumption.value();
    }
}

package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.JsonValue;
import io.engraft.law.Gamma;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.TimingTarget;
import io.engraft.law.Weibull;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns a JSON document and the values of its assumptions into a model. */
final class PathwayReader {

    private static final String FORMAT = "engraft-pathways";
    private static final int VERSION = 1;

    private final JsonValue document;
    private final Map<String, Assumption> assumptions;
    private final DurationUnit unit;

    PathwayReader(JsonValue document, Map<String, Assumption> assumptions) {
        this.document = document;
        this.assumptions = assumptions;
        JsonValue unitName = document.get("unit");
        this.unit = at(unitName, () -> DurationUnit.parse(unitName.text()));
    }

    static void checkHeader(JsonValue document) {
        JsonValue format = document.get("format");
        if (!format.text().equals(FORMAT)) {
            throw format.bad("unknown format; allowed: " + FORMAT);
        }
        JsonValue version = document.get("version");
        if (version.wholeNumber() != VERSION) {
            throw version.bad("unknown version; allowed: " + VERSION);
        }
        document.allowOnly("format", "version", "name", "unit", "evidence", "assumptions", "start", "states");
    }

    static List<EvidenceSource> evidence(JsonValue document) {
        List<EvidenceSource> sources = new ArrayList<>();
        for (JsonValue item : document.find("evidence").map(JsonValue::items).orElse(List.of())) {
            item.allowOnly("id", "citation", "finding", "url");
            String id = item.get("id").text();
            if (sources.stream().anyMatch(s -> s.id().equals(id))) {
                throw item.get("id").bad("this id is given twice; allowed: each id once");
            }
            sources.add(new EvidenceSource(
                    id,
                    item.get("citation").text(),
                    item.get("finding").text(),
                    item.get("url").text()));
        }
        return List.copyOf(sources);
    }

    static Map<String, Assumption> assumptions(JsonValue document, List<EvidenceSource> evidence) {
        Map<String, Assumption> found = new LinkedHashMap<>();
        for (JsonValue item : document.find("assumptions").map(JsonValue::items).orElse(List.of())) {
            item.allowOnly("id", "text", "value", "low", "high", "unit", "basis", "evidence");
            List<String> ids = new ArrayList<>();
            for (JsonValue id : item.get("evidence").items()) {
                ids.add(id.text());
                if (evidence.stream().noneMatch(e -> e.id().equals(id.text()))) {
                    throw id.bad("no such evidence in this file; allowed: "
                            + evidence.stream().map(EvidenceSource::id).toList());
                }
            }
            Assumption assumption = at(
                    item,
                    () -> new Assumption(
                            item.get("id").text(),
                            item.get("text").text(),
                            item.get("value").number(),
                            item.get("low").number(),
                            item.get("high").number(),
                            item.get("unit").text(),
                            item.get("basis").text(),
                            ids));
            if (found.put(assumption.id(), assumption) != null) {
                throw item.get("id").bad("this id is given twice; allowed: each id once");
            }
        }
        return found;
    }

    /** Says where in the file a value stands that the model's own checks refuse. */
    private static <T> T at(JsonValue where, Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidDataException alreadyPlaced) {
            throw alreadyPlaced;
        } catch (InvalidArgumentException refused) {
            throw where.bad(String.valueOf(refused.getMessage()));
        }
    }

    FateModel model() {
        List<FateState> states = new ArrayList<>();
        for (JsonValue state : document.get("states").items()) {
            states.add(state(state));
        }
        JsonValue start = document.get("start");
        String first = start.text();
        return at(document.get("states"), () -> FateModel.of(first, unit, states));
    }

    private FateState state(JsonValue item) {
        item.allowOnly("name", "label", "alive", "sampleSize", "fates");
        List<JsonValue> fates = item.get("fates").items();
        double[] probabilities = probabilities(fates);
        List<Fate> made = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            made.add(fate(fates.get(k), probabilities[k]));
        }
        int patients = item.find("sampleSize").map(JsonValue::wholeNumber).orElse(0);
        String name = item.get("name").text();
        String label = item.find("label").map(JsonValue::text).orElse(name);
        boolean alive = item.get("alive").yes();
        return at(item, () -> new FateState(name, label, alive, patients, made));
    }

    private double[] probabilities(List<JsonValue> fates) {
        double[] probabilities = new double[fates.size()];
        int rest = -1;
        // Decimal, so that the rest of 0.5 and 0.35 is 0.15.
        BigDecimal left = BigDecimal.ONE;
        for (int k = 0; k < probabilities.length; k++) {
            JsonValue probability = fates.get(k).get("probability");
            if (probability.isText() && probability.text().equals("rest")) {
                if (rest >= 0) {
                    throw probability.bad("'rest' is used twice in one state; allowed: once");
                }
                rest = k;
                continue;
            }
            double p = number(probability, "probability");
            if (!(p >= 0 && p <= 1)) {
                throw probability.bad("the probability is " + p + "; allowed: 0 <= probability <= 1");
            }
            probabilities[k] = p;
            left = left.subtract(BigDecimal.valueOf(p));
        }
        if (rest >= 0) {
            if (left.signum() < 0) {
                throw fates.get(rest)
                        .get("probability")
                        .bad("the other probabilities of this state sum to "
                                + BigDecimal.ONE.subtract(left).doubleValue()
                                + "; allowed: at most 1");
            }
            probabilities[rest] = left.doubleValue();
        }
        return probabilities;
    }

    private Fate fate(JsonValue item, double probability) {
        item.allowOnly("event", "to", "probability", "law");
        String event = item.get("event").text();
        Optional<JsonValue> to = item.find("to");
        @Nullable String destination = to.isPresent() ? to.get().text() : null;
        Optional<JsonValue> law = item.find("law");
        @Nullable LawOfTime time = law.isPresent() ? law(law.get()) : null;
        return at(item, () -> new Fate(event, destination, probability, time));
    }

    /** A number, or the value of the assumption named; times in the unit of the model. */
    private double number(JsonValue value, String kind) {
        if (!value.isText()) {
            return value.number();
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
        return isTime ? DurationUnit.parse(assumption.unit()).to(unit, assumption.value()) : assumption.value();
    }

    private LawOfTime law(JsonValue item) {
        JsonValue familyName = item.get("family");
        LawFamily family = at(familyName, () -> EventTiming.requireCalibrated(LawFamily.parse(familyName.text())));
        return at(item, () -> item.find("median").isPresent() ? byMedian(item, family) : byParameters(item, family));
    }

    private LawOfTime byParameters(JsonValue item, LawFamily family) {
        List<String> names = family.parameterNames();
        List<String> keys = new ArrayList<>(names);
        keys.add("family");
        item.allowOnly(keys.toArray(new String[0]));
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String name : names) {
            parameters.put(name, number(item.get(name), name.equals("scale") ? "time" : "number"));
        }
        return family.of(parameters);
    }

    private LawOfTime byMedian(JsonValue item, LawFamily family) {
        double median = number(item.get("median"), "time");
        TimingTarget half = TimingTarget.median(median);
        if (family == LawFamily.EXPONENTIAL) {
            item.allowOnly("family", "median");
            return LawFamily.exponentialThrough(half);
        }
        if (item.find("by").isPresent() || item.find("share").isPresent()) {
            item.allowOnly("family", "median", "by", "share");
            double by = number(item.get("by"), "time");
            double share = number(item.get("share"), "probability");
            return family.through(half, new TimingTarget(by, share));
        }
        String second = family == LawFamily.LOG_NORMAL ? "sdLog" : "shape";
        item.allowOnly("family", "median", second, "by", "share");
        double x = number(item.get(second), "number");
        return switch (family) {
            case WEIBULL -> Weibull.of(x, median / Weibull.of(x, 1).timeAt(0.5));
            case LOG_NORMAL -> LogNormal.of(StrictMath.log(median), x);
            case LOG_LOGISTIC -> LogLogistic.of(x, median);
            default -> Gamma.of(x, median / Gamma.of(x, 1).timeAt(0.5));
        };
    }
}

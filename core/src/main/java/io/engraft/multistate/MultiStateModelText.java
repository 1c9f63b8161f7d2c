package io.engraft.multistate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.JsonValue;
import io.engraft.internal.NewFile;
import io.engraft.law.LawOfTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Multi-state models as JSON. What is read equals what was written.
 *
 * <pre>
 *   {"engraftMultiStateModel": 1, "unit": "months", "start": [{"state": "well", "probability": 1}], "states": [
 *     {"name": "well", "alive": true, "transitions": [
 *       {"to": "ill", "clock": "forward", "law": {"family": "weibull", "shape": 1.2, "scale": 30},
 *        "covariates": [{"name": "age", "logHazardRatio": 0.02}]}]},
 *     {"name": "ill", "alive": true, "sampleSize": 40, "fates": [
 *       {"event": "recovery", "probability": 0.4},
 *       {"event": "death", "to": "dead", "probability": 0.6, "law": {"family": "exponential", "rate": 0.1}}]},
 *     {"name": "dead", "alive": false, "absorbing": true}],
 *    "covariates": [{"name": "age", "value": 8}]}
 * </pre>
 *
 * <p>A state has fates, transitions or neither. {@code label} and {@code event} may be left out: they are the name of
 * the state, and of the state that a transition leads to. {@code covariates} at the end are values; without them the
 * model is one for any values.
 */
public final class MultiStateModelText {

    /** The version of the format. */
    public static final int VERSION = 1;

    private static final String HEADER = "engraftMultiStateModel";

    /** The JDK's own shortest form of a double came with 19; this one is the same on every JDK. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private MultiStateModelText() {}

    /**
     * A model as a JSON document.
     *
     * @param model the model
     * @return the text
     * @throws InvalidArgumentException when a law is of no family that files can hold
     */
    public static String json(MultiStateModel model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writeTo(model, bytes);
        } catch (IOException e) {
            throw new FileException("the model cannot be written: " + e.getMessage(), e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes a model to a JSON file, completely or not at all.
     *
     * @param model the model
     * @param file the file to make or replace
     * @throws InvalidArgumentException when a law is of no family that files can hold
     * @throws FileException when writing fails
     */
    public static void writeJson(MultiStateModel model, Path file) {
        NewFile.write(file, target -> writeTo(model, target));
    }

    /**
     * Reads a model from a JSON file.
     *
     * @param file the file
     * @return the model
     * @throws InvalidDataException when the document is malformed, of a newer version, or not a possible model
     * @throws FileException when the file cannot be read
     */
    public static MultiStateModel readJson(Path file) {
        try {
            return read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new FileException(file.toString(), file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads a model from the text of a JSON document.
     *
     * @param text the document
     * @param source what to call it in messages
     * @return the model
     * @throws InvalidDataException when the document is malformed, of a newer version, or not a possible model
     */
    public static MultiStateModel ofJson(String text, String source) {
        return read(text.getBytes(StandardCharsets.UTF_8), source);
    }

    private static void writeTo(MultiStateModel model, OutputStream target) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(target)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeNumberField(HEADER, VERSION);
            json.writeStringField("unit", model.unit().label());
            writePairs(json, "start", "state", "probability", model.starts());
            json.writeArrayFieldStart("states");
            for (FateState state : model.states()) {
                writeState(json, model, state);
            }
            json.writeEndArray();
            if (!model.covariateValues().isEmpty()) {
                writePairs(json, "covariates", "name", "value", model.covariateValues());
            }
            json.writeEndObject();
        }
    }

    private static void writePairs(JsonGenerator json, String field, String key, String value, Map<String, Double> map)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Map.Entry<String, Double> entry : map.entrySet()) {
            json.writeStartObject();
            json.writeStringField(key, entry.getKey());
            json.writeNumberField(value, entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeState(JsonGenerator json, MultiStateModel model, FateState state) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", state.name());
        json.writeStringField("label", state.label());
        json.writeBooleanField("alive", state.alive());
        if (state.sampleSize() > 0) {
            json.writeNumberField("sampleSize", state.sampleSize());
        }
        if (model.declaredAbsorbing(state.name())) {
            json.writeBooleanField("absorbing", true);
        }
        if (!state.fates().isEmpty()) {
            json.writeArrayFieldStart("fates");
            for (Fate fate : state.fates()) {
                json.writeStartObject();
                json.writeStringField("event", fate.event());
                String to = fate.to();
                LawOfTime law = fate.law();
                if (to != null && law != null) {
                    json.writeStringField("to", to);
                }
                json.writeNumberField("probability", fate.probability());
                if (law != null) {
                    LawJson.write(json, "law", law);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        List<HazardTransition> transitions = model.transitionsFrom(state.name());
        if (!transitions.isEmpty()) {
            json.writeArrayFieldStart("transitions");
            for (HazardTransition t : transitions) {
                json.writeStartObject();
                json.writeStringField("event", t.event());
                json.writeStringField("to", t.to());
                json.writeStringField("clock", t.clock().label());
                LawJson.write(json, "law", t.law());
                if (!t.logHazardRatios().isEmpty()) {
                    writePairs(json, "covariates", "name", "logHazardRatio", t.logHazardRatios());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static MultiStateModel read(byte[] bytes, String source) {
        JsonValue root = JsonValue.read(bytes, source);
        JsonValue version = root.get(HEADER);
        if (version.wholeNumber() > VERSION) {
            throw version.bad("this version of the format is newer than this release, which reads version " + VERSION
                    + "; allowed: a newer release of the library, or a file of version " + VERSION);
        }
        if (version.wholeNumber() != VERSION) {
            throw version.bad("there is no such version of the format; allowed: " + VERSION);
        }
        root.allowOnly(HEADER, "unit", "start", "states", "covariates");
        JsonValue unit = root.get("unit");
        MultiStateModel.Builder builder = MultiStateModel.builder(at(unit, () -> DurationUnit.parse(unit.text())));
        for (JsonValue start : root.get("start").items()) {
            start.allowOnly("state", "probability");
            double share = start.get("probability").number();
            at(start, () -> builder.start(start.get("state").text(), share));
        }
        for (JsonValue state : root.get("states").items()) {
            readState(state, builder);
        }
        MultiStateModel model = at(root, builder::build);
        return root.find("covariates")
                .map(values -> at(values, () -> model.withCovariates(pairs(values, "name", "value"))))
                .orElse(model);
    }

    private static void readState(JsonValue item, MultiStateModel.Builder builder) {
        item.allowOnly("name", "label", "alive", "sampleSize", "absorbing", "fates", "transitions");
        String name = item.get("name").text();
        List<Fate> fates = new ArrayList<>();
        for (JsonValue fate : item.find("fates").map(JsonValue::items).orElse(List.of())) {
            fates.add(readFate(fate));
        }
        String label = item.find("label").map(JsonValue::text).orElse(name);
        int patients = item.find("sampleSize").map(JsonValue::wholeNumber).orElse(0);
        boolean alive = item.get("alive").yes();
        FateState state = at(item, () -> new FateState(name, label, alive, patients, fates));
        boolean absorbing = item.find("absorbing").map(JsonValue::yes).orElse(false);
        at(item, () -> absorbing ? builder.absorbing(state) : builder.state(state));
        for (JsonValue t : item.find("transitions").map(JsonValue::items).orElse(List.of())) {
            t.allowOnly("event", "to", "clock", "law", "covariates");
            String to = t.get("to").text();
            String event = t.find("event").map(JsonValue::text).orElse(to);
            JsonValue clock = t.get("clock");
            Clock read = at(clock, () -> Clock.parse(clock.text()));
            LawOfTime law = readLaw(t.get("law"));
            Map<String, Double> effects = t.find("covariates")
                    .map(list -> pairs(list, "name", "logHazardRatio"))
                    .orElse(Map.of());
            builder.transition(at(t, () -> new HazardTransition(event, name, to, law, read, effects)));
        }
    }

    private static Fate readFate(JsonValue item) {
        item.allowOnly("event", "to", "probability", "law");
        String event = item.get("event").text();
        double probability = item.get("probability").number();
        String to = item.find("to").map(JsonValue::text).orElse(null);
        LawOfTime law = item.find("law").map(MultiStateModelText::readLaw).orElse(null);
        return at(item, () -> new Fate(event, to, probability, law));
    }

    private static LawOfTime readLaw(JsonValue item) {
        return at(item, () -> LawJson.read(item));
    }

    private static Map<String, Double> pairs(JsonValue list, String key, String value) {
        Map<String, Double> map = new LinkedHashMap<>();
        for (JsonValue item : list.items()) {
            item.allowOnly(key, value);
            if (map.put(item.get(key).text(), item.get(value).number()) != null) {
                throw item.get(key).bad("this name is given twice; allowed: each name once");
            }
        }
        return map;
    }

    /** Says where in the file a value stands that the model's own checks refuse. */
    private static <T> T at(JsonValue where, Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidArgumentException refused) {
            throw where.bad(String.valueOf(refused.getMessage()));
        }
    }
}

package io.engraft.multistate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.JsonValue;
import io.engraft.law.BackgroundMortality;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.MixtureCure;
import io.engraft.law.PiecewiseExponential;
import io.engraft.law.RoystonParmar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A law in a file: its family and its parameters by name, other laws among them. */
final class LawJson {

    private static final String STEPS = "piecewise-exponential";
    private static final String SPLINE = "royston-parmar";
    private static final String CURE = "mixture-cure";
    private static final String BACKGROUND = "background-mortality";

    private LawJson() {}

    static void write(JsonGenerator json, String field, LawOfTime law) throws IOException {
        json.writeFieldName(field);
        json.writeStartObject();
        if (law instanceof PiecewiseExponential steps) {
            json.writeStringField("family", STEPS);
            numbers(json, "cuts", steps.cuts());
            numbers(json, "rates", steps.rates());
        } else if (law instanceof RoystonParmar spline) {
            json.writeStringField("family", SPLINE);
            json.writeStringField("scale", spline.scale().label());
            numbers(json, "gamma", spline.gamma().stream().mapToDouble(g -> g).toArray());
            numbers(json, "knots", spline.knots());
        } else if (law instanceof MixtureCure cure) {
            json.writeStringField("family", CURE);
            json.writeNumberField("cured", cure.cured());
            write(json, "uncured", cure.uncured());
        } else if (law instanceof BackgroundMortality background) {
            json.writeStringField("family", BACKGROUND);
            write(json, "excess", background.excess());
            write(json, "population", background.population());
        } else {
            requireKnown(law);
            json.writeStringField("family", law.name());
            for (Map.Entry<String, Double> parameter : law.parameters().entrySet()) {
                json.writeNumberField(parameter.getKey(), parameter.getValue());
            }
        }
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, String field, double[] values) throws IOException {
        json.writeFieldName(field);
        json.writeArray(values, 0, values.length);
    }

    private static List<String> families() {
        List<String> names = new ArrayList<>();
        Arrays.stream(LawFamily.values()).map(LawFamily::label).forEach(names::add);
        names.addAll(List.of(STEPS, SPLINE, CURE, BACKGROUND));
        return names;
    }

    private static void requireKnown(LawOfTime law) {
        boolean known = Arrays.stream(LawFamily.values())
                .anyMatch(f ->
                        f.label().equals(law.name()) && f.of(law.parameters()).equals(law));
        if (!known) {
            throw InvalidArgumentException.of("law", law, "laws of the families " + families());
        }
    }

    static LawOfTime read(JsonValue item) {
        String name = item.get("family").text();
        return switch (name) {
            case STEPS -> {
                item.allowOnly("family", "cuts", "rates");
                yield PiecewiseExponential.of(numbers(item.get("cuts")), numbers(item.get("rates")));
            }
            case SPLINE -> {
                item.allowOnly("family", "scale", "gamma", "knots");
                yield RoystonParmar.of(
                        scale(item.get("scale")), numbers(item.get("gamma")), numbers(item.get("knots")));
            }
            case CURE -> {
                item.allowOnly("family", "cured", "uncured");
                yield MixtureCure.of(item.get("cured").number(), read(item.get("uncured")));
            }
            case BACKGROUND -> {
                item.allowOnly("family", "excess", "population");
                JsonValue population = item.get("population");
                if (read(population) instanceof PiecewiseExponential steps) {
                    yield BackgroundMortality.of(read(item.get("excess")), steps);
                }
                throw population.bad("allowed: a law of the family " + STEPS);
            }
            default -> ofFamily(item, name);
        };
    }

    private static RoystonParmar.Scale scale(JsonValue item) {
        return Arrays.stream(RoystonParmar.Scale.values())
                .filter(s -> s.label().equals(item.text()))
                .findFirst()
                .orElseThrow(() -> item.bad("allowed: hazard, odds or normal"));
    }

    private static double[] numbers(JsonValue list) {
        return list.items().stream().mapToDouble(JsonValue::number).toArray();
    }

    private static LawOfTime ofFamily(JsonValue item, String name) {
        LawFamily family = Arrays.stream(LawFamily.values())
                .filter(f -> f.label().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of("family", name, "one of " + families()));
        List<String> keys = new ArrayList<>(family.parameterNames());
        keys.add("family");
        item.allowOnly(keys.toArray(new String[0]));
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String key : family.parameterNames()) {
            parameters.put(key, item.get(key).number());
        }
        return family.of(parameters);
    }
}

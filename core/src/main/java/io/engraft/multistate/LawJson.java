package io.engraft.multistate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.JsonValue;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A law in a file: its family and its parameters by name. */
final class LawJson {

    private LawJson() {}

    static void write(JsonGenerator json, String field, LawOfTime law) throws IOException {
        boolean known = Arrays.stream(LawFamily.values())
                .anyMatch(f ->
                        f.label().equals(law.name()) && f.of(law.parameters()).equals(law));
        if (!known) {
            throw InvalidArgumentException.of(
                    "law",
                    law,
                    "laws of the families "
                            + Arrays.stream(LawFamily.values())
                                    .map(LawFamily::label)
                                    .toList());
        }
        json.writeObjectFieldStart(field);
        json.writeStringField("family", law.name());
        for (Map.Entry<String, Double> parameter : law.parameters().entrySet()) {
            json.writeNumberField(parameter.getKey(), parameter.getValue());
        }
        json.writeEndObject();
    }

    static LawOfTime read(JsonValue item) {
        LawFamily family = LawFamily.parse(item.get("family").text());
        List<String> keys = new ArrayList<>(family.parameterNames());
        keys.add("family");
        item.allowOnly(keys.toArray(new String[0]));
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String name : family.parameterNames()) {
            parameters.put(name, item.get(name).number());
        }
        return family.of(parameters);
    }
}

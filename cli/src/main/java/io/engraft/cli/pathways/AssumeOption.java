package io.engraft.cli.pathways;

import io.engraft.cli.options.Converters;
import io.engraft.pathway.ModelFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Other values of named assumptions. */
final class AssumeOption {

    /** An assumption and its value. */
    record Value(String id, double value) {}

    /** From text such as F1=0.55. */
    static final class ValueConverter implements ITypeConverter<Value> {

        @Override
        public Value convert(String text) {
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new TypeConversionException(
                        "'" + text + "' is no value of an assumption; allowed: ID=VALUE such as F1=0.55");
            }
            return new Value(text.substring(0, sign).strip(), Converters.FiniteNumber.number(text.substring(sign + 1)));
        }
    }

    @Option(
            names = "--assume",
            paramLabel = "ID=VALUE",
            order = 8,
            converter = ValueConverter.class,
            description = "Another value of a named assumption, in its unit, as in F1=0.55; may be given again.")
    private final List<Value> given = new ArrayList<>();

    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        given.forEach(v -> values.put(v.id(), v.value()));
        return values;
    }

    ModelFile in(ModelFile model) {
        return model.withAssumptions(values());
    }
}

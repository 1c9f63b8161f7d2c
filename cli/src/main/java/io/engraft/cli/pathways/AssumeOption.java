package io.engraft.cli.pathways;

import io.engraft.InvalidArgumentException;
import io.engraft.cli.options.Converters;
import io.engraft.internal.csv.NumberText;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
            order = 9,
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

    /** The model under a name that says what was changed. */
    ModelFile named(ModelFile model) {
        List<String> parts = new ArrayList<>();
        values().forEach((id, value) -> parts.add(id + "=" + NumberText.plain(value)));
        ModelFile changed = in(model);
        String name = model.name() + " with " + String.join(", ", parts);
        return changed.pathway().map(pathway -> ModelFile.of(name, pathway)).orElse(changed);
    }

    /** Several models, each with those of the values that it has an assumption for; one that none has is refused. */
    List<ModelFile> in(List<ModelFile> models) {
        List<Map<String, Double>> own = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        Set<String> unused = new LinkedHashSet<>(values().keySet());
        for (ModelFile model : models) {
            Set<String> ids = model.pathway().map(PathwayModel::assumptions).orElse(List.of()).stream()
                    .map(Assumption::id)
                    .collect(Collectors.toSet());
            Map<String, Double> values = values();
            values.keySet().retainAll(ids);
            own.add(values);
            unused.removeAll(ids);
            known.addAll(ids);
        }
        if (!unused.isEmpty()) {
            throw InvalidArgumentException.of(
                    "assumption", unused.iterator().next(), "one of " + known + ", those of the models");
        }
        List<ModelFile> changed = new ArrayList<>();
        for (int k = 0; k < own.size(); k++) {
            changed.add(models.get(k).withAssumptions(own.get(k)));
        }
        return changed;
    }
}

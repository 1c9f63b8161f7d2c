package io.engraft.pathway;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.internal.JsonValue;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.MultiStateModelText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model by name or from a file of either form: a pathway with its assumptions, or a multi-state model of plain numbers
 * ({@link MultiStateModelText}). Immutable.
 */
@CheckReturnValue
public final class ModelFile {

    private static final String MULTI_STATE = "engraftMultiStateModel";

    private final String name;
    private final MultiStateModel model;
    private final @Nullable PathwayModel pathway;

    private ModelFile(String name, MultiStateModel model, @Nullable PathwayModel pathway) {
        this.name = name;
        this.model = model;
        this.pathway = pathway;
    }

    /**
     * One that ships with the library.
     *
     * @param name one of {@link JmmlPathways#names()}, or "jmml"
     * @return the model
     * @throws InvalidArgumentException when there is none of that name
     */
    public static ModelFile named(String name) {
        return of(name, JmmlPathways.get(name));
    }

    /**
     * A pathway.
     *
     * @param name what to call it
     * @param pathway the pathway
     * @return the model
     */
    public static ModelFile of(String name, PathwayModel pathway) {
        return new ModelFile(name, pathway.multiStateModel(), pathway);
    }

    /**
     * A multi-state model.
     *
     * @param name what to call it
     * @param model the model
     * @return the model
     */
    public static ModelFile of(String name, MultiStateModel model) {
        return new ModelFile(name, model, null);
    }

    /**
     * Reads a file: a multi-state model where it has the key "engraftMultiStateModel", else a pathway.
     *
     * @param file the JSON file
     * @return the model, called by the file's name
     * @throws FileException when the file cannot be read
     * @throws InvalidDataException when it is no such model; the problem names line, key path and value
     */
    public static ModelFile read(Path file) {
        byte[] bytes = PathwayModel.bytes(file);
        String name = PathwayModel.nameOf(file);
        if (JsonValue.read(bytes, name).find(MULTI_STATE).isPresent()) {
            return of(name, MultiStateModelText.ofJson(new String(bytes, StandardCharsets.UTF_8), name));
        }
        return of(name, PathwayModel.of(bytes, name));
    }

    /**
     * What it is called.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The states and the ways between them.
     *
     * @return the model, to be solved or simulated
     */
    public MultiStateModel model() {
        return model;
    }

    /**
     * The pathway with its assumptions.
     *
     * @return empty for a multi-state model of plain numbers
     */
    public Optional<PathwayModel> pathway() {
        return Optional.ofNullable(pathway);
    }

    /**
     * What it is, for people.
     *
     * @return the title of a pathway, else the name
     */
    public String title() {
        return pathway == null ? name : pathway.name();
    }

    /**
     * What must be known before the model is used.
     *
     * @return sentences
     */
    public List<String> notes() {
        return pathway == null ? model.notes() : pathway.notes();
    }

    /**
     * The same with other values of assumptions.
     *
     * @param values the values by assumption, each in its unit; none for the same model
     * @return the model
     * @throws InvalidArgumentException when the model has no such assumption, or a value is outside its domain
     * @throws InvalidDataException when the model becomes impossible, such as probabilities above 1 in sum
     */
    public ModelFile withAssumptions(Map<String, Double> values) {
        if (values.isEmpty()) {
            return this;
        }
        if (pathway == null) {
            throw InvalidArgumentException.of(
                    "assumption",
                    values.keySet().iterator().next(),
                    "none: model '" + name + "' has no named assumptions");
        }
        return of(name, pathway.withAssumptions(values));
    }

    @Override
    public String toString() {
        return name + ": " + (pathway == null ? model : pathway);
    }
}

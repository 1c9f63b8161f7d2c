package io.engraft.cli.pathways;

import io.engraft.InvalidArgumentException;
import io.engraft.cli.options.DataOptions;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model by name, or from a file. */
final class ModelChoice {

    /** What the model that ships with Engraft is called. */
    static final String JMML = "jmml";

    private ModelChoice() {}

    static boolean ships(String model) {
        return model.equals(JMML) || JmmlPathways.names().contains(model);
    }

    static String names() {
        return JMML + ", " + String.join(", ", JmmlPathways.names());
    }

    static ModelFile read(String model) {
        if (ships(model)) {
            return ModelFile.named(model);
        }
        Path file = DataOptions.path(model);
        // What looks like a file and is none is told of as one.
        if (!Files.exists(file) && !model.contains(".") && file.getNameCount() == 1) {
            throw InvalidArgumentException.of(
                    "model",
                    model,
                    "one that ships with Engraft: " + names() + "; or a JSON file, of which there is none");
        }
        return ModelFile.read(file);
    }
}

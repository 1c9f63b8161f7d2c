package io.engraft.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The JSON Schemas of docs/schema. */
final class Schemas {

    private static final Path FOLDER = Path.of("../docs/schema");
    private static final String END = ".schema.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> READ = new ConcurrentHashMap<>();

    private Schemas() {}

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** The names of all schemas, without the ends of their files' names. */
    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(f -> String.valueOf(f.getFileName()))
                    .map(n -> n.substring(0, n.length() - END.length()))
                    .sorted()
                    .toList();
        }
    }

    /** What a schema's own schema has against it. */
    static List<String> problemsOf(String name) throws IOException {
        JsonSchema ofSchemas = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
        return words(ofSchemas, parse(Files.readString(FOLDER.resolve(name + END))));
    }

    /** What the schema of a document's command, or that of errors, has against it. */
    static List<String> problems(String document) {
        return problems(parse(document));
    }

    static List<String> problems(JsonNode document) {
        return problems(
                document.has("error") ? "error" : document.path("command").asText("error"), document);
    }

    static List<String> problems(String name, JsonNode document) {
        return words(
                READ.computeIfAbsent(
                        name,
                        n -> FACTORY.getSchema(SchemaLocation.of(FOLDER.resolve(n + END)
                                .toAbsolutePath()
                                .normalize()
                                .toUri()
                                .toString()))),
                document);
    }

    private static List<String> words(JsonSchema schema, JsonNode document) {
        return schema.validate(document).stream()
                .map(ValidationMessage::toString)
                .toList();
    }
}

package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.NelsonAalen;
import io.engraft.report.Provenance;
import io.engraft.report.data.TableDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas of docs/schema hold for what the commands print, and for nothing else. */
class SchemasTest {

    /** What the help lists, but for the command that has no document of its own. */
    private static final List<String> COMMANDS = commands();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static List<String> requests = List.of();
    private static List<JsonNode> documents = List.of();

    @BeforeAll
    static void run() throws IOException {
        List<List<String>> mix = MixedRequests.make(folder, 1000, 9);
        requests = MixedRequests.lines(mix).lines().toList();
        String out = Run.withInput(String.join("\n", requests), "batch").out();
        documents = out.lines()
                .filter(line -> !line.equals("null"))
                .map(Schemas::parse)
                .sorted(Comparator.comparingInt(d -> d.toString().length()))
                .toList();
    }

    @Test
    void areSchemasAndCoverEveryCommand() throws IOException {
        List<String> names = Schemas.names();
        assertThat(names).containsAll(COMMANDS).contains("common", "error", "batch-request", "models", "table");
        assertThat(names).hasSize(COMMANDS.size() + 5);
        for (String name : names) {
            assertThat(Schemas.problemsOf(name)).as(name).isEmpty();
        }
    }

    private static List<String> commands() {
        String help = Run.of("--help").out();
        List<String> listed = help.substring(help.indexOf("Commands:"))
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .filter(line -> line.charAt(2) != ' ')
                .map(line -> line.strip().split(" ")[0])
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(listed.remove("batch")).isTrue();
        assertThat(listed).hasSizeGreaterThan(10);
        return listed;
    }

    @Test
    void holdForAThousandCalls() throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        for (JsonNode document : documents) {
            assertThat(Schemas.problems(document)).as(document.toString()).isEmpty();
            seen.merge(name(document), 1, Integer::sum);
        }
        assertThat(seen.keySet()).containsAll(COMMANDS).contains("error");
        assertThat(seen.get("km")).isGreaterThan(100);
        for (String request : requests) {
            assertThat(Schemas.problems("batch-request", Schemas.parse(request)))
                    .isEmpty();
        }
        assertThat(Schemas.problems("batch-request", Schemas.parse("{\"args\":[\"batch\"]}")))
                .isNotEmpty();
        try (Stream<Path> results = Files.list(folder.resolve("report/results"))) {
            List<Path> files = results.toList();
            assertThat(files).hasSize(6);
            for (Path file : files) {
                assertThat(Schemas.problems(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    private static String name(JsonNode document) {
        return document.has("error") ? "error" : document.get("command").asText();
    }

    @Test
    void holdForTheTableOfAnyResult() {
        SurvivalData rows = SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 0, 1});
        TableDocument table =
                TableDocument.of("Hazard", NelsonAalen.withDefaults().fit(rows).get("all"));
        assertThat(Schemas.problems(Schemas.parse(table.toJson()))).isEmpty();
        assertThat(Schemas.problems(
                        Schemas.parse(table.withProvenance(Provenance.of(rows)).toJson())))
                .isEmpty();
        assertThat(Schemas.problems(Schemas.parse(table.toJson().replace("\"rows\":[", "\"lines\":["))))
                .isNotEmpty();
    }

    /** A key that may be left out is one that some documents lack. */
    @Test
    void refuseAMissingKey() {
        Set<String> accepted = accepted((object, key) -> object.remove(key));
        assertThat(accepted).isSubsetOf(sometimesMissing());
    }

    @Test
    void refuseAMisspeltKey() {
        Set<String> accepted = accepted((object, key) -> object.set(key + "x", object.remove(key)));
        assertThat(accepted).allMatch(SchemasTest::isFree);
    }

    /** Null is allowed where some document has it, and nowhere else. */
    @Test
    void refuseNullWhereThereIsNone() {
        Set<String> accepted = accepted((object, key) -> object.putNull(key));
        Set<String> seen = new TreeSet<>();
        documents.forEach(d -> visit(
                d,
                name(d),
                (object, place) -> object.properties().stream()
                        .filter(field -> field.getValue().isNull())
                        .forEach(field -> seen.add(place + "/" + field.getKey()))));
        accepted.removeIf(SchemasTest::isFree);
        accepted.removeAll(seen);
        assertThat(accepted).isEmpty();
    }

    @Test
    void refuseAnotherType() {
        Set<String> accepted = accepted((object, key) -> object.putObject(key).put("other", true));
        assertThat(accepted).isEmpty();
    }

    /** Maps whose keys the data give: names of parameters, covariates and columns. */
    private static boolean isFree(String place) {
        return place.contains("/parameters/")
                || place.matches("(aft|cox|finegray|fit)/predictions/covariates/.*")
                || place.startsWith("endpoints/rows/");
    }

    /** The places, each tried once in the shortest document that has it, at which a change is not refused. */
    private static Set<String> accepted(BiConsumer<ObjectNode, String> change) {
        Set<String> tried = new HashSet<>();
        Set<String> accepted = new TreeSet<>();
        for (JsonNode document : documents) {
            String name = name(document);
            visit(document, name, (object, place) -> {
                for (String key : keys(object)) {
                    String at = place + "/" + key;
                    if (tried.add(at)) {
                        ObjectNode before = object.deepCopy();
                        change.accept(object, key);
                        if (Schemas.problems(name, document).isEmpty()) {
                            accepted.add(at);
                        }
                        object.removeAll();
                        object.setAll(before);
                    }
                }
            });
        }
        assertThat(tried).hasSizeGreaterThan(300);
        return accepted;
    }

    private static List<String> keys(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Places at which one document has a key and another, in an object of the same place, has not. */
    private static Set<String> sometimesMissing() {
        Map<String, Integer> objects = new HashMap<>();
        Map<String, Integer> holders = new HashMap<>();
        documents.forEach(d -> visit(d, name(d), (object, place) -> {
            objects.merge(place, 1, Integer::sum);
            keys(object).forEach(key -> holders.merge(place + "/" + key, 1, Integer::sum));
        }));
        return holders.entrySet().stream()
                .filter(e -> e.getValue()
                        < objects.getOrDefault(
                                e.getKey().substring(0, e.getKey().lastIndexOf('/')), 0))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Every object of a document with its place: keys from the command down, without places in arrays. */
    private static void visit(JsonNode node, String place, BiConsumer<ObjectNode, String> visitor) {
        if (node instanceof ObjectNode object) {
            visitor.accept(object, place);
            for (String key : keys(object)) {
                visit(object.get(key), place + "/" + key, visitor);
            }
        } else if (node.isArray()) {
            node.forEach(item -> visit(item, place, visitor));
        }
    }
}

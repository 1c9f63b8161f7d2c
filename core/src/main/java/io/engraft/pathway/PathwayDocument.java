package io.engraft.pathway;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a pathway together with that of the pathway it includes: states that it does not define itself, as far as
 * they can be reached, with the assumptions and evidence they rest on.
 *
 * @param root the file's own document
 * @param start a state to start in instead of the file's, or null
 * @param states own states, then included ones that can be reached
 * @param evidence own evidence, then included
 * @param assumptions own assumptions, then included; those that only dropped states use are still there
 * @param inherited the ids of included assumptions and evidence, which are dropped where nothing uses them
 */
record PathwayDocument(
        JsonValue root,
        @Nullable String start,
        List<JsonValue> states,
        List<EvidenceSource> evidence,
        Map<String, Assumption> assumptions,
        Set<String> inherited) {

    private static final String FORMAT = "engraft-pathways";
    private static final int VERSION = 1;

    static PathwayDocument read(byte[] bytes, String source) {
        JsonValue root = JsonValue.read(bytes, source);
        checkHeader(root);
        root.get("name").text();
        List<EvidenceSource> evidence = new ArrayList<>(evidence(root));
        Map<String, Assumption> assumptions = new LinkedHashMap<>();
        List<JsonValue> own = root.get("states").items();
        List<JsonValue> more = List.of();
        Set<String> inherited = new LinkedHashSet<>();
        Optional<JsonValue> include = root.find("include");
        if (include.isPresent()) {
            PathwayDocument other = included(include.get());
            if (!other.root.get("unit").text().equals(root.get("unit").text())) {
                throw include.get()
                        .bad("its unit is " + other.root.get("unit").text() + "; allowed: a pathway of the unit "
                                + root.get("unit").text());
            }
            Set<String> known = names(own);
            more = other.states.stream().filter(s -> !known.contains(name(s))).toList();
            for (EvidenceSource theirs : other.evidence) {
                if (evidence.stream().noneMatch(e -> e.id().equals(theirs.id()))) {
                    evidence.add(theirs);
                    inherited.add(theirs.id());
                }
            }
            inherited.addAll(other.assumptions.keySet());
            assumptions.putAll(assumptions(root, evidence, other.assumptions.keySet()));
            assumptions.putAll(other.assumptions);
        } else {
            assumptions.putAll(assumptions(root, evidence, Set.of()));
        }
        List<JsonValue> states = new ArrayList<>(own);
        Set<String> reached =
                reached(starts(root), Stream.concat(own.stream(), more.stream()).toList());
        more.stream().filter(s -> reached.contains(name(s))).forEach(states::add);
        PathwayDocument document =
                new PathwayDocument(root, null, states, List.copyOf(evidence), assumptions, inherited);
        document.notes();
        document.timeZero();
        return document;
    }

    /** The same from another state on, with what can be reached from there. */
    PathwayDocument startingIn(String state) {
        Set<String> reached = reached(List.of(state), states);
        Set<String> all = new LinkedHashSet<>(assumptions.keySet());
        evidence.forEach(e -> all.add(e.id()));
        List<JsonValue> kept =
                states.stream().filter(s -> reached.contains(name(s))).toList();
        return new PathwayDocument(root, state, kept, evidence, assumptions, all);
    }

    private static PathwayDocument included(JsonValue include) {
        String name = include.text();
        if (!JmmlPathways.names().contains(name)) {
            throw include.bad("unknown pathway; allowed: one of " + JmmlPathways.names());
        }
        return read(JmmlPathways.bytes(name), JmmlPathways.file(name));
    }

    static Set<String> names(List<JsonValue> states) {
        Set<String> names = new LinkedHashSet<>();
        states.forEach(s -> names.add(name(s)));
        return names;
    }

    private static String name(JsonValue state) {
        return state.get("name").text();
    }

    private static List<String> starts(JsonValue root) {
        JsonValue start = root.get("start");
        return start.isText()
                ? List.of(start.text())
                : start.items().stream().map(s -> s.get("state").text()).toList();
    }

    private static Set<String> reached(List<String> starts, List<JsonValue> states) {
        Map<String, JsonValue> byName = new LinkedHashMap<>();
        states.forEach(s -> byName.put(name(s), s));
        Set<String> reached = new LinkedHashSet<>(starts);
        Deque<String> open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            JsonValue state = byName.get(open.remove());
            if (state == null) {
                continue;
            }
            for (String kind : List.of("fates", "transitions")) {
                for (JsonValue way : state.find(kind).map(JsonValue::items).orElse(List.of())) {
                    way.find("to").map(JsonValue::text).filter(reached::add).ifPresent(open::add);
                }
            }
        }
        return reached;
    }

    private static void checkHeader(JsonValue root) {
        JsonValue format = root.get("format");
        if (!format.text().equals(FORMAT)) {
            throw format.bad("unknown format; allowed: " + FORMAT);
        }
        JsonValue version = root.get("version");
        if (version.wholeNumber() != VERSION) {
            throw version.bad("unknown version; allowed: " + VERSION);
        }
        root.allowOnly(
                "format",
                "version",
                "name",
                "unit",
                "timeZero",
                "include",
                "notes",
                "evidence",
                "assumptions",
                "start",
                "states");
    }

    private static List<EvidenceSource> evidence(JsonValue root) {
        List<EvidenceSource> sources = new ArrayList<>();
        for (JsonValue item : root.find("evidence").map(JsonValue::items).orElse(List.of())) {
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
        return sources;
    }

    private static Map<String, Assumption> assumptions(
            JsonValue root, List<EvidenceSource> evidence, Set<String> taken) {
        Map<String, Assumption> found = new LinkedHashMap<>();
        for (JsonValue item : root.find("assumptions").map(JsonValue::items).orElse(List.of())) {
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
            if (taken.contains(assumption.id())) {
                throw item.get("id").bad("the included pathway has an assumption of this id; allowed: another id");
            }
            if (found.put(assumption.id(), assumption) != null) {
                throw item.get("id").bad("this id is given twice; allowed: each id once");
            }
        }
        return found;
    }

    String title() {
        return root.get("name").text();
    }

    DurationUnit unit() {
        JsonValue unit = root.get("unit");
        return at(unit, () -> DurationUnit.parse(unit.text()));
    }

    /** Empty where the file does not say, or where the model starts in another state than the file's. */
    Optional<TimeZero> timeZero() {
        Optional<JsonValue> zero = root.find("timeZero");
        return start != null ? Optional.empty() : zero.map(value -> at(value, () -> TimeZero.parse(value.text())));
    }

    List<String> notes() {
        return root.find("notes").map(JsonValue::items).orElse(List.of()).stream()
                .map(JsonValue::text)
                .toList();
    }

    /** Says where in the file a value stands that the model's own checks refuse. */
    static <T> T at(JsonValue where, Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidDataException alreadyPlaced) {
            throw alreadyPlaced;
        } catch (InvalidArgumentException refused) {
            throw where.bad(String.valueOf(refused.getMessage()));
        }
    }
}

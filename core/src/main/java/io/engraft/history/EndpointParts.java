package io.engraft.history;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an endpoint is made of under given rules: its events and competing events, each in the order of precedence. */
record EndpointParts(List<Part> events, List<Part> competing) {

    /** Something that can happen: when, what it is called, and which columns tell. */
    record Part(
            String words,
            TransplantEvent event,
            Set<TransplantEvent> needs,
            Function<TransplantHistory, OptionalDouble> day) {}

    /** The first of several parts; the day is infinite where none happened. */
    record Dated(double day, @Nullable TransplantEvent event) {}

    static EndpointParts of(Endpoint endpoint, EndpointRules rules) {
        Part relapse = part("relapse", TransplantEvent.RELAPSE, TransplantHistory::firstRelapse);
        Part death = single("death", TransplantEvent.DEATH);
        Part second = single("second transplant", TransplantEvent.SECOND_TRANSPLANT);
        List<Part> afterGvhd = rules.relapseCompetesWithGvhd() ? List.of(relapse, death) : List.of(death);
        return switch (endpoint) {
            case OS -> new EndpointParts(List.of(death), List.of());
            case DFS -> new EndpointParts(List.of(relapse, death), List.of());
            case EFS -> {
                Part failure = single("graft failure", TransplantEvent.GRAFT_FAILURE);
                yield new EndpointParts(
                        rules.secondTransplantInEfs()
                                ? List.of(relapse, failure, second, death)
                                : List.of(relapse, failure, death),
                        List.of());
            }
            case RELAPSE -> new EndpointParts(List.of(relapse), List.of(named(death, "death without relapse")));
            case NRM -> new EndpointParts(List.of(named(death, "death without relapse")), List.of(relapse));
            case ENGRAFTMENT ->
                new EndpointParts(List.of(single("engraftment", TransplantEvent.ENGRAFTMENT)), List.of(second, death));
            case AGVHD_2_4 -> new EndpointParts(List.of(acute(2, "acute GVHD II-IV")), afterGvhd);
            case AGVHD_3_4 -> new EndpointParts(List.of(acute(3, "acute GVHD III-IV")), afterGvhd);
            case CGVHD -> new EndpointParts(List.of(chronic()), afterGvhd);
            case GRFS ->
                new EndpointParts(
                        List.of(
                                acute(3, "acute GVHD III-IV"),
                                named(therapy(), ChronicGvhdCriterion.SYSTEMIC_THERAPY.words()),
                                relapse,
                                death),
                        List.of());
            case CRFS -> {
                List<Part> events = new ArrayList<>(chronic(rules.chronicGvhdInCrfs()));
                events.add(relapse);
                events.add(death);
                yield new EndpointParts(events, List.of());
            }
        };
    }

    private static List<Part> chronic(ChronicGvhdCriterion criterion) {
        Part moderate = part(
                ChronicGvhdCriterion.MODERATE_OR_SEVERE.words(),
                TransplantEvent.CHRONIC_GVHD_MODERATE,
                TransplantHistory::moderateChronicGvhd);
        Part treated = named(therapy(), ChronicGvhdCriterion.SYSTEMIC_THERAPY.words());
        return switch (criterion) {
            case MODERATE_OR_SEVERE -> List.of(moderate);
            case SYSTEMIC_THERAPY -> List.of(treated);
            case EITHER -> List.of(moderate, treated);
        };
    }

    static Part acute(int grade, String words) {
        TransplantEvent event = grade == 2 ? TransplantEvent.ACUTE_GVHD_2 : TransplantEvent.ACUTE_GVHD_3;
        return part(words, event, h -> h.acuteGvhd(grade));
    }

    /** Columns of worse severities alone would not tell of a mild one, so they do not suffice. */
    static Part chronic() {
        return new Part(
                "chronic GVHD",
                TransplantEvent.CHRONIC_GVHD,
                Set.of(TransplantEvent.CHRONIC_GVHD, TransplantEvent.CHRONIC_GVHD_MILD),
                TransplantHistory::chronicGvhd);
    }

    private static Part therapy() {
        return single("systemic therapy", TransplantEvent.CHRONIC_GVHD_THERAPY);
    }

    static Part single(String words, TransplantEvent event) {
        return part(words, event, h -> h.day(event));
    }

    private static Part part(String words, TransplantEvent event, Function<TransplantHistory, OptionalDouble> day) {
        return new Part(words, event, Set.of(event), day);
    }

    private static Part named(Part part, String words) {
        return new Part(words, part.event(), part.needs(), part.day());
    }

    static Dated first(TransplantHistory history, List<Part> parts) {
        Dated first = new Dated(Double.POSITIVE_INFINITY, null);
        for (Part part : parts) {
            OptionalDouble day = part.day().apply(history);
            if (day.isPresent() && day.getAsDouble() < first.day()) {
                first = new Dated(day.getAsDouble(), part.event());
            }
        }
        return first;
    }

    String eventWords() {
        return words(events);
    }

    String competingWords() {
        return words(competing);
    }

    private static String words(List<Part> parts) {
        List<String> words = parts.stream().map(Part::words).toList();
        int last = words.size() - 1;
        return last == 0
                ? words.get(0)
                : words.subList(0, last).stream().collect(Collectors.joining(", ")) + " or " + words.get(last);
    }

    List<Set<TransplantEvent>> needs() {
        List<Set<TransplantEvent>> needs = new ArrayList<>();
        events.forEach(p -> needs.add(p.needs()));
        competing.forEach(p -> needs.add(p.needs()));
        return needs;
    }
}

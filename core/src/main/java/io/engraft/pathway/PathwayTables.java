package io.engraft.pathway;

import io.engraft.data.TidyTable;
import io.engraft.evidence.EvidenceStatus;
import io.engraft.evidence.EvidenceTable;
import io.engraft.evidence.PublishedRate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Lists the numbers of pathways with what they rest on. */
final class PathwayTables {

    private final TidyTable.Builder table = TidyTable.builder();
    private final boolean named;
    private final Map<String, PublishedRate> published = new LinkedHashMap<>();

    private PathwayTables(boolean named) {
        this.named = named;
        if (named) {
            table.text("pathway");
        }
        for (String column : List.of("time_zero", "state", "event", "parameter")) {
            table.text(column);
        }
        table.number("value").number("low").number("high");
        for (String column : List.of("unit", "basis", "assumption", "text", "evidence", "status", "citation")) {
            table.text(column);
        }
        EvidenceTable.jmml().rates().forEach(rate -> published.put(rate.id(), rate));
    }

    /** One row a number; without names the column "pathway" is left out. */
    static TidyTable numbers(List<String> names, List<PathwayModel> pathways) {
        PathwayTables tables = new PathwayTables(!names.isEmpty());
        for (int k = 0; k < pathways.size(); k++) {
            tables.add(names.isEmpty() ? null : names.get(k), pathways.get(k));
        }
        return tables.table.build();
    }

    private void add(@Nullable String name, PathwayModel pathway) {
        for (PathwayNumber n : pathway.numberList()) {
            String id = n.assumption();
            Assumption a = id == null ? null : pathway.assumption(id);
            List<String> evidence = a != null ? a.evidence() : countedIn(pathway, n);
            row(
                    name,
                    pathway,
                    evidence,
                    n.state(),
                    n.event(),
                    n.parameter(),
                    n.value(),
                    a == null ? null : a.low(),
                    a == null ? null : a.high(),
                    n.unit(),
                    a == null ? n.basis() : a.basis(),
                    id,
                    a == null ? null : a.text());
        }
        for (EvidenceSource source : pathway.evidence()) {
            if (pathway.assumptions().stream().noneMatch(a -> a.evidence().contains(source.id()))) {
                row(
                        name,
                        pathway,
                        List.of(source.id()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "shown",
                        null,
                        source.finding());
            }
        }
    }

    /** Which of the figures behind a state's numbers are of as many patients as it says. */
    private List<String> countedIn(PathwayModel pathway, PathwayNumber patients) {
        if (!patients.basis().equals(PathwayNumber.PATIENTS)) {
            return List.of();
        }
        OptionalInt n = OptionalInt.of((int) patients.value());
        List<String> found = new ArrayList<>();
        for (PathwayNumber other : pathway.numberList()) {
            String id = other.assumption();
            if (id != null && other.state().equals(patients.state())) {
                pathway.assumption(id).evidence().stream()
                        .filter(e -> !found.contains(e))
                        .filter(e -> {
                            PublishedRate rate = published.get(e);
                            return rate != null && rate.n().equals(n);
                        })
                        .forEach(found::add);
            }
        }
        return found;
    }

    private void row(@Nullable String name, PathwayModel pathway, List<String> evidence, @Nullable Object... cells) {
        List<@Nullable Object> row = new ArrayList<>();
        if (named) {
            row.add(name);
        }
        row.add(pathway.timeZero().map(TimeZero::label).orElse(null));
        for (Object cell : cells) {
            row.add(cell);
        }
        List<String> status = new ArrayList<>();
        List<String> citations = new ArrayList<>();
        for (String id : evidence) {
            PublishedRate rate = published.get(id);
            EvidenceStatus known = rate == null ? null : rate.status();
            status.add(known == null ? "not in the catalogue" : known.label());
            pathway.evidence().stream()
                    .filter(e -> e.id().equals(id) && !citations.contains(e.citation()))
                    .forEach(e -> citations.add(e.citation()));
        }
        boolean one = status.stream().distinct().count() == 1;
        row.add(evidence.isEmpty() ? null : String.join(" ", evidence));
        row.add(evidence.isEmpty() ? null : one ? status.get(0) : String.join(" ", status));
        row.add(citations.isEmpty() ? null : String.join("; ", citations));
        table.row(row.toArray(new @Nullable Object[0]));
    }
}

package io.engraft.multistate;

import io.engraft.data.TidyTable;
import org.jspecify.annotations.Nullable;

/** A multi-state model as a table: one row a transition, a fate, or a state that is never left. */
final class ModelTable {

    private ModelTable() {}

    static TidyTable of(MultiStateModel model) {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .text("alive")
                .number("start")
                .text("event")
                .text("to")
                .text("kind")
                .text("clock")
                .number("probability")
                .text("law")
                .text("parameters")
                .text("log_hazard_ratios");
        for (FateState state : model.states()) {
            String name = state.name();
            String alive = state.alive() ? "yes" : "no";
            double start = model.starts().getOrDefault(name, 0.0);
            for (Fate f : state.fates()) {
                var law = f.law();
                String family = law == null ? null : law.name();
                String parameters = law == null ? null : law.parameters().toString();
                String clock = law == null ? null : Clock.RESET.label();
                table.row(
                        name,
                        alive,
                        start,
                        f.event(),
                        f.to(),
                        "fate",
                        clock,
                        f.probability(),
                        family,
                        parameters,
                        null);
            }
            for (HazardTransition t : model.transitionsFrom(name)) {
                @Nullable
                String effects = t.logHazardRatios().isEmpty()
                        ? null
                        : t.logHazardRatios().toString();
                String clock = t.clock().label();
                String parameters = t.law().parameters().toString();
                table.row(
                        name,
                        alive,
                        start,
                        t.event(),
                        t.to(),
                        "hazard",
                        clock,
                        null,
                        t.law().name(),
                        parameters,
                        effects);
            }
            if (state.fates().isEmpty() && model.transitionsFrom(name).isEmpty()) {
                table.row(name, alive, start, null, null, "absorbing", null, null, null, null, null);
            }
        }
        return table.build();
    }
}

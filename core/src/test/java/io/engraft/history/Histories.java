package io.engraft.history;

/** Short notation for histories in tests: {@code "relapse=100 death=200"}. */
final class Histories {

    private Histories() {}

    static TransplantHistory of(String id, String events) {
        TransplantHistory.Builder builder = TransplantHistory.builder(id);
        for (String event : events.split(" ")) {
            String[] parts = event.split("=");
            builder.on(TransplantEvent.ofColumn(parts[0]), Double.parseDouble(parts[1]));
        }
        return builder.build();
    }

    static TransplantHistory of(String events) {
        return of("P1", events);
    }
}

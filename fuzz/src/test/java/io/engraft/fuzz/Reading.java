package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.engraft.EngraftException;

/**
 * A reader gives data, or an exception of Engraft's own family whose message says something; nothing else escapes. What
 * was read and written again is read as the same. A class for each reader, since Jazzer tries one in a Java machine.
 */
final class Reading {

    /** How long each reader is tried. */
    static final String TIME = "60s";

    private Reading() {}

    static void tried(Runnable reading) {
        try {
            reading.run();
        } catch (EngraftException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("an error without a message", e);
            }
        }
    }

    /** One of some beginnings, and anything after it. */
    static String text(FuzzedDataProvider data, String... heads) {
        return data.pickValue(heads) + data.consumeRemainingAsString();
    }
}

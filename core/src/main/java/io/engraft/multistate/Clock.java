package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import java.util.Locale;

/** What the time of a transition's hazard counts from. */
public enum Clock {
    /** From entry into the state that is left: a semi-Markov model. */
    RESET,
    /** From the start, time 0 of the model: a Markov model whose rates change with time. */
    FORWARD;

    /**
     * The name in files.
     *
     * @return "reset" or "forward"
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The clock of a name.
     *
     * @param name "reset" or "forward", in any case
     * @return the clock
     * @throws InvalidArgumentException for another name
     */
    public static Clock parse(String name) {
        for (Clock clock : values()) {
            if (clock.label().equals(name.toLowerCase(Locale.ROOT))) {
                return clock;
            }
        }
        throw InvalidArgumentException.of("clock", name, "reset or forward");
    }
}

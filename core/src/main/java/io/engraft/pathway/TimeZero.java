package io.engraft.pathway;

import io.engraft.InvalidArgumentException;
import java.util.Arrays;
import java.util.Locale;

/**
 * What time is counted from. Curves with different zeros cannot be laid over each other: who reaches a later zero has
 * survived the time before it (immortal time).
 */
public enum TimeZero {
    /** Diagnosis. */
    DIAGNOSIS,
    /** The first transplant. */
    TRANSPLANT,
    /** Relapse after the first transplant. */
    RELAPSE,
    /** The start of a treatment for disease that has relapsed or resisted treatment. */
    TREATMENT;

    /**
     * The name in files.
     *
     * @return for example "diagnosis"
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The zero of a name.
     *
     * @param name for example "diagnosis"
     * @return the zero
     * @throws InvalidArgumentException for another name
     */
    public static TimeZero parse(String name) {
        return Arrays.stream(values())
                .filter(z -> z.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        InvalidArgumentException.of("time zero", name, "diagnosis, transplant, relapse or treatment"));
    }
}

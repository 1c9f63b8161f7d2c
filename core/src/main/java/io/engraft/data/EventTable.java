package io.engraft.data;

import java.util.List;
import java.util.stream.IntStream;

/** Counts at distinct times. */
public final class EventTable {

    /** The largest status code. */
    public static final int MOST_CAUSES = 64;

    private EventTable() {}

    static List<String> defaultCauses(int causes) {
        return IntStream.rangeClosed(1, causes).mapToObj(Integer::toString).toList();
    }
}

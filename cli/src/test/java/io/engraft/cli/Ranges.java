package io.engraft.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds ranges that are not written from low to high, in documents and in messages. */
final class Ranges {

    private static final Map<String, String> ENDS = Map.of(
            "lower",
            "upper",
            "bandLower",
            "bandUpper",
            "low",
            "high",
            "atLeast",
            "atMost",
            "from",
            "to",
            "least",
            "most");

    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?)";

    /** As in {@code 1 to 100}, {@code 0 < level < 1}; not in dates. */
    private static final Pattern RANGE =
            Pattern.compile("(?<![-\\w.])" + NUMBER + " (?:to|<=? [\\w ]{1,30} <=?) " + NUMBER + "(?![-\\w])");

    private Ranges() {}

    static Optional<String> upsideDown(String message) {
        Matcher range = RANGE.matcher(message);
        while (range.find()) {
            if (Double.parseDouble(range.group(1)) > Double.parseDouble(range.group(2))) {
                return Optional.of(range.group());
            }
        }
        return Optional.empty();
    }

    static Optional<String> upsideDown(Run.Json document) {
        return upsideDown("document", document.value());
    }

    private static Optional<String> upsideDown(String place, @org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<String, String> ends : ENDS.entrySet()) {
                Object low = map.get(ends.getKey());
                Object high = map.get(ends.getValue());
                // A driver's low and high are what comes of the low and the high end of its assumption, in either
                // order.
                boolean ofDriver = place.contains("/drivers/");
                if (low instanceof Double a && high instanceof Double b && a > b && !ofDriver) {
                    return Optional.of(place + "/" + ends.getKey() + " " + a + " above " + ends.getValue() + " " + b);
                }
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Optional<String> found = upsideDown(place + "/" + entry.getKey(), entry.getValue());
                if (found.isPresent()) {
                    return found;
                }
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Optional<String> found = upsideDown(place + "/" + i, list.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}

package io.engraft.examples;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whether what was printed is what a page shows. Numbers agree to their ninth digit: the last ones depend on the processor. */
final class Printed {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    private static final double TOLERANCE = 1e-9;

    private Printed() {}

    static boolean agrees(String printed, String shown) {
        return agrees(printed.lines().toList(), shown.lines().toList());
    }

    private static boolean agrees(List<String> printed, List<String> shown) {
        if (shown.isEmpty()) {
            return printed.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (shown.get(0).strip().equals("...")) {
            for (int from = 0; from <= printed.size(); from++) {
                if (agrees(printed.subList(from, printed.size()), rest)) {
                    return true;
                }
            }
            return false;
        }
        return !printed.isEmpty()
                && lineAgrees(printed.get(0).stripTrailing(), shown.get(0).stripTrailing())
                && agrees(printed.subList(1, printed.size()), rest);
    }

    private static boolean lineAgrees(String printed, String shown) {
        if (printed.equals(shown)) {
            return true;
        }
        if (!NUMBER.matcher(printed)
                .replaceAll("#")
                .equals(NUMBER.matcher(shown).replaceAll("#"))) {
            return false;
        }
        double[] a = numbers(printed);
        double[] b = numbers(shown);
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - b[i]) <= TOLERANCE * Math.abs(b[i]))) {
                return false;
            }
        }
        return true;
    }

    private static double[] numbers(String line) {
        return NUMBER.matcher(line)
                .results()
                .map(MatchResult::group)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}

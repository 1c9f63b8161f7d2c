package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.law.LawFamily;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One choice of family for every open law: the open numbers, where they start, and the model of any values.
 *
 * @param families the family by the law's name, empty where no law is open
 * @param blocks the open numbers
 * @param start their working values to begin with
 * @param maker the model of natural values, in the order of the blocks
 */
record Combination(
        Map<String, LawFamily> families,
        List<WorkingBlock> blocks,
        List<Double> start,
        Function<double[], MultiStateModel> maker) {

    /** Beyond this a working number is as good as infinite. */
    static final double FAR = 40;

    String label() {
        if (families.isEmpty()) {
            return "as given";
        }
        List<String> parts = new ArrayList<>();
        families.forEach((law, family) -> parts.add(law + " " + family.label()));
        return String.join(", ", parts);
    }

    double[] starting() {
        return start.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] natural(double[] working) {
        double[] values = new double[names().size()];
        int at = 0;
        int into = 0;
        for (WorkingBlock block : blocks) {
            double[] own = block.natural(working, at);
            System.arraycopy(own, 0, values, into, own.length);
            at += block.size();
            into += own.length;
        }
        return values;
    }

    List<String> names() {
        return blocks.stream().flatMap(b -> b.names().stream()).toList();
    }

    List<String> workingNames() {
        List<String> names = new ArrayList<>();
        for (WorkingBlock block : blocks) {
            for (int j = 0; j < block.size(); j++) {
                names.add(block.workingName(j));
            }
        }
        return names;
    }

    /** The model of working values. */
    MultiStateModel model(double[] working) {
        for (double x : working) {
            if (!(Math.abs(x) <= FAR)) {
                throw InvalidArgumentException.of("working value", x, "-" + FAR + " to " + FAR);
            }
        }
        return maker.apply(natural(working));
    }
}

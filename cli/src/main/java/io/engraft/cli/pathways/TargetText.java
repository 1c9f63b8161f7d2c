package io.engraft.cli.pathways;

import io.engraft.calibrate.ModelQuantity;
import io.engraft.calibrate.RateTarget;
import io.engraft.cli.options.Converters;
import io.engraft.multistate.MultiStateModel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A target in words, such as {@code relapse by 24 = 0.35 n 40}.
 *
 * @param text the words
 * @param quantity what is meant in a model
 * @param number its value and precision
 */
record TargetText(
        String text, Function<MultiStateModel, ModelQuantity> quantity, Function<ModelQuantity, RateTarget> number) {

    static final String FORMS =
            "EVENT by T, EVENT ever, alive at T, in STATE,STATE at T, in STATE ever, share of EVENT by T,"
                    + " median of EVENT, median alive, median in STATE,STATE";
    private static final String NUMBERS =
            "VALUE, VALUE n N, VALUE se SE, VALUE interval L:U (95 %), or L to U for a range";

    /** The level of published intervals. */
    private static final double PRINTED = 0.95;

    /** A quantity in words, and what its parts say of a model. */
    private record Form(Pattern words, Function<Matcher, Function<MultiStateModel, ModelQuantity>> meaning) {

        static Form of(String words, Function<Matcher, Function<MultiStateModel, ModelQuantity>> meaning) {
            return new Form(Pattern.compile(words), meaning);
        }
    }

    /** The first that fits is meant: names stand in the later ones. */
    private static final List<Form> QUANTITIES = List.of(
            Form.of(
                    "median alive",
                    m -> model -> new ModelQuantity.OccupancyQuantile(Set.copyOf(model.aliveStates()), 0.5)),
            Form.of("median in (.+)", m -> {
                Set<String> states = states(m.group(1));
                return model -> new ModelQuantity.OccupancyQuantile(states, 0.5);
            }),
            Form.of("median of (.+)", m -> {
                String event = m.group(1);
                return model -> ModelQuantity.median(event);
            }),
            Form.of("share of (.+) by (\\S+)", m -> {
                String event = m.group(1);
                double time = time(m.group(2));
                return model -> ModelQuantity.shareBefore(event, time);
            }),
            Form.of("alive at (\\S+)", m -> {
                double time = time(m.group(1));
                return model -> ModelQuantity.occupancy(Set.copyOf(model.aliveStates()), time);
            }),
            Form.of("in (.+) at (\\S+)", m -> {
                Set<String> states = states(m.group(1));
                double time = time(m.group(2));
                return model -> ModelQuantity.occupancy(states, time);
            }),
            Form.of("in (.+) ever", m -> {
                String[] states = states(m.group(1)).toArray(String[]::new);
                return model -> ModelQuantity.limit(states);
            }),
            Form.of("(.+) by (\\S+)", m -> {
                String event = m.group(1);
                double time = time(m.group(2));
                return model -> ModelQuantity.incidence(event, time);
            }),
            Form.of("(.+) ever", m -> {
                String event = m.group(1);
                return model -> ModelQuantity.ever(event);
            }));

    private static final Pattern RANGE = Pattern.compile("(\\S+) to (\\S+)");
    private static final Pattern VALUE = Pattern.compile("(\\S+?)(?: (n|se|interval) (\\S+))?");

    RateTarget in(MultiStateModel model) {
        return number.apply(quantity.apply(model));
    }

    private static Set<String> states(String names) {
        return new LinkedHashSet<>(
                Arrays.stream(names.split(",")).map(String::strip).toList());
    }

    private static double time(String word) {
        double time = Converters.FiniteNumber.number(word);
        if (!(time >= 0)) {
            throw new TypeConversionException("time " + word + " of a target is negative; allowed: 0 or more");
        }
        return time;
    }

    /** From text. */
    static final class TargetConverter implements ITypeConverter<TargetText> {

        @Override
        public TargetText convert(String text) {
            int sign = text.lastIndexOf('=');
            if (sign < 1) {
                throw wrong(text, "QUANTITY = NUMBER, where QUANTITY is one of " + FORMS);
            }
            String left = text.substring(0, sign).strip().replaceAll("\\s+", " ");
            String right = text.substring(sign + 1).strip().replaceAll("\\s+", " ");
            return new TargetText(text, quantity(left, text), number(right, text));
        }

        private static TypeConversionException wrong(String text, String allowed) {
            return new TypeConversionException("'" + text + "' is no target; allowed: " + allowed);
        }

        private static Function<MultiStateModel, ModelQuantity> quantity(String words, String text) {
            for (Form form : QUANTITIES) {
                Matcher matcher = form.words().matcher(words);
                if (matcher.matches()) {
                    return form.meaning().apply(matcher);
                }
            }
            throw wrong(text, FORMS);
        }

        private static Function<ModelQuantity, RateTarget> number(String words, String text) {
            Matcher range = RANGE.matcher(words);
            if (range.matches()) {
                double low = Converters.FiniteNumber.number(range.group(1));
                double high = Converters.FiniteNumber.number(range.group(2));
                return q -> RateTarget.between(q, low, high);
            }
            Matcher value = VALUE.matcher(words);
            if (!value.matches()) {
                throw wrong(text, NUMBERS);
            }
            double given = Converters.FiniteNumber.number(value.group(1));
            String kind = value.group(2);
            if (kind == null) {
                return q -> RateTarget.of(q, given);
            }
            String precision = value.group(3);
            if (kind.equals("interval")) {
                List<String> ends = List.of(precision.split(":", -1));
                if (ends.size() != 2) {
                    throw wrong(text, NUMBERS);
                }
                double lower = Converters.FiniteNumber.number(ends.get(0));
                double upper = Converters.FiniteNumber.number(ends.get(1));
                return q -> RateTarget.of(q, given).withInterval(lower, upper, PRINTED);
            }
            double number = Converters.FiniteNumber.number(precision);
            if (kind.equals("se")) {
                return q -> RateTarget.of(q, given).withStandardError(number);
            }
            if (number != Math.rint(number) || !(number >= 1 && number <= Integer.MAX_VALUE)) {
                throw new TypeConversionException("n " + precision + " of the target '" + text
                        + "' is no number of patients; allowed: 1, 2, ...");
            }
            return q -> RateTarget.of(q, given).withSampleSize((int) number);
        }
    }
}

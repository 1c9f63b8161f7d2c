package io.engraft.cli.options;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.Palette;
import io.engraft.charts.RiskTable;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.DurationUnit;
import io.engraft.data.WeightType;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.ConfidenceBand;
import io.engraft.estimate.IncidenceVariance;
import io.engraft.estimate.SurvivalInterval;
import io.engraft.evidence.HeterogeneityMethod;
import io.engraft.evidence.PoolingInterval;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.CoxTies;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.TimeTransform;
import io.engraft.report.Format;
import io.engraft.report.tests.TestMethod;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the text of an option to its value, with what would have been allowed. */
public final class Converters {

    private Converters() {}

    private static <T> T ofLabel(String what, T[] values, Function<T, String> label, String text) {
        return Arrays.stream(values)
                .filter(v -> label.apply(v).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no " + what + "; allowed: "
                        + String.join(", ", Arrays.stream(values).map(label).toList())));
    }

    /** Colours of charts: a palette by name, or colours as in style sheets. */
    public static final class PaletteConverter implements ITypeConverter<Palette> {

        private static final String HEX = "0123456789abcdefABCDEF";

        @Override
        public Palette convert(String text) {
            return switch (text) {
                case "okabe-ito" -> Palette.okabeIto();
                case "grey" -> Palette.grey();
                default ->
                    Palette.of(Arrays.stream(text.split(",", -1))
                            .map(PaletteConverter::color)
                            .toArray(Color[]::new));
            };
        }

        private static Color color(String text) {
            boolean hex = text.length() == 7
                    && text.charAt(0) == '#'
                    && text.chars().skip(1).allMatch(c -> HEX.indexOf(c) >= 0);
            if (!hex) {
                throw new TypeConversionException(
                        "'" + text + "' is no palette; allowed: okabe-ito, grey, or colours such as #0072B2,#D55E00");
            }
            return new Color(Integer.parseInt(text.substring(1), 16));
        }
    }

    /** The table under a chart. */
    public static final class RiskTableConverter implements ITypeConverter<RiskTable> {

        @Override
        public RiskTable convert(String text) {
            return switch (text) {
                case "none" -> RiskTable.none();
                case "risk" -> RiskTable.atRisk();
                case "events" -> RiskTable.atRisk().withCumulativeEvents();
                default -> throw new TypeConversionException("'" + text + "' is no table; allowed: none, risk, events");
            };
        }
    }

    /** A finite number, in plain or exponent notation. */
    public static final class FiniteNumber implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            return number(text);
        }

        public static double number(String text) {
            double value = NumberText.parse(text.strip());
            if (Double.isNaN(value)) {
                throw new TypeConversionException("'" + text + "' is no number; allowed: a finite number such as 12.5");
            }
            if (Double.isInfinite(value)) {
                throw new TypeConversionException("'" + text + "' is too large; allowed: a finite number");
            }
            return value;
        }
    }

    /** A whole number in the digits 0 to 9; Java's own reading takes those of any script. */
    public static final class WholeNumber implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            long value = whole(text);
            if (value != (int) value) {
                throw new TypeConversionException("'" + text + "' is too large; allowed: up to " + Integer.MAX_VALUE);
            }
            return (int) value;
        }
    }

    /** A long whole number in the digits 0 to 9. */
    public static final class LongNumber implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            return whole(text);
        }
    }

    private static long whole(String text) {
        try {
            if (text.chars().allMatch(c -> c <= '9')) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is no whole number; allowed: digits, such as 60");
    }

    /** Times, separated by commas. */
    public record Times(List<Double> values) {

        public double[] toArray() {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Times from text such as 12,24,60. */
    public static final class TimesConverter implements ITypeConverter<Times> {

        @Override
        public Times convert(String text) {
            List<Double> values =
                    Arrays.stream(text.split(",", -1)).map(FiniteNumber::number).toList();
            for (double t : values) {
                if (!(t >= 0)) {
                    throw new TypeConversionException(
                            "time " + NumberText.plain(t) + " is negative; allowed: times >= 0");
                }
            }
            return new Times(values);
        }
    }

    /** Shares from text such as 0.25,0.5. */
    public static final class SharesConverter implements ITypeConverter<Shares> {

        @Override
        public Shares convert(String text) {
            List<Double> values =
                    Arrays.stream(text.split(",", -1)).map(FiniteNumber::number).toList();
            for (double p : values) {
                if (!(p >= 0 && p <= 1)) {
                    throw new TypeConversionException(
                            NumberText.plain(p) + " is no probability; allowed: 0 to 1, such as 0.35 for 35 %");
                }
            }
            return new Shares(values);
        }
    }

    /** Probabilities, separated by commas. */
    public record Shares(List<Double> values) {}

    /** A count of patients, as in 35/100. */
    public record Count(int events, int patients) {}

    /** A count from text such as 35/100. */
    public static final class CountConverter implements ITypeConverter<Count> {

        @Override
        public Count convert(String text) {
            if (!text.matches("\\d{1,9}/\\d{1,9}")) {
                throw new TypeConversionException(
                        "'" + text + "' is no count; allowed: EVENTS/PATIENTS such as 35/100");
            }
            String[] parts = text.split("/", -1);
            return new Count(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    /** A time and a probability, as in 12:0.84. */
    public record TimeProbability(double time, double probability) {}

    /** A time and a probability from text such as 12:0.84. */
    public static final class TimeProbabilityConverter implements ITypeConverter<TimeProbability> {

        @Override
        public TimeProbability convert(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 2) {
                throw new TypeConversionException(
                        "'" + text + "' is no time and probability; allowed: TIME:PROBABILITY such as 12:0.84");
            }
            return new TimeProbability(FiniteNumber.number(parts[0]), FiniteNumber.number(parts[1]));
        }
    }

    /** The least and the largest of some times, as in 15:1096. */
    public record Range(double least, double most) {}

    /** A range from text such as 15:1096. */
    public static final class RangeConverter implements ITypeConverter<Range> {

        @Override
        public Range convert(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 2) {
                throw new TypeConversionException(
                        "'" + text + "' is no range; allowed: SMALLEST:LARGEST such as 15:1096");
            }
            return new Range(FiniteNumber.number(parts[0]), FiniteNumber.number(parts[1]));
        }
    }

    /** How a result is written. */
    public static final class FormatConverter implements ITypeConverter<Format> {

        @Override
        public Format convert(String text) {
            return ofLabel("format", Format.values(), Format::label, text);
        }
    }

    /** The scale of intervals. */
    public static final class Confidence implements ITypeConverter<ConfidenceType> {

        @Override
        public ConfidenceType convert(String text) {
            return ofLabel("interval type", ConfidenceType.values(), ConfidenceType::label, text);
        }
    }

    /** The scale of intervals, or what curves of survival have in place of one. */
    public static final class IntervalChoice implements ITypeConverter<CurveOptions.Intervals> {

        @Override
        public CurveOptions.Intervals convert(String text) {
            for (SurvivalInterval interval : SurvivalInterval.values()) {
                if (interval.label().equals(text)) {
                    return new CurveOptions.Intervals(null, interval);
                }
            }
            try {
                return new CurveOptions.Intervals(new Confidence().convert(text), null);
            } catch (TypeConversionException e) {
                List<String> more = Arrays.stream(SurvivalInterval.values())
                        .map(SurvivalInterval::label)
                        .toList();
                throw new TypeConversionException(e.getMessage() + "; for km also " + String.join(", ", more));
            }
        }
    }

    /** The conventions. */
    public static final class ProfileConverter implements ITypeConverter<Profile> {

        @Override
        public Profile convert(String text) {
            return ofLabel("profile", Profile.values(), Profile::label, text);
        }
    }

    /** The test. */
    public static final class Method implements ITypeConverter<TestMethod> {

        @Override
        public TestMethod convert(String text) {
            return ofLabel("test", TestMethod.values(), TestMethod::label, text);
        }
    }

    /** The family of a parametric law. */
    public static final class Family implements ITypeConverter<ParametricFamily> {

        @Override
        public ParametricFamily convert(String text) {
            try {
                return ParametricFamily.parse(text.strip());
            } catch (InvalidArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The distribution of an accelerated failure time model. */
    public static final class Distribution implements ITypeConverter<AftDistribution> {

        @Override
        public AftDistribution convert(String text) {
            return ofLabel(
                    "distribution", AftDistribution.values(), AftDistribution::label, text.toLowerCase(Locale.ROOT));
        }
    }

    /** How events at one time count in a Cox model. */
    public static final class Ties implements ITypeConverter<CoxTies> {

        @Override
        public CoxTies convert(String text) {
            return ofLabel(
                    "method for ties",
                    CoxTies.values(),
                    ties -> ties.label().toLowerCase(Locale.ROOT),
                    text.toLowerCase(Locale.ROOT));
        }
    }

    /** On which scale of time ratios may change. */
    public static final class Transform implements ITypeConverter<TimeTransform> {

        @Override
        public TimeTransform convert(String text) {
            return ofLabel(
                    "scale of time", TimeTransform.values(), TimeTransform::label, text.toLowerCase(Locale.ROOT));
        }
    }

    /** How the variance between studies is estimated. */
    public static final class Heterogeneity implements ITypeConverter<HeterogeneityMethod> {

        @Override
        public HeterogeneityMethod convert(String text) {
            return ofLabel(
                    "estimator of the variance between studies",
                    HeterogeneityMethod.values(),
                    HeterogeneityMethod::label,
                    text.toUpperCase(Locale.ROOT));
        }
    }

    /** The interval of a pooled proportion. */
    public static final class PoolInterval implements ITypeConverter<PoolingInterval> {

        @Override
        public PoolingInterval convert(String text) {
            return ofLabel("interval", PoolingInterval.values(), PoolingInterval::label, text);
        }
    }

    /** How p-values of pairs are adjusted. */
    public static final class PairAdjustment implements ITypeConverter<PairwiseAdjustment> {

        @Override
        public PairwiseAdjustment convert(String text) {
            return ofLabel(
                    "adjustment",
                    new PairwiseAdjustment[] {PairwiseAdjustment.HOLM, PairwiseAdjustment.BONFERRONI},
                    PairwiseAdjustment::label,
                    text);
        }
    }

    /** A kind of simultaneous band. */
    public static final class Band implements ITypeConverter<ConfidenceBand> {

        @Override
        public ConfidenceBand convert(String text) {
            return switch (text) {
                case "hw" -> ConfidenceBand.ofHallWellner();
                case "ep" -> ConfidenceBand.ofEqualPrecision();
                default -> throw new TypeConversionException("'" + text + "' is no kind of band; allowed: hw, ep");
            };
        }
    }

    /** The variance of cumulative incidence. */
    public static final class Variance implements ITypeConverter<IncidenceVariance> {

        @Override
        public IncidenceVariance convert(String text) {
            return ofLabel("variance", IncidenceVariance.values(), IncidenceVariance::label, text);
        }
    }

    /** The unit of times. */
    public static final class Unit implements ITypeConverter<DurationUnit> {

        @Override
        public DurationUnit convert(String text) {
            try {
                return DurationUnit.parse(text);
            } catch (InvalidArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The meaning of weights. */
    public static final class Weights implements ITypeConverter<WeightType> {

        @Override
        public WeightType convert(String text) {
            return ofLabel("weight type", WeightType.values(), WeightType::label, text);
        }
    }

    /** What happens to missing values. */
    public static final class Missing implements ITypeConverter<MissingValues> {

        @Override
        public MissingValues convert(String text) {
            return ofLabel("treatment of missing values", MissingValues.values(), MissingValues::label, text);
        }
    }
}

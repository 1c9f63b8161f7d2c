package io.engraft.cli.options;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.estimate.SurvivalInterval;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.tests.TestMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How curves are estimated, reported and drawn. */
public final class CurveOptions {

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 20,
            converter = Converters.FiniteNumber.class,
            description = "Confidence level; default ${DEFAULT-VALUE}.")
    private double level = 0.95;

    @Option(
            names = "--conf-type",
            paramLabel = "TYPE",
            order = 21,
            converter = Converters.IntervalChoice.class,
            description = "Scale of intervals: log, log-log, plain, logit or arcsin; default log-log, with --as r log."
                    + " km also: beta-product, for few patients and where S is 1, and thomas-grunkemeier.")
    private @Nullable Intervals intervals;

    @Option(
            names = "--at",
            paramLabel = "T,T,...",
            order = 22,
            converter = Converters.TimesConverter.class,
            description = "Report at these times only, in this order; without it at every distinct exit time.")
    private Converters.@Nullable Times at;

    @Option(
            names = "--start",
            paramLabel = "S",
            order = 23,
            converter = Converters.FiniteNumber.class,
            description = "Curves conditional on being without an event at time S.")
    private double start;

    @Option(
            names = "--as",
            paramLabel = "engraft|r",
            order = 24,
            converter = Converters.ProfileConverter.class,
            description = "Whose conventions: Engraft's (default) or those of R.")
    private Profile profile = Profile.ENGRAFT;

    @Option(
            names = "--chart-test",
            paramLabel = "METHOD",
            order = 919,
            converter = Converters.Method.class,
            description = "Write the p-value of a test between the groups under the chart's title: logrank, gehan,"
                    + " tarone-ware, peto or peto-modified for km, gray for cuminc.")
    private @Nullable TestMethod test;

    /** The test whose p-value a chart shows. */
    public Optional<TestMethod> test() {
        return Optional.ofNullable(test);
    }

    public double level() {
        return level;
    }

    /** What intervals are made from: a scale, or what survival alone has in place of one. */
    record Intervals(
            @Nullable ConfidenceType scale, @Nullable SurvivalInterval ofSurvival) {}

    public Optional<ConfidenceType> confidenceType() {
        return Optional.ofNullable(intervals).map(Intervals::scale);
    }

    /** Intervals of survival that are on no scale. */
    public Optional<SurvivalInterval> survivalInterval() {
        return Optional.ofNullable(intervals).map(Intervals::ofSurvival);
    }

    /** Refuses intervals that survival alone has. */
    public void requireScale(DataOptions data, String without) {
        if (survivalInterval().isPresent()) {
            throw data.wrongUsage("--conf-type is " + survivalInterval().get().label()
                    + ", which is of survival curves and on no scale, with " + without
                    + "; allowed: log, log-log, plain, logit or arcsin");
        }
    }

    public double start() {
        return start;
    }

    /** Refuses times to report before the start, where a conditional curve is not known. */
    public void requireAfterStart(DataOptions data) {
        for (double t : times().orElse(new double[0])) {
            if (t < start) {
                throw data.wrongUsage("--at is " + NumberText.plain(t) + ", with --start " + NumberText.plain(start)
                        + "; allowed: times at the start or after it, as the curve is conditional on it");
            }
        }
    }

    /** What of level, scale, start and conventions was chosen otherwise than by default. */
    public List<String> used() {
        List<String> used = new ArrayList<>();
        if (level != 0.95) {
            used.add("--level");
        }
        if (intervals != null) {
            used.add("--conf-type");
        }
        if (start != 0) {
            used.add("--start");
        }
        if (profile != Profile.ENGRAFT) {
            used.add("--as");
        }
        return used;
    }

    public Profile profile() {
        return profile;
    }

    /** The requested times; empty where every exit time is reported. */
    public Optional<double[]> times() {
        return Optional.ofNullable(at).map(Converters.Times::toArray);
    }
}

package io.engraft.cli.pathways;

import io.engraft.cli.options.Converters;
import io.engraft.data.DurationUnit;
import io.engraft.simulate.AssumptionSampling;
import io.engraft.simulate.PathSimulator;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a cohort is simulated. */
final class CohortOptions {

    private static final double[] MONTHS = {6, 12, 24, 60};

    @Option(
            names = "--patients",
            paramLabel = "N",
            order = 2,
            description = "How many patients; default ${DEFAULT-VALUE}.")
    private long patients = 100_000;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            order = 4,
            description = "Seed of the random streams, any whole number; default ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(
            names = "--threads",
            paramLabel = "N",
            order = 5,
            description = "Threads to use; default one a processor. The result does not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--assumption-draws",
            paramLabel = "N",
            order = 7,
            description = "Draws of all assumptions over their ranges together, for the limits that they leave open;"
                    + " default ${DEFAULT-VALUE}, 100 or more, 0 for none.")
    private int assumptionDraws = 500;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 8,
            converter = Converters.FiniteNumber.class,
            description = "Confidence level; default ${DEFAULT-VALUE}.")
    private double level = 0.95;

    @Mixin
    private final AssumeOption assume = new AssumeOption();

    @Option(
            names = "--at",
            paramLabel = "T,T,...",
            order = 10,
            converter = Converters.TimesConverter.class,
            description = "Report at these times; default 6, 12, 24, 60 months and the horizon.")
    private Converters.@Nullable Times at;

    long patients() {
        return patients;
    }

    AssumeOption assume() {
        return assume;
    }

    /** Over a horizon of its own, at the times given or the usual ones and the horizon. */
    PathSimulator simulator(DurationUnit unit, double horizon) {
        return PathSimulator.withDefaults()
                .withPatients(patients)
                .withHorizon(horizon)
                .withSeed(seed)
                .withThreads(threads)
                .withLevel(level)
                .withTimes(at != null ? at.toArray() : usual(unit, horizon));
    }

    /** Up to the last of the times given, or 60 months. */
    PathSimulator simulator(DurationUnit unit) {
        double usual = DurationUnit.MONTHS.to(unit, MONTHS[MONTHS.length - 1]);
        return simulator(
                unit, at == null ? usual : Arrays.stream(at.toArray()).max().orElse(usual));
    }

    private static double[] usual(DurationUnit unit, double horizon) {
        DoubleStream usual = Arrays.stream(MONTHS).map(t -> DurationUnit.MONTHS.to(unit, t));
        return DoubleStream.concat(usual.filter(t -> t < horizon), DoubleStream.of(horizon))
                .toArray();
    }

    /** Empty where assumptions are not to be varied. */
    Optional<AssumptionSampling> sampling() {
        return assumptionDraws == 0
                ? Optional.empty()
                : Optional.of(AssumptionSampling.withDefaults()
                        .withDraws(assumptionDraws)
                        .withThreads(threads));
    }
}

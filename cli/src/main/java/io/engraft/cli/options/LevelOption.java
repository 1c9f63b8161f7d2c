package io.engraft.cli.options;

import picocli.CommandLine.Option;

/** The level of a model's intervals. */
public final class LevelOption {

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 30,
            converter = Converters.FiniteNumber.class,
            description = "Confidence level; default ${DEFAULT-VALUE}.")
    private double level = 0.95;

    public double level() {
        return level;
    }
}

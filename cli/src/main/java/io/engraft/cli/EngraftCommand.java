package io.engraft.cli;

import io.engraft.cli.output.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above the commands. */
@Command(
        name = "engraft",
        customSynopsis = "engraft <command> [DATA] [options]   or   engraft <command> --help",
        description = {
            "Outcome statistics after stem cell transplantation: estimates, calibrated models,",
            "simulated cohorts, charts and reports.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "Options:%n",
        versionProvider = Version.class,
        footer = {
            "",
            "DATA is a CSV file with a header row, - for standard input, or an embedded data set such as @bmtcrr.",
            "Exit status: 0 done; 1 the data cannot be used; 2 wrong usage; 3 internal fault.",
            "",
            "Start here:",
            "  engraft demo",
            "  engraft km @bmtcrr --time months --status status --group disease --at 12,24,60",
            "  engraft cuminc @bmtcrr --time months --status status --at 12,24,60 --format json"
        })
final class EngraftCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(
                line,
                "there is no command; allowed: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}

package io.engraft.cli;

import io.engraft.cli.batch.BatchCommand;
import io.engraft.cli.curves.CumIncCommand;
import io.engraft.cli.curves.KmCommand;
import io.engraft.cli.curves.StatesCommand;
import io.engraft.cli.data.DatasetsCommand;
import io.engraft.cli.data.EndpointsCommand;
import io.engraft.cli.demo.DemoCommand;
import io.engraft.cli.evidence.PoolCommand;
import io.engraft.cli.evidence.ReconstructCommand;
import io.engraft.cli.models.AftCommand;
import io.engraft.cli.models.CoxCommand;
import io.engraft.cli.models.FineGrayCommand;
import io.engraft.cli.models.FitCommand;
import io.engraft.cli.options.Converters;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Elapsed;
import io.engraft.cli.output.Watched;
import io.engraft.cli.pathways.CalibrateCommand;
import io.engraft.cli.pathways.CompareCommand;
import io.engraft.cli.pathways.SimulateCommand;
import io.engraft.cli.tests.TestCommand;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The {@code engraft} command. Exit status: 0 done; 1 the data cannot be used, or a file cannot be read or written; 2
 * wrong usage; 3 internal fault, or a full disk. Messages go to standard error, results to standard output.
 */
public final class Main {

    /** Milliseconds after which a call that is silent says that it is at work. */
    private static final long PATIENCE = 2000;

    /** The commands, in the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "km",
            "cuminc",
            "states",
            "test",
            "aft",
            "cox",
            "finegray",
            "fit",
            "endpoints",
            "pool",
            "reconstruct",
            "calibrate",
            "simulate",
            "compare",
            "datasets",
            "batch",
            "demo");

    private Main() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(args, Console.ofProcess()));
    }

    /**
     * The whole command line with all its commands and options, for what describes it: completion, manual pages. What it
     * runs writes to the streams of this process.
     *
     * @return a new command line
     */
    public static CommandLine commandLine() {
        Console console = Console.ofProcess();
        String[] none = {};
        return commandLine(console, none, Failures.of(none, console));
    }

    /** Runs one command and gives its exit status. */
    static int run(String[] args, Console console) {
        if (!console.watched() || args.length == 0 || !COMMANDS.contains(args[0])) {
            return run(args, console, Failures.of(args, console));
        }
        try (Elapsed elapsed = new Elapsed(args[0], console, PATIENCE)) {
            return run(args, elapsed.console(), Failures.of(args, elapsed.console()));
        }
    }

    private static int run(String[] args, Console console, Failures failures) {
        try {
            CommandLine line = commandLine(console, args, failures);
            Watched watched = new Watched(console.out());
            PrintWriter out = new PrintWriter(watched, false, StandardCharsets.UTF_8);
            line.setOut(out);
            line.setErr(new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true));
            int status = line.execute(args);
            out.flush();
            IOException failure = watched.failure();
            return failure == null || Watched.isReaderGone(failure) ? status : failures.unwritable(failure);
        } catch (OutOfMemoryError e) {
            return failures.outOfMemory();
        } catch (StackOverflowError | LinkageError e) {
            return failures.fault("engraft", e);
        }
    }

    private static Object command(String name, Console console) {
        return switch (name) {
            case "km" -> new KmCommand(console);
            case "cuminc" -> new CumIncCommand(console);
            case "states" -> new StatesCommand(console);
            case "test" -> new TestCommand(console);
            case "aft" -> new AftCommand(console);
            case "cox" -> new CoxCommand(console);
            case "finegray" -> new FineGrayCommand(console);
            case "fit" -> new FitCommand(console);
            case "pool" -> new PoolCommand(console);
            case "reconstruct" -> new ReconstructCommand(console);
            case "endpoints" -> new EndpointsCommand(console);
            case "calibrate" -> new CalibrateCommand(console);
            case "simulate" -> new SimulateCommand(console);
            case "compare" -> new CompareCommand(console);
            case "datasets" -> new DatasetsCommand(console);
            case "batch" ->
                new BatchCommand(console, (args, around, errors) -> run(args, around, Failures.to(errors, around)));
            case "demo" -> new DemoCommand(console);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static CommandLine commandLine(Console console, String[] args, Failures failures) {
        CommandLine line = new CommandLine(new EngraftCommand());
        // Looking at every command's options takes longer than a small curve: only the one that was named is set up.
        List<String> wanted = args.length > 0 && COMMANDS.contains(args[0]) ? List.of(args[0]) : COMMANDS;
        for (String name : wanted) {
            CommandLine command = new CommandLine(command(name, console));
            if (List.of("aft", "cox", "finegray", "fit").contains(name)) {
                hide("--group", command.getCommandSpec());
            }
            if (name.equals("states")) {
                List.of("--status", "--events", "--censored", "--chart-table")
                        .forEach(o -> hide(o, command.getCommandSpec()));
            }
            line.addSubcommand(command);
        }
        // @bmtcrr names a data set, not a file of arguments.
        line.setExpandAtFiles(false);
        line.registerConverter(Integer.class, new Converters.WholeNumber());
        line.registerConverter(int.class, new Converters.WholeNumber());
        line.registerConverter(Long.class, new Converters.LongNumber());
        line.registerConverter(long.class, new Converters.LongNumber());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, given) -> failures.wrongUsage(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failures.failed(e, command));
        return line;
    }

    /** Takes an option that a command refuses out of its help. */
    private static void hide(String option, CommandSpec command) {
        OptionSpec shown = command.findOption(option);
        command.remove(shown);
        command.addOption(OptionSpec.builder(shown).hidden(true).build());
    }
}

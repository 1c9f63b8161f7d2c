package io.engraft.cli;

import io.engraft.EngraftException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.cli.curves.CumIncCommand;
import io.engraft.cli.curves.KmCommand;
import io.engraft.cli.data.DatasetsCommand;
import io.engraft.cli.data.EndpointsCommand;
import io.engraft.cli.demo.DemoCommand;
import io.engraft.cli.evidence.PoolCommand;
import io.engraft.cli.evidence.ReconstructCommand;
import io.engraft.cli.models.AftCommand;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.pathways.CalibrateCommand;
import io.engraft.cli.pathways.SimulateCommand;
import io.engraft.cli.tests.TestCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code engraft} command. Exit status: 0 done; 1 the data cannot be used, or a file cannot be read or written; 2
 * wrong usage; 3 internal fault. Messages go to standard error, results to standard output.
 */
public final class Main {

    /** The commands, in the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "km",
            "cuminc",
            "test",
            "aft",
            "endpoints",
            "pool",
            "reconstruct",
            "calibrate",
            "simulate",
            "datasets",
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

    /** Runs one command and gives its exit status. */
    static int run(String[] args, Console console) {
        try {
            CommandLine line = commandLine(console, args);
            PrintWriter out = new PrintWriter(console.out(), false, StandardCharsets.UTF_8);
            line.setOut(out);
            line.setErr(new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true));
            int status = line.execute(args);
            out.flush();
            return status;
        } catch (OutOfMemoryError e) {
            console.err()
                    .println("engraft: not enough memory; give Java more, for example with"
                            + " JAVA_TOOL_OPTIONS=-Xmx4g in the environment");
            return Exit.FAULT;
        } catch (StackOverflowError | LinkageError e) {
            return fault("engraft", e, console);
        }
    }

    private static Object command(String name, Console console) {
        return switch (name) {
            case "km" -> new KmCommand(console);
            case "cuminc" -> new CumIncCommand(console);
            case "test" -> new TestCommand(console);
            case "aft" -> new AftCommand(console);
            case "pool" -> new PoolCommand(console);
            case "reconstruct" -> new ReconstructCommand(console);
            case "endpoints" -> new EndpointsCommand(console);
            case "calibrate" -> new CalibrateCommand(console);
            case "simulate" -> new SimulateCommand(console);
            case "datasets" -> new DatasetsCommand(console);
            case "demo" -> new DemoCommand(console);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static CommandLine commandLine(Console console, String[] args) {
        CommandLine line = new CommandLine(new EngraftCommand());
        // Looking at every command's options takes longer than a small curve: only the one that was named is set up.
        List<String> wanted = args.length > 0 && COMMANDS.contains(args[0]) ? List.of(args[0]) : COMMANDS;
        for (String name : wanted) {
            CommandLine command = new CommandLine(command(name, console));
            if (name.equals("aft")) {
                hide("--group", command.getCommandSpec());
            }
            line.addSubcommand(command);
        }
        // @bmtcrr names a data set, not a file of arguments.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, given) -> wrongUsage(e, console));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command, console));
        return line;
    }

    /** Takes an option that a command refuses out of its help. */
    private static void hide(String option, CommandSpec command) {
        OptionSpec shown = command.findOption(option);
        command.remove(shown);
        command.addOption(OptionSpec.builder(shown).hidden(true).build());
    }

    private static int wrongUsage(ParameterException e, Console console) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        console.err().println(name + ": " + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            for (String suggestion : unmatched.getSuggestions()) {
                console.err().println("did you mean " + suggestion + "?");
            }
        }
        hint(name, console.err());
        return Exit.WRONG_USAGE;
    }

    private static int failed(Exception e, CommandLine command, Console console) {
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof ParameterException wrong) {
            return wrongUsage(wrong, console);
        }
        if (e instanceof InvalidArgumentException) {
            console.err().println(name + ": " + e.getMessage());
            hint(name, console.err());
            return Exit.WRONG_USAGE;
        }
        if (e instanceof EngraftException) {
            console.err().println(name + ": " + e.getMessage());
            if (e instanceof InvalidDataException invalid) {
                dataHints(invalid, command.getCommandSpec(), console.err());
            }
            return Exit.UNUSABLE;
        }
        return fault(name, e, console);
    }

    /** Which options help with the rows that cannot be used, where the command has them. */
    private static void dataHints(InvalidDataException e, CommandSpec command, PrintStream err) {
        if (command.findOption("--na") != null && anyReason(e, "missing value")) {
            err.println("hint: --na drop leaves such rows out");
        }
        if (command.findOption("--censored") != null && anyReason(e, "not a status code")) {
            err.println("hint: --events LEVEL,... --censored LEVEL say what statuses in words mean");
        }
    }

    private static boolean anyReason(InvalidDataException e, String words) {
        return e.problems().stream().anyMatch(p -> p.reason().startsWith(words));
    }

    private static void hint(String name, PrintStream err) {
        err.println("try: " + name + " --help");
    }

    private static int fault(String name, Throwable e, Console console) {
        String text = e.toString().replaceAll("\\s+", " ");
        console.err().println(name + ": internal fault: " + text + " (ENGRAFT_DEBUG=1 shows where)");
        if (console.debug()) {
            e.printStackTrace(console.err());
        }
        return Exit.FAULT;
    }
}

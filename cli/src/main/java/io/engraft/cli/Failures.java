package io.engraft.cli;

import io.engraft.EngraftException;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.output.Watched;
import io.engraft.report.ErrorDocument;
import io.engraft.report.Format;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Says why a command failed: for a person, or as one line of JSON where JSON was asked for. Gives the exit status. */
final class Failures {

    private static final String FORMAT = "--format";

    private final Console console;
    /** Where errors go as JSON, null where they are said in words. */
    private final @Nullable Consumer<ErrorDocument> documents;

    private Failures(Console console, @Nullable Consumer<ErrorDocument> documents) {
        this.console = console;
        this.documents = documents;
    }

    /** Errors as JSON whatever the format, handed on rather than said. */
    static Failures to(Consumer<ErrorDocument> documents, Console console) {
        return new Failures(console, documents);
    }

    /** The format is looked for in the arguments themselves, as their parse may be what fails. */
    static Failures of(String[] args, Console console) {
        String label = Format.JSON.label();
        boolean json = false;
        for (int i = 0; i < args.length; i++) {
            boolean apart = args[i].equals(FORMAT) && i + 1 < args.length && args[i + 1].equals(label);
            json |= apart || args[i].equals(FORMAT + "=" + label);
        }
        return new Failures(console, json ? error -> console.err().println(error.toJson()) : null);
    }

    int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        ErrorDocument error = UsageWords.of(e);
        if (!say(error)) {
            console.err().println(name + ": " + error.message());
            hint(name);
        }
        return Exit.WRONG_USAGE;
    }

    int failed(Exception e, CommandLine command) {
        if (e instanceof ParameterException wrong) {
            return wrongUsage(wrong);
        }
        String name = command.getCommandSpec().qualifiedName();
        if (!(e instanceof EngraftException)) {
            return fault(name, e);
        }
        if (isOfMachine(e)) {
            String message = String.valueOf(e.getMessage());
            if (!say(ErrorDocument.internal(message))) {
                console.err().println(name + ": " + message);
            }
            return Exit.FAULT;
        }
        boolean usage = e instanceof InvalidArgumentException;
        if (!say(ErrorDocument.of(e))) {
            console.err().println(name + ": " + e.getMessage());
            if (usage) {
                hint(name);
            } else if (e instanceof InvalidDataException invalid) {
                dataHints(invalid, command.getCommandSpec());
            }
        }
        return usage ? Exit.WRONG_USAGE : Exit.UNUSABLE;
    }

    /**
     * Whether a place failed that was good until then: a full disk, a broken device. What nobody can read or write at all
     * has a type of its own, except a folder that is read.
     */
    private static boolean isOfMachine(Exception e) {
        Throwable cause = e instanceof FileException ? e.getCause() : null;
        if (cause instanceof UncheckedIOException unchecked) {
            cause = unchecked.getCause();
        }
        if (cause == null || cause.getClass() != IOException.class || Watched.isReaderGone((IOException) cause)) {
            return false;
        }
        return ((FileException) e)
                .file()
                .filter(f -> new File(f.isEmpty() ? "." : f).isDirectory())
                .isEmpty();
    }

    int fault(String name, Throwable e) {
        String text = e.toString().replaceAll("\\s+", " ");
        if (!say(ErrorDocument.of(e))) {
            console.err().println(name + ": internal fault: " + text + " (ENGRAFT_DEBUG=1 shows where)");
        }
        if (console.debug()) {
            e.printStackTrace(console.err());
        }
        return Exit.FAULT;
    }

    /** Help and the version, too, are not given where nobody gets them. */
    int unwritable(IOException e) {
        String message = "standard output cannot be written: " + e.getMessage();
        if (!say(ErrorDocument.internal(message))) {
            console.err().println("engraft: " + message);
        }
        return Exit.FAULT;
    }

    int outOfMemory() {
        String message =
                "not enough memory; give Java more, for example with JAVA_TOOL_OPTIONS=-Xmx4g in the environment";
        if (!say(ErrorDocument.internal(message))) {
            console.err().println("engraft: " + message);
        }
        return Exit.FAULT;
    }

    private boolean say(ErrorDocument error) {
        if (documents != null) {
            documents.accept(error);
        }
        return documents != null;
    }

    /** Which options help with the rows that cannot be used, where the command has them. */
    private void dataHints(InvalidDataException e, CommandSpec command) {
        if (command.findOption("--na") != null && anyReason(e, "missing value")) {
            console.err().println("hint: --na drop leaves such rows out");
        }
        if (command.findOption("--map") != null && anyReason(e, "there is no such column")) {
            console.err().println("hint: --map FILE says what the file calls its columns");
        }
        if (command.findOption("--censored") != null && anyReason(e, "not a status code")) {
            console.err().println("hint: --events LEVEL,... --censored LEVEL say what statuses in words mean");
        }
    }

    private static boolean anyReason(InvalidDataException e, String words) {
        return e.problems().stream().anyMatch(p -> p.reason().startsWith(words));
    }

    private void hint(String name) {
        console.err().println("try: " + name + " --help");
    }
}

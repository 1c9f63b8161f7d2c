package io.engraft.cli.batch;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.internal.NewFile;
import io.engraft.report.ErrorDocument;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Many calls in one process: a request a line in, a document a line out. */
@Command(
        name = BatchCommand.NAME,
        customSynopsis = "engraft batch [FILE]",
        sortOptions = false,
        description = {
            "Many calls in one process: a JSON request a line in, a JSON document a line out, in the same order.",
            "A line is what the single call prints with --format json; of a call that fails it is the error,",
            "{\"error\":{...}}. Each line is written at once. docs/json.md says more.",
            ""
        },
        footer = {
            "",
            "A request holds the arguments, and nothing else:",
            "  {\"args\":[\"km\",\"@bmtcrr\",\"--time\",\"months\",\"--status\",\"status\",\"--at\",\"12,24\"]}",
            "Requests read files and embedded data sets, not standard input. The exit status is the largest of",
            "all calls."
        })
public final class BatchCommand implements Callable<Integer> {

    static final String NAME = "batch";

    private static final String STANDARD_INPUT = "-";
    private static final byte[] NOTHING_PRINTED = "null\n".getBytes(StandardCharsets.UTF_8);

    private final Console console;
    private final Calls calls;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A file of requests; by default, or with -, they come from standard input.")
    private String file = STANDARD_INPUT;

    public BatchCommand(Console console, Calls calls) {
        this.console = console;
        this.calls = calls;
    }

    @Override
    public Integer call() {
        if (file.equals(STANDARD_INPUT)) {
            return answerAll(console.in(), "standard input");
        }
        Path path = DataOptions.path(file);
        try (InputStream in = Files.newInputStream(path)) {
            return answerAll(in, file);
        } catch (NoSuchFileException e) {
            throw new FileException(file, file + " does not exist", e);
        } catch (IOException e) {
            throw unread(file, e);
        }
    }

    private int answerAll(InputStream requests, String source) {
        InputStream in = new BufferedInputStream(requests);
        int worst = Exit.DONE;
        long number = 1;
        for (byte[] line = nextLine(in, source); line != null; line = nextLine(in, source)) {
            worst = Math.max(worst, answer(line, number));
            number++;
        }
        return worst;
    }

    /** The next line without its end, null after the last. */
    private static byte @Nullable [] nextLine(InputStream in, String source) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException e) {
            throw unread(source, e);
        }
        return line.toByteArray();
    }

    private static FileException unread(String source, IOException e) {
        return new FileException(source, source + " cannot be read: " + e.getMessage(), e);
    }

    /** Answers one request and gives its exit status. */
    private int answer(byte[] line, long number) {
        BatchRequest request;
        try {
            request = BatchRequest.read(line, number);
        } catch (InvalidDataException e) {
            return fail(ErrorDocument.usage(
                    String.valueOf(e.getMessage()), e.problems().get(0).value()));
        }
        for (String output : request.outputs()) {
            if (!file.equals(STANDARD_INPUT) && NewFile.isSame(DataOptions.path(file), DataOptions.path(output))) {
                return fail(ErrorDocument.usage(
                        "request " + number + " would write over " + output
                                + ", the file of requests; allowed: another file",
                        output));
            }
        }
        // Held back until the call is over, as one that fails may have written part of its document.
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<ErrorDocument> errors = new ArrayList<>();
        Console around = new Console(new NoInput(), out, console.err(), console.watched(), console.debug());
        int status = calls.run(request.arguments(), around, errors::add);
        if (!errors.isEmpty()) {
            write(line(errors.get(0)));
            return status;
        }
        byte[] printed = out.toByteArray();
        if (printed.length > 0 && !isDocument(printed)) {
            return fail(ErrorDocument.usage(
                    "request " + number + " does not print a document on one line; allowed: calls with --format json",
                    null));
        }
        write(printed.length == 0 ? NOTHING_PRINTED : printed);
        return status;
    }

    /** Whether it is an object on one line: help, lists of models and the like are not. */
    private static boolean isDocument(byte[] printed) {
        int end = 0;
        while (end < printed.length && printed[end] != '\n') {
            end++;
        }
        return printed[0] == '{' && end == printed.length - 1;
    }

    private int fail(ErrorDocument error) {
        write(line(error));
        return Exit.WRONG_USAGE;
    }

    private static byte[] line(ErrorDocument error) {
        return (error.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void write(byte[] line) {
        try {
            console.out().write(line);
            console.out().flush();
        } catch (IOException e) {
            String name = "standard output";
            throw new FileException(name, name + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** What a request finds at standard input: that it may not read it. */
    private static final class NoInput extends InputStream {

        @Override
        public int read() {
            throw InvalidArgumentException.of(
                    "data of a request of a batch", "-", "a file or an embedded data set such as @bmtcrr");
        }

        @Override
        public int read(byte[] target, int from, int length) {
            return length == 0 ? 0 : read();
        }
    }
}

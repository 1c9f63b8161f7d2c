package io.engraft.cli.output;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What surrounds one call: its streams, and whether somebody watches.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error, for messages
 * @param watched whether standard error is a terminal, so that progress may be shown
 * @param debug whether an internal fault shows its stack trace
 */
public record Console(InputStream in, OutputStream out, PrintStream err, boolean watched, boolean debug) {

    public Console {
        err = err instanceof Messages ? err : new Messages(err);
    }

    public static Console ofProcess() {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                err,
                "1".equals(System.getenv("ENGRAFT_STDERR_TERMINAL")),
                "1".equals(System.getenv("ENGRAFT_DEBUG")));
    }
}

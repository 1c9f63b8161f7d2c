package io.engraft.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A stream that remembers why it could not be written, for writers that swallow errors. */
public final class Watched extends FilterOutputStream {

    private @Nullable IOException failure;

    public Watched(OutputStream target) {
        super(target);
    }

    /** Whether the other end of a pipe has closed it, as {@code head} does when it has its lines. */
    public static boolean isReaderGone(Exception e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }

    /** Why writing failed first, null where it did not. */
    public @Nullable IOException failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }
}

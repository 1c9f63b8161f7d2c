package io.engraft.cli.output;

/** Exit status of the command. */
public final class Exit {

    /** Done. */
    public static final int DONE = 0;

    /** The data cannot be used, or a file cannot be read or written. */
    public static final int UNUSABLE = 1;

    /** Wrong usage. */
    public static final int WRONG_USAGE = 2;

    /** Internal fault, or one of the machine: a full disk, a standard output that breaks. */
    public static final int FAULT = 3;

    private Exit() {}
}

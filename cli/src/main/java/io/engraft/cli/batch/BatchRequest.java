package io.engraft.cli.batch;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.internal.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One call that a line asks for: {@code {"args":["km","@bmtcrr",...]}}. */
final class BatchRequest {

    private static final List<String> OUTPUTS = List.of("--out", "--chart", "--data-out");
    private static final String FORMAT = "--format";
    private static final String ARGS = "args";

    private final List<String> args;

    private BatchRequest(List<String> args) {
        this.args = args;
    }

    /**
     * Reads a line.
     *
     * @throws InvalidDataException when it is no request
     */
    static BatchRequest read(byte[] line, long number) {
        if (new String(line, StandardCharsets.UTF_8).isBlank()) {
            throw new InvalidDataException(
                    new DataProblem("request " + number, 0, 0, null, null, "an empty line; allowed: {\"args\":[...]}"));
        }
        JsonValue request = JsonValue.read(line, "request " + number);
        request.allowOnly(ARGS);
        List<JsonValue> items = request.get(ARGS).items();
        if (!items.isEmpty() && items.get(0).isText() && items.get(0).text().equals(BatchCommand.NAME)) {
            throw items.get(0).bad("a batch within a batch; allowed: every other command");
        }
        return new BatchRequest(items.stream().map(JsonValue::text).toList());
    }

    /** What follows options that name a file to be written, in either form. */
    List<String> outputs() {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            for (String option : OUTPUTS) {
                if (args.get(i).equals(option) && i + 1 < args.size()) {
                    files.add(args.get(i + 1));
                } else if (args.get(i).startsWith(option + "=")) {
                    files.add(args.get(i).substring(option.length() + 1));
                }
            }
        }
        return files;
    }

    /** The arguments of the call: those of the request, and the format of JSON where it names none. */
    String[] arguments() {
        boolean named = args.stream().anyMatch(arg -> arg.equals(FORMAT) || arg.startsWith(FORMAT + "="));
        List<String> all = new ArrayList<>(args);
        if (!named && !args.isEmpty()) {
            // Right after the command: an option that lacks its value at the end must not take these for it.
            all.addAll(1, List.of(FORMAT, "json"));
        }
        return all.toArray(String[]::new);
    }
}

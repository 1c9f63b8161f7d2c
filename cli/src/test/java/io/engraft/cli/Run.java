package io.engraft.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.engraft.cli.output.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of the command line in this process, with its streams caught. */
record Run(int status, String out, String err) {

    static Run of(String... args) {
        return withInput(new byte[0], args);
    }

    static Run withInput(String input, String... args) {
        return withInput(input.getBytes(StandardCharsets.UTF_8), args);
    }

    static Run withInput(byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input), out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false);
        int status = Main.run(args, console);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one document on standard output; fails where there is anything else. */
    Json json() {
        return Json.parse(out);
    }

    static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parsed JSON value, reached by keys and places. */
    record Json(@Nullable Object value) {

        static Json parse(String text) {
            try (JsonParser parser = new JsonFactory().createParser(text)) {
                parser.nextToken();
                Object value = read(parser);
                if (parser.nextToken() != null) {
                    throw new AssertionError("more than one document: " + text);
                }
                return new Json(value);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }

        private static @Nullable Object read(JsonParser parser) throws IOException {
            switch (parser.currentToken()) {
                case START_OBJECT -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String key = parser.currentName();
                        parser.nextToken();
                        map.put(key, read(parser));
                    }
                    return map;
                }
                case START_ARRAY -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        list.add(read(parser));
                    }
                    return list;
                }
                case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
                    return parser.getDoubleValue();
                }
                case VALUE_STRING -> {
                    return parser.getText();
                }
                case VALUE_TRUE -> {
                    return true;
                }
                case VALUE_FALSE -> {
                    return false;
                }
                default -> {
                    return null;
                }
            }
        }

        /** Down a path of keys and places, such as {@code groups/0/points/1/survival}. */
        Json at(String path) {
            Object here = value;
            for (String step : path.split("/")) {
                if (here instanceof Map<?, ?> map) {
                    if (!map.containsKey(step)) {
                        throw new AssertionError("no " + step + " among " + map.keySet());
                    }
                    here = map.get(step);
                } else if (here instanceof List<?> list) {
                    here = list.get(Integer.parseInt(step));
                } else {
                    throw new AssertionError(path + " leads through " + here);
                }
            }
            return new Json(here);
        }

        double number(String path) {
            Object found = at(path).value;
            if (found instanceof Double number) {
                return number;
            }
            throw new AssertionError(path + " is " + found);
        }

        String text(String path) {
            return String.valueOf(at(path).value);
        }

        int size(String path) {
            return ((List<?>) java.util.Objects.requireNonNull(at(path).value)).size();
        }

        List<String> keys(String path) {
            Object found = path.isEmpty() ? value : at(path).value;
            return ((Map<?, ?>) java.util.Objects.requireNonNull(found))
                    .keySet().stream().map(String::valueOf).toList();
        }
    }
}

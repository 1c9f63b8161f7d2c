package io.engraft.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.engraft.DataProblem;
import io.engraft.FileException;
import io.engraft.InvalidDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A small JSON document that knows where each value stands, so that errors can name key path, line and value. */
public final class JsonValue {

    private static final double MOST_EXACT = 1L << 53;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String source;
    private final String path;
    private final long line;
    /** A Map, List, String, Double or Boolean, or null. */
    private final @Nullable Object content;

    private JsonValue(String source, String path, long line, @Nullable Object content) {
        this.source = source;
        this.path = path;
        this.line = line;
        this.content = content;
    }

    /** Reads one document; the source is named in errors. */
    public static JsonValue read(byte[] bytes, String source) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw new InvalidDataException(new DataProblem(source, 0, 1, null, null, "the file is empty"));
            }
            JsonValue root = value(parser, source, "");
            if (parser.nextToken() != null) {
                throw new InvalidDataException(new DataProblem(
                        source, 0, parser.currentLocation().getLineNr(), null, null, "more text after the document"));
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String firstLine = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new InvalidDataException(new DataProblem(
                    source, 0, at == null ? 0 : at.getLineNr(), null, null, "not valid JSON: " + firstLine));
        } catch (IOException e) {
            throw new FileException(source, source + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonValue value(JsonParser parser, String source, String path) throws IOException {
        long line = parser.currentTokenLocation().getLineNr();
        Object content = switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonValue> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser, source, path.isEmpty() ? key : path + "." + key));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<JsonValue> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, source, path + "[" + list.size() + "]"));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
        return new JsonValue(source, path, line, content);
    }

    /** An error about this value. */
    public InvalidDataException bad(String reason) {
        String shown = String.valueOf(content);
        if (content instanceof Map<?, ?>) {
            shown = "{...}";
        } else if (content instanceof List<?>) {
            shown = "[...]";
        } else if (content instanceof Double number && number == Math.rint(number) && Math.abs(number) < MOST_EXACT) {
            // As it is written where somebody counts: 7, not 7.0.
            shown = String.valueOf(number.longValue());
        }
        return new InvalidDataException(
                new DataProblem(source, 0, line, path.isEmpty() ? "(document)" : path, shown, reason));
    }

    private Map<String, JsonValue> members() {
        if (content instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // built above with these types only
            Map<String, JsonValue> map = (Map<String, JsonValue>) content;
            return map;
        }
        throw bad("expected an object {...}");
    }

    /** The member of an object. */
    public JsonValue get(String key) {
        return find(key).orElseThrow(() -> bad("the key '" + key + "' is missing"));
    }

    /** The member of an object, where it has one. */
    public Optional<JsonValue> find(String key) {
        return Optional.ofNullable(members().get(key));
    }

    /** Refuses members of an object that nobody would read. */
    public void allowOnly(String... keys) {
        List<String> known = List.of(keys);
        for (Map.Entry<String, JsonValue> member : members().entrySet()) {
            if (!known.contains(member.getKey())) {
                throw member.getValue().bad("unknown key; allowed here: " + new TreeSet<>(known));
            }
        }
    }

    public List<JsonValue> items() {
        if (content instanceof List<?>) {
            @SuppressWarnings("unchecked") // built above with these types only
            List<JsonValue> list = (List<JsonValue>) content;
            return list;
        }
        throw bad("expected a list [...]");
    }

    public boolean isText() {
        return content instanceof String;
    }

    public String text() {
        if (content instanceof String text) {
            return text;
        }
        throw bad("expected a text in quotes");
    }

    public double number() {
        if (content instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        throw bad("expected a finite number");
    }

    public int wholeNumber() {
        double number = number();
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw bad("expected a whole number");
        }
        return (int) number;
    }

    public long longNumber() {
        double number = number();
        if (number != Math.rint(number) || Math.abs(number) > 0x1p53) {
            throw bad("expected a whole number");
        }
        return (long) number;
    }

    public boolean isNull() {
        return content == null;
    }

    public boolean yes() {
        if (content instanceof Boolean flag) {
            return flag;
        }
        throw bad("expected true or false");
    }
}

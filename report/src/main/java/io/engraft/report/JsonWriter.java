package io.engraft.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.csv.NumberText;
import java.io.IOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes the keys and values of one JSON document as a stream. Doubles are in the shortest form that reads back as the
 * same double, whole numbers without a decimal point; what is not a number or infinite becomes {@code null}.
 *
 * <p>Every method gives this writer, and throws {@link IOException} when the target cannot be written.
 */
public final class JsonWriter {

    private final JsonGenerator generator;

    JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /**
     * Opens an object as an array's element.
     *
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter object() throws IOException {
        generator.writeStartObject();
        return this;
    }

    /**
     * Opens an object under a key.
     *
     * @param key the key
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter object(String key) throws IOException {
        generator.writeObjectFieldStart(key);
        return this;
    }

    /**
     * Closes the innermost object.
     *
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter endObject() throws IOException {
        generator.writeEndObject();
        return this;
    }

    /**
     * Opens an array under a key.
     *
     * @param key the key
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter array(String key) throws IOException {
        generator.writeArrayFieldStart(key);
        return this;
    }

    /**
     * Closes the innermost array.
     *
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter endArray() throws IOException {
        generator.writeEndArray();
        return this;
    }

    /**
     * Writes text under a key.
     *
     * @param key the key
     * @param value the text, null for {@code null}
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter text(String key, @Nullable String value) throws IOException {
        generator.writeStringField(key, value);
        return this;
    }

    /**
     * Writes text as an array's element.
     *
     * @param value the text
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter text(String value) throws IOException {
        generator.writeString(value);
        return this;
    }

    /**
     * Writes a number under a key.
     *
     * @param key the key
     * @param value the number, NaN for {@code null}
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter number(String key, double value) throws IOException {
        generator.writeFieldName(key);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            generator.writeNull();
        } else {
            generator.writeNumber(NumberText.format(value));
        }
        return this;
    }

    /**
     * Writes a number under a key.
     *
     * @param key the key
     * @param value the number, empty for {@code null}
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter number(String key, OptionalDouble value) throws IOException {
        return number(key, value.orElse(Double.NaN));
    }

    /**
     * Writes a whole number under a key.
     *
     * @param key the key
     * @param value the number
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter count(String key, long value) throws IOException {
        generator.writeNumberField(key, value);
        return this;
    }

    /**
     * Writes true or false under a key.
     *
     * @param key the key
     * @param value the value
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter flag(String key, boolean value) throws IOException {
        generator.writeBooleanField(key, value);
        return this;
    }

    /**
     * Writes an estimate under a key, then {@code stdError}, {@code lower} and {@code upper} beside it.
     *
     * @param key the key of the estimate
     * @param estimate the estimate
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter estimate(String key, PointEstimate estimate) throws IOException {
        number(key, estimate.optional());
        number("stdError", estimate.standardError());
        return limits(estimate.interval());
    }

    /**
     * Writes {@code lower} and {@code upper}.
     *
     * @param interval the interval
     * @return this writer
     * @throws IOException when the target cannot be written
     */
    public JsonWriter limits(Interval interval) throws IOException {
        number("lower", interval.lower());
        return number("upper", interval.upper());
    }
}

package io.engraft.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One JSON document, streamed. Doubles are in the shortest form that reads back as the same double, whole numbers without
 * a decimal point; NaN becomes null.
 */
public final class Json implements Closeable {

    private static final double EXACT_WHOLE = 1L << 53;

    private final JsonGenerator generator;

    public Json(OutputStream target) throws IOException {
        // The JDK's own shortest form came with 19; this one is the same on every JDK.
        generator = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(target);
    }

    public Json object() throws IOException {
        generator.writeStartObject();
        return this;
    }

    public Json object(String key) throws IOException {
        generator.writeObjectFieldStart(key);
        return this;
    }

    public Json endObject() throws IOException {
        generator.writeEndObject();
        return this;
    }

    public Json array(String key) throws IOException {
        generator.writeArrayFieldStart(key);
        return this;
    }

    public Json endArray() throws IOException {
        generator.writeEndArray();
        return this;
    }

    public Json text(String key, @Nullable String value) throws IOException {
        generator.writeStringField(key, value);
        return this;
    }

    public Json text(String value) throws IOException {
        generator.writeString(value);
        return this;
    }

    public Json number(String key, double value) throws IOException {
        generator.writeFieldName(key);
        return number(value);
    }

    public Json number(double value) throws IOException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            generator.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE) {
            generator.writeNumber((long) value);
        } else {
            generator.writeNumber(value);
        }
        return this;
    }

    public Json number(String key, OptionalDouble value) throws IOException {
        return number(key, value.orElse(Double.NaN));
    }

    public Json count(String key, long value) throws IOException {
        generator.writeNumberField(key, value);
        return this;
    }

    public Json flag(String key, boolean value) throws IOException {
        generator.writeBooleanField(key, value);
        return this;
    }

    /** Estimate, standard error and limits, the estimate under a name of its own. */
    public Json estimate(String key, PointEstimate estimate) throws IOException {
        number(key, estimate.optional());
        number("stdError", estimate.standardError());
        return limits(estimate.interval());
    }

    public Json limits(Interval interval) throws IOException {
        number("lower", interval.lower());
        return number("upper", interval.upper());
    }

    @Override
    public void close() throws IOException {
        generator.writeRaw('\n');
        generator.close();
    }
}

package io.engraft.cli;

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
final class Json implements Closeable {

    private static final double EXACT_WHOLE = 1L << 53;

    private final JsonGenerator generator;

    Json(OutputStream target) throws IOException {
        // The JDK's own shortest form came with 19; this one is the same on every JDK.
        generator = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(target);
    }

    Json object() throws IOException {
        generator.writeStartObject();
        return this;
    }

    Json object(String key) throws IOException {
        generator.writeObjectFieldStart(key);
        return this;
    }

    Json endObject() throws IOException {
        generator.writeEndObject();
        return this;
    }

    Json array(String key) throws IOException {
        generator.writeArrayFieldStart(key);
        return this;
    }

    Json endArray() throws IOException {
        generator.writeEndArray();
        return this;
    }

    Json text(String key, @Nullable String value) throws IOException {
        generator.writeStringField(key, value);
        return this;
    }

    Json text(String value) throws IOException {
        generator.writeString(value);
        return this;
    }

    Json number(String key, double value) throws IOException {
        generator.writeFieldName(key);
        return number(value);
    }

    Json number(double value) throws IOException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            generator.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE) {
            generator.writeNumber((long) value);
        } else {
            generator.writeNumber(value);
        }
        return this;
    }

    Json number(String key, OptionalDouble value) throws IOException {
        return number(key, value.orElse(Double.NaN));
    }

    Json count(String key, long value) throws IOException {
        generator.writeNumberField(key, value);
        return this;
    }

    Json flag(String key, boolean value) throws IOException {
        generator.writeBooleanField(key, value);
        return this;
    }

    /** Estimate, standard error and limits, the estimate under a name of its own. */
    Json estimate(String key, PointEstimate estimate) throws IOException {
        number(key, estimate.optional());
        number("stdError", estimate.standardError());
        return limits(estimate.interval());
    }

    Json limits(Interval interval) throws IOException {
        number("lower", interval.lower());
        return number("upper", interval.upper());
    }

    @Override
    public void close() throws IOException {
        generator.writeRaw('\n');
        generator.close();
    }
}

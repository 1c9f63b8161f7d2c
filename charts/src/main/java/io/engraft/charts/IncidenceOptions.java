package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.FollowUp;
import io.engraft.curve.IncidenceFunction;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is special to figures of cumulative incidence. An entry's name is the curve's group, an overlay's own name. */
final class IncidenceOptions extends CurveOptions<IncidenceFunction> {

    /** Words for causes. */
    Map<String, String> causeLabels = Map.of();

    /** Counts of groups whose curves do not bring them. */
    Map<String, FollowUp> followUps = Map.of();

    /** Null for what suits the number of curves. */
    @Nullable
    Boolean endLabels;

    IncidenceOptions() {
        yLabel = "Cumulative incidence";
        percent = true;
    }

    @Override
    CurveReader reader(IncidenceFunction function) {
        return CurveReader.of(function);
    }

    @Override
    @Nullable
    FollowUp followUp(Entry<IncidenceFunction> entry) {
        FollowUp own = entry.counts();
        FollowUp given = entry.overlay() ? null : followUps.get(entry.name());
        return given != null ? given : own;
    }

    List<String> groups() {
        return mains().stream().map(Entry::name).distinct().toList();
    }

    /** The causes of the estimates. */
    List<String> causes() {
        return causes(mains().stream()).toList();
    }

    /** The causes of the estimates that a status code names; at least one. */
    List<String> causesOf(int code) {
        List<String> found = causes(
                        mains().stream().filter(e -> e.function().causeCode().equals(OptionalInt.of(code))))
                .toList();
        if (found.isEmpty()) {
            List<Integer> codes = mains().stream()
                    .flatMapToInt(e -> e.function().causeCode().stream())
                    .distinct()
                    .boxed()
                    .toList();
            String allowed = codes.isEmpty()
                    ? "a cause by its label, one of " + causes() + ", as no curve has status codes"
                    : "one of " + codes;
            throw InvalidArgumentException.of("status code of a cause", code, allowed);
        }
        return found;
    }

    static Stream<String> causes(Stream<Entry<IncidenceFunction>> entries) {
        return entries.map(e -> e.function().cause()).distinct();
    }
}

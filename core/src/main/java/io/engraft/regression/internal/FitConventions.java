package io.engraft.regression.internal;

import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conventions that all fits to rows of patients have. */
public final class FitConventions {

    private FitConventions() {}

    /**
     * Adds which event is meant, what the variance is by, and how rows count.
     *
     * @param label the cause that is the event, null for any
     * @param clusters of a robust variance, null for the model's own
     * @param late whether rows enter late
     */
    public static void add(
            Map<String, String> map,
            @Nullable String label,
            SurvivalData data,
            @Nullable Clusters clusters,
            boolean late) {
        map.put("event", label == null ? "every status of 1 or more" : "cause-specific: " + label);
        map.put(
                "variance",
                clusters == null
                        ? "model-based"
                        : "robust, by " + clusters.unit().label());
        data.weightType().ifPresent(type -> map.put("weights", type.label()));
        if (late) {
            map.put("entry", "delayed, at risk on (entry, time]");
        }
    }
}

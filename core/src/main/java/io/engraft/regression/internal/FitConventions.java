package io.engraft.regression.internal;

import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conventions that all fits to rows of patients have. */
public final class FitConventions {

    private FitConventions() {}

    /**
     * Adds what strata have each, and that clusters have rows in several.
     *
     * @param each what each has, such as a baseline hazard
     * @param clusters of a robust variance, null for the model's own
     */
    public static void addStrata(Map<String, String> map, SurvivalData data, String each, @Nullable Clusters clusters) {
        Categories strata = data.strata().orElse(null);
        if (strata == null) {
            return;
        }
        map.put("strata", each);
        Clusters of = Clusters.of(data);
        int across = clusters == null || of.areRows() ? 0 : across(data, strata, of);
        if (across > 0) {
            String noun = of.unit().noun();
            map.put(
                    "acrossStrata",
                    across + " of " + of.counting() + " " + noun
                            + "s have rows in several strata: the influences of all rows of a " + noun
                            + " add up");
        }
    }

    /** How many clusters have rows in several strata. */
    private static int across(SurvivalData data, Categories strata, Clusters of) {
        int[] only = new int[of.count()];
        boolean[] several = new boolean[only.length];
        int found = 0;
        for (int i = 0; i < data.size(); i++) {
            int c = of.of(i);
            int stratum = strata.code(i) + 1;
            if (data.weight(i) > 0) {
                boolean another = only[c] > 0 && only[c] != stratum;
                found += another && !several[c] ? 1 : 0;
                several[c] |= another;
                only[c] = stratum;
            }
        }
        return found;
    }

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

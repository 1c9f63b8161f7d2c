package io.engraft.estimate.states;

import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.List;

/** What a reader of state occupation probabilities should know. */
final class OccupancyWarnings {

    private OccupancyWarnings() {}

    static List<String> of(StateRiskSets sets, double[] p) {
        List<String> warnings = new ArrayList<>();
        int k = sets.k;
        for (int j = 0; j < k && sets.size() > 0; j++) {
            int i = 0;
            while (!sets.absorbing[j] && i < sets.size()) {
                int begin = i;
                while (i < sets.size() && p[i * k + j] > 0 && sets.atRisk[i * k + j] == 0) {
                    i++;
                }
                if (i > begin) {
                    double since = begin == 0 ? sets.start : sets.time[begin - 1];
                    warnings.add("state '" + sets.states.get(j) + "' is occupied with probability "
                            + Brief.number(p[begin * k + j])
                            + ", but nobody is at risk in it from time " + NumberText.format(since) + " to "
                            + (i == sets.size() ? "the end" : NumberText.format(sets.time[i - 1]))
                            + ": the estimate carries on as if nobody left it then");
                }
                i++;
            }
        }
        if (sets.from.length == 0) {
            warnings.add("nobody made a transition: the probabilities stay as at the start");
        }
        return warnings;
    }
}

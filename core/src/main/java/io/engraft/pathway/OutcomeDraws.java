package io.engraft.pathway;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.Percentiles;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Answers of drawn mixtures: central answers of each group of draws, of which the lowest and highest limits count. Curve 0
 * is the time without any event, curve k that of event k.
 */
final class OutcomeDraws {

    static final OutcomeDraws NONE = new OutcomeDraws(List.of(), new int[0]);

    private final List<List<CompetingRisksMixture>> groups;
    /** By event, its place among the fates. */
    private final int[] place;

    private OutcomeDraws(List<List<CompetingRisksMixture>> groups, int[] place) {
        this.groups = groups;
        this.place = place;
    }

    static OutcomeDraws of(CompetingRisksMixture mixture, List<String> events) {
        List<String> fates = mixture.fates().stream().map(Fate::event).toList();
        return new OutcomeDraws(
                mixture.draws(), events.stream().mapToInt(fates::indexOf).toArray());
    }

    Optional<PointEstimate> shareBefore(double value, int k, double t, double level) {
        return spread(value, level, m -> m.fates().get(place[k - 1]).timeProbability(t));
    }

    Optional<PointEstimate> timeBy(double value, int k, double share, double level) {
        return spread(value, level, m -> {
            LawOfTime law = m.fates().get(place[k - 1]).law();
            return law == null ? Double.NaN : law.timeAt(share);
        });
    }

    /** The risk of an event, or for curve 0 the probability of none, between two times of someone without one at the first. */
    Optional<PointEstimate> remaining(double value, int k, double[] times, double level) {
        return spread(value, level, m -> {
            double free = free(m, times[0]);
            if (k == 0) {
                return free(m, times[1]) / free;
            }
            Fate fate = m.fates().get(place[k - 1]);
            double between = fate.timeProbability(times[1]) - fate.timeProbability(times[0]);
            return Math.max(0, fate.probability() * between / free);
        });
    }

    private static double free(CompetingRisksMixture m, double t) {
        double sum = 0;
        for (Fate fate : m.fates()) {
            LawOfTime law = fate.law();
            sum += fate.probability() * (law == null ? 1 : law.survival(t));
        }
        return sum;
    }

    /** Draws that have no answer, as where nobody is left, are passed over. */
    private Optional<PointEstimate> spread(
            double value, double level, ToDoubleFunction<CompetingRisksMixture> question) {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        double least = value;
        double most = value;
        List<double[]> all = new ArrayList<>();
        for (List<CompetingRisksMixture> group : groups) {
            double[] answers = group.stream()
                    .mapToDouble(question)
                    .filter(Double::isFinite)
                    .toArray();
            if (2 * answers.length < group.size()) {
                return Optional.of(PointEstimate.exact(value));
            }
            double[] central = Percentiles.central(answers, level);
            least = Math.min(least, central[0]);
            most = Math.max(most, central[1]);
            all.add(answers);
        }
        double error = Percentiles.standardDeviation(
                all.stream().flatMapToDouble(Arrays::stream).toArray());
        return Optional.of(PointEstimate.of(value, error, Interval.of(least, most, level)));
    }
}

package io.engraft.calibrate.rates;

import io.engraft.curve.PointEstimate;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.pathway.Assumption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model of one family: fates, curves, and what they rest on.
 *
 * @param family the family of both laws of time
 * @param mixture the fates as competing risks: remission, relapse, nrm; with uncertainty where patients were given
 * @param points the curves at the times asked for
 * @param assumptions the assumptions that stand in for targets that were not given
 * @param evidence the ids of the published figures behind those assumptions
 */
public record CompetingRatesModel(
        LawFamily family,
        CompetingRisksMixture mixture,
        List<Point> points,
        List<Assumption> assumptions,
        List<String> evidence) {

    /**
     * Copies the lists.
     *
     * @param family the family of both laws of time
     * @param mixture the fates as competing risks: remission, relapse, nrm; with uncertainty where patients were given
     * @param points the curves at the times asked for
     * @param assumptions the assumptions that stand in for targets that were not given
     * @param evidence the ids of the published figures behind those assumptions
     */
    public CompetingRatesModel {
        points = List.copyOf(points);
        assumptions = List.copyOf(assumptions);
        evidence = List.copyOf(evidence);
    }

    /**
     * A fate.
     *
     * @param fate "remission", "relapse" or "nrm"
     * @param probability its long-run probability
     * @param law the law of its time, null for remission
     */
    public record CalibratedFate(
            String fate,
            PointEstimate probability,
            @Nullable LawOfTime law) {}

    /**
     * The curves at one time.
     *
     * @param time the time
     * @param survival event-free survival
     * @param relapse the cumulative incidence of relapse
     * @param nrm the cumulative incidence of death without relapse
     */
    public record Point(double time, PointEstimate survival, PointEstimate relapse, PointEstimate nrm) {}

    /**
     * The fates.
     *
     * @return remission, relapse, nrm
     */
    public List<CalibratedFate> fates() {
        return mixture.fates().stream()
                .map(f -> new CalibratedFate(f.event(), mixture.probability(f.event()), f.law()))
                .toList();
    }
}

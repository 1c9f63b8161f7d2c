package io.engraft.calibrate.rates;

import io.engraft.internal.PatientStream;
import io.engraft.law.Dirichlet;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.TimingTarget;
import io.engraft.multistate.Fate;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What was published of rates and times, as stated and as drawn. Draw i takes the stream (seed, i), the same for every
 * family.
 *
 * @param remission the share in remission
 * @param relapse the share that relapses
 * @param nrm the rest
 * @param remissionPatients the patients behind the first, 0 where its precision is not known
 * @param relapsePatients the patients behind the second
 * @param relapseTiming the times of relapse
 * @param nrmTiming the times of death without it
 */
record RatesSampling(
        double remission,
        double relapse,
        double nrm,
        double remissionPatients,
        double relapsePatients,
        EventTiming relapseTiming,
        EventTiming nrmTiming) {

    private static final String EVENT_FREE = "event-free";

    /** The smaller number, in whole patients; 0 without precision. */
    int patients() {
        double fewer = Math.min(remissionPatients, relapsePatients);
        return fewer > 0 ? (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(fewer))) : 0;
    }

    CompetingRisksMixture stated(LawFamily family) {
        return mixture(new double[] {remission, relapse, nrm}, relapseTiming.law(family), nrmTiming.law(family));
    }

    private static CompetingRisksMixture mixture(double[] shares, LawOfTime relapse, LawOfTime nrm) {
        return CompetingRisksMixture.of(
                EVENT_FREE,
                List.of(
                        Fate.stays("remission", shares[0]),
                        Fate.of("relapse", shares[1], relapse),
                        Fate.of("nrm", shares[2], nrm)));
    }

    /** Draws of each family, in their order; those that no law meets are left out. All families have the same draws. */
    List<List<CompetingRisksMixture>> draws(List<LawFamily> families, int count, long seed) {
        boolean exponential = families.contains(LawFamily.EXPONENTIAL);
        double fewer = Math.min(remissionPatients, relapsePatients);
        List<List<CompetingRisksMixture>> drawn = new ArrayList<>();
        families.forEach(family -> drawn.add(new ArrayList<>(count)));
        for (int i = 0; i < count; i++) {
            DoubleSupplier uniforms = PatientStream.of(seed, PatientStream.PARAMETERS, i)::next;
            double[] shares = shares(uniforms);
            List<TimingTarget> relapses = relapseTiming.drawn(exponential, relapsePatients * relapse, uniforms);
            List<TimingTarget> deaths = nrmTiming.drawn(exponential, fewer * nrm, uniforms);
            for (int f = 0; f < drawn.size(); f++) {
                LawOfTime relapseLaw = EventTiming.through(families.get(f), relapses);
                LawOfTime nrmLaw = EventTiming.through(families.get(f), deaths);
                if (relapseLaw != null && nrmLaw != null) {
                    drawn.get(f).add(mixture(shares, relapseLaw, nrmLaw));
                }
            }
        }
        return drawn;
    }

    private double[] shares(DoubleSupplier uniforms) {
        double first = uniforms.getAsDouble();
        double second = uniforms.getAsDouble();
        double third = uniforms.getAsDouble();
        double r = Printed.rate(remission, uniforms.getAsDouble());
        double q = Math.min(1 - r, Printed.rate(relapse, uniforms.getAsDouble()));
        double rest = Math.max(0, 1 - r - q);
        double[] drawn = {first, second, third};
        if (remissionPatients == relapsePatients) {
            double n = remissionPatients;
            int[] next = {0};
            return Dirichlet.draw(new double[] {n * r + 0.5, n * q + 0.5, n * rest + 0.5}, () -> drawn[next[0]++]);
        }
        // The share in remission by its own precision, then that of relapse among the others by its own.
        double stays = EventTiming.beta(remissionPatients * r, remissionPatients * (1 - r), first);
        double relapses = EventTiming.beta(relapsePatients * q, relapsePatients * rest, second);
        return new double[] {stays, (1 - stays) * relapses, (1 - stays) * (1 - relapses)};
    }
}

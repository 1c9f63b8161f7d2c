package io.engraft.simulate;

import io.engraft.CheckReturnValue;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.Require;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence behind a model's numbers leaves open of what a simulation gives, which more patients do not reduce.
 * All numbers vary together: every assumption over its range ({@link io.engraft.pathway.Assumption#quantile(double)}), and
 * the fate probabilities of states with a sample size by the Dirichlet law with parameters n p + 1/2. Each drawn model is
 * simulated with the first patients of the cohort, who have the same luck in every draw; the difference that the draw
 * makes to them is laid on what the whole cohort gives.
 *
 * <p>Draw i depends on the seed of the cohort, on the names of assumptions and states, and on i: the same bits for any
 * number of threads, and pathways that share an assumption share its draws.
 */
@CheckReturnValue
public final class AssumptionSampling {

    private static final int LEAST_DRAWS = 100;

    private final int draws;
    private final long patients;
    private final int threads;

    private AssumptionSampling(int draws, long patients, int threads) {
        this.draws = draws;
        this.patients = patients;
        this.threads = threads;
    }

    /**
     * 500 draws of 2500 patients each, on all processors.
     *
     * @return the procedure
     */
    public static AssumptionSampling withDefaults() {
        return new AssumptionSampling(500, 2500, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Sets the draws.
     *
     * @param count at least 100
     * @return the procedure
     */
    public AssumptionSampling withDraws(int count) {
        return new AssumptionSampling(Require.draws("draws", count, LEAST_DRAWS), patients, threads);
    }

    /**
     * Sets the patients of each draw.
     *
     * @param count at least 100; of a smaller cohort all are taken
     * @return the procedure
     */
    public AssumptionSampling withPatients(long count) {
        return new AssumptionSampling(draws, Require.atLeast("patients of a draw", count, 100L), threads);
    }

    /**
     * Sets the number of threads, which changes no result.
     *
     * @param count at least 1
     * @return the procedure
     */
    public AssumptionSampling withThreads(int count) {
        return new AssumptionSampling(draws, patients, Require.atLeast("threads", count, 1));
    }

    /**
     * Varies the numbers of a model, of a pathway or of a multi-state model.
     *
     * @param model the model that was simulated
     * @param cohort its simulation
     * @return the limits
     */
    public AssumptionDraws sample(ModelFile model, SimulationResult cohort) {
        return sample(model.pathway().orElse(null), model.model(), cohort);
    }

    /**
     * Varies the numbers of a pathway.
     *
     * @param pathway the pathway that was simulated
     * @param cohort its simulation
     * @return the limits
     */
    public AssumptionDraws sample(PathwayModel pathway, SimulationResult cohort) {
        return sample(pathway, pathway.multiStateModel(), cohort);
    }

    /**
     * Varies the fate probabilities of a model whose states have sample sizes.
     *
     * @param model the model that was simulated
     * @param cohort its simulation
     * @return the limits
     */
    public AssumptionDraws sample(MultiStateModel model, SimulationResult cohort) {
        return sample(null, model, cohort);
    }

    private AssumptionDraws sample(@Nullable PathwayModel pathway, MultiStateModel stated, SimulationResult cohort) {
        DrawnModels models = new DrawnModels(pathway, stated, cohort.seed(), draws);
        if (!models.vary()) {
            return AssumptionDraws.none(cohort, "no number of the model has a range or a number of patients behind it");
        }
        PathSimulator simulator = PathSimulator.withDefaults()
                .withPatients(Math.min(patients, cohort.patients()))
                .withHorizon(cohort.horizon())
                .withSeed(cohort.seed())
                .withTimes(cohort.times())
                .withThreads(1);
        AssumptionDraws.Values base = AssumptionDraws.Values.of(simulator.simulate(stated), cohort);
        AssumptionDraws.@Nullable Values[] values = new AssumptionDraws.Values[draws];
        ChunkedRun.run(draws, threads, thread -> i -> {
            MultiStateModel model = models.draw(i);
            values[i] = model == null ? null : AssumptionDraws.Values.of(simulator.simulate(model), cohort);
        });
        return AssumptionDraws.of(cohort, base, values, models.words());
    }

    @Override
    public String toString() {
        return "sampling of assumptions, " + draws + " draws of " + patients + " patients";
    }
}
